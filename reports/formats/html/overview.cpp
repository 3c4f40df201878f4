// Everything the page shows before somebody opens a contract or a counterexample.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/formats/html/parts.h"

namespace singspin::html {

namespace {

using diagnostics::Code;
using exec::Status;

// A path outside of the root says where somebody's files are.
std::string shown_path(const std::string& path, const Options& options) {
  if (!options.deterministic || !path.starts_with('/')) return path;
  return path.substr(path.find_last_of('/') + 1);
}

std::string messages_words(std::uint32_t count) {
  return fmt::format("{} message{}", count, count == 1 ? "" : "s");
}

std::string strength_words(const exec::Verdict& v) {
  switch (v.strength) {
    case exec::Strength::AnyQueueLength: return "for any queue length";
    case exec::Strength::UpToCapacity: break;
  }
  if (v.capacity.to_importer == v.capacity.to_exporter)
    return "for queues of up to " + messages_words(v.capacity.to_importer);
  return fmt::format("for queues of up to {} to the importer and {} to the exporter",
                     messages_words(v.capacity.to_importer), v.capacity.to_exporter);
}

bool is_decided(Status status) { return status == Status::Proved || status == Status::Violated; }

class OverviewWriter {
 public:
  OverviewWriter(const report::Report& report, const Words& words, const Machines& machines,
                 const Options& options)
      : report_(report), words_(words), machines_(machines), options_(options) {}

  std::string write() {
    out_.open_object();
    run();
    sources();
    subjects();
    runs();
    findings();
    explanations();
    return out_.close_object().take();
  }

 private:
  void run() {
    out_.text("tool", report_.tool.name + " " + report_.tool.version);
    out_.text("engine", report_.engine.version).text("compiler", report_.engine.compiler);
    if (report_.run.started_at && !options_.deterministic) out_.text("startedAt", *report_.run.started_at);
    if (report_.run.elapsed_seconds && !options_.deterministic)
      out_.key("elapsed").real(*report_.run.elapsed_seconds);
    out_.key("arguments").open_array();
    for (const std::string& word : report_.run.arguments) out_.text(word);
    out_.close_array();
    out_.number("exitCode", static_cast<std::uint64_t>(report_.run.exit_code));
    out_.text("outcome", report::outcome_text(report_.run.outcome))
        .boolean("interrupted", report_.run.interrupted);
    out_.number("notVerified", report_.contracts_not_verified);
    const report::Counts counts = report::count(report_);
    out_.key("counts").open_object().number("proved", counts.proved).number("violated", counts.violated);
    out_.number("inconclusive", counts.inconclusive)
        .number("skipped", counts.skipped)
        .number("error", counts.error);
    out_.close_object();
  }

  void sources() {
    out_.key("sources").open_array();
    for (std::uint32_t i = 0; i < report_.sources.size(); ++i) {
      const source::SourceFile& file = report_.sources.file(source::FileId{i});
      out_.open_object().text("path", shown_path(file.path, options_)).text("sha256", file.sha256);
      out_.number("bytes", file.bytes).close_object();
    }
    out_.close_array();
  }

  void statistics(const exec::Statistics& row) {
    if (row.configurations) out_.number("configurations", *row.configurations);
    if (row.longest_queue) out_.number("longest", *row.longest_queue);
  }

  void verdict_head(std::string_view property, Code code, diagnostics::Severity severity, Status status) {
    code_used(code);
    out_.open_object().text("property", property).text("code", diagnostics::code_text(code));
    out_.text("severity", severity == diagnostics::Severity::Error ? "error" : "warning");
    out_.text("verdict", exec::status_text(status));
  }

  void verdict_tail(const std::vector<std::size_t>& findings, Status status, exec::Reason reason,
                    const std::string& detail) {
    if (!findings.empty()) {
      out_.key("findings").open_array();
      for (const std::size_t row : findings) out_.number(row);
      out_.close_array();
    }
    if (!is_decided(status)) out_.text("reason", detail.empty() ? exec::reason_text(reason) : detail);
    out_.close_object();
  }

