// The preprocessor lines of a file: which sections are live (section 2 of the language reference).
// Knows lines and symbols, no tokens.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::syntax {

using Symbols = std::set<std::string, std::less<>>;

enum class ConditionValue : std::uint8_t { False, True, Junk };
// Value of an `#if` condition. Names, true, false, `!`, `&&`, `||`, `==`, `!=` and parentheses;
// anything else is Junk. `is_defined` is asked about every name.
ConditionValue evaluate_condition(std::string_view text,
                                  const std::function<bool(std::string_view)>& is_defined);
// The same; names that occur are added to `tested`.
ConditionValue evaluate_condition(std::string_view text, const Symbols& symbols, Symbols& tested);

// A preprocessor line that decides what is read, in a live section or not.
struct Directive {
  enum class Kind : std::uint8_t { If, Elif, Else, Endif, Define, Undef };
  Kind kind;
  std::string_view operand;  // the condition or the symbol, without blanks and comment around it
  source::Span span;         // from the `#` to the last visible character
};

class Preprocessor {
 public:
  Preprocessor(source::FileId file, Symbols symbols, diagnostics::Diagnostics& diagnostics)
      : file_(file), symbols_(std::move(symbols)), diagnostics_(diagnostics) {}

  bool live() const { return sections_.empty() || sections_.back().live; }
  // `line` is the text after `#`; `begin` the offset of the `#`.
  void directive(std::string_view line, std::uint32_t begin);
  // Reports sections that were never closed.
  void finish();
  const Symbols& tested() const { return tested_; }
  // In the order of the text; the texts are those given to directive().
  std::vector<Directive>& directives() { return directives_; }

 private:
  struct Section {
    bool outer_live;
    bool taken;  // some branch was or is live
    bool live;
    bool else_seen;
    source::Span span;
  };
  void apply(const Directive& directive);
  void open(std::string_view condition, source::Span span);
  void next_branch(std::string_view condition, bool is_else, source::Span span);
  void close(source::Span span);
  void report(diagnostics::Code code, source::Span span, std::string message, std::string label = {});
  bool holds(std::string_view condition, source::Span span);

  source::FileId file_;
  Symbols symbols_;
  Symbols tested_;
  std::vector<Directive> directives_;
  std::vector<Section> sections_;
  std::size_t reported_ = 0;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace singspin::syntax
