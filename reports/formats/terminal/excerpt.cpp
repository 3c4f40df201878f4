#include "reports/formats/terminal/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "reports/formats/terminal/source_line.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

// Narrower terminals get lines that are too long rather than nothing.
constexpr unsigned kLeastRoom = 16;
constexpr unsigned kLeastLabel = 30;

struct PlacedMark {
  std::uint32_t line = 1;
  Columns columns;
  const Mark* mark = nullptr;
};

// Where the mark starts, and how far it goes there: of a span over several lines the first one.
PlacedMark place(const source::SourceMap& sources, const Mark& mark) {
  const source::Span span = mark.span;
  const std::uint32_t line = sources.position(span.file, span.begin).line;
  const std::size_t start = sources.line_start(span.file, line);
  const std::string_view text = sources.line_text(span.file, line);
  const std::size_t begin =
      std::min<std::size_t>(std::max<std::size_t>(span.begin, start) - start, text.size());
  std::size_t end = std::max<std::size_t>(span.end, start) - start;
  if (end > text.size()) {
    const std::size_t last = text.find_last_not_of(" \t");
    end = std::max(begin, last == std::string_view::npos ? 0 : last + 1);
  }
  return {line, SourceLine(text).columns(begin, end), &mark};
}

std::vector<PlacedMark> place_all(const source::SourceMap& sources, const std::vector<Mark>& marks,
                                  source::FileId file) {
  std::vector<PlacedMark> placed;
  for (const Mark& mark : marks) {
    if (mark.span.file == file) placed.push_back(place(sources, mark));
  }
  std::ranges::stable_sort(placed, {}, [](const PlacedMark& p) {
    return std::tuple{p.line, p.columns.begin, p.columns.end};
  });
  return placed;
}

// Prints the lines of one file.
class Printer {
 public:
  Printer(const Style& style, const source::SourceMap& sources, unsigned gutter, Tone main_tone)
      : style_(style), sources_(sources), gutter_(gutter), main_tone_(main_tone) {}

  void file(source::FileId id, const std::vector<PlacedMark>& placed);
  std::string take() { return std::move(out_); }

 private:
  using Group = std::vector<PlacedMark>;

  unsigned room() const { return std::max(minus(style_.width(), gutter_ + 3), kLeastRoom); }
  void gap(source::FileId id, std::uint32_t before, std::uint32_t next);
  void code(std::uint32_t line, std::string_view text);
  void marked_line(source::FileId id, const Group& marks);
  void group(std::uint32_t number, const SourceLine& line, const Group& marks);
  void mark_line(Columns window, const Group& marks);
  void label_below(std::string_view label, unsigned column, Tone tone);
  void below(std::string_view text);
  std::vector<Group> split(const Group& marks) const;
  Columns window(const SourceLine& line, const Group& marks) const;
  Tone mark_tone(const PlacedMark& mark) const { return mark.mark->main ? main_tone_ : Tone::Location; }

  const Style& style_;
  const source::SourceMap& sources_;
  unsigned gutter_;
  Tone main_tone_;
  std::string out_;
};

void Printer::file(source::FileId id, const std::vector<PlacedMark>& placed) {
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < placed.size();) {
    const std::uint32_t line = placed[i].line;
    Group marks;
    for (; i < placed.size() && placed[i].line == line; ++i) marks.push_back(placed[i]);
    if (last > 0) gap(id, last, line);
    marked_line(id, marks);
    last = line;
  }
}

// A gap of one line is shown, a longer one is not.
void Printer::gap(source::FileId id, std::uint32_t before, std::uint32_t next) {
  if (next == before + 2) {
    const SourceLine line(sources_.line_text(id, before + 1));
    code(before + 1, line.cut({0, room()}));
  } else if (next > before + 2) {
    out_ += "...\n";
  }
}

void Printer::code(std::uint32_t line, std::string_view text) {
  out_ += style_.paint(Tone::Location, fmt::format("{:>{}} |", line, gutter_));
  out_ += text.empty() ? "\n" : fmt::format(" {}\n", text);
}

void Printer::below(std::string_view text) {
  out_ += fmt::format("{} {}\n", style_.paint(Tone::Location, std::string(gutter_ + 1, ' ') + "|"), text);
}

void Printer::marked_line(source::FileId id, const Group& marks) {
  const std::uint32_t number = marks.front().line;
  const SourceLine line(sources_.line_text(id, number));
  if (line.width() <= room()) return group(number, line, marks);
  for (const Group& part : split(marks)) group(number, line, part);
}

// Marks of a line that is too long, in groups that can be seen together.
std::vector<Printer::Group> Printer::split(const Group& marks) const {
  const unsigned visible = minus(room(), 6);  // `...` on both sides
  std::vector<Group> groups;
  for (const PlacedMark& mark : marks) {
    const bool fits = !groups.empty() && mark.columns.end <= groups.back().front().columns.begin + visible;
    if (fits) {
      groups.back().push_back(mark);
    } else {
      groups.push_back({mark});
    }
  }
  return groups;
}

