#include "frontend/diagnostics/edits.h"

#include <algorithm>
#include <set>

namespace singspin::diagnostics {

namespace {

const Fix* chosen(const Diagnostic& d, FixChoice choice) {
  const auto safe = std::find_if(d.fixes.begin(), d.fixes.end(), [](const Fix& f) { return f.safe; });
  if (safe != d.fixes.end()) return &*safe;
  return choice == FixChoice::All && d.fixes.size() == 1 ? &d.fixes.front() : nullptr;
}

// The spans that are taken, none of which touches another. Insertions at one place touch.
class Taken {
 public:
  bool is_free(const source::Span& s) const {
    const auto after = spans_.lower_bound({s.file, s.begin, 0});
    if (after != spans_.end() && after->file == s.file && after->begin <= s.end) return false;
    if (after == spans_.begin()) return true;
    const source::Span& before = *std::prev(after);
    return before.file != s.file || before.end < s.begin;
  }
  void take(const source::Span& s) { spans_.insert(s); }
  void release(const source::Span& s) { spans_.erase(s); }

 private:
  std::set<source::Span> spans_;
};

// All edits of a fix, or none.
bool take_all(Taken& taken, const Fix& fix) {
  for (std::size_t i = 0; i < fix.edits.size(); ++i) {
    const source::Span& s = fix.edits[i].span;
    if (s.begin <= s.end && taken.is_free(s)) {
      taken.take(s);
      continue;
    }
    while (i > 0) taken.release(fix.edits[--i].span);
    return false;
  }
  return !fix.edits.empty();
}

std::string_view line_end_of(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos || text[at] == '\n') return "\n";
  return text.substr(at, 2) == "\r\n" ? "\r\n" : "\r";
}

}  // namespace

std::string with_line_ends_of(std::string_view text, std::string_view new_text) {
  const std::string_view line_end = line_end_of(text);
  std::string out;
  for (const char c : new_text) c == '\n' ? void(out += line_end) : out.push_back(c);
  return out;
}

std::vector<ChosenFix> choose_fixes(const std::vector<Diagnostic>& list, FixChoice choice,
                                    const std::vector<source::FileId>& files) {
  const std::set<source::FileId> allowed(files.begin(), files.end());
  std::vector<ChosenFix> result;
  Taken taken;
  for (const Diagnostic& d : list) {
    const Fix* fix = d.suppressed ? nullptr : chosen(d, choice);
    if (fix == nullptr) continue;
    const bool inside = std::all_of(fix->edits.begin(), fix->edits.end(), [&](const Edit& e) {
      return e.span.file == fix->edits.front().span.file && allowed.contains(e.span.file);
    });
    if (inside && take_all(taken, *fix)) result.push_back({&d, fix});
  }
  return result;
}

std::string apply_edits(std::string_view text, std::vector<Edit> edits, LineEnds line_ends) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    CHECK(at <= edit.span.begin && edit.span.begin <= edit.span.end && edit.span.end <= text.size(),
          "edits do not overlap and lie inside the text");
    out.append(text.substr(at, edit.span.begin - at));
    out += line_ends == LineEnds::OfText ? with_line_ends_of(text, edit.new_text) : edit.new_text;
    at = edit.span.end;
  }
  return out.append(text.substr(at));
}

}  // namespace singspin::diagnostics
