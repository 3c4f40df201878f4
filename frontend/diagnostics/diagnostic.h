// Diagnostics are values: phases append them, only sinks print them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/source/source_map.h"

namespace singspin::diagnostics {

enum class Severity : std::uint8_t { Error, Warning, Note };

enum class Code : std::uint16_t {
#define SS_CODE(name, number, severity, rule, title) name = number,
#include "frontend/diagnostics/diagnostics.def"
#undef SS_CODE
};

struct CodeInfo {
  Code code;
  Severity severity;      // default severity
  std::string_view name;  // enumerator
  std::string_view rule;  // stable rule or property id, such as `mixed-choice`
  std::string_view title;
};

// All codes in ascending order.
const std::vector<CodeInfo>& all_codes();
const CodeInfo& info(Code code);
// `SS0012`.
std::string code_text(Code code);
// Accepts `SS0012`, `ss0012`, `12` and rule ids; nullopt for anything else.
std::optional<Code> parse_code(std::string_view text);
// `error`, `warning`, `note`.
std::string_view severity_text(Severity severity);

struct Label {
  source::Span span;
  std::string text;
};

struct Edit {
  source::Span span;
  std::string new_text;
};

struct Fix {
  std::string title;  // an imperative: `insert the missing ;`
  std::vector<Edit> edits;
  // The edits write down what the tool has read anyway, so no contract changes its meaning; such a fix
  // may be applied unasked.
  bool safe = false;
};

// `span` underlines the narrowest wrong thing; `label` is the text beside that mark. A diagnostic
// about a path and not a place has no span and names the path in its message.
struct Diagnostic {
  Code code = Code::parse_error;
  Severity severity = Severity::Error;
  std::optional<source::Span> span;
  std::string message;  // lower case, one line, no final period
  std::string label;    // may be empty
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::string help;                       // at most one likely repair; may be empty
  std::optional<source::Span> help_span;  // where the help points to
  std::string subject;                    // qualified contract name, empty for files
  std::vector<Fix> fixes;
  bool suppressed = false;  // by a comment at its place: kept, but neither shown nor counted
};

class Diagnostics {
 public:
  // Appends a diagnostic of the code's default severity and returns it for labels and notes.
  // The reference is valid until the next call.
  Diagnostic& add(Code code, source::Span span, std::string message, std::string label = {});
  Diagnostic& add_without_place(Code code, std::string message);
  void append(Diagnostic diagnostic) { list_.push_back(std::move(diagnostic)); }
  const std::vector<Diagnostic>& list() const { return list_; }
  std::vector<Diagnostic>& list() { return list_; }
  bool has_errors() const;
  // By file and offset, those without a place first; equal places keep their order.
  void sort();

 private:
  std::vector<Diagnostic> list_;
};

}  // namespace singspin::diagnostics
