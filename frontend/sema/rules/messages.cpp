#include <fmt/format.h>

#include "frontend/sema/rules/rules.h"
#include "frontend/sema/walk.h"

namespace singspin::sema::rules {

using diagnostics::Code;
using Direction = syntax::Message::Direction;

diagnostics::Diagnostic& Context::report(const Resolved& contract, Code code, source::Span span,
                                         std::string message, std::string label) const {
  diagnostics::Diagnostic& d = diagnostics.add(code, span, std::move(message), std::move(label));
  d.subject = declaration(contract).qualified_name;
  return d;
}

namespace {

// Messages that own sequences use, and those that a misspelt use may mean. A base cannot use what the
// contract declares.
std::set<std::string_view> used_messages(const Context& context, const Resolved& contract) {
  std::set<std::string_view> used = contract.meant_messages;
  for (const syntax::State& state : context.tree(contract).states) {
    for (const syntax::Sequence& sequence : state.sequences) {
      walk_steps(sequence, [&](const syntax::Step& step, bool) {
        if (const auto action = contract.as_action(step)) used.insert(action->message);
      });
    }
  }
  return used;
}

// S2: `in` messages travel only to Exp, `out` messages only to Imp.
void check_direction(const Context& context, const Resolved& contract, const ActionUse& action) {
  const ResolvedMessage* message = contract.find_message(action.message);
  if (message == nullptr || message->message->direction == Direction::Both) return;
  const bool in = message->message->direction == Direction::In;
  if (in == (action.sign == ir::Sign::Receive)) return;
  auto& d = context.report(contract, Code::direction_mismatch, action.span,
                           fmt::format("message {} is declared `{}`, so the exporter cannot {} it",
                                       action.message, in ? "in" : "out", in ? "send" : "receive"),
                           in ? "only `?` is possible" : "only `!` is possible");
  d.labels.push_back({message->message->name.span, "declared here"});
  d.notes.push_back("it is analysed as it is written: the sign counts");
  const source::Span sign{action.span.file, action.span.end - 1, action.span.end};
  d.fixes.push_back({fmt::format("write {}{}", action.message, in ? '?' : '!'), {{sign, in ? "?" : "!"}}});
}

}  // namespace

void check_messages(const Context& context, const Resolved& contract) {
  const std::set<std::string_view> used = used_messages(context, contract);
  for (const syntax::Message& m : context.tree(contract).messages) {
    if (m.direction == Direction::Both) {
      context
          .report(contract, Code::undirected_message, m.name.span,
                  fmt::format("message {} has no direction and may travel either way", m.name.text),
                  "neither `in` nor `out`")
          .notes.push_back("each use travels in the queue that its sign selects");
    }
    const bool counts = contract.find_message(m.name.text)->message == &m;  // else reported as declared twice
    if (counts && !used.contains(m.name.text)) {
      context.report(contract, Code::unused_message, m.name.span,
                     fmt::format("message {} is never used", m.name.text), "no sequence uses it");
    }
  }
  for (const syntax::State& s : context.tree(contract).states) {
    for (const syntax::Sequence& sequence : s.sequences) {
      walk_steps(sequence, [&](const syntax::Step& step, bool) {
        if (const auto action = contract.as_action(step); action && !action->inferred)
          check_direction(context, contract, *action);
      });
    }
  }
}

}  // namespace singspin::sema::rules