  void verdict(const report::ContractReport& row, std::size_t i) {
    const exec::Verdict& v = row.verdicts[i];
    const ir::Contract& contract = report_.program.contracts[row.contract];
    verdict_head(exec::property_name(v), ir::code(v.property), v.severity, v.status);
    if (is_decided(v.status)) out_.text("strength", strength_words(v));
    if (v.suppressed) out_.boolean("suppressed", true);
    if (v.reading) out_.text("reading", *v.reading == exec::Reading::Free ? "free" : "priority");
    if (v.entry != contract.start) out_.text("entry", ir::state_words(contract.states[v.entry]));
    if (v.fair) out_.boolean("fair", true);
    if (!v.bases.empty()) {
      out_.key("basis").open_array();
      for (const exec::Basis basis : v.bases) out_.text(exec::basis_text(basis));
      out_.close_array();
    }
    statistics(v.statistics);
    if (row.counterexamples[i]) out_.number("run", *row.counterexamples[i]);
    verdict_tail(row.diagnostics[i], v.status, v.reason, v.detail);
  }

  void verdict(const report::SystemReport& row, const report::SystemVerdict& v) {
    verdict_head(v.verdict.id, report::code(v.verdict.property), v.severity, v.verdict.status);
    if (is_decided(v.verdict.status)) out_.text("strength", row.strength);
    statistics(row.statistics);
    if (v.counterexample) out_.number("run", report_.counterexamples.size() + *v.counterexample);
    verdict_tail(v.diagnostics, v.verdict.status, v.verdict.reason, v.detail);
  }

  void subject(std::string_view kind, std::string_view name, std::string_view qualified, source::Span span) {
    out_.open_object().text("kind", kind).text("name", name);
    if (qualified != name) out_.text("qualified", qualified);
    put_place(out_.key("at"), report_.sources, span);
  }

  void subjects() {
    out_.key("subjects").open_array();
    for (const report::ContractReport& row : report_.contracts) {
      const ir::Contract& contract = report_.program.contracts[row.contract];
      subject("contract", contract.name, contract.qualified_name, contract.span);
      if (const std::string variant = report::variant_text(row.variant); !variant.empty())
        out_.text("variant", variant);
      out_.number("machine", machines_.row(row.contract)).key("verdicts").open_array();
      for (std::size_t i = 0; i < row.verdicts.size(); ++i) verdict(row, i);
      out_.close_array().close_object();
    }
    for (const report::SystemReport& row : report_.systems) system(row);
    out_.close_array();
  }

  void system(const report::SystemReport& row) {
    const ir::System& system = report_.systems_found[row.system];
    subject("system", system.name, system.name, system.span);
    out_.key("components").open_array();
    for (const ir::Component& component : system.components) {
      out_.open_object().text("name", component.name);
      if (component.kind == ir::Component::Kind::Peer) out_.boolean("generated", true);
      put_place(out_.key("at"), report_.sources, component.span);
      out_.close_object();
    }
    out_.close_array().key("channels").open_array();
    for (const ir::Channel& channel : system.channels) {
      out_.open_object().text("name", channel.name).number("machine", machines_.row(channel.contract));
      out_.text("exporter", system.components[system.ports[channel.exporter].component].name);
      out_.text("importer", system.components[system.ports[channel.importer].component].name).close_object();
    }
    out_.close_array().key("verdicts").open_array();
    for (const report::SystemVerdict& v : row.verdicts) verdict(row, v);
    out_.close_array().close_object();
  }

  void run_head(std::size_t index, const std::string& id, const std::string& message, std::size_t subject,
                std::size_t steps, bool shortest) {
    out_.open_object()
        .text("id", id)
        .text("message", message)
        .number("subject", subject)
        .number("steps", steps);
    if (shortest) out_.boolean("shortest", true);
    out_.key("facts").open_array();
    for (const auto& [key, lines] : words_.facts(index)) {
      out_.open_array().text(key);
      for (const std::string& line : lines) out_.text(line);
      out_.close_array();
    }
    out_.close_array();
  }

