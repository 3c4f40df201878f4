#include "reports/lsp/diagnostics.h"

#include <fmt/format.h>

namespace singspin::lsp {

using diagnostics::Code;
using diagnostics::Severity;

namespace {

int severity_number(Severity severity) {
  switch (severity) {
    case Severity::Error: return 1;
    case Severity::Warning: return 2;
    case Severity::Note: return 3;  // Information
  }
  UNREACHABLE("every severity has a number");
}

std::string whole_message(const diagnostics::Diagnostic& d) {
  std::string text = d.message;
  for (const std::string& note : d.notes) text += "\nnote: " + note;
  if (!d.help.empty()) text += "\nhelp: " + d.help;
  return text;
}

// What the author could delete without changing what the contract does.
bool is_unnecessary(Code code) { return code == Code::unused_message; }

Json related(const Snapshot& snapshot, const diagnostics::Diagnostic& d) {
  Json list = Json::array();
  for (const diagnostics::Label& label : d.labels) {
    list.push_back({{"location", snapshot.location(label.span)},
                    {"message", label.text.empty() ? std::string("see here") : label.text}});
  }
  if (d.help_span) list.push_back({{"location", snapshot.location(*d.help_span)}, {"message", d.help}});
  return list;
}

}  // namespace

Json diagnostic_json(const Snapshot& snapshot, const diagnostics::Diagnostic& d) {
  Json json = {{"range", d.span ? snapshot.range(*d.span) : Range{}},
               {"severity", severity_number(d.severity)},
               {"code", diagnostics::code_text(d.code)},
               {"source", "singspin"},
               {"message", whole_message(d)}};
  if (Json list = related(snapshot, d); !list.empty()) json["relatedInformation"] = std::move(list);
  if (is_unnecessary(d.code)) json["tags"] = Json::array({1});
  return json;
}

Json file_diagnostics(const Snapshot& snapshot, source::FileId file) {
  Json list = Json::array();
  std::size_t left_out = 0;
  for (const diagnostics::Diagnostic& d : snapshot.loaded.diagnostics.list()) {
    if (!d.span || d.suppressed || d.span->file != file) continue;
    if (list.size() < kMostDiagnostics) list.push_back(diagnostic_json(snapshot, d));
    else ++left_out;
  }
  if (left_out > 0) {
    list.push_back({{"range", Range{}},
                    {"severity", 3},
                    {"source", "singspin"},
                    {"message", fmt::format("{} more diagnostics are not shown", left_out)}});
  }
  return list;
}

}  // namespace singspin::lsp
