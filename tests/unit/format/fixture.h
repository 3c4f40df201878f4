// Formats a text and checks on the way what holds for every text.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "frontend/format/format.h"
#include "frontend/syntax/parser.h"

namespace singspin::format {

struct Result {
  std::string text;
  std::vector<Untouched> untouched;
};

inline Result format_once(const std::string& text, const syntax::Symbols& symbols = {}) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add("test.sg", text);
  const auto tokens = syntax::lex(sources, file, symbols, diagnostics).tokens;
  const syntax::File tree = syntax::parse(sources, file, tokens, diagnostics);
  Formatted formatted = format(sources, file, tokens, tree, symbols);
  return {format::apply(sources.file(file).text, formatted.edits), std::move(formatted.untouched)};
}

inline std::string formatted(const std::string& text, const syntax::Symbols& symbols = {}) {
  const std::string once = format_once(text, symbols).text;
  EXPECT_EQ(lost(text, once, symbols).value_or("nothing"), "nothing") << text;
  EXPECT_EQ(format_once(once, symbols).text, once) << "not idempotent:\n" << text;
  return once;
}

}  // namespace singspin::format
