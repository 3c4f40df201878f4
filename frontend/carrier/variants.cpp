#include "frontend/carrier/variants.h"

#include <fmt/format.h>

#include <vector>

#include "frontend/carrier/condition.h"

namespace singspin::carrier {

namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// A comment behind a directive is not part of it.
std::string_view without_comment(std::string_view text) {
  return trim(text.substr(0, std::min(text.find("//"), text.find("/*"))));
}

class Selector {
 public:
  Selector(std::string text, source::FileId file, const Definitions& definitions, TestedNames& tested,
           diagnostics::Diagnostics& diagnostics)
      : text_(std::move(text)),
        file_(file),
        definitions_(definitions),
        tested_(tested),
        diagnostics_(diagnostics) {}

  std::string run() {
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      while (end < text_.size() && !is_line_end(text_[end])) ++end;
      line(at, end);
      at = end + 1;
    }
    for (const Section& s : sections_) report(s.span, "`#if` without `#endif`");
    return std::move(text_);
  }

 private:
  struct Section {
    bool outer_live, taken, live, else_seen;
    source::Span span;
  };
  bool live() const { return sections_.empty() || sections_.back().live; }

  void line(std::size_t begin, std::size_t end) {
    std::size_t first = begin;
    while (first < end && is_blank(text_[first])) ++first;
    const bool is_directive = !in_comment_ && first < end && text_[first] == '#';
    if (is_directive) directive(first, end);
    else if (live()) follow_comments(first, end);
    if (is_directive || !live()) mask(begin, end);
  }
  void mask(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) text_[i] = ' ';
  }

  // A `#` inside a comment over several lines is no directive.
  void follow_comments(std::size_t at, std::size_t end) {
    const std::string_view line = std::string_view(text_).substr(0, end);
    while (at < end) {
      if (in_comment_) {
        const std::size_t close = line.find("*/", at);
        in_comment_ = close == std::string_view::npos;
        at = in_comment_ ? end : close + 2;
      } else if (line[at] == '"') {
        const std::size_t close = line.find('"', at + 1);
        at = close == std::string_view::npos ? end : close + 1;
      } else if (line.substr(at, 2) == "//") {
        at = end;
      } else {
        in_comment_ = line.substr(at, 2) == "/*";
        at += in_comment_ ? 2 : 1;
      }
    }
  }

  void directive(std::size_t begin, std::size_t end) {
    const std::string line(text_, begin + 1, end - begin - 1);
    const std::string_view text = trim(line);
    const source::Span span{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    std::size_t length = 0;
    while (length < text.size() && is_word(text[length])) ++length;
    const std::string_view word = text.substr(0, length), rest = without_comment(text.substr(length));
    if (word == "if") return open(live() && holds(rest, span), span);
    if (word == "ifdef" || word == "ifndef")
      return open(live() && is_set(rest, span) == (word == "ifdef"), span);
    if (word == "elif") return branch(rest, false, span);
    if (word == "else") return branch({}, true, span);
    if (word == "endif") return close(span);
    if (live()) report(span, fmt::format("`#{}` is no directive of annotations", word));
  }

  void open(bool value, source::Span span) {
    const bool outer = live();
    sections_.push_back({outer, value, value, false, span});
  }
  void branch(std::string_view condition, bool is_else, source::Span span) {
    if (sections_.empty() || sections_.back().else_seen)
      return report(span, fmt::format("`#{}` without a matching `#if`", is_else ? "else" : "elif"));
    Section& section = sections_.back();
    section.else_seen = is_else;
    section.live = section.outer_live && !section.taken && (is_else || holds(condition, span));
    section.taken = section.taken || section.live;
  }
  void close(source::Span span) {
    if (sections_.empty()) return report(span, "`#endif` without a matching `#if`");
    sections_.pop_back();
  }

  bool holds(std::string_view condition, source::Span span) {
    const auto value = evaluate(condition, definitions_, tested_);
    if (!value) report(span, fmt::format("the condition is not understood: {}", value.error()));
    return value && *value != 0;
  }
  bool is_set(std::string_view name, source::Span span) {
    const bool good = !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
                      std::all_of(name.begin(), name.end(), is_word);
    if (!good) report(span, "`#ifdef` and `#ifndef` take one name");
    else tested_.emplace(name);
    return definitions_.contains(name);
  }

  void report(source::Span span, std::string message) {
    constexpr std::size_t kMost = 1000;
    if (++reported_ <= kMost) diagnostics_.add(diagnostics::Code::bad_directive, span, std::move(message));
  }

  std::string text_;
  source::FileId file_;
  const Definitions& definitions_;
  TestedNames& tested_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Section> sections_;
  bool in_comment_ = false;
  std::size_t reported_ = 0;
};

}  // namespace

std::string select_variant(std::string text, source::FileId file, const Definitions& definitions,
                           TestedNames& tested, diagnostics::Diagnostics& diagnostics) {
  return Selector(std::move(text), file, definitions, tested, diagnostics).run();
}

}  // namespace singspin::carrier
