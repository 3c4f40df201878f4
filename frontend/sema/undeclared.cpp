#include "frontend/sema/undeclared.h"

#include <fmt/format.h>

#include <map>

#include "frontend/sema/resolve.h"
#include "frontend/sema/walk.h"

namespace singspin::sema {

using diagnostics::Code;

namespace {

void propose(diagnostics::Diagnostic& d, std::string_view best, const std::vector<source::Span>& uses) {
  diagnostics::Fix fix{fmt::format("write {}", best), {}};
  for (const source::Span use : uses) fix.edits.push_back({use, std::string(best)});
  d.fixes.push_back(std::move(fix));
}

struct Use {
  std::vector<source::Span> spans;
  const syntax::Action* action = nullptr;  // none: the name stands for a state
};

class Search {
 public:
  Search(const Names& names, Resolved& contract, Suggestions& suggestions,
         diagnostics::Diagnostics& diagnostics)
      : names_(names), contract_(contract), suggestions_(suggestions), diagnostics_(diagnostics) {}

  void run() {
    for (const syntax::State& s : tree().states) {
      for (const syntax::Sequence& sequence : s.sequences)
        walk_steps(sequence, [&](const syntax::Step& step, bool) { look_at(step); });
    }
    for (const auto& [name, use] : in_order_) {
      if (!contract_.base_missing) report(name, *use);
    }
    for (const auto& [name, use] : in_order_) {
      if (use->action == nullptr) contract_.add_state({name, use->spans.front(), false, {}, true});
    }
  }

 private:
  const syntax::Contract& tree() const { return *names_.declarations()[contract_.declaration].contract; }

  void look_at(const syntax::Step& step) {
    if (const auto* action = std::get_if<syntax::Action>(&step)) {
      if (contract_.find_message(action->message.text) != nullptr) return;
      contract_.unknown_actions.push_back(action);
      contract_.guessed = contract_.guessed || !contract_.base_missing;
      add(messages_[action->message.text], action->message).action = action;
    } else if (const syntax::Name* name = contract_.as_state(step);
               name != nullptr && !contract_.find_state(name->text)) {
      add(states_[name->text], *name);
    }
  }

  Use& add(Use& use, const syntax::Name& name) {
    if (use.spans.empty()) in_order_.emplace_back(name.text, &use);
    use.spans.push_back(name.span);
    return use;
  }

  void report(std::string_view name, const Use& use) {
    const bool is_message = use.action != nullptr;
    auto& d = diagnostics_.add(
        is_message ? Code::undeclared_message : Code::undeclared_state, use.spans.front(),
        fmt::format("{} {} is not declared in {}", is_message ? "message" : "state", name, tree().name.text),
        fmt::format("not a {} of this contract", is_message ? "message" : "state"));
    d.subject = names_.declarations()[contract_.declaration].qualified_name;
    constexpr std::size_t kLabels = 4;
    for (std::size_t i = 1; i < use.spans.size() && i < kLabels; ++i)
      d.labels.push_back({use.spans[i], "used here too"});
    if (is_message) message_help(d, name, use);
    else state_help(d, name, use);
  }

  void message_help(diagnostics::Diagnostic& d, std::string_view name, const Use& use) {
    d.notes.push_back("it is analysed as a message that travels as its sign says");
    if (const auto state = contract_.find_state(name)) {
      d.help = fmt::format("{} is a state; a state is written without a sign", name);
      d.help_span = contract_.states()[*state].span;
      return;
    }
    const auto sign = use.action->sign == syntax::ActionSign::Send ? ir::Sign::Send : ir::Sign::Receive;
    const std::string_view best = suggestions_.message(d, name, use.spans, sign, contract_);
    if (!best.empty()) contract_.meant_messages.insert(best);
  }

  void state_help(diagnostics::Diagnostic& d, std::string_view name, const Use& use) {
    d.notes.push_back("it is analysed as a state in which the conversation ends");
    suggestions_.state(d, name, use.spans, contract_);
  }

  const Names& names_;
  Resolved& contract_;
  Suggestions& suggestions_;
  diagnostics::Diagnostics& diagnostics_;
  std::map<std::string_view, Use> messages_, states_;
  std::vector<std::pair<std::string_view, Use*>> in_order_;  // of their first uses
};

}  // namespace

void Suggestions::state(diagnostics::Diagnostic& d, std::string_view name,
                        const std::vector<source::Span>& uses, const Resolved& contract) {
  if (!any_left()) return;
  std::vector<std::string_view> candidates;
  for (const ResolvedState& s : contract.states()) {
    if (!s.undeclared) candidates.push_back(s.name);
  }
  const std::string_view best = nearest(name, candidates);
  if (best.empty()) return;
  d.help = fmt::format("a declared state has a similar name: {}", best);
  d.help_span = contract.states()[*contract.find_state(best)].span;
  propose(d, best, uses);
}

std::string_view Suggestions::message(diagnostics::Diagnostic& d, std::string_view name,
                                      const std::vector<source::Span>& uses, ir::Sign sign,
                                      const Resolved& contract) {
  using Direction = syntax::Message::Direction;
  if (!any_left()) return {};
  const Direction wanted = sign == ir::Sign::Send ? Direction::Out : Direction::In;
  std::vector<std::string_view> candidates;
  for (const ResolvedMessage& m : contract.messages()) {
    const Direction direction = m.message->direction;
    if (direction == wanted || direction == Direction::Both) candidates.push_back(m.message->name.text);
  }
  const std::string_view best = nearest(name, candidates);
  if (best.empty()) return {};
  d.help = fmt::format("a declared `{}` message has a similar name: {}",
                       wanted == Direction::In ? "in" : "out", best);
  d.help_span = contract.find_message(best)->message->name.span;
  propose(d, best, uses);
  return best;
}

void find_undeclared(const Names& names, Resolved& contract, Suggestions& suggestions,
                     diagnostics::Diagnostics& diagnostics) {
  // What a member that could not be read declared is unknown, so no use can be called wrong.
  if (names.declarations()[contract.declaration].contract->lost_member) return;
  Search(names, contract, suggestions, diagnostics).run();
}

}  // namespace singspin::sema
