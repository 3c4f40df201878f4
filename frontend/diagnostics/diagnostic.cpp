#include "frontend/diagnostics/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace singspin::diagnostics {

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = {
#define SS_CODE(name, number, severity, rule, title) {Code::name, Severity::severity, #name, rule, title},
#include "frontend/diagnostics/diagnostics.def"
#undef SS_CODE
  };
  return codes;
}

const CodeInfo& info(Code code) {
  const auto& codes = all_codes();
  const auto found =
      std::find_if(codes.begin(), codes.end(), [&](const CodeInfo& c) { return c.code == code; });
  CHECK(found != codes.end(), "code is listed in diagnostics.def");
  return *found;
}

std::string code_text(Code code) { return fmt::format("SS{:04}", static_cast<unsigned>(code)); }

std::optional<Code> parse_code(std::string_view text) {
  for (const CodeInfo& c : all_codes()) {
    if (c.rule == text) return c.code;
  }
  if (text.starts_with("SS") || text.starts_with("ss")) text.remove_prefix(2);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  for (const CodeInfo& c : all_codes()) {
    if (static_cast<unsigned>(c.code) == number) return c.code;
  }
  return std::nullopt;
}

std::string_view severity_text(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  UNREACHABLE("severity is known");
}

Diagnostic& Diagnostics::add(Code code, source::Span span, std::string message, std::string label) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = info(code).severity;
  diagnostic.span = span;
  diagnostic.message = std::move(message);
  diagnostic.label = std::move(label);
  list_.push_back(std::move(diagnostic));
  return list_.back();
}

Diagnostic& Diagnostics::add_without_place(Code code, std::string message) {
  Diagnostic& diagnostic = add(code, {}, std::move(message));
  diagnostic.span.reset();
  return diagnostic;
}

bool Diagnostics::has_errors() const {
  return std::any_of(list_.begin(), list_.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

void Diagnostics::sort() {
  std::stable_sort(list_.begin(), list_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (a.span.has_value() != b.span.has_value()) return !a.span.has_value();
    if (!a.span) return false;
    return std::pair(a.span->file, a.span->begin) < std::pair(b.span->file, b.span->begin);
  });
}

}  // namespace singspin::diagnostics
