#include "frontend/syntax/preprocessor.h"

#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

// Symbols decide whether a condition holds, never whether it is one.
void check_condition(std::string_view text) {
  syntax::Symbols tested, again;
  const auto without = syntax::evaluate_condition(text, {}, tested);
  const auto with = syntax::evaluate_condition(text, tested, again);
  REQUIRE((without == syntax::ConditionValue::Junk) == (with == syntax::ConditionValue::Junk),
          "a condition is junk under all symbols or none");
  REQUIRE(tested == again, "the names in a condition do not depend on the symbols");
  for (const std::string& name : tested) {
    REQUIRE(!name.empty() && text.find(name) != std::string_view::npos, "a tested name occurs in the text");
  }
}

// Every line is a directive.
void check_lines(source::SourceMap& sources, std::string_view bytes) {
  const source::FileId file = sources.add("0.sg", bytes);
  const std::string_view text = sources.file(file).text;
  diagnostics::Diagnostics diagnostics;
  syntax::Preprocessor preprocessor(file, {"DEBUG"}, diagnostics);
  for (std::uint32_t line = 1; line <= sources.line_count(file); ++line) {
    const std::string_view whole = sources.line_text(file, line);
    if (whole.empty()) continue;
    preprocessor.directive(whole.substr(whole.front() >= 0 ? 1 : whole.size()),
                           static_cast<std::uint32_t>(whole.data() - text.data()));
    check_condition(whole);
  }
  preprocessor.finish();
  REQUIRE(preprocessor.live(), "behind the last section everything is live");
  check_diagnostics(sources, diagnostics);
}

}  // namespace

void run_preprocessor(std::string_view bytes) {
  source::SourceMap sources;
  check_condition(bytes);
  check_lines(sources, bytes);
}

}  // namespace singspin::fuzz
