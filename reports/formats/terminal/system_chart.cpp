#include "reports/formats/terminal/system_chart.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

constexpr unsigned kFirstColumn = 15;  // counted from 0
constexpr unsigned kLeastGap = 17;
constexpr std::size_t kMostRows = 24, kFirstRows = 4, kLastRows = 12;

struct Row {
  std::size_t first = 0, last = 0;  // steps
};

// A line of columns; each cell is one displayed character.
class Line {
 public:
  void put(unsigned column, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const Glyph glyph = glyph_at(text, at);
      at += std::max<std::size_t>(glyph.bytes, 1);
      if (glyph.width == 0 && column > 0) {
        cell(column - 1) += glyph.text;
        continue;
      }
      cell(column) = glyph.text;
      for (unsigned i = 1; i < glyph.width; ++i) cell(column + i).clear();
      column += glyph.width;
    }
  }
  std::string text() const {
    std::string out;
    for (const std::string& c : cells_) out += c;
    while (out.ends_with(' ')) out.pop_back();
    return out;
  }
  unsigned width() const { return static_cast<unsigned>(cells_.size()); }

 private:
  std::string& cell(unsigned column) {
    while (cells_.size() <= column) cells_.emplace_back(" ");
    return cells_[column];
  }
  std::vector<std::string> cells_;
};

class Chart {
 public:
  Chart(const SystemView& view, const Style& style) : view_(view), style_(style) {
    make_rows();
    for (std::size_t i = 0; i < view.steps().size(); ++i) add(view.steps()[i].step.process);
    if (view.row().explanation) {
      for (const ir::ProcessId id : view.row().explanation->cycle) add(id);
    }
    for (const ir::ProcessId id : threads_) {
      gap_ = std::max(gap_, display_width(view.process(id)) + 3);
    }
    for (const Row& row : rows_) gap_ = std::max(gap_, label_width(row));
  }

