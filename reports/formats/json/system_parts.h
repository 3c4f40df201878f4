// The pieces of systems that report and trace share. Internal to formats/json.
#pragma once

#include "reports/formats/json/parts.h"
#include "reports/report/system_run.h"

namespace singspin::json {

// The tables of one system, without `verdicts`.
Json system(const ir::Program& program, const ir::System& system, const report::Options& options,
            const SourceIndex& sources);
// A configuration of a run; `index` counts configurations.
Json system_configuration(const explore::Interpreter& interpreter, const explore::Run& run,
                          const std::vector<report::ToldStep>& steps, std::size_t index,
                          const SourceIndex& sources);
Json owner(const explore::Interpreter& interpreter, const explore::Run& run,
           const std::vector<report::ToldStep>& steps, std::size_t configuration, std::uint32_t block);
Json system_trace_body(const report::Report& report, const report::SystemCounterexample& row,
                       const SourceIndex& sources);
// Contracts that channels of the system follow, each once.
std::vector<ir::ContractId> contracts_of(const ir::System& system);

}  // namespace singspin::json
