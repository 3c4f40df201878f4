// Property files, and the checks in them for one contract.
#include "frontend/claims/claim.h"
#include "frontend/claims/file.h"
#include "frontend/claims/find.h"
#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

constexpr std::string_view kContract = R"(contract Door {
  in message Open(); out message Opened(); in message Close(); out message Closed(); in message Lock();
  state Shut: one { Open? -> Opened! -> Ajar; Lock? -> Sealed; }
  state Ajar: Close? -> Closed! -> Shut;
  state Sealed: one {}
})";

// What may stand in a report, and what the engines rely on.
void check_claim(const claims::Claim& claim, const ir::Contract& contract) {
  REQUIRE(claim.name.starts_with("user:"), "a check has a name");
  REQUIRE(!claim.nodes.empty(), "a check asks for something");
  for (std::size_t i = 0; i < claim.nodes.size(); ++i) {
    const claims::Node& node = claim.nodes[i];
    const bool atom = node.op <= claims::Op::Length;
    REQUIRE(atom || (node.left < i && node.right < i), "operands stand before their operator");
    for (const ir::StateId s : node.states)
      REQUIRE(s.value < contract.states.size(), "a place is in the contract");
  }
}

// Any run has a judgement, and its negation the other one.
void check_judgement(claims::Claim claim, const ir::Contract& contract) {
  const exec::Configuration start{contract.start, contract.start, {}, {}};
  const claims::Word word{{{start, {}}, {start, exec::Step{}}}, 1};
  if (claim.nodes.size() > 1000) return;  // a judgement takes its time
  const bool holds = claims::holds(claim, contract, word);
  claim.nodes.push_back({.op = claims::Op::Not, .left = claim.nodes.size() - 1});
  REQUIRE(claims::holds(claim, contract, word) != holds, "a check and its negation do not both hold");
}

}  // namespace

void run_checks(std::string_view bytes) {
  FrontEnd front_end;
  add_text(front_end, kContract);
  analyze(front_end);
  const ir::ContractId id{0};
  const ir::Contract& contract = front_end.analysis.program.contracts[id];
  const source::FileId file = front_end.sources.add("text.check", bytes);
  std::vector<std::vector<source::Span>> places;
  for (const claims::Block& block : claims::read_file(front_end.sources, file, front_end.diagnostics)) {
    check_span(front_end.sources, block.name);
    check_span(front_end.sources, block.checks);
    places.push_back({block.checks});
  }
  for (const claims::Claim& claim :
       claims::find_claims(front_end.sources, places, contract, id, front_end.diagnostics)) {
    check_span(front_end.sources, claim.span);
    check_claim(claim, contract);
    check_judgement(claim, contract);
  }
  check_diagnostics(front_end.sources, front_end.diagnostics);
}

}  // namespace singspin::fuzz
