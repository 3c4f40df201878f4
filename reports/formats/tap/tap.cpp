#include "reports/formats/tap/tap.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/document/findings.h"
#include "reports/document/text.h"

namespace singspin::tap {

namespace {

using document::Document;
using document::Status;
using document::Subject;
using document::Verdict;

// A name is one line; `#` would begin a directive.
std::string name(std::string_view text) {
  std::string out;
  for (const char c : document::one_line(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// Double-quoted YAML takes every escape of JSON.
std::string quoted(const std::string& text) { return document::Json(text).dump(-1, ' ', true); }

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document) {}

  std::string write() {
    for (const std::vector<Subject>* subjects : {&document_.contracts, &document_.systems}) {
      for (const Subject& subject : *subjects) {
        for (const Verdict& verdict : subject.verdicts) {
          if (!verdict.priority) add(subject, verdict);
        }
      }
    }
    for (const document::Finding& finding : document::findings(document_)) {
      const bool input = finding.diagnostic != nullptr && finding.severity == document::Severity::Error &&
                         !finding.code.starts_with("SS01");
      if (input) add_problem(finding);
    }
    return fmt::format("TAP version 14\n1..{}\n{}", count_, lines_);
  }

 private:
  // A violation that counts as a warning does not fail the run, so it does not fail here.
  static bool fails(const Verdict& verdict) {
    if (verdict.status == Status::Violated)
      return verdict.severity == document::Severity::Error && !verdict.suppressed;
    return verdict.status == Status::Inconclusive || verdict.status == Status::Error;
  }

  void add(const Subject& subject, const Verdict& verdict) {
    const bool failed = fails(verdict);
    begin(failed, fmt::format("{} {}", subject.qualified, verdict.property));
    if (verdict.status == Status::Skipped) lines_ += fmt::format(" # SKIP {}", name(verdict.reason));
    lines_ += '\n';
    if (!failed) return;
    std::optional<document::Span> span = subject.span;
    std::string message = undecided_text(subject, verdict);
    if (verdict.status == Status::Violated) {
      message = verdict.counterexample ? document_.counterexamples[*verdict.counterexample].message
                                       : document_.diagnostics[verdict.diagnostics.front()].message;
      span = verdict.counterexample ? document_.counterexamples[*verdict.counterexample].span
                                    : document_.diagnostics[verdict.diagnostics.front()].span;
    }
    block(std::string(document::text(verdict.status)), verdict.reason, message, span);
  }

  void add_problem(const document::Finding& finding) {
    const std::string where = finding.span ? document_.inputs[finding.span->input].path : finding.code;
    begin(true, fmt::format("{} {}", where, finding.rule));
    lines_ += '\n';
    block("error", finding.code, finding.message, finding.span);
  }

  void begin(bool failed, std::string_view what) {
    lines_ += fmt::format("{} {} - {}", failed ? "not ok" : "ok", ++count_, name(what));
  }

  void block(const std::string& verdict, const std::string& reason, const std::string& message,
             const std::optional<document::Span>& span) {
    lines_ += fmt::format("  ---\n  verdict: {}\n", verdict);
    if (!reason.empty()) lines_ += fmt::format("  reason: {}\n", quoted(reason));
    lines_ += fmt::format("  message: {}\n", quoted(message));
    if (span) {
      const std::string& path = document_.inputs[span->input].path;
      lines_ += fmt::format("  at: {}\n",
                            quoted(fmt::format("{}:{}:{}", path, span->start.line, span->start.column)));
    }
    lines_ += "  ...\n";
  }

  const Document& document_;
  std::size_t count_ = 0;
  std::string lines_;
};

}  // namespace

std::string render(const Document& document, const document::Settings&) { return Writer(document).write(); }

}  // namespace singspin::tap