  void repairs(const std::vector<diagnostics::Fix>& all) {
    if (all.empty()) return;
    out_.key("repairs").open_array();
    for (const diagnostics::Fix& fix : all) {
      out_.open_object().text("title", fix.title).key("edits").open_array();
      for (const diagnostics::Edit& edit : fix.edits) {
        put_place(out_.open_object().key("at"), report_.sources, edit.span);
        out_.text("text", edit.new_text).close_object();
      }
      out_.close_array().close_object();
    }
    out_.close_array();
  }

  std::size_t subject_of(const report::Counterexample& run) const {
    const auto found = std::ranges::find_if(report_.contracts, [&](const report::ContractReport& row) {
      return row.contract == run.contract && row.variant == run.variant;
    });
    return static_cast<std::size_t>(found - report_.contracts.begin());
  }

  std::size_t subject_of(const report::SystemCounterexample& run) const {
    const auto found = std::ranges::find(report_.systems, run.system, &report::SystemReport::system);
    return report_.contracts.size() + static_cast<std::size_t>(found - report_.systems.begin());
  }

  void runs() {
    out_.key("runs").open_array();
    std::size_t index = 0;
    for (const report::Counterexample& run : report_.counterexamples) {
      run_head(index++, run.id, run.message, subject_of(run), run.trace.steps.size(), run.shortest);
      repairs(run.repairs);
      if (run.reading) out_.text("reading", *run.reading == exec::Reading::Free ? "free" : "priority");
      out_.key("properties").open_array();
      for (const ir::Property p : run.properties) {
        out_.open_array()
            .text(report::property_name(run, p))
            .text(diagnostics::code_text(ir::code(p)))
            .close_array();
      }
      out_.close_array().close_object();
    }
    for (const report::SystemCounterexample& run : report_.system_counterexamples) {
      const std::size_t subject = subject_of(run);
      run_head(index++, run.id, run.message, subject, run.run.steps.size(), run.shortest);
      out_.key("properties").open_array();
      const report::SystemReport& row = report_.systems[subject - report_.contracts.size()];
      for (const std::size_t i : run.verdicts) {
        const explore::Verdict& v = row.verdicts[i].verdict;
        out_.open_array().text(v.id).text(diagnostics::code_text(report::code(v.property))).close_array();
      }
      out_.close_array().close_object();
    }
    out_.close_array();
  }

  void findings() {
    out_.key("findings").open_array();
    for (const diagnostics::Diagnostic& row : report_.diagnostics) finding(row);
    out_.close_array();
  }

  void finding(const diagnostics::Diagnostic& row) {
    code_used(row.code);
    out_.open_object().text("code", diagnostics::code_text(row.code));
    out_.text("severity", diagnostics::severity_text(row.severity)).text("message", row.message);
    if (row.span) put_place(out_.key("at"), report_.sources, *row.span);
    if (!row.label.empty()) out_.text("label", row.label);
    if (!row.labels.empty()) {
      out_.key("labels").open_array();
      for (const diagnostics::Label& label : row.labels) {
        put_place(out_.open_object().key("at"), report_.sources, label.span);
        out_.text("text", label.text).close_object();
      }
      out_.close_array();
    }
    if (!row.notes.empty()) {
      out_.key("notes").open_array();
      for (const std::string& note : row.notes) out_.text(note);
      out_.close_array();
    }
    if (!row.help.empty()) out_.text("help", row.help);
    if (row.suppressed) out_.boolean("suppressed", true);
    out_.close_object();
  }

  void code_used(Code code) { codes_.insert(code); }

  void explanations() {
    out_.key("codes").open_object();
    for (const Code code : codes_) {
      const diagnostics::CodeInfo& info = diagnostics::info(code);
      out_.key(diagnostics::code_text(code)).open_object().text("rule", info.rule).text("title", info.title);
      out_.text("text", words_.explanation(code)).close_object();
    }
    out_.close_object();
  }

  const report::Report& report_;
  const Words& words_;
  const Machines& machines_;
  const Options& options_;
  std::set<Code> codes_;
  JsonText out_;
};

}  // namespace

std::string overview_data(const report::Report& report, const Words& words, const Machines& machines,
                          const Options& options) {
  return OverviewWriter(report, words, machines, options).write();
}

}  // namespace singspin::html
