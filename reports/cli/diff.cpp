#include "reports/cli/diff.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::cli {

using diagnostics::Edit;

namespace {

constexpr std::size_t kContext = 3;

using Lines = std::vector<std::string_view>;  // each with its line end, but maybe the last

Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// Old lines from `first` to before `end` become `text`.
struct Change {
  std::size_t first;
  std::size_t end;
  std::string text;
};

class Differ {
 public:
  Differ(std::string_view path, std::string_view text) : path_(path), text_(text), lines_(split(text)) {
    for (const std::string_view line : lines_) starts_.push_back(line.data() - text.data());
  }

  std::string run(const std::vector<Edit>& edits) {
    const std::vector<Change> changes = changed_lines(edits);
    if (changes.empty()) return {};
    std::string out = fmt::format("--- {}\n+++ {}\n", path_, path_);
    std::ptrdiff_t shift = 0;  // of line numbers, by the hunks before
    for (auto first = changes.begin(); first != changes.end();) {
      auto end = first + 1;
      while (end != changes.end() && end->first <= (end - 1)->end + 2 * kContext) ++end;
      out += hunk(first, end, shift);
      first = end;
    }
    return out;
  }

 private:
  using Iterator = std::vector<Change>::const_iterator;

  std::size_t line_of(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return after == starts_.begin() ? 0 : after - starts_.begin() - 1;
  }
  std::size_t offset_of(std::size_t line) const {
    return line < starts_.size() ? starts_[line] : text_.size();
  }

  // Edits that touch a common line make one change; equal lines at its ends are no part of it.
  std::vector<Change> changed_lines(const std::vector<Edit>& edits) const {
    std::vector<Change> changes;
    for (auto edit = edits.begin(); edit != edits.end();) {
      const std::size_t first = line_of(edit->span.begin);
      std::size_t end = first, at = offset_of(first);
      std::string text;
      for (; edit != edits.end() && (end == first || line_of(edit->span.begin) < end); ++edit) {
        text += text_.substr(at, edit->span.begin - at);
        text += edit->new_text;
        at = edit->span.end;
        end = std::max(end, line_of(edit->span.end) + 1);
      }
      text += text_.substr(at, offset_of(end) - at);
      trim(changes, first, std::min(end, lines_.size()), text);
    }
    return changes;
  }

  void trim(std::vector<Change>& changes, std::size_t first, std::size_t end, std::string_view text) const {
    const Lines now = split(text);
    std::size_t begin = 0, behind = now.size();
    while (first < end && begin < behind && lines_[first] == now[begin]) ++first, ++begin;
    while (first < end && begin < behind && lines_[end - 1] == now[behind - 1]) --end, --behind;
    if (first == end && begin == behind) return;
    std::string changed;
    for (std::size_t i = begin; i < behind; ++i) changed += now[i];
    if (changes.empty() || changes.back().end != first)
      return changes.push_back({first, end, std::move(changed)});
    changes.back().end = end;
    changes.back().text += changed;
  }

  static void add(std::string& out, char sign, std::string_view line) {
    out += sign;
    out += line;
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }

  std::string hunk(Iterator first, Iterator end, std::ptrdiff_t& shift) const {
    const std::size_t begin = first->first - std::min(first->first, kContext);
    const std::size_t behind = std::min(lines_.size(), (end - 1)->end + kContext);
    std::string body;
    std::size_t at = begin, added = 0, removed = 0;
    for (auto change = first; change != end; ++change) {
      for (; at < change->first; ++at) add(body, ' ', lines_[at]);
      for (; at < change->end; ++at, ++removed) add(body, '-', lines_[at]);
      for (const std::string_view line : split(change->text)) add(body, '+', line), ++added;
    }
    for (; at < behind; ++at) add(body, ' ', lines_[at]);
    const std::size_t old_count = behind - begin, new_count = old_count + added - removed;
    const auto start = [](std::ptrdiff_t line, std::size_t count) { return count == 0 ? line : line + 1; };
    const auto old_begin = static_cast<std::ptrdiff_t>(begin);
    const std::string head = fmt::format("@@ -{},{} +{},{} @@\n", start(old_begin, old_count), old_count,
                                         start(old_begin + shift, new_count), new_count);
    shift += static_cast<std::ptrdiff_t>(added) - static_cast<std::ptrdiff_t>(removed);
    return head + body;
  }

  std::string_view path_;
  std::string_view text_;
  Lines lines_;
  std::vector<std::size_t> starts_;
};

}  // namespace

std::string unified_diff(std::string_view path, std::string_view text, const std::vector<Edit>& edits) {
  return Differ(path, text).run(edits);
}

}  // namespace singspin::cli
