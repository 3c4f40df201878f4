// Contracts as text, analysed.
#pragma once

#include "frontend/sema/analyze.h"
#include "tests/unit/syntax/fixture.h"

namespace singspin::sema {

struct AnalyzedText {
  std::unique_ptr<syntax::Front> front;
  Analysis analysis;
};

inline AnalyzedText analyze_text(std::string_view text) {
  AnalyzedText result{syntax::read_text(text), {}};
  syntax::Front& front = *result.front;
  result.analysis = analyze(std::span(&front.file, 1), front.sources, front.diagnostics);
  return result;
}

}  // namespace singspin::sema
