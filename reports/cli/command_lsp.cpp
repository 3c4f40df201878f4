// lsp: the language server, with the engines and the explanations of this program.
#include <unistd.h>

#include <thread>

#include "codes_md.h"
#include "promela/spin/tools.h"
#include "promela/verify/verify.h"
#include "reports/cli/commands.h"
#include "reports/cli/interrupt.h"
#include "reports/formats/terminal/explain.h"
#include "reports/lsp/server.h"

namespace singspin::cli {

namespace {

// An editor wants answers soon and the other core for itself.
constexpr double kTimeLimit = 60;
constexpr std::uint64_t kMemoryLimit = 2ull << 30;

lsp::VerifyResult verify_one(const project::Loaded& loaded, ir::ContractId contract,
                             const volatile std::sig_atomic_t* stop) {
  verify::Options options;
  options.time_limit_seconds = kTimeLimit;
  options.memory_limit_bytes = kMemoryLimit;
  options.jobs = 1;
  const verify::Results results = verify::verify(loaded.analysis.program, {contract}, {}, loaded.sources,
                                                 options, spin::find_tools(), stop, {});
  lsp::VerifyResult out;
  out.interrupted = results.interrupted;
  for (const verify::ContractResult& result : results.contracts)
    out.verdicts.insert(out.verdicts.end(), result.verdicts.begin(), result.verdicts.end());
  for (const diagnostics::Diagnostic& problem : results.problems) out.problems.push_back(problem.message);
  return out;
}

std::string explanation(diagnostics::Code code) {
  for (const terminal::Explanation& e : terminal::read_explanations(embedded::codes_md)) {
    if (e.code == code) return e.markdown;
  }
  return {};
}

}  // namespace

int run_lsp(const Options&) {
  install_interrupt_handlers();
  return lsp::serve(STDIN_FILENO, STDOUT_FILENO, {verify_one, explanation, nullptr}, interrupted());
}

}  // namespace singspin::cli
