#include "frontend/carrier/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace singspin::carrier {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

constexpr std::int64_t kLargest = 1'000'000'000;  // sums of a line of these stay in range
constexpr int kMaxDepth = 200;                    // a line that nests deeper is junk

std::optional<std::int64_t> number(std::string_view digits) {
  if (digits.empty() || digits.size() > 10) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value > kLargest) return std::nullopt;
  return value;
}

class Parser {
 public:
  Parser(std::string_view text, const Definitions& definitions, TestedNames& tested)
      : rest_(text), definitions_(definitions), tested_(tested) {}

  base::Expected<std::int64_t, std::string> run() {
    const std::int64_t value = any();
    skip_blanks();
    if (problem_.empty() && !rest_.empty()) problem_ = fmt::format("`{}` is left over", rest_.substr(0, 20));
    if (!problem_.empty()) return tl::unexpected<std::string>(problem_);
    return value;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  bool accept(std::string_view sign) {
    skip_blanks();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }
  std::int64_t fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    rest_ = {};
    return 0;
  }

  std::int64_t any() {
    std::int64_t value = all();
    while (accept("||")) {
      const std::int64_t right = all();
      value = value != 0 || right != 0;
    }
    return value;
  }
  std::int64_t all() {
    std::int64_t value = equality();
    while (accept("&&")) {
      const std::int64_t right = equality();
      value = value != 0 && right != 0;
    }
    return value;
  }
  std::int64_t equality() {
    std::int64_t value = relation();
    while (true) {
      if (accept("==")) value = value == relation();
      else if (accept("!=")) value = value != relation();
      else return value;
    }
  }
  std::int64_t relation() {
    std::int64_t value = sum();
    while (true) {
      if (accept("<=")) value = value <= sum();
      else if (accept(">=")) value = value >= sum();
      else if (accept("<")) value = value < sum();
      else if (accept(">")) value = value > sum();
      else return value;
    }
  }
  std::int64_t sum() {
    std::int64_t value = unary();
    while (true) {
      if (accept("+")) value = clamp(value + unary());
      else if (accept("-")) value = clamp(value - unary());
      else return value;
    }
  }
  static std::int64_t clamp(std::int64_t value) {
    return std::clamp(value, -kLargest * 1000, kLargest * 1000);
  }

  std::int64_t unary() {
    if (++depth_ > kMaxDepth) return fail("it is nested too deeply");
    std::int64_t value = 0;
    skip_blanks();
    if (!rest_.starts_with("!=") && accept("!")) value = unary() == 0;
    else if (accept("-")) value = -unary();
    else if (accept("(")) value = closed(any());
    else value = primary();
    --depth_;
    return value;
  }
  std::int64_t closed(std::int64_t value) { return accept(")") ? value : fail("a `)` is missing"); }

  std::string_view word() {
    skip_blanks();
    std::size_t length = 0;
    while (length < rest_.size() && (is_letter(rest_[length]) || is_digit(rest_[length]))) ++length;
    const std::string_view result = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return result;
  }
  std::int64_t primary() {
    const std::string_view text = word();
    if (text.empty())
      return fail(rest_.empty() ? "something is missing"
                                : fmt::format("`{}` is not understood", rest_.substr(0, 1)));
    if (is_digit(text.front())) {
      const auto value = number(text);
      return value ? *value : fail(fmt::format("`{}` is not a number", text));
    }
    return text == "defined" ? defined() : value_of(text);
  }
  std::int64_t defined() {
    const bool parenthesis = accept("(");
    const std::string_view name = word();
    if (name.empty() || is_digit(name.front())) return fail("`defined` takes a name");
    tested_.emplace(name);
    const std::int64_t value = definitions_.contains(name);
    return parenthesis ? closed(value) : value;
  }
  std::int64_t value_of(std::string_view name) {
    tested_.emplace(name);
    const auto found = definitions_.find(name);
    if (found == definitions_.end()) return 0;
    std::string_view text = found->second;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto value = number(text);
    if (!value) return fail(fmt::format("`{}` is set to `{}`, which is not a number", name, found->second));
    return negative ? -*value : *value;
  }

  std::string_view rest_;
  const Definitions& definitions_;
  TestedNames& tested_;
  std::string problem_;
  int depth_ = 0;
};

}  // namespace

base::Expected<std::int64_t, std::string> evaluate(std::string_view text, const Definitions& definitions,
                                                   TestedNames& tested) {
  return Parser(text, definitions, tested).run();
}

}  // namespace singspin::carrier
