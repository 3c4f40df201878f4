#include "reports/cli/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "frontend/exec/ahead.h"
#include "frontend/exec/failures.h"
#include "reports/cli/assemble_systems.h"
#include "reports/cli/commands.h"

namespace singspin::cli {

using diagnostics::Code;
using diagnostics::Diagnostic;
using exec::Verdict;
using report::Report;

namespace {

exec::Fault fault_of(const Verdict& v, const ir::Contract& contract) {
  switch (v.property) {
    case ir::Property::NoUnexpectedMessage: return exec::Fault::UnspecifiedReception;
    case ir::Property::NoOrphanMessage: {
      const bool orphan =
          exec::has_fault(contract, v.trace->scope, v.trace->last(), exec::Fault::OrphanMessage);
      return orphan ? exec::Fault::OrphanMessage : exec::Fault::FinalWithPending;
    }
    case ir::Property::DeadlockFree:
    case ir::Property::QueuesBounded:
    case ir::Property::StatesReachable:
    case ir::Property::CanFinish:
    case ir::Property::ReturnsToStart:
    case ir::Property::User: break;
  }
  return exec::Fault::Stuck;
}

std::string sentence(const std::string& name, ir::Property property, std::size_t steps) {
  const std::string after = fmt::format("after {} step{}", steps, steps == 1 ? "" : "s");
  switch (property) {
    case ir::Property::DeadlockFree: return fmt::format("{} can deadlock {}", name, after);
    case ir::Property::NoUnexpectedMessage:
      return fmt::format("{} can meet a message it never receives {}", name, after);
    case ir::Property::NoOrphanMessage: return fmt::format("{} can leave a message behind {}", name, after);
    case ir::Property::QueuesBounded: return fmt::format("a queue of {} can grow without end", name);
    case ir::Property::StatesReachable: return fmt::format("{} has parts that no run reaches", name);
    case ir::Property::CanFinish:
      return steps == 0 ? fmt::format("{} can never finish", name)
                        : fmt::format("{} can no longer finish {}", name, after);
    case ir::Property::ReturnsToStart:
      return fmt::format("{} can no longer return to its start {}", name, after);
    case ir::Property::User: return fmt::format("{} does not keep a check {}", name, after);
  }
  UNREACHABLE("property is known");
}

class Assembler {
 public:
  Assembler(project::Loaded loaded, const verify::Results* results, const verify::SystemResults* systems,
            const Options& options)
      : loaded_(std::move(loaded)), results_(results), systems_(systems), options_(options) {}

  Report run() {
    report_.tool.version = SINGSPIN_VERSION;
    report_.program = std::move(loaded_.analysis.program);
    diagnostics_ = std::move(loaded_.diagnostics.list());
    report_.files_partly_read = loaded_.partly_read;
    for (const std::size_t row : loaded_.selected)
      add_contract(loaded_.analysis.contracts[row], loaded_.variants[row]);
    if (results_ != nullptr)
      diagnostics_.insert(diagnostics_.end(), results_->problems.begin(), results_->problems.end());
    name_counterexamples();
    report_.systems_found = std::move(loaded_.systems);
    if (systems_ != nullptr) add_systems(report_, diagnostics_, *systems_, options_);
    add_unused_suppressions();
    drop_repeated();
    mark_suppressed_verdicts();
    sort_diagnostics();
    report_.sources = std::move(loaded_.sources);
    return std::move(report_);
  }

 private:
  void add_contract(const sema::Analyzed& analyzed, const project::Variant& variant) {
    if (!analyzed.contract) {
      ++report_.contracts_not_verified;
      return;
    }
    report::ContractReport contract;
    contract.contract = *analyzed.contract;
    contract.variant = {variant.project, variant.symbols};
    if (analyzed.missing_input && results_ != nullptr) skip(analyzed, contract);
    else if (const verify::ContractResult* result = result_of(*analyzed.contract)) take(*result, contract);
    report_.contracts.push_back(std::move(contract));
  }

  const verify::ContractResult* result_of(ir::ContractId id) const {
    if (results_ == nullptr) return nullptr;
    const auto found = std::find_if(results_->contracts.begin(), results_->contracts.end(),
                                    [&](const auto& r) { return r.contract == id; });
    return found == results_->contracts.end() ? nullptr : &*found;
  }

