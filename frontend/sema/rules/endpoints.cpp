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

void check_name(const Context& context, const Resolved& contract, const syntax::Type& type) {
  const std::string name = join(contract_name(type));
  const Resolution resolution = resolve(context, contract, type);
  if (resolution.found.empty()) {
    auto& d = context.report(contract, Code::missing_input, type.name.span,
                             fmt::format("contract {} is not loaded", name), "not found");
    d.notes.push_back("the state in which this endpoint travels is not checked");
    return;
  }
  if (resolution.found.size() > 1) {
    auto& d = context.report(contract, Code::ambiguous_contract, type.name.span,
                             fmt::format("{} may mean {} different contracts", name, resolution.found.size()),
                             "ambiguous");
    for (const DeclarationId id : resolution.found) {
      d.labels.push_back(
          {context.names.declarations()[id].contract->name.span, "one of them is declared here"});
    }
    return;
  }
  const Resolved& other = context.resolved[resolution.found.front().value];
  if (!type.endpoint_state || other.base_missing) return;
  const std::optional<std::size_t> state = other.find_state(type.endpoint_state->text);
  if (state && !other.states()[*state].undeclared) return;
  auto& d = context.report(contract, Code::endpoint_state_unknown, type.endpoint_state->span,
                           fmt::format("contract {} has no state {}", name, type.endpoint_state->text),
                           "not a state of that contract");
  d.labels.push_back({context.tree(other).name.span, "the contract is declared here"});
}

}  // namespace

std::optional<EndpointType> endpoint_type(const syntax::Type& type) {
  if (type.name.parts.size() < 2) return std::nullopt;
  const std::string_view end = type.name.parts.back().text;
  if (end != "Exp" && end != "Imp") return std::nullopt;
  return EndpointType{&type, std::nullopt, end == "Exp" ? ir::Role::Exporter : ir::Role::Importer};
}

void check_endpoint_names(const Context& context, const Resolved& contract) {
  for (const syntax::Message& message : context.tree(contract).messages) {
    for (const syntax::Parameter& parameter : message.parameters) {
      if (endpoint_type(parameter.type)) check_name(context, contract, parameter.type);
    }
  }
}

std::vector<EndpointType> endpoint_types(const Context& context, const Resolved& contract) {
  std::vector<EndpointType> all;
  for (const syntax::Message& message : context.tree(contract).messages) {
    for (const syntax::Parameter& parameter : message.parameters) {
      std::optional<EndpointType> endpoint = endpoint_type(parameter.type);
      if (!endpoint) continue;
      const Resolution resolution = resolve(context, contract, parameter.type);
      if (resolution.found.size() == 1) endpoint->contract = resolution.found.front();
      all.push_back(*endpoint);
    }
  }
  return all;
}

}  // namespace singspin::sema::rules
