#include "reports/cli/assemble_systems.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace singspin::cli {

namespace {

using diagnostics::Diagnostic;
using report::Report;

class SystemsAssembler {
 public:
  SystemsAssembler(Report& report, std::vector<Diagnostic>& diagnostics, const Options& options)
      : report_(report), diagnostics_(diagnostics), options_(options) {}

  void add(const verify::SystemResult& result) {
    report::SystemReport row;
    row.system = result.system;
    row.statistics = result.statistics;
    row.bounds = result.bounds;
    row.strength = result.strength;
    row.exhaustive = result.exhaustive;
    for (const verify::SystemVerdict& verdict : result.verdicts) {
      if (is_wanted(verdict.verdict)) add(verdict, row);
    }
    report_.systems.push_back(std::move(row));
  }

  // Unique names for replay and file names.
  void name() {
    std::map<std::string, int> uses;
    for (const report::Counterexample& c : report_.counterexamples) ++uses[c.id];
    for (report::SystemCounterexample& c : report_.system_counterexamples) {
      if (const int n = ++uses[c.id]; n > 1) c.id += fmt::format(".{}", n);
    }
  }

 private:
  bool is_wanted(const explore::Verdict& verdict) const {
    if (options_.input.severities.is_off(report::code(verdict.property))) return false;
    const std::vector<std::string>& names = options_.verify.properties;
    return names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
             return name == "all" || name == "default" || name == verdict.id ||
                    name == ir::id(verdict.property);
           });
  }

  void add(const verify::SystemVerdict& from, report::SystemReport& row) {
    report::SystemVerdict v;
    v.verdict = from.verdict;
    const diagnostics::Code code = report::code(v.verdict.property);
    v.severity = options_.input.severities.effective(code, diagnostics::info(code).severity);
    v.engine = verify::text(from.engine);
    v.detail = from.detail;
    if (v.verdict.status == exec::Status::Violated) {
      if (v.verdict.run) v.counterexample = counterexample(from, row);
      else v.diagnostics.push_back(finding(v, row));
    }
    row.verdicts.push_back(std::move(v));
  }

  const ir::System& system(const report::SystemReport& row) const {
    return report_.systems_found[row.system];
  }

  // Runs of the same steps are one, whether they go on from there or stay.
  std::size_t counterexample(const verify::SystemVerdict& from, const report::SystemReport& row) {
    const explore::Run& run = *from.verdict.run;
    for (std::size_t i = 0; i < report_.system_counterexamples.size(); ++i) {
      report::SystemCounterexample& c = report_.system_counterexamples[i];
      const bool stays = !run.loop_start || *run.loop_start == run.steps.size();
      const bool same = c.system == row.system && c.run.steps == run.steps && stays &&
                        (!c.run.loop_start || *c.run.loop_start == c.run.steps.size());
      if (!same) continue;
      c.verdicts.push_back(row.verdicts.size());
      return i;
    }
    report::SystemCounterexample c;
    c.system = row.system;
    c.verdicts = {row.verdicts.size()};
    c.run = run;
    c.explanation = from.explanation;
    c.shortest = !run.loop_start;  // breadth first; nobody looked for the shortest loop
    c.id = fmt::format("{}.{}", system(row).name, from.verdict.id);
    std::replace(c.id.begin(), c.id.end(), ':', '-');
    c.message = report::sentence(system(row), from.verdict);
    report_.system_counterexamples.push_back(std::move(c));
    return report_.system_counterexamples.size() - 1;
  }

  // What no run shows: a `reachable` that no configuration fulfils.
  std::size_t finding(const report::SystemVerdict& v, const report::SystemReport& row) {
    diagnostics::Diagnostics one;
    const source::Span span = v.verdict.check ? system(row).checks[*v.verdict.check].span : system(row).span;
    Diagnostic& d = one.add(report::code(v.verdict.property), span,
                            fmt::format("{} of {} does not hold", v.verdict.id, system(row).name),
                            "no run comes to such a configuration");
    d.subject = system(row).name;
    d.severity = v.severity;
    diagnostics_.push_back(d);
    return diagnostics_.size() - 1;
  }

  Report& report_;
  std::vector<Diagnostic>& diagnostics_;
  const Options& options_;
};

}  // namespace

void add_systems(Report& report, std::vector<Diagnostic>& diagnostics, const verify::SystemResults& results,
                 const Options& options) {
  SystemsAssembler assembler(report, diagnostics, options);
  for (const verify::SystemResult& result : results.systems) assembler.add(result);
  assembler.name();
  diagnostics.insert(diagnostics.end(), results.problems.begin(), results.problems.end());
}

}  // namespace singspin::cli
