// The static rules of section 7 of the language reference, one file per subject. Each function
// looks at one contract and appends what it finds; inherited members are reported at their base.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/ir.h"
#include "frontend/sema/fold.h"
#include "frontend/sema/resolved.h"
#include "frontend/sema/undeclared.h"

namespace singspin::sema::rules {

// What a state offers first: a send and a receive, if there are any.
struct FirstActions {
  std::optional<ActionUse> send;
  std::optional<ActionUse> receive;
  bool known = true;  // false: it goes on in a state that is not loaded
};

struct Context {
  const Names& names;
  const source::SourceMap& sources;
  const std::vector<Resolved>& resolved;                   // by DeclarationId
  const std::vector<std::optional<ir::Contract>>& folded;  // by DeclarationId; none: no machine
  diagnostics::Diagnostics& diagnostics;
  Suggestions& suggestions;
  mutable std::map<std::pair<DeclarationId, std::size_t>, FirstActions> first_actions_cache = {};

  const Declaration& declaration(const Resolved& contract) const {
    return names.declarations()[contract.declaration];
  }
  const syntax::Contract& tree(const Resolved& contract) const { return *declaration(contract).contract; }
  // Only then its residuals may be unfolded: folding has shown that they come to an end.
  bool is_folded(const Resolved& contract) const { return folded[contract.declaration.value].has_value(); }
  // Only for folded contracts.
  const FirstActions& first_actions(const Resolved& contract, std::size_t state) const;
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
// `C.NewChannel(.., C.S.Value)` names a state that C does not have.
void report_unknown_start(const Context&, const Resolved&, const syntax::Name& state);
// All endpoint types in the messages that `contract` declares, resolved where possible.
std::vector<EndpointType> endpoint_types(const Context&, const Resolved&);
void check_send_states(const Context&, const Resolved&);

// Rules on the folded machine.
struct Machine {
  const Resolved& contract;
  const ir::Contract& ir;
  std::vector<bool> reached;  // states that some entry leads to; all, if the base is not loaded
  std::vector<bool> open;     // states that go on in one that is not loaded: what they offer is unknown
};
// What the checks of machines share.
// A finding in a part that no entry reaches drops to a warning (section 7).
void weaken_if_unreached(diagnostics::Diagnostic&, const Machine&, ir::StateId);
bool is_own(const Context&, const Resolved&, source::Span);  // inside the text of the contract
// States in the order of the table, those that some entry reaches before the others.
std::vector<ir::StateId> reached_first(const Machine&);

void check_choices(const Context&, const Machine&);  // nondeterministic, mixed
void check_cycles(const Context&, const Machine&);   // cycle rule
void check_states(const Context&, const Machine&);   // unreachable, initial-final, too many

// S20: whether both ends can receive what the other one sends at the same time, in words; one line for
// each crossing that is not taken care of, or one that says that all are.
std::vector<std::string> crossing_notes(const ir::Contract&, ir::StateId);

}  // namespace singspin::sema::rules