// What is shown of the line: all of it, or a piece with the marks in its middle.
Columns Printer::window(const SourceLine& line, const Group& marks) const {
  unsigned begin = marks.front().columns.begin, end = 0;
  for (const PlacedMark& mark : marks) end = std::max(end, mark.columns.end);
  const unsigned total = std::max(line.width(), end), visible = room();
  if (total <= visible) return {0, total};
  const unsigned shown = std::min(end - begin, minus(visible, 6));
  const unsigned start = std::min(minus(begin, (visible - shown) / 2), total - visible);
  return {start, start + visible};
}

void Printer::group(std::uint32_t number, const SourceLine& line, const Group& marks) {
  const Columns shown = window(line, marks);
  code(number, line.cut(shown));
  mark_line(shown, marks);
}

void Printer::mark_line(Columns window, const Group& marks) {
  // The line is laid out as one letter per column, then coloured in runs.
  std::vector<const PlacedMark*> columns;
  for (const PlacedMark& mark : marks) {
    const unsigned begin = minus(mark.columns.begin, window.begin);
    const unsigned end = std::min(mark.columns.end, window.end) - window.begin;
    if (columns.size() < end) columns.resize(end);
    for (unsigned i = begin; i < end; ++i) {
      if (columns[i] == nullptr || mark.mark->main) columns[i] = &mark;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < columns.size();) {
    const PlacedMark* mark = columns[i];
    const std::size_t begin = i;
    while (i < columns.size() && columns[i] == mark) ++i;
    const char letter = mark == nullptr ? ' ' : mark->mark->main ? '^' : '-';
    text += style_.paint(mark == nullptr ? Tone::Plain : mark_tone(*mark), std::string(i - begin, letter));
  }
  // Only the last mark can have its label beside it; of equal marks the first one.
  const PlacedMark& last = *std::ranges::find_if(marks, [&](const PlacedMark& mark) {
    return std::pair{mark.columns.begin, mark.columns.end} ==
           std::pair{marks.back().columns.begin, marks.back().columns.end};
  });
  const auto used = static_cast<unsigned>(columns.size());
  const std::string label = sanitize(last.mark->label);
  const bool beside = !label.empty() && used == std::min(last.columns.end, window.end) - window.begin &&
                      gutter_ + 3 + used + 1 + display_width(label) <= style_.width();
  if (beside) text += " " + style_.paint(mark_tone(last), label);
  below(text);
  for (const PlacedMark& mark : marks) {
    if (beside && &mark == &last) continue;
    label_below(mark.mark->label, minus(mark.columns.begin, window.begin), mark_tone(mark));
  }
}

// Under its mark, moved to the left if there is no room, in several lines if it is long.
void Printer::label_below(std::string_view label, unsigned column, Tone tone) {
  if (label.empty()) return;
  const std::string text = sanitize(label);
  const unsigned needed = std::min(display_width(text), kLeastLabel);
  column = std::min(column, minus(room(), needed));
  for (const std::string& line : wrap(text, minus(room(), column))) {
    below(std::string(column, ' ') + style_.paint(tone, line));
  }
}

// Files in the order of their first mark.
std::vector<source::FileId> files_of(const std::vector<Mark>& marks) {
  std::vector<source::FileId> files;
  for (const Mark& mark : marks) {
    if (std::ranges::find(files, mark.span.file) == files.end()) files.push_back(mark.span.file);
  }
  return files;
}

std::vector<Mark> with_place(const source::SourceMap& sources, const std::vector<Mark>& marks) {
  std::vector<Mark> usable;
  for (const Mark& mark : marks) {
    if (mark.span.file.value < sources.size()) usable.push_back(mark);
  }
  return usable;
}

}  // namespace

unsigned gutter_width(const source::SourceMap& sources, const std::vector<Mark>& marks) {
  std::uint32_t largest = 0;
  for (const Mark& mark : with_place(sources, marks)) {
    largest = std::max(largest, sources.position(mark.span.file, mark.span.begin).line);
  }
  return std::max<unsigned>(2, static_cast<unsigned>(fmt::formatted_size("{}", largest)));
}

std::string bar_line(const Style& style, unsigned gutter) {
  return style.paint(Tone::Location, std::string(gutter + 1, ' ') + "|") + "\n";
}

std::string excerpt(const Style& style, const source::SourceMap& sources, const std::vector<Mark>& marks,
                    Tone main_tone) {
  const std::vector<Mark> usable = with_place(sources, marks);
  const unsigned gutter = gutter_width(sources, usable);
  std::string out;
  for (const source::FileId file : files_of(usable)) {
    const bool first = out.empty();
    const std::vector<PlacedMark> placed = place_all(sources, usable, file);
    if (!first) out += bar_line(style, gutter);
    const source::Span at = first ? usable.front().span : placed.front().mark->span;
    const std::string arrow = std::string(gutter, ' ') + (first ? "-->" : ":::");
    out += fmt::format("{} {}\n", style.paint(Tone::Location, arrow), style.location(sources, at));
    out += bar_line(style, gutter);
    Printer printer(style, sources, gutter, main_tone);
    printer.file(file, placed);
    out += printer.take();
  }
  return out;
}

}  // namespace singspin::terminal