  std::string run() {
    std::string out = header();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_.size() > kMostRows && i == kFirstRows) {
        const std::size_t next = rows_.size() - kLastRows;
        out += fmt::format("    ... {} steps ...\n", rows_[next].first - rows_[i].first);
        i = next;
      }
      out += row(rows_[i]);
    }
    return out + ending();
  }

 private:
  void add(ir::ProcessId id) {
    if (std::ranges::find(threads_, id) == threads_.end()) threads_.push_back(id);
  }
  unsigned column(ir::ProcessId id) const {
    const auto at = std::ranges::find(threads_, id) - threads_.begin();
    return kFirstColumn + static_cast<unsigned>(at) * gap_;
  }

  const report::Passing* passing(std::size_t step) const {
    const report::ToldStep& told = view_.steps()[step];
    return told.messages.size() == 1 ? &told.messages.front() : nullptr;
  }

  // A send and its receive share a row when they are neighbours.
  void make_rows() {
    for (std::size_t i = 0; i < view_.steps().size(); ++i) {
      const report::Passing* p = passing(i);
      const bool joined = p != nullptr && p->send && p->taken_at == i + 1 && passing(i + 1) != nullptr;
      rows_.push_back({i, joined ? i + 1 : i});
      if (joined) ++i;
    }
  }

  std::string label(const Row& row) const {
    const report::Passing* p = passing(row.first);
    return p == nullptr ? "" : sanitize(view_.interpreter().contract(p->port).messages[p->message].name);
  }
  unsigned label_width(const Row& row) const {
    return row.last > row.first ? display_width(label(row)) + 9 : 0;
  }

  std::string header() const {
    Line line;
    line.put(3, "step");
    for (const ir::ProcessId id : threads_) line.put(column(id) - 3, view_.process(id));
    return line.text() + "\n";
  }

  std::string row(const Row& row) const {
    Line line;
    line.put(4, row.last > row.first ? fmt::format("{},{}", row.first + 1, row.last + 1)
                                     : fmt::format("{}", row.first + 1));
    for (const ir::ProcessId id : threads_) line.put(column(id), style_.glyphs().lifeline);
    const ir::ProcessId actor = view_.steps()[row.first].step.process;
    std::string note;
    if (row.last > row.first)
      arrow(line, column(actor), column(view_.steps()[row.last].step.process), label(row));
    else note = mark(line, row.first, actor);
    std::string margin = place(row);
    for (const std::string& word : {note, tokens(row)}) {
      if (!word.empty()) margin += "  " + word;
    }
    const unsigned right = kFirstColumn + static_cast<unsigned>(threads_.size() - 1) * gap_ + 4;
    line.put(std::max(right, line.width() + 2), margin);
    return line.text() + "\n";
  }

  void arrow(Line& line, unsigned from, unsigned to, const std::string& label) const {
    const Glyphs& g = style_.glyphs();
    const unsigned low = std::min(from, to) + 1, high = std::max(from, to);
    if (high <= low) return;
    for (unsigned c = low; c < high; ++c) line.put(c, g.dash);
    const bool right = to > from;
    line.put(right ? high - 1 : low, right ? g.right : g.left);
    const unsigned width = display_width(label) + 2, room = high - low;
    if (width < room) line.put(low + (room - width) / 2, " " + label + " ");
  }

  // A step without a partner; what does not fit beside its lifeline goes to the margin.
  std::string mark(Line& line, std::size_t step, ir::ProcessId actor) const {
    const bool last_one = actor == threads_.back();
    const unsigned at = column(actor);
    std::string words = view_.step_words(step);
    const report::Passing* p = passing(step);
    if (p != nullptr && p->send && !p->taken_at) words += " (never received)";
    line.put(at, view_.steps()[step].faulty ? style_.glyphs().bad : style_.glyphs().step);
    const bool fits = !last_one && display_width(words) + 3 < gap_;
    if (fits) line.put(at + 2, words);
    return fits ? "" : words;
  }

  std::string place(const Row& row) const {
    const source::SourceMap& sources = view_.report().sources;
    source::Span span = view_.edge(row.first).span;
    if (view_.is_generated(view_.steps()[row.first].step.process)) span = view_.edge(row.last).span;
    if (span.file.value >= sources.size()) return "";
    const auto line = sources.position(span.file, span.begin).line;
    if (span.file == view_.main().file) return fmt::format(":{}", line);
    const std::string& path = sources.file(span.file).path;
    return sanitize(fmt::format("{}:{}", path.substr(path.rfind('/') + 1), line));
  }

  std::string tokens(const Row& row) const {
    std::vector<std::string> words;
    for (std::size_t i = row.first; i <= row.last; ++i) {
      for (const report::TokenMove& move : view_.steps()[i].tokens) {
        std::string word = sanitize(report::token_id(view_.system(), move.block));
        if (std::ranges::find(words, word) == words.end()) words.push_back(std::move(word));
      }
    }
    return join(words, ", ");
  }

  std::vector<std::string> state_of(ir::ProcessId id) const {
    const explore::Waiting* waiting = view_.waiting(id);
    if (waiting == nullptr || view_.row().run.violation) return {};
    std::vector<std::string> lines = {"blocked", "needs " + view_.needs(*waiting)};
    for (const explore::HeldLock& lock : view_.row().explanation->locks) {
      if (lock.holder == id) lines.push_back("holds lock " + sanitize(view_.system().locks[lock.lock].name));
    }
    return lines;
  }

  std::string ending() const {
    std::size_t height = 0;
    for (const ir::ProcessId id : threads_) height = std::max(height, state_of(id).size());
    std::string out;
    for (std::size_t i = 0; i < height; ++i) {
      Line line;
      for (const ir::ProcessId id : threads_) {
        const std::vector<std::string> lines = state_of(id);
        if (i >= lines.size()) continue;
        const unsigned at = column(id) - 3;
        if (i == 0) line.put(at, fmt::format("{} {}", style_.glyphs().bad, lines[i]));
        else line.put(at + 2, fit(lines[i], gap_ - 2));
      }
      out += line.text() + "\n";
    }
    return out;
  }

  const SystemView& view_;
  const Style& style_;
  std::vector<Row> rows_;
  std::vector<ir::ProcessId> threads_;  // in order of first appearance
  unsigned gap_ = kLeastGap;
};

}  // namespace

std::string system_chart(const SystemView& view, const Style& style) {
  if (view.steps().empty()) return "";
  return Chart(view, style).run();
}

}  // namespace singspin::terminal