  // What cannot be known without the base is skipped, not proved.
  void skip(const sema::Analyzed& analyzed, report::ContractReport& contract) {
    const std::set<ir::Property> chosen = chosen_properties(options_.verify.properties);
    const auto add = [&](ir::Property property, const std::string& claim) {
      if (chosen.empty() ? !ir::is_default(property) : !chosen.contains(property)) return;
      Verdict v;
      v.property = property;
      v.claim = claim;
      v.severity = severity_of(property);
      v.status = exec::Status::Skipped;
      v.reason = exec::Reason::MissingInput;
      v.detail = "its base contract is not loaded";
      v.entry = report_.program.contracts[*analyzed.contract].start;
      push(contract, std::move(v));
    };
    for (const ir::Property property : ir::kAllProperties) add(property, "");
    for (const claims::Claim& claim : loaded_.claims) {
      if (claim.contract == *analyzed.contract) add(ir::Property::User, claim.name);
    }
  }

  diagnostics::Severity severity_of(ir::Property property) const {
    const Code code = ir::code(property);
    return options_.input.severities.effective(code, diagnostics::info(code).severity);
  }
  bool is_off(ir::Property property) const { return options_.input.severities.is_off(ir::code(property)); }

  void push(report::ContractReport& contract, Verdict v) {
    contract.verdicts.push_back(std::move(v));
    contract.counterexamples.emplace_back();
    contract.diagnostics.emplace_back();
  }

  void take(const verify::ContractResult& result, report::ContractReport& contract) {
    contract.capacity = result.capacity;
    contract.cached = result.cached;
    // Findings of a property that is not asked for are not reported either.
    std::vector<std::optional<std::size_t>> place(result.findings.size());
    const auto add_finding = [&](std::size_t i) {
      if (!place[i]) {
        place[i] = diagnostics_.size();
        diagnostics_.push_back(result.findings[i]);
        if (const std::string variant = report::variant_text(contract.variant); !variant.empty())
          diagnostics_.back().notes.push_back("found with " + variant);
      }
      return *place[i];
    };
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
      const Diagnostic& finding = result.findings[i];
      if (diagnostics::is_property(finding.code)) continue;  // they come with their verdicts
      if (options_.input.severities.is_off(finding.code)) continue;
      Diagnostic& added = diagnostics_[add_finding(i)];
      loaded_.suppressions.apply(added);
      added.severity = options_.input.severities.effective(added.code, added.severity);
    }
    for (const Verdict& verdict : result.verdicts) {
      if (is_off(verdict.property)) continue;
      push(contract, verdict);
      Verdict& v = contract.verdicts.back();
      v.severity = severity_of(v.property);
      const bool free = !v.reading || *v.reading == exec::Reading::Free;
      if (v.status == exec::Status::Violated) {
        for (const std::size_t i : v.findings)
          contract.diagnostics.back().push_back(free ? add_finding(i) : add_priority_finding(result, i));
      }
      for (const std::size_t d : contract.diagnostics.back()) {
        diagnostics_[d].severity = v.severity;
        loaded_.suppressions.apply(diagnostics_[d]);
      }
      if (v.trace) contract.counterexamples.back() = counterexample(contract, v);
    }
    if (options_.verify.all_failures) add_other_failures(result, contract);
    note_priority(contract);
  }

  // Every failure that no counterexample so far shows, for each entry and reading that has one.
  void add_other_failures(const verify::ContractResult& result, const report::ContractReport& row) {
    std::vector<exec::Scope> scopes;
    const auto same = [](const exec::Scope& a, const exec::Scope& b) {
      return a.entry == b.entry && a.reading == b.reading;
    };
    for (const Verdict& v : row.verdicts) {
      const bool safety = v.status == exec::Status::Violated && v.trace &&
                          property_of(fault_of(v, machine(row))) == v.property;
      const auto known = [&](const exec::Scope& s) { return same(s, v.trace->scope); };
      if (safety && std::none_of(scopes.begin(), scopes.end(), known)) scopes.push_back(v.trace->scope);
    }
    for (exec::Scope scope : scopes) {
      scope.capacity = result.capacity;
      add_failures_of(scope, row);
    }
  }

  const ir::Contract& machine(const report::ContractReport& row) const {
    return report_.program.contracts[row.contract];
  }

  static ir::Property property_of(exec::Fault fault) {
    switch (fault) {
      case exec::Fault::Stuck: return ir::Property::DeadlockFree;
      case exec::Fault::UnspecifiedReception: return ir::Property::NoUnexpectedMessage;
      case exec::Fault::OrphanMessage:
      case exec::Fault::FinalWithPending: return ir::Property::NoOrphanMessage;
    }
    UNREACHABLE("fault is known");
  }

