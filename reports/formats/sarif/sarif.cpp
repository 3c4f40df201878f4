#include "reports/formats/sarif/sarif.h"

#include <fmt/format.h>

#include "reports/document/layout.h"
#include "reports/document/text.h"
#include "reports/formats/sarif/parts.h"

namespace singspin::sarif {

namespace {

using document::Severity;
using document::Status;
using document::Subject;
using document::Verdict;

constexpr std::size_t kMostAll = 9'000'000;   // GitHub takes 10 MB, compressed; this is before, without rules
constexpr std::size_t kMostResults = 20'000;  // GitHub takes 25,000

std::string compact(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string_view level(Severity severity) { return document::text(severity); }

class Log {
 public:
  Log(const Document& document, const document::Settings& settings)
      : document_(document), settings_(settings), rules_(settings) {}

  std::string write() {
    for (const Subject& contract : document_.contracts) {
      if (graphs_.size() >= 1'000) break;
      Json made = graph(document_, contract);
      if (!takes(made)) continue;
      graph_rows_.emplace(&contract, graphs_.size());
      graphs_.push_back(std::move(made));
    }
    for (const Finding& finding : document::findings(document_)) add(finding);
    if (settings_.passed_too) add_passed();
    if (left_out_ > 0)
      notify("warning", fmt::format("{} more results are left out: the file would be too large", left_out_));
    const Json log = Json::object({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                   {"version", "2.1.0"},
                                   {"runs", Json::array({run()})}});
    std::string text = document::layout(log);
    return text.size() <= kMostAll ? text : compact(log) + "\n";
  }

 private:
  Json run() {
    Json driver = Json::object({{"name", "singspin"}, {"version", document_.tool_version}});
    driver["rules"] = rules_.take();
    Json out = Json::object({{"tool", Json::object({{"driver", std::move(driver)}})},
                             {"invocations", Json::array({invocation()})},
                             {"artifacts", artifacts()},
                             {"columnKind", "utf16CodeUnits"},
                             {"results", std::move(results_)}});
    if (!graphs_.empty()) out["graphs"] = std::move(graphs_);
    return out;
  }

  Json invocation() {
    const int code = document_.exit_code;
    Json out = Json::object({{"arguments", document_.arguments},
                             {"exitCode", code},
                             {"executionSuccessful", code != 2 && code != 4 && code < 128}});
    if (document_.started_at) out["startTimeUtc"] = *document_.started_at;
    if (!notifications_.empty()) out["toolExecutionNotifications"] = std::move(notifications_);
    return out;
  }

  Json artifacts() const {
    Json out = Json::array();
    for (const document::Input& input : document_.inputs) {
      out.push_back(Json::object({{"location", Json::object({{"uri", document::relative_uri(input.path)}})},
                                  {"length", input.bytes},
                                  {"hashes", Json::object({{"sha-256", input.sha256}})}}));
    }
    return out;
  }

  void notify(std::string_view level, std::string_view text) {
    notifications_.push_back(Json::object({{"level", level}, {"message", message(text)}}));
  }

  // What has no place or is undecided is told of the run, since readers show every result as an alert.
  void add(const Finding& finding) {
    const bool open = finding.kind == Finding::Kind::Undecided || finding.kind == Finding::Kind::Failure;
    if (open || !finding.span) {
      notify(level(finding.severity), fmt::format("{}: {}", finding.code, finding.message));
      return;
    }
    Json result = head(finding.code, finding.rule, finding.message, *finding.span);
    result["kind"] = "fail";
    result["level"] = level(finding.severity);
    result["partialFingerprints"] =
        Json::object({{"singspinCounterexample/v1",
                       fingerprints_.of({finding.code, finding.subject, document::ending(finding)})}});
    if (finding.diagnostic != nullptr) add_labels(*finding.diagnostic, result);
    if (finding.counterexample == nullptr) return keep(std::move(result));
    Json whole = result;
    add_run(*finding.counterexample, whole);
    if (takes(whole)) return keep_taken(std::move(whole));
    result["message"] =
        message(finding.message + "; its steps are in " + trace_file(*finding.counterexample));
    keep(std::move(result));
  }

  static std::string trace_file(const document::Counterexample& run) { return run.id + ".trace.json"; }

  void add_run(const document::Counterexample& run, Json& result) {
    result["codeFlows"] = Json::array({code_flow(document_, run)});
    if (run.steps.size() > kMostSteps)
      result["message"] =
          message(fmt::format("{}; all {} steps are in {}", run.message, run.steps.size(), trace_file(run)));
    if (Json ways = traversals(document_, run, graph_rows_); !ways.empty())
      result["graphTraversals"] = std::move(ways);
  }

  void add_labels(const document::Diagnostic& diagnostic, Json& result) const {
    Json related = Json::array();
    for (const auto& [span, text] : diagnostic.labels) {
      if (span == *diagnostic.span) continue;
      Json place = location(document_, span);
      place["id"] = related.size() + 1;
      place["message"] = message(text);
      related.push_back(std::move(place));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
  }

  Json head(const std::string& code, const std::string& rule, const std::string& text,
            const document::Span& span) {
    return Json::object({{"ruleId", code},
                         {"ruleIndex", rules_.index_of(code, rule)},
                         {"message", message(text)},
                         {"locations", Json::array({location(document_, span)})}});
  }

  void add_passed() {
    for (const std::vector<Subject>* subjects : {&document_.contracts, &document_.systems}) {
      for (const Subject& subject : *subjects) {
        for (const Verdict& verdict : subject.verdicts) {
          if (verdict.priority || verdict.status == Status::Violated || !subject.span) continue;
          const bool proved = verdict.status == Status::Proved;
          const std::string text =
              proved ? fmt::format("{}: {} is proved ({})", subject.name, verdict.property, verdict.strength)
                     : undecided_text(subject, verdict);
          Json result = head(verdict.code, verdict.property, text, *subject.span);
          result["kind"] = proved ? "pass" : "open";
          result["level"] = "none";
          keep(std::move(result));
        }
      }
    }
  }

  bool takes(const Json& value) {
    const std::size_t bytes = compact(value).size() + 1;  // and a comma
    if (used_ + bytes > kMostAll) return false;
    used_ += bytes;
    return true;
  }
  void keep_taken(Json result) { results_.push_back(std::move(result)); }
  void keep(Json result) {
    if (results_.size() < kMostResults && takes(result)) keep_taken(std::move(result));
    else ++left_out_;
  }

  const Document& document_;
  const document::Settings& settings_;
  Rules rules_;
  document::Fingerprints fingerprints_;
  GraphRows graph_rows_;
  Json graphs_ = Json::array(), results_ = Json::array(), notifications_ = Json::array();
  std::size_t used_ = 0, left_out_ = 0;
};

}  // namespace

Json message(std::string_view text) {
  std::string out;
  for (const char c : document::one_line(text)) {
    if (c == '[' || c == ']') out += '\\';
    out += c;
  }
  if (!out.ends_with('.')) out += '.';
  return Json::object({{"text", std::move(out)}});
}

Json location(const Document& document, const document::Span& span) {
  Json region = Json::object({{"startLine", span.start.line},
                              {"startColumn", span.start.column},
                              {"endLine", span.end.line},
                              {"endColumn", span.end.column}});
  return Json::object(
      {{"physicalLocation",
        Json::object({{"artifactLocation",
                       Json::object({{"uri", document::relative_uri(document.inputs[span.input].path)},
                                     {"index", span.input}})},
                      {"region", std::move(region)}})}});
}

std::string render(const Document& document, const document::Settings& settings) {
  return Log(document, settings).write();
}

}  // namespace singspin::sarif
