#include "reports/story/story.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::story {

namespace {

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

std::string capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() -= 'a' - 'A';
  return text;
}

}  // namespace

std::string alternatives(const std::vector<std::string>& names) { return joined(names, "or"); }

Sentence tell(const ir::Contract& contract, ir::TransitionId id, ir::Role actor) {
  const ir::Transition& row = contract.transitions[id];
  const std::string& message = contract.messages[row.message].name;
  const std::string state = ir::state_words(contract.states[row.from]);
  const std::string_view role = ir::role_text(actor);
  const bool sends = ir::sender(row.sign) == actor;
  const std::string choice = alternatives(messages_at(contract, row.from, sends ? actor : ir::other(actor)));
  if (sends)
    return {fmt::format("The {} sends {}.", role, message),
            fmt::format("In {} it may send {}.", state, choice)};
  return {fmt::format("The {} receives {}.", role, message),
          fmt::format("{} is first in its queue, and in {} it takes {}.", message, state, choice)};
}

namespace {

std::string message_words(const explore::Interpreter& in, const report::Passing& p) {
  const ir::System& system = in.system();
  const std::string& name = in.contract(p.port).messages[p.message].name;
  return fmt::format("{} {} on {}", p.send ? "sends" : "receives", name,
                     system.channels[system.ports[p.port].channel].name);
}

std::string deed(const explore::Interpreter& in, const report::ToldStep& step) {
  const ir::Edge& edge = in.edge(step.step);
  if (step.faulty)
    return edge.action.empty() ? "breaks a rule"
                               : fmt::format("tries `{}`, which breaks a rule", edge.action);
  if (!step.messages.empty()) return message_words(in, step.messages.front());
  if (edge.action.empty()) return "goes on";
  return fmt::format("does `{}`", edge.action);
}

}  // namespace

Sentence tell(const explore::Interpreter& in, const report::ToldStep& step) {
  const std::string who = report::thread_id(in.system(), step.step.process);
  Sentence out{fmt::format("{} {}.", capital(who), deed(in, step)), ""};
  std::vector<std::string> effects;
  for (const report::LockChange& change : step.locks)
    effects.push_back(fmt::format("{} {}", change.acquired ? "it now holds" : "it no longer holds",
                                  in.system().locks[change.lock].name));
  for (const report::TokenMove& move : step.tokens)
    effects.push_back(fmt::format("{} changes hands", report::token_id(in.system(), move.block)));
  if (!effects.empty()) out.why = capital(joined(effects, "and")) + ".";
  return out;
}

}  // namespace singspin::story