  // The verdict that a failure belongs to; null if its property is not asked for.
  static const Verdict* verdict_of(const report::ContractReport& row, const exec::Scope& scope,
                                   exec::Fault fault) {
    for (const Verdict& v : row.verdicts) {
      if (v.property == property_of(fault) && v.status == exec::Status::Violated && v.trace &&
          v.trace->scope.entry == scope.entry && v.trace->scope.reading == scope.reading)
        return &v;
    }
    return nullptr;
  }

  void add_failures_of(const exec::Scope& scope, const report::ContractReport& row) {
    const ir::Contract& contract = machine(row);
    std::set<std::string> known;
    for (const report::Counterexample& c : report_.counterexamples) {
      if (c.contract != row.contract || c.trace.scope.entry != scope.entry ||
          c.trace.scope.reading != scope.reading)
        continue;
      for (const exec::Failure& f : exec::failures_at(contract, scope, c.trace.last())) known.insert(f.key);
    }
    const exec::FailureSearch found = exec::find_failures(contract, scope, {}, known);
    for (const exec::Trace& trace : found.runs) add_failure(trace, scope, row, known);
    if (!found.complete)
      complain(fmt::format("warning: not every failure of {} was looked for: it has too many configurations",
                           contract.name),
               0);
  }

  // All that the run shows for the first time is violated by the same steps.
  void add_failure(const exec::Trace& trace, const exec::Scope& scope, const report::ContractReport& row,
                   std::set<std::string>& known) {
    const ir::Contract& contract = machine(row);
    std::optional<report::Counterexample> c;
    const Verdict* first = nullptr;
    for (const exec::Failure& failure : exec::failures_at(contract, scope, trace.last())) {
      const Verdict* v = verdict_of(row, scope, failure.fault);
      if (!known.insert(failure.key).second || v == nullptr) continue;
      if (!c) {
        first = v;
        c = report::Counterexample{};
        c->contract = row.contract;
        c->trace = exec::normalize(contract, trace);
        c->ending = exec::explain_ending(contract, c->trace, failure.fault);
      }
      if (std::count(c->properties.begin(), c->properties.end(), v->property) == 0)
        c->properties.push_back(v->property);
    }
    if (c) add_counterexample(std::move(*c), row.variant, *first);
  }

  // The priority reading names the same places; its verdict points to the finding of the free one.
  std::size_t add_priority_finding(const verify::ContractResult& result, std::size_t i) {
    const Diagnostic& finding = result.findings[i];
    for (std::size_t d = 0; d < diagnostics_.size(); ++d) {
      if (diagnostics_[d].code == finding.code && diagnostics_[d].span == finding.span) return d;
    }
    diagnostics_.push_back(finding);
    diagnostics_.back().notes.push_back("only if the priority rule holds in mixed states");
    return diagnostics_.size() - 1;
  }

  // Runs that end in the same configuration, or of equal length in one that shows both, are one.
  bool shows(const report::Counterexample& c, ir::ContractId contract, const Verdict& v,
             exec::Fault fault) const {
    if (c.contract != contract || c.reading != v.reading || c.trace.scope.entry != v.trace->scope.entry ||
        c.ending.loop_start)
      return false;
    if (c.trace.last() == v.trace->last()) return true;
    return c.trace.steps.size() == v.trace->steps.size() &&
           exec::has_fault(report_.program.contracts[contract], c.trace.scope, c.trace.last(), fault);
  }

  std::size_t counterexample(const report::ContractReport& row, const Verdict& v) {
    const ir::ContractId id = row.contract;
    const ir::Contract& contract = report_.program.contracts[id];
    if (v.property == ir::Property::QueuesBounded) return unbounded(row, v);
    if (v.property == ir::Property::CanFinish || v.property == ir::Property::ReturnsToStart)
      return trapped(row, v);
    if (v.property == ir::Property::User) return claimed(row, v);
    const exec::Fault fault = fault_of(v, contract);
    for (std::size_t i = 0; i < report_.counterexamples.size(); ++i) {
      if (!shows(report_.counterexamples[i], id, v, fault)) continue;
      report_.counterexamples[i].properties.push_back(v.property);
      return i;
    }
    report::Counterexample c;
    c.contract = id;
    c.properties = {v.property};
    c.trace = exec::normalize(contract, *v.trace);
    c.ending = exec::explain_ending(contract, c.trace, fault);
    return add_counterexample(std::move(c), row.variant, v);
  }

