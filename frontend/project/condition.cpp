#include "frontend/project/condition.h"

#include "frontend/project/disk.h"

namespace singspin::project {

namespace {

constexpr int kMaxDepth = 100;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool ends_word(char c) { return is_space(c) || c == '(' || c == ')' || c == '=' || c == '!' || c == '\''; }

class Parser {
 public:
  Parser(std::string_view text, const Properties& properties,
         const std::function<bool(const std::string&)>& exists)
      : rest_(text), properties_(properties), exists_(exists) {}

  std::optional<bool> parse() {
    const Value value = any();
    skip_space();
    return rest_.empty() ? value : std::nullopt;
  }

 private:
  using Value = std::optional<bool>;

  void skip_space() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }
  bool accept(std::string_view text) {
    skip_space();
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  bool accept_word(std::string_view word) {
    skip_space();
    const bool there = equal_ignoring_case(rest_.substr(0, word.size()), word) &&
                       (rest_.size() == word.size() || ends_word(rest_[word.size()]));
    if (there) rest_.remove_prefix(word.size());
    return there;
  }

  // Any = All { "or" All } ;  All = Unary { "and" Unary } ;
  Value any() {
    Value left = all();
    while (left && accept_word("or")) {
      const Value right = all();
      left = right ? Value(*left || *right) : std::nullopt;
    }
    return left;
  }
  Value all() {
    Value left = unary();
    while (left && accept_word("and")) {
      const Value right = unary();
      left = right ? Value(*left && *right) : std::nullopt;
    }
    return left;
  }

  // Unary = "!" Unary | "(" Any ")" | "Exists" "(" Text ")" | Text [ ( "==" | "!=" ) Text ] ;
  Value unary() {
    if (++depth_ > kMaxDepth) return std::nullopt;
    Value value;
    if (accept("!")) {
      value = unary();
      if (value) value = !*value;
    } else if (accept("(")) {
      value = any();
      if (value && !accept(")")) value.reset();
    } else if (accept_word("Exists")) {
      value = exists();
    } else {
      value = comparison();
    }
    --depth_;
    return value;
  }

  Value exists() {
    if (!accept("(")) return std::nullopt;
    const std::optional<std::string> path = text();
    if (!path || !accept(")")) return std::nullopt;
    return exists_(*path);
  }

  Value comparison() {
    const std::optional<std::string> left = text();
    if (!left) return std::nullopt;
    const bool equal = accept("==");
    if (!equal && !accept("!=")) {
      if (equal_ignoring_case(*left, "true")) return true;
      if (equal_ignoring_case(*left, "false")) return false;
      return std::nullopt;
    }
    const std::optional<std::string> right = text();
    if (!right) return std::nullopt;
    return equal_ignoring_case(*left, *right) == equal;
  }

  std::optional<std::string> text() {
    if (accept("'")) {
      const std::size_t end = rest_.find('\'');
      if (end == std::string_view::npos) return std::nullopt;
      return take(end, 1);
    }
    std::size_t length = 0;
    if (rest_.starts_with("$(")) length = rest_.find(')') == std::string_view::npos ? 0 : rest_.find(')') + 1;
    while (length < rest_.size() && !ends_word(rest_[length])) ++length;
    if (length == 0) return std::nullopt;
    return take(length, 0);
  }
  // Item lists and metadata are not known here. nullopt then, as for functions of properties.
  std::optional<std::string> take(std::size_t length, std::size_t behind) {
    const std::string_view raw = rest_.substr(0, length);
    rest_.remove_prefix(length + behind);
    if (raw.find("@(") != std::string_view::npos || raw.find("%(") != std::string_view::npos ||
        raw.find("$([") != std::string_view::npos)
      return std::nullopt;
    return properties_.expand_all(raw);
  }

  std::string_view rest_;
  const Properties& properties_;
  const std::function<bool(const std::string&)>& exists_;
  int depth_ = 0;
};

}  // namespace

std::optional<bool> evaluate_condition(std::string_view text, const Properties& properties,
                                       const std::function<bool(const std::string&)>& exists) {
  return Parser(text, properties, exists).parse();
}

}  // namespace singspin::project
