// A report that uses every member of the format at least once where contracts allow it.
#pragma once

#include "tests/unit/format_json/spooler.h"

namespace singspin::testing {

inline exec::Verdict sample_verdict(ir::Property property, exec::Reading reading, exec::Status status) {
  exec::Verdict row;
  row.property = property;
  row.status = status;
  row.reading = reading;
  row.strength = exec::Strength::AnyQueueLength;
  row.exhaustive = status == exec::Status::Proved;
  row.capacity = {2, 1};
  row.statistics.configurations = 17;
  row.statistics.longest_queue = 2;
  row.statistics.memory_bytes = 134217728;
  row.statistics.elapsed_seconds = 0.25;
  return row;
}

// The verdicts of one reading; a finding without a run stands in row 0 of the diagnostics.
inline void add_sample_verdicts(report::ContractReport& out, ir::StateId entry, exec::Reading reading) {
  using enum exec::Status;
  using enum ir::Property;
  const auto add = [&](exec::Verdict row, std::optional<std::size_t> run, std::vector<std::size_t> findings) {
    row.entry = entry;
    out.verdicts.push_back(std::move(row));
    out.counterexamples.push_back(run);
    out.diagnostics.push_back(std::move(findings));
  };
  add(sample_verdict(DeadlockFree, reading, Violated), 0, {});
  add(sample_verdict(NoUnexpectedMessage, reading, Violated), 0, {});
  add(sample_verdict(NoOrphanMessage, reading, Proved), {}, {});
  exec::Verdict open = sample_verdict(QueuesBounded, reading, Inconclusive);
  open.reason = exec::Reason::MemoryLimit;
  open.detail = "raise it with --memory 8G";
  add(open, {}, {});
  exec::Verdict unreachable = sample_verdict(StatesReachable, reading, Violated);
  unreachable.severity = diagnostics::Severity::Warning;
  unreachable.strength = exec::Strength::UpToCapacity;
  unreachable.exhaustive = true;
  add(unreachable, {}, {0});
}

inline std::vector<diagnostics::Diagnostic> sample_diagnostics(const ContractBuilder& b) {
  diagnostics::Diagnostics list;
  auto& finding = list.add(diagnostics::Code::states_reachable, b.span(15, "Stopped!"),
                           "message Stopped of SpoolerContract is never sent", "no run sends it");
  finding.subject = "SpoolerContract";
  finding.labels = {{b.span(6, "Stopped"), "declared here"}};
  finding.notes = {"only an example"};
  auto& typo =
      list.add(diagnostics::Code::undeclared_message, b.span(12, "Print"), "message Prnt is not declared");
  typo.help = "a declared `in` message has a similar name: Print";
  typo.fixes = {{"write Print", {{b.span(12, "Print"), "Print"}}}};
  list.add_without_place(diagnostics::Code::unreadable_file,
                         "cannot read gone.sg: No such file or directory");
  return list.list();
}

inline void add_sample_run(report::Report& out) {
  out.tool = {"singspin", "0.1.0", "0123abc"};
  out.engine = {"spin", "6.5.2", "tcc version 0.9.27", {"-O1"}, {"-m10000"}};
  out.run.started_at = "2024-05-01T12:00:00Z";
  out.run.elapsed_seconds = 1.5;
  out.run.arguments = {"verify", "contracts"};
  out.run.exit_code = 2;
  out.run.outcome = report::Outcome::BadInput;
  out.options.time_limit_seconds = 300;
  out.options.memory_limit_bytes = 4294967296;
}

inline report::Report sample_report() {
  report::Report out;
  add_sample_run(out);
  const source::FileId file = out.sources.add("contracts/SpoolerContract.sg", kSpoolerText);
  const ContractBuilder built = spooler_contract(out.sources, file);
  const ir::ContractId contract = out.program.contracts.add(built.contract);
  out.counterexamples = {spooler_counterexample(built, contract)};
  out.diagnostics = sample_diagnostics(built);
  report::ContractReport row;
  row.contract = contract;
  row.capacity = {2, 1};
  add_sample_verdicts(row, built.contract.start, exec::Reading::Free);
  add_sample_verdicts(row, built.contract.start, exec::Reading::Priority);
  out.contracts = {row};
  return out;
}

}  // namespace singspin::testing