  std::size_t unbounded(const report::ContractReport& row, const Verdict& v) {
    const ir::ContractId id = row.contract;
    const ir::Contract& contract = report_.program.contracts[id];
    report::Counterexample c;
    c.contract = id;
    c.properties = {v.property};
    // The round is the sends of one party from the end back to the state it comes round to.
    const ir::Role role = v.trace->steps.back().actor;
    const ir::StateId home = v.trace->last().state(role);
    std::uint32_t start = static_cast<std::uint32_t>(v.trace->steps.size()) - 1;
    while (start > 0 && contract.transitions[v.trace->steps[start].transition].from != home) --start;
    c.trace = exec::normalize(contract, *v.trace, start);
    c.ending = exec::explain_unbounded(contract, c.trace, start);
    return add_counterexample(std::move(c), row.variant, v);
  }

  std::size_t claimed(const report::ContractReport& from, const Verdict& v) {
    const ir::ContractId id = from.contract;
    report::Counterexample c;
    c.contract = id;
    c.properties = {v.property};
    c.trace = *v.trace;  // a claim may be about the order of the steps, so it stays
    c.claim = v.claim;
    for (const claims::Claim& claim : loaded_.claims) {
      if (claim.contract == id && claim.name == v.claim) c.claim_text = claim.text;
    }
    c.ending.kind = exec::Ending::Kind::Claim;
    c.ending.loop_start = v.loop_start;
    const std::size_t row = add_counterexample(std::move(c), from.variant, v);
    report_.counterexamples[row].shortest = v.shortest;
    return row;
  }

  std::size_t trapped(const report::ContractReport& from, const Verdict& v) {
    const ir::ContractId id = from.contract;
    const ir::Contract& contract = report_.program.contracts[id];
    report::Counterexample c;
    c.contract = id;
    c.properties = {v.property};
    c.trace = exec::normalize(contract, *v.trace);
    for (std::size_t i = 0; i < report_.counterexamples.size(); ++i) {
      const report::Counterexample& other = report_.counterexamples[i];
      const bool same = other.contract == id && other.reading == v.reading && !other.ending.loop_start &&
                        other.trace.scope.entry == c.trace.scope.entry &&
                        other.trace.last() == c.trace.last();
      if (!same) continue;
      report_.counterexamples[i].properties.push_back(v.property);
      return i;
    }
    c.ending = exec::explain_trap(contract, c.trace,
                                  v.property == ir::Property::CanFinish ? exec::Ending::Kind::CannotFinish
                                                                        : exec::Ending::Kind::CannotReturn);
    return add_counterexample(std::move(c), from.variant, v);
  }

  std::size_t add_counterexample(report::Counterexample c, const report::Variant& variant, const Verdict& v) {
    c.variant = variant;
    c.reading = v.reading;
    c.shortest = true;  // breadth first, with every step stored
    c.real_for_any_queue_length = true;
    std::string name = report_.program.contracts[c.contract].name;
    if (const std::string text = report::variant_text(variant); !text.empty()) name += " (" + text + ")";
    c.message = sentence(name, v.property, c.trace.steps.size());
    if (!c.claim.empty()) {
      const std::size_t steps = c.trace.steps.size();
      c.message = fmt::format("{} does not keep {}", name, c.claim);
      c.message += v.loop_start ? std::string(": a run goes round for ever")
                                : fmt::format(" after {} step{}", steps, steps == 1 ? "" : "s");
    }
    report_.counterexamples.push_back(std::move(c));
    return report_.counterexamples.size() - 1;
  }

  // The free reading decides; its counterexample says what the priority reading would change.
  void note_priority(const report::ContractReport& contract) {
    for (std::size_t i = 0; i < contract.verdicts.size(); ++i) {
      const Verdict& free = contract.verdicts[i];
      if (!contract.counterexamples[i] || free.reading != exec::Reading::Free) continue;
      for (std::size_t k = 0; k < contract.verdicts.size(); ++k) {
        const Verdict& other = contract.verdicts[k];
        const bool same =
            other.property == free.property && other.reading == exec::Reading::Priority && other.trace;
        if (same)
          report_.counterexamples[*contract.counterexamples[i]].steps_under_priority =
              static_cast<std::uint32_t>(other.trace->steps.size());
      }
    }
  }

