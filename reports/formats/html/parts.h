// The pieces of data that the page is made of. Internal to formats/html.
#pragma once

#include <map>

#include "reports/formats/html/html.h"
#include "reports/formats/html/json_text.h"
#include "reports/report/systems.h"

namespace singspin::html {

// [source, line, column, end line, end column]; null for a place that lies in no file.
void put_place(JsonText& out, const source::SourceMap& sources, source::Span span);

// Each contract that the page shows as a state machine, in the order of their `machine-N` elements.
class Machines {
 public:
  explicit Machines(const report::Report& report);
  std::size_t row(ir::ContractId contract) const { return rows_.at(contract); }
  const std::vector<ir::ContractId>& contracts() const { return contracts_; }

 private:
  void add(ir::ContractId contract);
  std::vector<ir::ContractId> contracts_;
  std::map<ir::ContractId, std::size_t> rows_;
};

// How much of a run the page has.
enum class Shown : std::uint8_t { All, Ends, Nothing };

// The first steps and the last ones of a run, with a gap of `gap` steps between them.
struct Window {
  std::size_t first = 0;
  std::size_t gap = 0;
  std::size_t size = 0;  // steps of the whole run
  bool shows(std::size_t step) const { return step < first || step >= first + gap; }
};
Window window_of(std::size_t steps, Shown shown);

std::string machine_data(const ir::Contract& contract, const source::SourceMap& sources);
std::string run_data(const report::Report& report, const report::Counterexample& run,
                     const Machines& machines, Shown shown);
std::string system_run_data(const report::Report& report, const report::SystemCounterexample& run,
                            const Machines& machines, Shown shown);

// Verdicts, findings, explanations and what there is to open.
std::string overview_data(const report::Report& report, const Words& words, const Machines& machines,
                          const Options& options);

}  // namespace singspin::html
