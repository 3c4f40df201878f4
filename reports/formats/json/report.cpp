// The report document: verdicts, diagnostics, summary and everything around them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/document/stand_alone.h"
#include "reports/formats/json/system_parts.h"

namespace singspin::json {

namespace {

using diagnostics::Diagnostic;
using exec::Status;
using exec::Verdict;
using report::ContractReport;
using report::Report;

template <class Value>
void put(Json& out, const char* name, const std::optional<Value>& value) {
  if (value) out[name] = *value;
}

void put(Json& out, const char* name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

void put(Json& out, const char* name, const std::vector<std::string>& values) {
  if (!values.empty()) out[name] = values;
}

Json engine(const report::Engine& engine) {
  const std::string version = engine.version.empty() ? "not run" : engine.version;
  Json out = Json::object({{"name", engine.name}, {"version", version}});
  put(out, "compiler", engine.compiler);
  put(out, "compilerFlags", engine.compiler_flags);
  put(out, "verifierFlags", engine.verifier_flags);
  return out;
}

Json run(const report::Run& run, const Options& options) {
  Json out = Json::object();
  if (!options.deterministic) {
    put(out, "startedAt", run.started_at);
    put(out, "elapsedSeconds", run.elapsed_seconds);
  }
  out["arguments"] = run.arguments;
  out["exitCode"] = run.exit_code;
  out["outcome"] = report::outcome_text(run.outcome);
  out["interrupted"] = run.interrupted;
  return out;
}

Json run_options(const report::Options& options) {
  Json limits = Json::object();
  put(limits, "timeSeconds", options.time_limit_seconds);
  put(limits, "memoryBytes", options.memory_limit_bytes);
  put(limits, "depth", options.depth_limit);
  Json out = Json::object({{"queueCapacity", options.queue_capacity}});
  put(out, "tokens", options.tokens);
  if (!limits.empty()) out["limits"] = std::move(limits);
  put(out, "search", options.search);
  put(out, "changedSince", options.changed_since);
  return out;
}

Json scope(const ir::Contract& contract, const Verdict& verdict) {
  const std::uint32_t capacity = std::max(verdict.capacity.to_exporter, verdict.capacity.to_importer);
  Json out = Json::object({{"queueCapacity", capacity_value(capacity)},
                           {"search", verdict.exhaustive ? "exhaustive" : "stopped"}});
  if (verdict.reading) out["reading"] = *verdict.reading == exec::Reading::Free ? "free" : "priority";
  if (contract.entries.size() > 1 && verdict.entry != contract.start) {
    out["assumptions"] = Json::array({"both ends start in " + contract.states[verdict.entry].id});
  }
  if (verdict.fair) {
    if (!out.contains("assumptions")) out["assumptions"] = Json::array();
    out["assumptions"].push_back("weak fairness: a party that can always make a step makes one");
  }
  return out;
}

Json statistics(const exec::Statistics& row, const Options& options) {
  Json out = Json::object();
  put(out, "configurations", row.configurations);
  put(out, "longestQueue", row.longest_queue);
  put(out, "statesStored", row.states_stored);
  put(out, "statesMatched", row.states_matched);
  put(out, "transitions", row.transitions);
  put(out, "maxDepth", row.max_depth);
  if (!options.deterministic) put(out, "memoryBytes", row.memory_bytes);
  put(out, "stateVectorBytes", row.state_vector_bytes);
  if (!options.deterministic) put(out, "elapsedSeconds", row.elapsed_seconds);
  return out;
}

bool is_decided(const Verdict& verdict) {
  return verdict.status == Status::Proved || verdict.status == Status::Violated;
}

// `evidence` and `findings` are rows of Report::counterexamples and Report::diagnostics.
Json verdict(const ir::Contract& contract, const Verdict& row, std::optional<std::size_t> evidence,
             const std::vector<std::size_t>& findings, const Options& options) {
  // The schema knows errors and warnings only: a violation is never a mere note.
  const bool error = row.severity == diagnostics::Severity::Error;
  Json out = Json::object({{"property", exec::property_name(row)},
                           {"code", diagnostics::code_text(ir::code(row.property))},
                           {"severity", error ? "error" : "warning"},
                           {"verdict", exec::status_text(row.status)}});
  if (row.suppressed) out["suppressed"] = true;
  if (is_decided(row)) out["strength"] = exec::strength_text(row.strength);
  for (const exec::Basis basis : row.bases) out["basis"].push_back(exec::basis_text(basis));
  if (row.settled_by)
    out["settledByCapacity"] = std::max(row.settled_by->to_importer, row.settled_by->to_exporter);
  out["scope"] = scope(contract, row);
  Json stats = statistics(row.statistics, options);
  if (!stats.empty()) out["stats"] = std::move(stats);
  put(out, "counterexample", evidence);
  if (!findings.empty()) out["diagnostics"] = findings;
  if (!is_decided(row)) {
    out["reason"] = exec::reason_text(row.reason);
    put(out, "detail", row.detail);
  }
  return out;
}

Json verified_contract(const Report& report, const ContractReport& row, const SourceIndex& sources,
                       const Options& options) {
  const ir::Contract& machine = report.program.contracts[row.contract];
  CHECK(row.counterexamples.size() == row.verdicts.size() && row.diagnostics.size() == row.verdicts.size(),
        "evidence is indexed like verdicts");
  Json out = contract(machine, row.variant, row.capacity, sources);
  if (row.cached) out["cached"] = true;
  Json& verdicts = out["verdicts"] = Json::array();
  for (std::size_t i = 0; i < row.verdicts.size(); ++i) {
    verdicts.push_back(
        verdict(machine, row.verdicts[i], row.counterexamples[i], row.diagnostics[i], options));
  }
  return out;
}

Json system_scope(const Report& report, const report::SystemReport& row,
                  const report::SystemVerdict& verdict) {
  std::uint32_t capacity = 0, tokens = 0;
  for (const explore::Bounds::Queue& queue : row.bounds.queues) capacity = std::max(capacity, queue.capacity);
  for (const explore::Bounds::Pool& pool : row.bounds.pools) tokens = std::max(tokens, pool.blocks);
  Json out = Json::object({{"queueCapacity", row.bounds.queues.empty() ? Json(nullptr) : Json(capacity)},
                           {"search", row.exhaustive ? "exhaustive" : "stopped"}});
  if (tokens > 0) out["bounds"] = Json::object({{"tokens", tokens}});
  const ir::System& system = report.systems_found[row.system];
  const auto& check = verdict.verdict.check;
  const bool eventual = verdict.verdict.property == ir::SystemProperty::OwedReply ||
                        (check && (system.checks[*check].kind == ir::Check::Kind::LeadsTo ||
                                   system.checks[*check].kind == ir::Check::Kind::Progress));
  if (eventual) {
    out["assumptions"] = Json::array({"a process that could always make a step makes one",
                                      "no event of a loop or of a select is passed over for ever",
                                      "no lock is handed to others for ever"});
  }
  return out;
}

// Counterexamples of systems come after those of contracts.
Json system_verdict(const Report& report, const report::SystemReport& row, const report::SystemVerdict& v,
                    const Options& options) {
  const explore::Verdict& verdict = v.verdict;
  const bool decided = verdict.status == Status::Proved || verdict.status == Status::Violated;
  Json out = Json::object({{"property", verdict.id},
                           {"code", diagnostics::code_text(report::code(verdict.property))},
                           {"severity", v.severity == diagnostics::Severity::Error ? "error" : "warning"},
                           {"verdict", exec::status_text(verdict.status)}});
  if (decided) out["strength"] = "exhaustive";
  out["engine"] = v.engine;
  out["scope"] = system_scope(report, row, v);
  if (Json stats = statistics(row.statistics, options); !stats.empty()) out["stats"] = std::move(stats);
  if (v.counterexample) out["counterexample"] = report.counterexamples.size() + *v.counterexample;
  if (!v.diagnostics.empty()) out["diagnostics"] = v.diagnostics;
  for (const explore::Owed& owed : verdict.owed) out["owed"].push_back(owed.place);
  if (!decided) {
    out["reason"] = exec::reason_text(verdict.reason);
    put(out, "detail", v.detail);
  }
  return out;
}

Json verified_system(const Report& report, const report::SystemReport& row, const SourceIndex& sources,
                     const Options& options) {
  Json out = system(report.program, report.systems_found[row.system], report.options, sources);
  Json& verdicts = out["verdicts"] = Json::array();
  for (const report::SystemVerdict& v : row.verdicts)
    verdicts.push_back(system_verdict(report, row, v, options));
  return out;
}

// A contract used only by a system has no verdicts.
void add_used_contracts(Json& contracts, const Report& report, const SourceIndex& sources) {
  std::set<ir::ContractId> known;
  for (const ContractReport& row : report.contracts) known.insert(row.contract);
  for (const report::SystemReport& row : report.systems) {
    for (const ir::ContractId id : contracts_of(report.systems_found[row.system])) {
      if (known.insert(id).second)
        contracts.push_back(contract(report.program.contracts[id], {}, exec::Capacity{}, sources));
    }
  }
}

Json label(source::Span span, const std::string& text, const SourceIndex& sources) {
  return Json::object({{"span", sources.span(span)}, {"text", text}});
}

// The words at the main mark come first; they share its span.
Json labels(const Diagnostic& row, const SourceIndex& sources) {
  Json out = Json::array();
  if (row.span && !row.label.empty()) out.push_back(label(*row.span, row.label, sources));
  for (const diagnostics::Label& l : row.labels) out.push_back(label(l.span, l.text, sources));
  return out;
}

Json fixes(const std::vector<diagnostics::Fix>& list, const SourceIndex& sources) {
  Json out = Json::array();
  for (const diagnostics::Fix& fix : list) {
    Json edits = Json::array();
    for (const diagnostics::Edit& edit : fix.edits) {
      edits.push_back(Json::object({{"span", sources.span(edit.span)}, {"newText", edit.new_text}}));
    }
    if (edits.empty()) continue;
    out.push_back(Json::object({{"title", fix.title}, {"safe", fix.safe}, {"edits", std::move(edits)}}));
  }
  return out;
}

Json diagnostic(const Diagnostic& row, const std::string& text, const SourceIndex& sources) {
  Json out = Json::object({{"code", diagnostics::code_text(row.code)},
                           {"rule", diagnostics::info(row.code).rule},
                           {"severity", diagnostics::severity_text(row.severity)},
                           {"message", row.message}});
  if (!row.subject.empty()) out["subject"] = subject(row.subject);
  if (row.span) out["span"] = sources.span(*row.span);
  if (Json all = labels(row, sources); !all.empty()) out["labels"] = std::move(all);
  put(out, "notes", row.notes);
  put(out, "help", row.help);
  if (Json all = fixes(row.fixes, sources); !all.empty()) out["fixes"] = std::move(all);
  if (row.suppressed) out["suppressed"] = true;
  put(out, "text", text);
  return out;
}

// Whoever reads the report must be able to make traces of it, and these stand alone: the text of every file
// that the tables of a counterexample's subject and its steps point to.
void add_source_texts(Json& out, const Report& report, const SourceIndex& sources, const Options& options) {
  std::set<std::size_t> used;
  for (const Json& run : out["counterexamples"]) document::collect_sources(run, used);
  for (const report::Counterexample& run : report.counterexamples)
    document::collect_sources(contract(report.program.contracts[run.contract], {}, {}, sources), used);
  for (const report::SystemCounterexample& run : report.system_counterexamples) {
    const ir::System& found = report.systems_found[run.system];
    document::collect_sources(system(report.program, found, report.options, sources), used);
    for (const ir::ContractId id : contracts_of(found))
      document::collect_sources(contract(report.program.contracts[id], {}, {}, sources), used);
  }
  if (used.empty()) return;
  const Json with_text = sources.files(true, options);
  for (const std::size_t row : used) out["inputs"][row] = with_text[row];
}

Json summary(const Report& report, std::size_t contracts) {
  const report::Counts counts = report::count(report);
  Json found = Json::object({{"error", counts.errors}, {"warning", counts.warnings}, {"note", counts.notes}});
  if (counts.suppressed > 0) found["suppressed"] = counts.suppressed;
  Json out = Json::object({{"contracts", contracts},
                           {"systems", report.systems.size()},
                           {"verdicts", Json::object({{"proved", counts.proved},
                                                      {"violated", counts.violated},
                                                      {"inconclusive", counts.inconclusive},
                                                      {"skipped", counts.skipped},
                                                      {"error", counts.error}})},
                           {"diagnostics", std::move(found)}});
  if (!report.options.changed_since.empty()) out["unchanged"] = report.contracts_unchanged;
  if (report.refereed)
    out["referee"] = Json::object({{"agreed", report.refereed->agreed}, {"searched", report.refereed->searched}});
  return out;
}

}  // namespace

std::string render(const Report& report, const Options& options) {
  const SourceIndex sources(report.sources);
  Json out = Json::object({{"format", "singspin-report"},
                           {"formatVersion", kFormatVersion},
                           {"tool", tool(report.tool, options)},
                           {"engine", engine(report.engine)},
                           {"run", run(report.run, options)},
                           {"options", run_options(report.options)},
                           {"inputs", sources.files(options.with_source_text, options)}});
  Json& contracts = out["contracts"] = Json::array();
  for (const ContractReport& row : report.contracts) {
    contracts.push_back(verified_contract(report, row, sources, options));
  }
  add_used_contracts(contracts, report, sources);
  Json& systems = out["systems"] = Json::array();
  for (const report::SystemReport& row : report.systems)
    systems.push_back(verified_system(report, row, sources, options));
  Json runs = Json::array();
  for (const report::Counterexample& row : report.counterexamples) {
    runs.push_back(trace_body(report.program.contracts[row.contract], row, sources));
    if (Json all = fixes(row.repairs, sources); !all.empty()) runs.back()["fixes"] = std::move(all);
    put(runs.back(), "text", row.text);
  }
  for (const report::SystemCounterexample& row : report.system_counterexamples) {
    runs.push_back(system_trace_body(report, row, sources));
    put(runs.back(), "text", row.text);
  }
  out["counterexamples"] = std::move(runs);
  Json problems = Json::array();
  for (std::size_t i = 0; i < report.diagnostics.size(); ++i) {
    const bool has_text = i < report.diagnostic_texts.size();
    problems.push_back(
        diagnostic(report.diagnostics[i], has_text ? report.diagnostic_texts[i] : std::string(), sources));
  }
  out["diagnostics"] = std::move(problems);
  for (const report::AppliedFix& fix : report.fixed) {
    out["fixed"].push_back(Json::object({{"code", diagnostics::code_text(fix.code)},
                                         {"title", fix.title},
                                         {"path", fix.path},
                                         {"line", fix.position.line},
                                         {"column", fix.position.column}}));
  }
  out["summary"] = summary(report, out["contracts"].size());
  if (!options.with_source_text) add_source_texts(out, report, sources, options);
  return layout(out);
}

}  // namespace singspin::json
