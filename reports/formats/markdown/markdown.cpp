#include "reports/formats/markdown/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/document/findings.h"
#include "reports/document/text.h"
#include "reports/formats/markdown/mermaid.h"

namespace singspin::markdown {

namespace {

using document::Document;
using document::Finding;
using document::Status;
using document::Subject;
using document::Verdict;

constexpr std::size_t kMostAll = 1'000'000;  // GitHub refuses a summary above 1 MiB
constexpr std::size_t kMostBlock = 16'000;
constexpr std::size_t kMostRows = 1'000;
constexpr std::size_t kMostCell = 500;

// Text that is no markup and mentions nobody, in one line.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : document::one_line(document::cut(text, kMostCell))) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '@': out += "&#64;"; break;
      case '|': out += "&#124;"; break;
      default:
        if (std::string_view("\\`*_{}[]()#+!~$").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
  }
  return out;
}

// A fence that is longer than any row of backticks in the text.
std::string fenced(std::string_view kind, std::string_view text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}{}\n{}{}{}\n", fence, kind, text, text.ends_with('\n') ? "" : "\n", fence);
}

std::string counted(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string headline(const Document& document) {
  const document::Summary& s = document.summary;
  std::string out = fmt::format("## singspin: {}\n\n", plain(document.outcome));
  std::vector<std::string> parts;
  const auto add = [&](std::size_t n, std::string_view words) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, words));
  };
  add(s.proved, "proved");
  add(s.violated, "violated");
  add(s.inconclusive, "inconclusive");
  add(s.skipped, "skipped");
  add(s.error, "could not be verified");
  const std::string what = s.systems == 0
                               ? counted(s.contracts, "contract")
                               : counted(s.contracts, "contract") + ", " + counted(s.systems, "system");
  out += what + ": ";
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : ", ") + parts[i];
  out += parts.empty() ? "nothing verified" : " (counted by property)";
  out += fmt::format("; {}, {}\n", counted(s.errors, "error"), counted(s.warnings, "warning"));
  if (document.interrupted) out += "\nThe run was interrupted.\n";
  return out;
}

bool is_plain_proof(const Verdict& v) { return v.status == Status::Proved || v.suppressed || v.priority; }

std::string place(const Document& document, const std::optional<document::Span>& span) {
  if (!span) return "";
  return fmt::format("{}:{}", plain(document.inputs[span->input].path), span->start.line);
}

std::string row(const Document& document, const Subject& subject, const Verdict& verdict) {
  std::string words = verdict.reason;
  std::optional<document::Span> span = subject.span;
  if (verdict.counterexample) {
    words = document.counterexamples[*verdict.counterexample].message;
    span = document.counterexamples[*verdict.counterexample].span;
  } else if (!verdict.diagnostics.empty()) {
    words = document.diagnostics[verdict.diagnostics.front()].message;
    span = document.diagnostics[verdict.diagnostics.front()].span;
  }
  return fmt::format("| {} | {} | {} | {} | {} |\n", plain(subject.qualified), plain(verdict.property),
                     document::text(verdict.status), plain(words), place(document, span));
}

// Those that are not plainly proved, each property a row; the others by number.
std::string table(const Document& document) {
  std::string rows;
  std::size_t shown = 0, more = 0, proved = 0;
  for (const std::vector<Subject>* subjects : {&document.contracts, &document.systems}) {
    for (const Subject& subject : *subjects) {
      if (subject.verified && std::ranges::all_of(subject.verdicts, is_plain_proof)) ++proved;
      for (const Verdict& verdict : subject.verdicts) {
        if (is_plain_proof(verdict)) continue;
        if (++shown <= kMostRows) rows += row(document, subject, verdict);
        else ++more;
      }
    }
  }
  std::string out;
  if (!rows.empty())
    out = "\n| name | property | verdict | what | where |\n| --- | --- | --- | --- | --- |\n" + rows;
  if (more > 0) out += fmt::format("\nand {} more\n", more);
  if (proved > 0) out += fmt::format("\n{} proved with all properties.\n", counted(proved, "name"));
  return out;
}

std::string block(const Document& document, const Finding& finding) {
  const std::string where = finding.span ? " (" + place(document, finding.span) + ")" : "";
  return fmt::format("\n<details><summary>{}[{}]: {}{}</summary>\n\n{}\n</details>\n",
                     document::text(finding.severity), plain(finding.code), plain(finding.message), where,
                     fenced("text", document::cut(document::visible(finding.text), kMostBlock)));
}

// A run that several properties share is shown once.
std::string blocks(const Document& document, std::size_t room) {
  std::string out;
  std::vector<const document::Counterexample*> seen;
  std::size_t more = 0;
  for (const Finding& finding : document::findings(document)) {
    if (finding.severity == document::Severity::Note) continue;
    if (finding.counterexample != nullptr) {
      if (std::ranges::find(seen, finding.counterexample) != seen.end()) continue;
      seen.push_back(finding.counterexample);
    }
    const std::string one = block(document, finding);
    if (out.size() + one.size() <= room) out += one;
    else ++more;
  }
  return more > 0 ? out + fmt::format("\nand {} more\n", more) : out;
}

std::string chart(const Document& document) {
  for (const Finding& finding : document::findings(document)) {
    if (finding.counterexample == nullptr) continue;
    const std::string diagram = sequence_diagram(document, *finding.counterexample);
    if (!diagram.empty())
      return fmt::format("\n### {}\n\n{}", plain(finding.counterexample->id), fenced("mermaid", diagram));
  }
  return "";
}

}  // namespace

std::string render(const Document& document, const document::Settings&) {
  std::string out = headline(document) + table(document) + chart(document);
  if (out.size() > kMostAll) out = headline(document) + "\nThe table is left out: it is too long.\n";
  return out + blocks(document, kMostAll - out.size());
}

}  // namespace singspin::markdown
