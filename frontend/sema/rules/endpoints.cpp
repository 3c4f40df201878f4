#include <fmt/format.h>

#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

std::span<const syntax::Name> contract_name(const syntax::Type& type) {
  return std::span(type.name.parts).first(type.name.parts.size() - 1);
}

Resolution resolve(const Context& context, const Resolved& contract, const syntax::Type& type) {
  const Declaration& d = context.declaration(contract);
  return context.names.resolve(*d.file, d.contract->scope, contract_name(type), context.sources);
}

// A name that means no contract, or several, and the parameters that use it.
void report_name(const Context& context, const Resolved& contract, const std::string& name,
                 const std::vector<const syntax::Type*>& uses) {
  const Resolution resolution = resolve(context, contract, *uses.front());
  const bool missing = resolution.found.empty();
  auto& d = context.report(
      contract, missing ? Code::missing_input : Code::ambiguous_contract, uses.front()->name.span,
      missing ? fmt::format("contract {} is not loaded", name)
              : fmt::format("{} may mean {} different contracts", name, resolution.found.size()),
      missing ? "not found" : "ambiguous");
  for (const DeclarationId id : resolution.found)
    d.labels.push_back(
        {context.names.declarations()[id].contract->name.span, "one of them is declared here"});
  constexpr std::size_t kUses = 4;
  for (std::size_t i = 1; i < uses.size() && i < kUses; ++i)
    d.labels.push_back({uses[i]->name.span, "used here too"});
  d.notes.push_back(
      "not checked without it: whether the state of the endpoint exists and whether its holder sends next");
  if (!missing) d.help = "write the qualified name of the one that is meant";
}

void report_state(const Context& context, const Resolved& subject, const Resolved& other,
                  const syntax::Name& state) {
  auto& d =
      context.report(subject, Code::endpoint_state_unknown, state.span,
                     fmt::format("contract {} has no state {}", context.tree(other).name.text, state.text),
                     "not a state of that contract");
  d.labels.push_back({context.tree(other).name.span, "the contract is declared here"});
  context.suggestions.state(d, state.text, {state.span}, other);
}

void check_state(const Context& context, const Resolved& contract, const EndpointType& endpoint) {
  const syntax::Type& type = *endpoint.type;
  const Resolved& other = context.resolved[endpoint.contract->value];
  if (!type.endpoint_state || other.base_missing || context.tree(other).broken) return;
  const std::optional<std::size_t> state = other.find_state(type.endpoint_state->text);
  if (state && !other.states()[*state].undeclared) return;
  report_state(context, contract, other, *type.endpoint_state);
}

}  // namespace

std::optional<EndpointType> endpoint_type(const syntax::Type& type) {
  if (type.name.parts.size() < 2) return std::nullopt;
  const std::string_view end = type.name.parts.back().text;
  if (end != "Exp" && end != "Imp") return std::nullopt;
  return EndpointType{&type, std::nullopt, end == "Exp" ? ir::Role::Exporter : ir::Role::Importer};
}

void report_unknown_start(const Context& context, const Resolved& contract, const syntax::Name& state) {
  report_state(context, contract, contract, state);
}

void check_endpoint_names(const Context& context, const Resolved& contract) {
  std::vector<std::pair<std::string, std::vector<const syntax::Type*>>> unresolved;  // by first use
  std::map<std::string, std::size_t> rows;
  for (const EndpointType& endpoint : endpoint_types(context, contract)) {
    if (endpoint.contract) {
      check_state(context, contract, endpoint);
      continue;
    }
    const std::string name = join(contract_name(*endpoint.type));
    const auto [row, added] = rows.emplace(name, unresolved.size());
    if (added) unresolved.push_back({name, {}});
    unresolved[row->second].second.push_back(endpoint.type);
  }
  for (const auto& [name, uses] : unresolved) report_name(context, contract, name, uses);
}

std::vector<EndpointType> endpoint_types(const Context& context, const Resolved& contract) {
  std::vector<EndpointType> all;
  for (const syntax::Message& message : context.tree(contract).messages) {
    for (const syntax::Parameter& parameter : message.parameters) {
      std::optional<EndpointType> endpoint = endpoint_type(parameter.type);
      if (!endpoint || is_type_parameter(context.tree(contract), message, contract_name(parameter.type)))
        continue;
      const Resolution resolution = resolve(context, contract, parameter.type);
      if (resolution.found.size() == 1) endpoint->contract = resolution.found.front();
      all.push_back(*endpoint);
    }
  }
  return all;
}

}  // namespace singspin::sema::rules
