#include "frontend/sema/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/sema/fold.h"
#include "frontend/sema/resolve.h"
#include "frontend/sema/rules/rules.h"
#include "frontend/sema/walk.h"

namespace singspin::sema {

namespace {

using rules::Context;

ir::Parameter lower_parameter(const syntax::Parameter& parameter, const source::SourceMap& sources) {
  ir::Parameter result;
  if (parameter.name) result.name = parameter.name->text;
  result.type = sources.text(parameter.type.span);
  if (rules::endpoint_type(parameter.type)) result.kind = ir::Parameter::Kind::Endpoint;
  else if (parameter.type.in_exheap) result.kind = ir::Parameter::Kind::ExHeap;
  return result;
}

ir::Message lower_message(const syntax::Message& message, const source::SourceMap& sources) {
  ir::Message result;
  result.name = message.name.text;
  result.span = message.name.span;
  if (message.direction == syntax::Message::Direction::In) result.direction = ir::Direction::In;
  if (message.direction == syntax::Message::Direction::Out) result.direction = ir::Direction::Out;
  for (const syntax::Parameter& p : message.parameters)
    result.parameters.push_back(lower_parameter(p, sources));
  return result;
}

// States that `from` leads to, itself included.
void mark_reached(const ir::Contract& contract, ir::StateId from, std::vector<bool>& reached) {
  std::vector<ir::StateId> todo;
  const auto visit = [&](ir::StateId s) {
    if (!reached[s.value]) todo.push_back(s);
    reached[s.value] = true;
  };
  visit(from);
  while (!todo.empty()) {
    const ir::StateId s = todo.back();
    todo.pop_back();
    for (const ir::TransitionId t : contract.states[s].out) visit(contract.transitions[t].to);
  }
}

struct ContractStarts {
  Starts rows;
  std::set<std::size_t> seen;
  std::vector<std::pair<std::size_t, source::Span>> mentions;  // the first one of each row, in order
};

class Analyzer {
 public:
  Analyzer(std::span<const syntax::File> files, const source::SourceMap& sources,
           diagnostics::Diagnostics& diagnostics, const Compilations& compilations)
      : files_(files),
        sources_(sources),
        names_(files, compilations),
        resolved_(resolve_all(names_, sources, suggestions_, diagnostics)),
        rows_(resolved_.size()),
        starts_(resolved_.size()),
        context_{names_, sources, resolved_, rows_, diagnostics, suggestions_} {}

  Analysis run() {
    find_starts();
    for (const Resolved& contract : resolved_) fold_contract(contract);
    for (const Resolved& contract : resolved_) check(contract);
    return collect();
  }

 private:
  void fold_contract(const Resolved& contract) {
    if (!contract.usable || contract.states().empty()) return;
    if (!rules::check_subroutines(context_, contract)) return;
    ir::Contract result = head(contract);
    std::unordered_map<std::string_view, ir::MessageId> rows;
    add_messages(contract, result, rows);
    const ContractStarts& starts = starts_[contract.declaration.value];
    Folded folded = fold(contract, rows, starts.rows);
    if (!folded.complete) {
      auto& d = context_.report(
          contract, diagnostics::Code::machine_too_large, result.span,
          fmt::format("contract {} does not unfold into at most {} states", result.name, kMaxStates),
          "not verified");
      if (folded.passed_too_many)
        d.notes.push_back(
            fmt::format("an action lies behind more than {} jumps, calls and groups", kMaxPassed));
      return;
    }
    result.start = folded.start;
    result.entries.push_back({folded.start, std::nullopt});
    for (const auto& [row, span] : starts.mentions) {
      const auto entry = folded.entries.find(row);
      if (entry != folded.entries.end()) result.entries.push_back({entry->second, span});
    }
    result.states = std::move(folded.states);
    result.transitions = std::move(folded.transitions);
    result.inlined = std::move(folded.inlined);
    rows_[contract.declaration.value] = std::move(result);
  }

  ir::Contract head(const Resolved& contract) const {
    const Declaration& d = context_.declaration(contract);
    ir::Contract result;
    result.name = d.contract->name.text;
    result.qualified_name = d.qualified_name;
    result.span = d.contract->name.span;
    if (contract.base) result.base = names_.declarations()[*contract.base].qualified_name;
    return result;
  }

