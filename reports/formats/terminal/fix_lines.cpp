#include "reports/formats/terminal/fix_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "reports/formats/terminal/excerpt.h"
#include "reports/formats/terminal/source_line.h"

namespace singspin::terminal {

namespace {

struct ChangedLine {
  std::uint32_t number = 1;
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> added;  // bytes of `text` that are new
};

std::optional<ChangedLine> change(const source::SourceMap& sources, const diagnostics::Fix& fix) {
  if (fix.edits.empty() || fix.edits.front().span.file.value >= sources.size()) return std::nullopt;
  std::vector<diagnostics::Edit> edits = fix.edits;
  std::ranges::sort(edits, {}, &diagnostics::Edit::span);
  const source::FileId file = edits.front().span.file;
  ChangedLine result;
  result.number = sources.position(file, edits.front().span.begin).line;
  const std::size_t start = sources.line_start(file, result.number);
  const std::string_view line = sources.line_text(file, result.number);
  std::size_t at = 0;
  for (const diagnostics::Edit& edit : edits) {
    if (edit.span.file != file || edit.span.begin < start + at || edit.span.end < edit.span.begin ||
        edit.span.end > start + line.size() || edit.new_text.find_first_of("\r\n") != std::string::npos)
      return std::nullopt;
    result.text += line.substr(at, edit.span.begin - start - at);
    result.added.emplace_back(result.text.size(), result.text.size() + edit.new_text.size());
    result.text += edit.new_text;
    at = edit.span.end - start;
  }
  result.text += line.substr(at);
  return result;
}

}  // namespace

std::string changed_line(const Style& style, const source::SourceMap& sources, unsigned gutter,
                         const diagnostics::Fix& fix) {
  constexpr unsigned kLeastRoom = 16;
  const std::optional<ChangedLine> changed = change(sources, fix);
  if (!changed) return "";
  const SourceLine line(changed->text);
  const unsigned room = std::max(minus(style.width(), gutter + 3), kLeastRoom);
  const unsigned first = line.columns(changed->added.front().first, changed->added.front().second).begin;
  const unsigned total = std::max(line.width(), first + 1);
  const unsigned begin = total <= room ? 0 : std::min(minus(first, room / 2), total - room);
  const Columns window{begin, begin + std::min(total, room)};
  std::string marks;
  for (const auto& [from, to] : changed->added) {
    if (from == to) continue;
    const Columns columns = line.columns(from, to);
    const unsigned left = minus(columns.begin, window.begin);
    const unsigned right = minus(std::min(columns.end, window.end), window.begin);
    marks.resize(std::max<std::size_t>(marks.size(), left), ' ');
    marks.resize(std::max<std::size_t>(marks.size(), right), '+');
  }
  const auto bar = [&](std::string_view left) {
    return style.paint(Tone::Location, fmt::format("{:>{}} |", left, gutter));
  };
  std::string out = bar_line(style, gutter);
  out += fmt::format("{} {}\n", bar(fmt::format("{}", changed->number)), line.cut(window));
  if (!marks.empty()) out += fmt::format("{} {}\n", bar(""), style.paint(Tone::Note, marks));
  return out;
}

}  // namespace singspin::terminal
