#include "reports/formats/gitlab/gitlab.h"

#include <nlohmann/json.hpp>

#include "reports/document/findings.h"
#include "reports/document/layout.h"

namespace singspin::gitlab {

namespace {

using document::Finding;
using document::Json;

// GitLab: info, minor, major, critical, blocker.
std::string_view severity(const Finding& finding) {
  switch (finding.kind) {
    case Finding::Kind::Undecided: return "info";
    case Finding::Kind::Failure: return "blocker";
    case Finding::Kind::Violation:
      return finding.severity == document::Severity::Error ? "critical" : "minor";
    case Finding::Kind::Diagnostic: break;
  }
  switch (finding.severity) {
    case document::Severity::Error: return finding.code.starts_with("SS01") ? "critical" : "blocker";
    case document::Severity::Warning: return "minor";
    case document::Severity::Note: return "info";
  }
  return "info";
}

}  // namespace

std::string render(const document::Document& document, const document::Settings&) {
  document::Fingerprints fingerprints;
  Json out = Json::array();
  for (const Finding& finding : document::findings(document)) {
    // GitLab drops what has no place; a file that cannot be read has none in this report.
    const std::string path = finding.span ? document.inputs[finding.span->input].path : ".";
    const std::uint32_t line = finding.span ? finding.span->start.line : 1;
    out.push_back(Json::object(
        {{"description", finding.message},
         {"check_name", finding.code},
         {"fingerprint", fingerprints.of({finding.code, path, finding.subject, document::ending(finding)})},
         {"severity", severity(finding)},
         {"location", Json::object({{"path", path}, {"lines", Json::object({{"begin", line}})}})}}));
  }
  return document::layout(out);
}

}  // namespace singspin::gitlab
