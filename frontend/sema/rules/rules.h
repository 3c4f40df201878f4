// The static rules of section 7 of the language reference, one file per subject. Each function
// looks at one contract and appends what it finds; inherited members are reported at their base.
#pragma once

#include <set>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/ir.h"
#include "frontend/sema/fold.h"
#include "frontend/sema/resolved.h"

namespace singspin::sema::rules {

struct Context {
  const Names& names;
  const source::SourceMap& sources;
  const std::vector<Resolved>& resolved;  // by DeclarationId
  diagnostics::Diagnostics& diagnostics;

  const Declaration& declaration(const Resolved& contract) const {
    return names.declarations()[contract.declaration];
  }
  const syntax::Contract& tree(const Resolved& contract) const { return *declaration(contract).contract; }
  // Appends a diagnostic about `contract`.
  diagnostics::Diagnostic& report(const Resolved& contract, diagnostics::Code code, source::Span span,
                                  std::string message, std::string label = {}) const;
};

// Rules on the contract as written.
void check_messages(const Context&, const Resolved&);    // directions, unused and undirected messages
void check_parameters(const Context&, const Resolved&);  // types that cannot be exchanged
void check_sequences(const Context&, const Resolved&);   // signs, groups, missing targets, `all`
void check_overrides(const Context&, const Resolved&);   // override rules 1 to 4
// False: calls go round, so the contract cannot be folded.
bool check_subroutines(const Context&, const Resolved&);

// Endpoint types of parameters.
struct EndpointType {
  const syntax::Type* type = nullptr;
  std::optional<DeclarationId> contract;
  ir::Role role = ir::Role::Exporter;
};
// nullopt if `type` is no endpoint type. Reports missing and ambiguous contracts and unknown states.
std::optional<EndpointType> endpoint_type(const syntax::Type& type);
void check_endpoint_names(const Context&, const Resolved&);
// All endpoint types in the messages that `contract` declares, resolved where possible.
std::vector<EndpointType> endpoint_types(const Context&, const Resolved&);
void check_send_states(const Context&, const Resolved&);

// Rules on the folded machine; `reached` marks the states some entry leads to.
struct Machine {
  const Resolved& contract;
  const ir::Contract& ir;
  std::vector<bool> reached;
};
void check_choices(const Context&, const Machine&);  // nondeterministic, mixed
void check_cycles(const Context&, const Machine&);   // cycle rule
void check_states(const Context&, const Machine&);   // unreachable, initial-final, too many

}  // namespace singspin::sema::rules
