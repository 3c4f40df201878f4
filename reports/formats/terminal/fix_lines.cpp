#include "reports/formats/terminal/fix_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "frontend/diagnostics/edits.h"
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

// Neighbouring lines that change together.
struct Hunk {
  std::uint32_t first = 1, last = 1;  // lines of the text as it is
  std::vector<diagnostics::Edit> edits;
};

std::vector<Hunk> hunks_of(const source::SourceMap& sources, const diagnostics::Fix& fix) {
  std::vector<diagnostics::Edit> edits = fix.edits;
  std::ranges::sort(edits, {}, &diagnostics::Edit::span);
  std::vector<Hunk> hunks;
  for (diagnostics::Edit& edit : edits) {
    const source::FileId file = edit.span.file;
    if (file != edits.front().span.file) continue;
    const std::uint32_t first = sources.position(file, edit.span.begin).line;
    const std::uint32_t last = sources.position(file, edit.span.end).line;
    if (hunks.empty() || hunks.back().last < first) hunks.push_back({first, last, {}});
    hunks.back().last = std::max(hunks.back().last, last);
    hunks.back().edits.push_back(std::move(edit));
  }
  return hunks;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// Before and after, without the lines that stay at both rims.
struct Change {
  std::uint32_t line = 1;
  std::vector<std::string> before, after;
};

Change change_of(const source::SourceMap& sources, source::FileId file, Hunk hunk) {
  const std::string_view text = sources.file(file).text;
  const std::uint32_t begin = sources.line_start(file, hunk.first);
  const std::uint32_t end = sources.line_start(file, hunk.last + 1);
  const std::string_view old = text.substr(begin, std::max(end, begin) - begin);
  for (diagnostics::Edit& edit : hunk.edits) {
    edit.span.begin -= begin;
    edit.span.end -= begin;
  }
  Change change{hunk.first, lines_of(old), lines_of(diagnostics::apply_edits(old, std::move(hunk.edits)))};
  auto &before = change.before, &after = change.after;
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
  while (!before.empty() && !after.empty() && before.front() == after.front()) {
    before.erase(before.begin());
    after.erase(after.begin());
    ++change.line;
  }
  return change;
}

}  // namespace

std::string changed_lines(const Style& style, const source::SourceMap& sources, const diagnostics::Fix& fix) {
  if (fix.edits.empty() || fix.edits.front().span.file.value >= sources.size()) return "";
  const source::FileId file = std::ranges::min(fix.edits, {}, &diagnostics::Edit::span).span.file;
  std::vector<Change> changes;
  std::uint32_t largest = 10;
  std::int64_t longer = 0;
  for (Hunk& hunk : hunks_of(sources, fix)) {
    changes.push_back(change_of(sources, file, std::move(hunk)));
    longer += static_cast<std::int64_t>(changes.back().after.size()) -
              static_cast<std::int64_t>(changes.back().before.size());
    const auto size = std::max(changes.back().before.size(), changes.back().after.size());
    largest = std::max(
        largest, changes.back().line + static_cast<std::uint32_t>(size + std::max<std::int64_t>(longer, 0)));
  }
  const unsigned gutter = static_cast<unsigned>(fmt::format("{}", largest).size());
  const unsigned room = std::max(minus(style.width(), gutter + 3), 16u);
  std::string out;
  longer = 0;
  for (const Change& one : changes) {
    const auto add = [&](const std::vector<std::string>& lines, std::int64_t first, char sign, Tone tone) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const SourceLine line(lines[i]);
        const std::string left = fmt::format("{:>{}} {}", first + static_cast<std::int64_t>(i), gutter, sign);
        const std::string text = line.cut({0, std::min(line.width(), room)});
        out += text.empty() ? left + "\n" : fmt::format("{} {}\n", style.paint(tone, left), text);
      }
    };
    add(one.before, one.line, '-', Tone::Error);
    add(one.after, one.line + longer, '+', Tone::Note);
    longer += static_cast<std::int64_t>(one.after.size()) - static_cast<std::int64_t>(one.before.size());
  }
  return out;
}

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
