#include "reports/story/story.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::story {

namespace {

constexpr std::size_t kMostNamed = 4;

// What `sender` sends at a state, without repetition.
std::vector<std::string> messages_at(const ir::Contract& contract, ir::StateId state, ir::Role sender) {
  std::vector<std::string> names;
  for (const ir::TransitionId id : contract.states[state].out) {
    const ir::Transition& row = contract.transitions[id];
    const std::string& name = contract.messages[row.message].name;
    if (ir::sender(row.sign) == sender && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  return names;
}

std::string joined(const std::vector<std::string>& names, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_last = i + 1 == names.size();
    out += i == 0 ? "" : is_last ? fmt::format(" {} ", last) : ", ";
    out += names[i];
  }
  return out;
}

std::string alternatives(const std::vector<std::string>& names) {
  if (names.size() > kMostNamed) return fmt::format("one of {} messages", names.size());
  return joined(names, "or");
}

// ` instead of B or C`: what else could have been chosen; empty if nothing.
std::string instead_of(std::vector<std::string> names, const std::string& chosen) {
  std::erase(names, chosen);
  return names.empty() ? "" : " as well as " + alternatives(names);
}

}  // namespace

Sentence tell(const ir::Contract& contract, ir::TransitionId id, ir::Role actor) {
  const ir::Transition& row = contract.transitions[id];
  const std::string& message = contract.messages[row.message].name;
  const ir::State& from = contract.states[row.from];
  const std::string state = ir::state_words(from) + (from.kind == ir::State::Kind::Named ? "" : ",");
  const std::string_view role = ir::role_text(actor);
  const bool sends = ir::sender(row.sign) == actor;
  const std::string others =
      instead_of(messages_at(contract, row.from, sends ? actor : ir::other(actor)), message);
  if (sends)
    return {fmt::format("The {} sends {}.", role, message),
            fmt::format("In {} it may send {}{}.", state, message, others)};
  return {fmt::format("The {} receives {}.", role, message),
          fmt::format("It was first in the queue, and in {} it may be received{}.", state, others)};
}

namespace {

using report::Passing;
using report::ToldStep;

class SystemTeller {
 public:
  SystemTeller(const explore::Interpreter& in, const ToldStep& step)
      : in_(in), system_(in.system()), step_(step), written_(in.edge(step.step).action) {}

  Sentence tell() const {
    return {fmt::format("{} {}.", report::thread_id(system_, step_.step.process), deed()), reason()};
  }

 private:
  const Passing* message() const { return step_.messages.empty() ? nullptr : &step_.messages.front(); }
  const std::string& name(const Passing& p) const { return in_.contract(p.port).messages[p.message].name; }
  const std::string& owner(ir::PortId port) const {
    return system_.components[system_.ports[port].component].name;
  }

  std::string deed() const {
    if (step_.faulty)
      return written_.empty() ? "breaks a rule"
                              : fmt::format("comes to `{}`, and that breaks a rule", written_);
    if (const Passing* p = message()) {
      if (p->send) return fmt::format("sends {} to {}", name(*p), owner(in_.peer(p->port)));
      return fmt::format("receives {} from {}", name(*p), owner(in_.peer(p->port)));
    }
    if (!step_.locks.empty()) return lock_deed();
    if (!step_.tokens.empty()) return token_deed();
    if (written_.empty()) return "goes on";
    if (step_.action == "fire") return "fires";
    return fmt::format("{} `{}`", verb(), written_);
  }

  std::string lock_deed() const {
    std::vector<std::string> words;
    for (const report::LockChange& change : step_.locks)
      words.push_back(fmt::format("{} the lock {}", change.acquired ? "takes" : "gives back",
                                  system_.locks[change.lock].name));
    return joined(words, "and");
  }

  std::string token_deed() const {
    std::vector<std::string> words;
    for (const report::TokenMove& move : step_.tokens) words.push_back(token_words(move));
    return joined(words, "and");
  }

  std::string token_words(const report::TokenMove& move) const {
    const std::string token = report::token_id(system_, move.block);
    switch (move.to.kind) {
      case ir::OwnerKind::Nobody: return "frees " + token;
      case ir::OwnerKind::Hardware: return fmt::format("hands {} to the hardware", token);
      case ir::OwnerKind::Transit: return "sends " + token;
      case ir::OwnerKind::Component: break;
    }
    return move.from.kind == ir::OwnerKind::Hardware ? fmt::format("takes {} back from the hardware", token)
                                                     : "gets " + token;
  }

  std::string_view verb() const {
    if (step_.action == "assign" || step_.action == "goto") return "does";
    if (step_.action == "wait") return "reacts:";
    return "comes to";
  }

  std::string reason() const {
    if (step_.faulty) return "";
    if (const Passing* p = message()) {
      const std::string place = ir::state_words(in_.contract(p->port).states[p->from]);
      if (p->send) return fmt::format("In {} the contract lets it.", place);
      return p->sent_at ? fmt::format("It was first in the queue, sent in step {}.", *p->sent_at + 1)
                        : "It was first in the queue.";
    }
    if (!step_.locks.empty()) return step_.locks.front().acquired ? "Nobody held it." : "It held it.";
    if (step_.action == "wait") return "The event had come.";
    return "";
  }

  const explore::Interpreter& in_;
  const ir::System& system_;
  const ToldStep& step_;
  const std::string& written_;
};

// The longest stories are cut in the middle.
constexpr std::size_t kMostSentences = 60;

template <class Tell>
std::vector<std::string> numbered(std::size_t steps, const Tell& one) {
  std::vector<std::string> lines;
  const std::size_t first = steps <= kMostSentences ? steps : kMostSentences / 3;
  const std::size_t last = steps <= kMostSentences ? 0 : kMostSentences - first;
  for (std::size_t i = 0; i < steps; ++i) {
    if (i == first && last > 0) {
      lines.push_back(fmt::format("... {} steps ...", steps - first - last));
      i = steps - last;
    }
    const Sentence sentence = one(i);
    lines.push_back(
        fmt::format("{}. {}{}{}", i + 1, sentence.what, sentence.why.empty() ? "" : " ", sentence.why));
  }
  return lines;
}

}  // namespace

Sentence tell(const explore::Interpreter& in, const ToldStep& step) { return SystemTeller(in, step).tell(); }

std::vector<std::string> tell(const ir::Contract& contract, const exec::Trace& trace) {
  return numbered(trace.steps.size(), [&](std::size_t i) {
    return tell(contract, trace.steps[i].transition, trace.steps[i].actor);
  });
}

std::vector<std::string> tell(const explore::Interpreter& in, const explore::Run& run) {
  const std::vector<ToldStep> steps = report::tell(in, run);
  return numbered(steps.size(), [&](std::size_t i) { return tell(in, steps[i]); });
}

}  // namespace singspin::story
