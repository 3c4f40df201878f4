#include "tests/fuzz/fixes.h"

#include <algorithm>
#include <map>

#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"

namespace singspin::fuzz {

namespace {

using diagnostics::FixChoice;

constexpr std::size_t kMostTriedAlone = 20;

// Comments, strings and sections that are never closed.
std::size_t lexical_errors(std::string_view text, const syntax::Symbols& symbols) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add("0.sg", text);
  const syntax::Tokens tokens = syntax::lex(sources, file, symbols, diagnostics);
  check_tokens(sources, file, tokens.tokens);
  const auto unclosed = std::count_if(tokens.tokens.begin(), tokens.tokens.end(), [](const auto& token) {
    return token.kind == syntax::TokenKind::UnclosedString;
  });
  return diagnostics.list().size() + static_cast<std::size_t>(unclosed);
}

void check_text(const std::string& before, const std::string& after, const syntax::Symbols& symbols) {
  if (before == after) return;
  REQUIRE(lexical_errors(after, symbols) <= lexical_errors(before, symbols),
          "a fix makes no new lexical error");
}

void check_alone(const FrontEnd& front_end, const syntax::Symbols& symbols) {
  std::size_t tried = 0;
  for (const diagnostics::Diagnostic& d : front_end.diagnostics.list()) {
    for (const diagnostics::Fix& fix : d.fixes) {
      if (++tried > kMostTriedAlone) return;
      std::map<source::FileId, std::vector<diagnostics::Edit>> edits;
      for (const diagnostics::Edit& edit : fix.edits) edits[edit.span.file].push_back(edit);
      for (const auto& [file, list] : edits) {
        const std::string& text = front_end.sources.file(file).text;
        const std::string after = diagnostics::apply_edits(text, list);
        REQUIRE(after != text, "a fix changes something");
        check_text(text, after, symbols);
      }
    }
  }
}

// What a contract is, without the places of its rows.
std::map<std::string, std::string> meanings(const FrontEnd& front_end) {
  std::map<std::string, std::string> result;
  for (const ir::Contract& contract : front_end.analysis.program.contracts) {
    std::string& meaning = result[contract.qualified_name];
    const std::string dump = ir::dump(contract, front_end.sources);
    for (std::size_t at = 0; at < dump.size();) {
      const std::size_t end = std::min(dump.find('\n', at), dump.size());
      const std::string_view line = std::string_view(dump).substr(at, end - at);
      const std::size_t place = line.rfind("  ");
      const bool has_place = place != std::string_view::npos && place > line.find_first_not_of(' ');
      meaning.append(line.substr(0, has_place ? place : line.size())).push_back('\n');
      at = end + 1;
    }
  }
  return result;
}

void check_safe(const FrontEnd& front_end, const std::vector<std::string>& texts,
                const syntax::Symbols& symbols) {
  FrontEnd fixed;
  bool changed = false;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    changed = changed || texts[i] != front_end.sources.file(source::FileId{i}).text;
    add_text(fixed, texts[i], symbols);
  }
  if (!changed) return;
  analyze(fixed);
  const auto before = meanings(front_end), after = meanings(fixed);
  for (const auto& [name, meaning] : before) {
    const auto same = after.find(name);
    REQUIRE(same != after.end() && same->second == meaning, "a safe fix keeps what contracts mean");
  }
}

}  // namespace

std::vector<std::string> apply_fixes(const source::SourceMap& sources,
                                     const diagnostics::Diagnostics& diagnostics, FixChoice choice) {
  std::vector<source::FileId> files;
  for (std::uint32_t i = 0; i < sources.size(); ++i) files.push_back(source::FileId{i});
  std::vector<std::vector<diagnostics::Edit>> edits(sources.size());
  for (const diagnostics::ChosenFix& chosen : diagnostics::choose_fixes(diagnostics.list(), choice, files)) {
    REQUIRE(choice == FixChoice::All || chosen.fix->safe, "only safe fixes are chosen");
    for (const diagnostics::Edit& edit : chosen.fix->edits) edits[edit.span.file.value].push_back(edit);
  }
  std::vector<std::string> texts;
  for (const source::FileId file : files)
    texts.push_back(diagnostics::apply_edits(sources.file(file).text, std::move(edits[file.value])));
  return texts;
}

void check_fixes(const FrontEnd& front_end, const syntax::Symbols& symbols) {
  check_alone(front_end, symbols);
  for (const FixChoice choice : {FixChoice::Safe, FixChoice::All}) {
    const std::vector<std::string> texts = apply_fixes(front_end.sources, front_end.diagnostics, choice);
    for (std::uint32_t i = 0; i < texts.size(); ++i)
      check_text(front_end.sources.file(source::FileId{i}).text, texts[i], symbols);
    if (choice == FixChoice::Safe) check_safe(front_end, texts, symbols);
  }
}

}  // namespace singspin::fuzz
