#include "frontend/repair/plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::repair {

namespace {

ir::Role starter(const Alternative& a) {
  return a.sent_by_exporter ? ir::Role::Exporter : ir::Role::Importer;
}

bool is_plain(const syntax::State& state) {
  return state.form == syntax::State::Form::One && !state.is_override && !state.old_style &&
         !state.sequences.empty();
}

}  // namespace

const syntax::State* Plan::find(const std::string& name) const {
  const auto found =
      std::ranges::find_if(subject_.tree.states, [&](const syntax::State& s) { return s.name.text == name; });
  return found == subject_.tree.states.end() ? nullptr : &*found;
}

bool Plan::is_final(const std::string& state) const {
  return std::ranges::any_of(subject_.machine.states,
                             [&](const ir::State& s) { return s.id == state && s.final; });
}

bool Plan::repair(const syntax::State& state, const Strategy& strategy) {
  state_ = &state;
  std::vector<Alternative> all;
  for (const syntax::Sequence& sequence : state.sequences) {
    auto alternative = read_alternative(subject_.sources, sequence);
    if (!alternative) return false;
    all.push_back(std::move(*alternative));
  }
  messages_.clear();
  states_.clear();
  const bool done = strategy.kind == Strategy::Kind::Accept ? accept(all, strategy)
                    : strategy.kind == Strategy::Kind::Ask  ? ask(all, strategy.leader)
                                                            : remove(all, strategy.leader);
  if (!done) return false;
  const std::uint32_t begin = state.span.begin;
  std::uint32_t end = std::max(state.span.end, state.block ? state.block->end : 0);
  if (text().substr(end).starts_with(";")) ++end;
  if (!messages_.empty()) edit({state.span.file, begin, begin}, messages_);
  if (!states_.empty()) edit({state.span.file, end, end}, states_);
  return true;
}

bool Plan::accept(const std::vector<Alternative>& all, const Strategy& strategy) {
  const std::size_t before = edits_.size() + at_target_.size();
  for (const Alternative& own : all) {
    if (!accept_behind(own, all, strategy)) return false;
  }
  return edits_.size() + at_target_.size() > before;
}

// Behind `own` its sender may find any message that the other side starts with.
bool Plan::accept_behind(const Alternative& own, const std::vector<Alternative>& all,
                         const Strategy& strategy) {
  std::vector<Added> added;
  for (const Alternative& crossing : all) {
    if (crossing.sent_by_exporter == own.sent_by_exporter || lists(own, crossing)) continue;
    const Alternative& winner = starter(own) == strategy.leader ? own : crossing;
    const std::string action = action_words(crossing);
    added.push_back({action, crossing.sent_by_exporter, action + " -> " + rest_of(winner, strategy)});
  }
  const bool acknowledged = is_acknowledged(own, strategy);
  if (added.empty() && !acknowledged) return true;
  if (own.only_target && !acknowledged) return offer_at_target(own, added);
  return offer(own, rest_of(own, strategy), acknowledged, added);
}

// As a group if all alternatives begin with the same sign (SS0208), else in a state of its own.
bool Plan::offer(const Alternative& own, const std::string& rest, bool rest_is_new,
                 const std::vector<Added>& added) {
  const source::Span at = rest_span(*own.sequence);
  const bool rest_sends = rest_is_new ? !own.sent_by_exporter : own.next == syntax::ActionSign::Send;
  const bool known = rest_is_new || own.next.has_value();
  if (known && std::ranges::all_of(added, [&](const Added& a) { return a.send == rest_sends; })) {
    std::string more;
    for (const Added& a : added) more += " or " + a.text;
    if (rest_is_new) {
      edit(at, added.empty() ? rest : "(" + rest + more + ")");
      return true;
    }
    edit({at.file, at.begin, at.begin}, "(");
    edit({at.file, at.end, at.end}, more + ")");
    return true;
  }
  const std::string name = names_.take(std::string(state_->name.text) + "After" + own.message);
  std::vector<std::string> sequences{rest};
  for (const Added& a : added) sequences.push_back(a.text);
  edit(at, name);
  add_state(name, sequences);
  return true;
}

bool Plan::offer_at_target(const Alternative& own, const std::vector<Added>& added) {
  const syntax::State* target = find(own.target);
  if (target == nullptr || !is_plain(*target)) return false;
  for (const Added& a : added) {
    std::vector<Added>& there = at_target_[own.target];
    if (std::ranges::none_of(there, [&](const Added& b) { return b.action == a.action; })) there.push_back(a);
  }
  return true;
}