  void add_messages(const Resolved& contract, ir::Contract& result,
                    std::unordered_map<std::string_view, ir::MessageId>& rows) const {
    std::vector<const syntax::Message*> messages;
    for (const ResolvedMessage& m : contract.messages()) messages.push_back(m.message);
    std::stable_sort(
        messages.begin(), messages.end(),
        [](const syntax::Message* a, const syntax::Message* b) { return a->name.span < b->name.span; });
    for (const syntax::Message* m : messages)
      rows[m->name.text] = result.messages.add(lower_message(*m, sources_));
    // A message that nobody declares travels as its actions say.
    for (const syntax::Action* action : contract.unknown_actions) {
      if (contract.find_message(action->message.text) != nullptr) continue;
      const bool send = action->sign == syntax::ActionSign::Send;
      const ir::Direction direction = send ? ir::Direction::Out : ir::Direction::In;
      const auto [row, added] = rows.emplace(action->message.text, ir::MessageId{});
      if (added)
        row->second =
            result.messages.add({std::string(action->message.text), direction, {}, action->message.span});
      else if (result.messages[row->second].direction != direction)
        result.messages[row->second].direction.reset();
    }
  }

  // S5, 8.8: states in which code or an endpoint type says that both ends may be.
  void find_starts() {
    for (const Resolved& contract : resolved_) {
      for (const rules::EndpointType& endpoint : rules::endpoint_types(context_, contract)) {
        if (endpoint.contract && endpoint.type->endpoint_state)
          add_start(*endpoint.contract, *endpoint.type->endpoint_state, false);
      }
    }
    for (const syntax::File& file : files_) {
      for (const syntax::EntryUse& use : file.entry_uses) {
        const Resolution r = names_.resolve(file, use.scope, use.contract.parts, sources_);
        if (r.found.size() == 1) add_start(r.found.front(), use.state, true);
      }
    }
  }

  void add_start(DeclarationId id, const syntax::Name& state, bool created) {
    const Resolved& contract = resolved_[id.value];
    const auto row = contract.find_state(state.text);
    if (row && !contract.states()[*row].undeclared) {
      ContractStarts& starts = starts_[id.value];
      (created ? starts.rows.created : starts.rows.travelling).insert(*row);
      if (starts.seen.insert(*row).second) starts.mentions.emplace_back(*row, state.span);
    } else if (created && !contract.base_missing && !context_.tree(contract).broken) {
      rules::report_unknown_start(context_, contract, state);
    }
  }

  void check(const Resolved& contract) {
    rules::check_parameters(context_, contract);
    rules::check_endpoint_names(context_, contract);
    if (context_.tree(contract).broken) return;
    rules::check_messages(context_, contract);
    rules::check_sequences(context_, contract);
    if (!contract.base_missing) rules::check_overrides(context_, contract);
    rules::check_send_states(context_, contract);
    if (rows_[contract.declaration.value]) check_machine(contract, *rows_[contract.declaration.value]);
  }

  void check_machine(const Resolved& contract, const ir::Contract& row) {
    rules::Machine machine{contract, row, std::vector<bool>(row.states.size(), contract.base_missing),
                           std::vector<bool>(row.states.size())};
    for (const ir::Entry& entry : row.entries) mark_reached(row, entry.state, machine.reached);
    if (contract.base_missing) mark_open(contract, row, machine.open);
    rules::check_choices(context_, machine);
    rules::check_cycles(context_, machine);
    if (!contract.base_missing) rules::check_states(context_, machine);
  }

  // States whose actions come, in part, from a state that a missing base may declare.
  static void mark_open(const Resolved& contract, const ir::Contract& row, std::vector<bool>& open) {
    for (const ir::InlinedState& inlined : row.inlined) {
      const auto state = contract.find_state(inlined.name);
      if (!state || !contract.states()[*state].undeclared) continue;
      for (const ir::StateId s : inlined.at) open[s.value] = true;
      for (const ir::TransitionId t : inlined.via) open[row.transitions[t].from.value] = true;
    }
  }

  Analysis collect() {
    Analysis result;
    for (const Resolved& contract : resolved_) {
      const Declaration& d = context_.declaration(contract);
      Analyzed analyzed{std::string(d.contract->name.text), d.qualified_name, d.contract->name.span,
                        std::nullopt, contract.base_missing};
      if (auto& row = rows_[contract.declaration.value]; row && !contract.guessed) {
        CHECK(ir::validate(*row).empty(), "a folded contract is valid");
        analyzed.contract = result.program.contracts.add(std::move(*row));
      }
      result.contracts.push_back(std::move(analyzed));
    }
    return result;
  }

  std::span<const syntax::File> files_;
  const source::SourceMap& sources_;
  Names names_;
  Suggestions suggestions_;
  std::vector<Resolved> resolved_;
  std::vector<std::optional<ir::Contract>> rows_;  // by DeclarationId
  std::vector<ContractStarts> starts_;             // by DeclarationId
  Context context_;
};

}  // namespace

Analysis analyze(std::span<const syntax::File> files, const source::SourceMap& sources,
                 diagnostics::Diagnostics& diagnostics, const Compilations& compilations) {
  return Analyzer(files, sources, diagnostics, compilations).run();
}

}  // namespace singspin::sema
