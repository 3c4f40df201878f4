#include "reports/document/decode.h"

#include <fmt/format.h>

#include <set>

#include "reports/document/readers.h"
#include "reports/document/shape.h"
#include "reports/document/stand_alone.h"

namespace singspin::document {

namespace {

void read_inputs(const Value& root, Document& out) {
  root.each("inputs", [&](const Value& value) {
    Input input{value.at("path").text(), value.at("sha256").text(), value.at("bytes").number(), {}};
    if (value.has("text")) input.text = value.at("text").text();
    const std::string& path = input.path;
    const bool plain = !path.empty() && !path.starts_with('/') && !path.starts_with("./");
    if (!plain || path.find('\\') != std::string::npos) value.at("path").fail("not a plain relative path");
    out.inputs.push_back(std::move(input));
  });
}

void read_run(const Value& root, Document& out) {
  const Value tool = root.at("tool");
  out.tool_version = tool.at("version").text();
  const Value engine = root.at("engine");
  out.engine_name = engine.at("name").text();
  out.engine_version = engine.at("version").text();
  const Value run = root.at("run");
  if (run.has("startedAt")) out.started_at = run.at("startedAt").text();
  if (run.has("elapsedSeconds")) out.elapsed_seconds = run.at("elapsedSeconds").seconds();
  out.arguments = run.texts("arguments");
  out.exit_code = static_cast<int>(run.at("exitCode").number(0, 255));
  out.outcome = run.at("outcome").text();
  out.interrupted = run.at("interrupted").boolean();
}

void read_summary(const Value& root, Document& out) {
  const Value summary = root.at("summary");
  const Value verdicts = summary.at("verdicts"), found = summary.at("diagnostics");
  Summary& s = out.summary;
  s.contracts = summary.at("contracts").small();
  s.systems = summary.at("systems").small();
  s.proved = verdicts.at("proved").small();
  s.violated = verdicts.at("violated").small();
  s.inconclusive = verdicts.at("inconclusive").small();
  s.skipped = verdicts.at("skipped").small();
  s.error = verdicts.at("error").small();
  s.errors = found.at("error").small();
  s.warnings = found.at("warning").small();
  s.notes = found.at("note").small();
}

// The order is that of the references: what is read later points to what was read before. Only verdicts
// point to counterexamples and diagnostics.
void read_findings(const Value& root, Document& out) {
  (void)root.at("inputs").size();
  read_inputs(root, out);
  root.at("counterexamples").each([&](const Value& value) {
    out.counterexamples.push_back(read_counterexample(value, out));
  });
  root.at("diagnostics").each([&](const Value& value) {
    out.diagnostics.push_back(read_diagnostic(value, out));
  });
  root.at("contracts").each([&](const Value& value) { out.contracts.push_back(read_contract(value, out)); });
  root.at("systems").each([&](const Value& value) { out.systems.push_back(read_system(value, out)); });
}

// Names may be shared, so a run belongs to what has a verdict that points to it.
void join(const Value& root, Document& out) {
  std::vector<bool> found(out.counterexamples.size());
  for (const bool is_system : {false, true}) {
    const std::vector<Subject>& subjects = is_system ? out.systems : out.contracts;
    for (std::size_t row = 0; row < subjects.size(); ++row) {
      for (const Verdict& verdict : subjects[row].verdicts) {
        if (!verdict.counterexample) continue;
        Counterexample& run = out.counterexamples[*verdict.counterexample];
        if (found[*verdict.counterexample] && run.subject != row)
          root.fail(fmt::format("counterexamples[{}]: it belongs to two", *verdict.counterexample));
        if (run.is_system != is_system)
          root.fail(fmt::format("counterexamples[{}].subject.kind: its verdict says otherwise",
                                *verdict.counterexample));
        run.subject = row;
        found[*verdict.counterexample] = true;
      }
    }
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) root.fail(fmt::format("counterexamples[{}]: no verdict points to it", i));
  }
}

// Tables are handed on as they are, with spans that no reader here looks at.
void check_sources(const Value& root, const Document& document) {
  for (const char* part : {"contracts", "systems", "counterexamples"}) {
    std::set<std::size_t> used;
    collect_sources(root.json().at(part), used);
    if (!used.empty() && *used.rbegin() >= document.inputs.size())
      root.fail(fmt::format("{}: a span points to an input that is not there", part));
  }
}

// Absent members of a foreign text would be the worse message.
void check_format(const Value& root) {
  const std::string format = root.has("format") ? root.at("format").text() : "";
  if (format != "singspin-report") {
    root.fail(format == "singspin-trace"
                  ? "this is a trace, not a report; `singspin replay` reads it"
                  : "this is not a report of singspin: \"format\" is not \"singspin-report\"");
    return;
  }
  const Value version = root.at("formatVersion");
  const std::string text = version.text();
  if (!text.starts_with("1."))
    version.fail(fmt::format("version {} is not known; this program reads version 1", text.substr(0, 20)));
}

base::Expected<Document> read(std::shared_ptr<const Json> json) {
  Damage damage;
  const Value root(*json, damage);
  Document out;
  out.json = json;
  if (!json->is_object()) root.fail("this is not a report of singspin: it is no JSON object");
  check_format(root);
  if (!damage.first) read_run(root, out);
  if (!damage.first) read_findings(root, out);
  if (!damage.first) check_sources(root, out);
  if (!damage.first) join(root, out);
  if (!damage.first) read_summary(root, out);
  if (damage.first) return base::tool_error(*damage.first);
  return out;
}

}  // namespace

base::Expected<Document> decode(std::string_view text) {
  if (const auto wrong = check_shape(text)) return base::tool_error(*wrong);
  try {
    return read(std::make_shared<const Json>(Json::parse(text)));
  } catch (const Json::parse_error& error) {
    const Place at = place_of(text, error.byte == 0 ? 0 : error.byte - 1);
    return base::tool_error(error.byte > text.size()
                                ? fmt::format("line {}: the text ends too early; it is cut off", at.line)
                                : fmt::format("line {}, column {}: this is not JSON", at.line, at.column));
  } catch (const Json::exception&) {
    return base::tool_error("this is not JSON: a number is too large");
  }
}

std::string_view text(Status status) {
  switch (status) {
    case Status::Proved: return "proved";
    case Status::Violated: return "violated";
    case Status::Inconclusive: return "inconclusive";
    case Status::Skipped: return "skipped";
    case Status::Error: return "error";
  }
  return "";
}

std::string_view text(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "";
}

}  // namespace singspin::document