  // Unique names for replay and file names: simple if no other contract has the name, with the symbols
  // of the reading if there are several.
  void name_counterexamples() {
    for (report::Counterexample& c : report_.counterexamples) {
      const ir::Contract& contract = report_.program.contracts[c.contract];
      const bool shared = std::any_of(
          report_.program.contracts.begin(), report_.program.contracts.end(), [&](const ir::Contract& other) {
            return other.name == contract.name && other.qualified_name != contract.qualified_name;
          });
      std::string name = shared ? contract.qualified_name : contract.name;
      if (c.variant.symbols) {
        for (const std::string& symbol : *c.variant.symbols) name += "+" + symbol;
      }
      c.id = fmt::format("{}.{}", name, report::property_name(c, c.properties.front()));
      if (c.reading == exec::Reading::Priority) c.id += ".priority";
      if (c.trace.scope.entry != contract.start) c.id += "." + contract.states[c.trace.scope.entry].id;
    }
    std::map<std::string, int> uses;
    for (report::Counterexample& c : report_.counterexamples) {
      if (const int n = ++uses[c.id]; n > 1) c.id += fmt::format(".{}", n);
    }
  }

  // What every comment could have silenced is known only if every property was decided.
  bool all_decided() const {
    if (results_ == nullptr || results_->interrupted || !options_.verify.properties.empty()) return false;
    return std::all_of(report_.contracts.begin(), report_.contracts.end(), [](const auto& contract) {
      return std::all_of(contract.verdicts.begin(), contract.verdicts.end(), [](const Verdict& v) {
        return v.status == exec::Status::Proved || v.status == exec::Status::Violated;
      });
    });
  }

  void add_unused_suppressions() {
    for (Diagnostic& d : project::unused_suppressions(loaded_, options_.input.severities, all_decided()))
      diagnostics_.push_back(std::move(d));
  }

  // One message per cause: what a run decided is not said again by a static rule, and who silences the
  // one means the other as well.
  void drop_repeated() {
    dropped_.resize(diagnostics_.size());
    std::map<std::pair<source::Span, std::string>, std::vector<std::size_t>> decided;
    for (std::size_t i = 0; i < diagnostics_.size(); ++i) {
      const Diagnostic& d = diagnostics_[i];
      if (d.code == Code::states_reachable && d.span) decided[{*d.span, d.subject}].push_back(i);
    }
    for (std::size_t i = 0; i < diagnostics_.size(); ++i) {
      const Diagnostic& d = diagnostics_[i];
      if ((d.code != Code::unreachable_state && d.code != Code::unused_message) || !d.span) continue;
      const auto found = decided.find({*d.span, d.subject});
      if (found == decided.end()) continue;
      for (const std::size_t other : found->second) {
        diagnostics_[other].suppressed = diagnostics_[other].suppressed || d.suppressed;
        dropped_[i] = dropped_[i] || diagnostics_[other].severity <= d.severity;
      }
    }
  }

  void mark_suppressed_verdicts() {
    for (report::ContractReport& contract : report_.contracts) {
      for (std::size_t i = 0; i < contract.verdicts.size(); ++i) {
        const std::vector<std::size_t>& rows = contract.diagnostics[i];
        const bool all = std::all_of(rows.begin(), rows.end(),
                                     [&](std::size_t row) { return diagnostics_[row].suppressed; });
        contract.verdicts[i].suppressed = all && !rows.empty() && !contract.verdicts[i].trace;
      }
    }
  }

  void sort_diagnostics() {
    std::vector<std::size_t> order(diagnostics_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return dropped_[i]; });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return place(diagnostics_[a]) < place(diagnostics_[b]);
    });
    std::vector<std::size_t> new_row(diagnostics_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      new_row[order[i]] = i;
      report_.diagnostics.push_back(std::move(diagnostics_[order[i]]));
    }
    for (report::ContractReport& contract : report_.contracts) {
      for (std::vector<std::size_t>& rows : contract.diagnostics) {
        for (std::size_t& row : rows) row = new_row[row];
      }
    }
    for (report::SystemReport& system : report_.systems) {
      for (report::SystemVerdict& verdict : system.verdicts) {
        for (std::size_t& row : verdict.diagnostics) row = new_row[row];
      }
    }
  }
  static std::pair<source::FileId, std::uint32_t> place(const Diagnostic& d) {
    return d.span ? std::pair(d.span->file, d.span->begin) : std::pair(source::FileId{}, 0u);
  }

  project::Loaded loaded_;
  const verify::Results* results_;
  const verify::SystemResults* systems_;
  const Options& options_;
  Report report_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<bool> dropped_;
};

}  // namespace

Report assemble(project::Loaded loaded, const verify::Results* results, const verify::SystemResults* systems,
                const Options& options) {
  return Assembler(std::move(loaded), results, systems, options).run();
}

}  // namespace singspin::cli
