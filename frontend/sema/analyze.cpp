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

class Analyzer {
 public:
  Analyzer(std::span<const syntax::File> files, const source::SourceMap& sources,
           diagnostics::Diagnostics& diagnostics)
      : files_(files),
        sources_(sources),
        diagnostics_(diagnostics),
        names_(files),
        resolved_(resolve_all(names_, sources, diagnostics)),
        context_{names_, sources, resolved_, diagnostics},
        rows_(resolved_.size()) {}

  Analysis run() {
    for (const Resolved& contract : resolved_) fold_contract(contract);
    find_entries();
    for (const Resolved& contract : resolved_) check(contract);
    return collect();
  }

 private:
  void fold_contract(const Resolved& contract) {
    if (!contract.usable) return;
    if (!contract.base_missing && !rules::check_subroutines(context_, contract)) return;
    ir::Contract result = head(contract);
    std::unordered_map<std::string_view, ir::MessageId> rows;
    add_messages(contract, result, rows);
    Folded folded = fold(contract, rows);
    if (!folded.complete) {
      context_.report(
          contract, diagnostics::Code::machine_too_large, result.span,
          fmt::format("contract {} does not unfold into at most {} states", result.name, kMaxStates),
          "not verified");
      return;
    }
    result.start = folded.start;
    result.entries.push_back({folded.start, std::nullopt});
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
    for (const syntax::Action* action : contract.unknown_actions) {
      if (rows.contains(action->message.text)) continue;
      const bool send = action->sign == syntax::ActionSign::Send;
      rows[action->message.text] = result.messages.add({std::string(action->message.text),
                                                        send ? ir::Direction::Out : ir::Direction::In,
                                                        {},
                                                        action->message.span});
    }
  }

  // S5, 8.8: states named in endpoint types and in NewChannel that the initial state does not lead to.
  void find_entries() {
    for (const Resolved& contract : resolved_) {
      for (const rules::EndpointType& endpoint : rules::endpoint_types(context_, contract)) {
        if (endpoint.contract && endpoint.type->endpoint_state)
          add_entry(*endpoint.contract, *endpoint.type->endpoint_state);
      }
    }
    for (const syntax::File& file : files_) {
      for (const syntax::EntryUse& use : file.entry_uses) {
        const Resolution r = names_.resolve(file, use.scope, use.contract.parts, sources_);
        if (r.found.size() == 1) add_entry(r.found.front(), use.state);
      }
    }
  }

  void add_entry(DeclarationId id, const syntax::Name& state) {
    if (!rows_[id.value]) return;
    ir::Contract& contract = *rows_[id.value];
    std::vector<bool> reached(contract.states.size());
    mark_reached(contract, contract.start, reached);
    for (const ir::StateId s : contract.states.ids()) {
      const bool named =
          contract.states[s].kind == ir::State::Kind::Named && contract.states[s].id == state.text;
      const bool known = std::any_of(contract.entries.begin(), contract.entries.end(),
                                     [&](const ir::Entry& e) { return e.state == s; });
      if (named && !known && !reached[s.value]) contract.entries.push_back({s, state.span});
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
    if (contract.base_missing || !rows_[contract.declaration.value]) return;
    const ir::Contract& row = *rows_[contract.declaration.value];
    rules::Machine machine{contract, row, std::vector<bool>(row.states.size())};
    for (const ir::Entry& entry : row.entries) mark_reached(row, entry.state, machine.reached);
    rules::check_choices(context_, machine);
    rules::check_cycles(context_, machine);
    rules::check_states(context_, machine);
  }

  Analysis collect() {
    Analysis result;
    for (const Resolved& contract : resolved_) {
      const Declaration& d = context_.declaration(contract);
      Analyzed analyzed{std::string(d.contract->name.text), d.qualified_name, d.contract->name.span,
                        std::nullopt, contract.base_missing};
      if (auto& row = rows_[contract.declaration.value]) {
        CHECK(ir::validate(*row).empty(), "a folded contract is valid");
        analyzed.contract = result.program.contracts.add(std::move(*row));
      }
      result.contracts.push_back(std::move(analyzed));
    }
    return result;
  }

  std::span<const syntax::File> files_;
  const source::SourceMap& sources_;
  diagnostics::Diagnostics& diagnostics_;
  Names names_;
  std::vector<Resolved> resolved_;
  Context context_;
  std::vector<std::optional<ir::Contract>> rows_;  // by DeclarationId
};

}  // namespace

Analysis analyze(std::span<const syntax::File> files, const source::SourceMap& sources,
                 diagnostics::Diagnostics& diagnostics) {
  return Analyzer(files, sources, diagnostics).run();
}

}  // namespace singspin::sema
