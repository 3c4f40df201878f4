#include "frontend/exec/ending.h"
#include "frontend/exec/explore.h"
#include "frontend/exec/synchronizable.h"
#include "reports/formats/terminal/terminal.h"
#include "tests/fuzz/fixes.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

// Small: the front end is what is tested here, and most machines have a few configurations.
constexpr exec::Budget kBudget{500};
constexpr std::size_t kMostRendered = 20;
const syntax::Symbols kSymbols = {"DEBUG"};

// A run that is shown was executed, is still one in normal form, and ends where it did.
void check_run(const ir::Contract& contract, const exec::Trace& trace, exec::Fault fault) {
  REQUIRE(exec::execute(contract, trace.scope, trace.steps).has_value(), "a run can be executed");
  const exec::Trace normal = exec::normalize(contract, trace);
  REQUIRE(normal.last() == trace.last(), "normal form keeps the end of a run");
  REQUIRE(normal.steps.size() == trace.steps.size(), "normal form keeps the steps of a run");
  REQUIRE(exec::execute(contract, normal.scope, normal.steps).has_value(), "normal form can be executed");
  const exec::Ending ending = exec::explain_ending(contract, normal, fault);
  if (const auto step = exec::main_step(ending, normal))
    REQUIRE(*step < normal.steps.size(), "the main step is one of the run");
}

void check_exploration(const ir::Contract& contract, ir::StateId entry) {
  for (const exec::Reading reading : {exec::Reading::Free, exec::Reading::Priority}) {
    const exec::Scope scope{entry, reading, {2, 2}};
    const exec::Exploration explored = exec::explore(contract, scope, kBudget);
    // The last configuration that is expanded may go beyond the budget.
    REQUIRE(explored.configurations <= kBudget.configurations + contract.transitions.size() + 1,
            "the budget is kept");
    for (const exec::Fault fault : exec::kFaults) {
      const auto& run = explored.faults[static_cast<std::size_t>(fault)];
      if (!run) continue;
      REQUIRE(exec::has_fault(contract, scope, run->last(), fault), "a run to a fault ends in it");
      check_run(contract, *run, fault);
    }
  }
}

void check_rendering(const FrontEnd& front_end) {
  std::size_t rendered = 0;
  for (const diagnostics::Diagnostic& d : front_end.diagnostics.list()) {
    if (++rendered > kMostRendered) return;
    for (const unsigned width : {20U, 100U}) {
      terminal::Options options;
      options.width = width;
      const std::string text = terminal::render_diagnostic(d, front_end.sources, options);
      REQUIRE(text.ends_with('\n'), "a block ends with its line");
      check_printable(text);
    }
  }
}

}  // namespace

// Several files down to the IR, the explorer, the blocks of the terminal and the fixes.
void run_analysis(std::string_view bytes) {
  FrontEnd front_end;
  for (const std::string_view text : split_files(bytes)) add_text(front_end, text, kSymbols);
  analyze(front_end);
  check_diagnostics(front_end.sources, front_end.diagnostics);
  for (const syntax::File& file : front_end.files) check_tree(front_end.sources, file);
  for (const ir::Contract& contract : front_end.analysis.program.contracts) {
    check_contract(front_end.sources, contract);
    REQUIRE(!ir::dump(contract, front_end.sources).empty(), "a contract can be printed");
    for (const ir::Entry& entry : contract.entries) check_exploration(contract, entry.state);
    exec::is_synchronizable(contract, contract.start, kBudget);
  }
  check_rendering(front_end);
  check_fixes(front_end, kSymbols);
}

}  // namespace singspin::fuzz
