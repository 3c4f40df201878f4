#include "reports/formats/github/github.h"

#include <fmt/format.h>

#include "reports/document/findings.h"
#include "reports/document/text.h"

namespace singspin::github {

namespace {

using document::Document;
using document::Finding;
using document::Severity;

constexpr std::size_t kMost = 9;  // of a kind, before the line that counts the rest

std::string escape(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view command(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "notice";
  }
  return "notice";
}

std::string place(const Document& document, const document::Span& span) {
  std::string out = fmt::format("file={},line={},endLine={},",
                                escape(document::one_line(document.inputs[span.input].path), true),
                                span.start.line, span.end.line);
  // GitHub knows columns for places in one line only.
  if (span.start.line == span.end.line)
    out += fmt::format("col={},endColumn={},", span.start.column, span.end.column);
  return out;
}

std::string annotation(const Document& document, const Finding& finding) {
  constexpr std::size_t kMostMessage = 4'000;
  const std::string title = fmt::format("{} {}", finding.code, document::one_line(finding.rule));
  return fmt::format("::{} {}title={}::{}\n", command(finding.severity),
                     finding.span ? place(document, *finding.span) : "", escape(title, true),
                     escape(document::cut(document::one_line(finding.message), kMostMessage), false));
}

}  // namespace

std::string render(const Document& document, const document::Settings&) {
  std::string out;
  std::size_t seen[3] = {};
  for (const Finding& finding : document::findings(document)) {
    if (++seen[static_cast<std::size_t>(finding.severity)] <= kMost) out += annotation(document, finding);
  }
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    const std::size_t count = seen[static_cast<std::size_t>(severity)];
    if (count > kMost)
      out += fmt::format("::{} title=singspin::and {} more\n", command(severity), count - kMost);
  }
  return out;
}

}  // namespace singspin::github
