#include "tests/fuzz/front_end.h"

#include <fmt/format.h>

namespace singspin::fuzz {

void add_text(FrontEnd& front_end, std::string_view raw, const syntax::Symbols& symbols) {
  const source::FileId id = front_end.sources.add(fmt::format("{}.sg", front_end.files.size()), raw);
  front_end.tokens.push_back(syntax::lex(front_end.sources, id, symbols, front_end.diagnostics));
  front_end.files.push_back(
      syntax::parse(front_end.sources, id, front_end.tokens.back().tokens, front_end.diagnostics));
}

void analyze(FrontEnd& front_end) {
  front_end.analysis = sema::analyze(front_end.files, front_end.sources, front_end.diagnostics);
}

FrontEnd run_front_end(std::string_view raw) {
  FrontEnd result;
  add_text(result, raw);
  analyze(result);
  return result;
}

std::vector<std::string_view> split_files(std::string_view bytes) {
  constexpr std::string_view kSeparator = "\n////";
  constexpr std::size_t kMostFiles = 8;
  std::vector<std::string_view> result;
  while (result.size() + 1 < kMostFiles) {
    const std::size_t at = bytes.find(kSeparator);
    if (at == std::string_view::npos) break;
    result.push_back(bytes.substr(0, at + 1));
    bytes.remove_prefix(at + 1);
    bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size()));
  }
  result.push_back(bytes);
  return result;
}

}  // namespace singspin::fuzz