// The leader asks, and the other side has nothing yet or does one of the things it used to start with.
bool Plan::ask(const std::vector<Alternative>& all, ir::Role leader) {
  const std::string name(state_->name.text);
  const bool leader_sends_out = leader == ir::Role::Exporter;
  const std::string question = declare("Ask" + name, leader_sends_out);
  const std::string nothing = declare("NotYet" + name, !leader_sends_out);
  const std::string answer = names_.take(name + "Answer");
  std::vector<std::string> sequences{fmt::format("{}{} -> {}", nothing, leader_sends_out ? "?" : "!", name)};
  bool first = true;
  for (const Alternative& a : all) {
    if (starter(a) == leader) continue;
    sequences.push_back(action_words(a) + " -> " + rest_words(subject_.sources, *a.sequence));
    if (first)
      edit(a.sequence->span, fmt::format("{}{} -> {}", question, leader_sends_out ? "!" : "?", answer));
    else if (!drop(a)) return false;
    first = false;
  }
  add_state(answer, sequences);
  return !first;
}

bool Plan::remove(const std::vector<Alternative>& all, ir::Role leader) {
  for (const Alternative& a : all) {
    if (starter(a) != leader && !drop(a)) return false;
  }
  return true;
}

// With its line, if it stands alone there.
bool Plan::drop(const Alternative& alternative) {
  const source::Span span = alternative.sequence->span;
  const auto end = behind_semicolon(text(), span.end);
  if (!end) return false;
  std::size_t from = span.begin, to = *end;
  while (from > 0 && (text()[from - 1] == ' ' || text()[from - 1] == '\t')) --from;
  while (to < text().size() && (text()[to] == ' ' || text()[to] == '\t' || text()[to] == '\r')) ++to;
  const bool own_line = (from == 0 || text()[from - 1] == '\n') && to < text().size() && text()[to] == '\n';
  if (own_line) edit({span.file, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to + 1)}, "");
  else edit({span.file, span.begin, *end}, "");
  return true;
}

bool Plan::is_acknowledged(const Alternative& a, const Strategy& strategy) const {
  using Acknowledge = Strategy::Acknowledge;
  if (!a.only_target || strategy.acknowledge == Acknowledge::Nothing) return false;
  return strategy.acknowledge == Acknowledge::Targets || is_final(a.target);
}

std::string Plan::rest_of(const Alternative& a, const Strategy& strategy) {
  const std::string rest = rest_words(subject_.sources, *a.sequence);
  if (!is_acknowledged(a, strategy)) return rest;
  std::string& answer = acknowledgements_[action_words(a)];
  if (answer.empty())
    answer = declare(a.message + "Taken", !a.sent_by_exporter) + (a.sent_by_exporter ? "?" : "!");
  return answer + " -> " + rest;
}

bool Plan::lists(const Alternative& own, const Alternative& crossing) const {
  const ir::Contract& c = subject_.machine;
  for (const ir::Transition& t : c.transitions) {
    if (c.states[t.from].id != state_->name.text ||
        action_words(own) != c.messages[t.message].name + (t.sign == ir::Sign::Send ? "!" : "?"))
      continue;
    for (const ir::TransitionId next : c.states[t.to].out) {
      const ir::Transition& row = c.transitions[next];
      const bool out = row.sign == ir::Sign::Send;
      if (c.messages[row.message].name == crossing.message && out == crossing.sent_by_exporter) return true;
    }
  }
  return false;
}

std::string Plan::declare(const std::string& wish, bool out) {
  const std::string name = names_.take(wish);
  messages_ += fmt::format("{} message {}();\n{}", out ? "out" : "in", name,
                           indentation(subject_.sources, state_->span));
  return name;
}

void Plan::add_state(const std::string& name, const std::vector<std::string>& sequences) {
  const std::string indent = indentation(subject_.sources, state_->span);
  const std::string step = indent.find('\t') != std::string::npos ? "\t" : "    ";
  states_ += fmt::format("\n\n{}state {}: one {{\n", indent, name);
  for (const std::string& sequence : sequences) states_ += indent + step + sequence + ";\n";
  states_ += indent + "}";
}

// Behind the last alternative of the state, in the way the others stand there.
bool Plan::finish_targets() {
  for (const auto& [name, added] : at_target_) {
    if (added.empty()) continue;
    const syntax::State& target = *find(name);
    const source::Span first = target.sequences.front().span, last = target.sequences.back().span;
    const auto end = behind_semicolon(text(), last.end);
    if (!end) return false;
    const bool lines =
        target.block && text().substr(*end, target.block->end - *end).find('\n') != std::string_view::npos;
    const std::string between = lines ? "\n" + indentation(subject_.sources, last) : " ";
    std::string more;
    for (const Added& a : added) more += between + a.text + ";";
    if (!target.block) {
      edit({first.file, first.begin, first.begin}, "one { ");
      more += " }";
    }
    edit({last.file, *end, *end}, more);
  }
  return true;
}

std::optional<std::vector<diagnostics::Edit>> Plan::finish() {
  if (!finish_targets()) return std::nullopt;
  std::ranges::stable_sort(edits_, {}, [](const diagnostics::Edit& e) { return e.span; });
  for (std::size_t i = 1; i < edits_.size(); ++i) {
    if (edits_[i].span.begin < edits_[i - 1].span.end) return std::nullopt;
    // Two insertions at one place: their order would be anybody's guess.
    if (edits_[i].span.begin == edits_[i - 1].span.begin) return std::nullopt;
  }
  return edits_;
}

}  // namespace singspin::repair
