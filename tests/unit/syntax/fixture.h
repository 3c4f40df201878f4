// Text through the layers of `syntax`, and every small way to break a text.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "frontend/syntax/parser.h"

namespace singspin::syntax {

// Stays where it is: tokens, trees and diagnostics point into `sources`.
struct Front {
  source::SourceMap sources;
  source::FileId id;
  diagnostics::Diagnostics diagnostics;
  std::vector<Token> tokens;
  Symbols tested;
  File file;

  // "SS0003 1:5 of each diagnostic", in the order of their reporting.
  std::vector<std::string> reported() const {
    std::vector<std::string> all;
    for (const diagnostics::Diagnostic& d : diagnostics.list()) {
      const source::Position at = sources.position(id, d.span->begin);
      all.push_back(diagnostics::code_text(d.code) + " " + std::to_string(at.line) + ":" + std::to_string(at.column));
    }
    return all;
  }
};

inline std::unique_ptr<Front> read_text(std::string_view text, const Symbols& symbols = {}) {
  auto front = std::make_unique<Front>();
  front->id = front->sources.add("case.sg", text);
  Tokens tokens = lex(front->sources, front->id, symbols, front->diagnostics);
  front->tokens = std::move(tokens.tokens);
  front->tested = std::move(tokens.tested_symbols);
  front->file = parse(front->sources, front->id, front->tokens, front->diagnostics);
  return front;
}

inline void expect_inside(const source::SourceMap& sources, source::Span span, const std::string& what) {
  ASSERT_LT(span.file.value, sources.size()) << what;
  // What is missing at the end of a file is marked right behind it.
  EXPECT_LE(span.begin, sources.file(span.file).text.size()) << what;
  EXPECT_LE(span.end, sources.file(span.file).text.size() + 1) << what;
  EXPECT_LE(span.begin, span.end) << what;
}

// Every span of every diagnostic lies inside its file.
inline void expect_spans_inside(const source::SourceMap& sources, const diagnostics::Diagnostics& diagnostics) {
  for (const diagnostics::Diagnostic& d : diagnostics.list()) {
    ASSERT_TRUE(d.span) << d.message;
    expect_inside(sources, *d.span, d.message);
    EXPECT_FALSE(d.message.empty());
    EXPECT_EQ(d.message.find('\n'), std::string::npos) << d.message;
    if (d.help_span) expect_inside(sources, *d.help_span, d.message);
    for (const diagnostics::Label& label : d.labels) expect_inside(sources, label.span, d.message);
    for (const diagnostics::Fix& fix : d.fixes) {
      for (const diagnostics::Edit& edit : fix.edits) expect_inside(sources, edit.span, d.message);
    }
  }
}

// The contracts among the golden cases of the front end, without the few that are there to be huge.
inline std::vector<std::string> sample_texts() {
  namespace fs = std::filesystem;
  constexpr std::size_t kLargest = 2000;
  std::vector<fs::path> paths;
  for (const char* area : {"parse", "rules", "machine", "names"}) {
    const fs::path folder = fs::path(SINGSPIN_SOURCE_DIR) / "tests" / "golden" / area;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".sg" || entry.path().extension() == ".cs") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.size() <= kLargest) texts.push_back(source::decode_text(text));
  }
  return texts;
}

// `text` with each token deleted, doubled, and swapped with the next one.
inline void for_each_mutation(const std::string& text, const std::function<void(const std::string&)>& visit) {
  const auto front = read_text(text);
  const std::vector<Token>& tokens = front->tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Token t = tokens[i], next = tokens[i + 1];
    const std::string word = text.substr(t.begin, t.end - t.begin);
    const std::string other = text.substr(next.begin, next.end - next.begin);
    visit(text.substr(0, t.begin) + text.substr(t.end));
    visit(text.substr(0, t.end) + " " + word + text.substr(t.end));
    visit(text.substr(0, t.begin) + other + text.substr(t.end, next.begin - t.end) + word + text.substr(next.end));
  }
}

}  // namespace singspin::syntax
