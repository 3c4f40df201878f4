#include "frontend/project/condition.h"

#include "frontend/base/boolean_parser.h"
#include "frontend/project/disk.h"

namespace singspin::project {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool ends_word(char c) { return is_blank(c) || c == '(' || c == ')' || c == '=' || c == '!' || c == '\''; }

class ConditionParser : public base::BooleanParser<ConditionParser> {
 public:
  ConditionParser(std::string_view text, const Properties& properties,
                  const std::function<bool(const std::string&)>& exists)
      : BooleanParser(text), properties_(properties), exists_(exists) {}

 private:
  friend class BooleanParser<ConditionParser>;

  static bool is_space(char c) { return is_blank(c); }
  bool accept_or() { return accept_word("or"); }
  bool accept_and() { return accept_word("and"); }
  Value operand() { return unary(); }

  bool accept_word(std::string_view word) {
    skip_space();
    const bool there = equal_ignoring_case(rest_.substr(0, word.size()), word) &&
                       (rest_.size() == word.size() || ends_word(rest_[word.size()]));
    if (there) rest_.remove_prefix(word.size());
    return there;
  }

  // Atom = "Exists" "(" Text ")" | Text [ ( "==" | "!=" ) Text ] ;
  Value atom() { return accept_word("Exists") ? exists() : comparison(); }

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

  const Properties& properties_;
  const std::function<bool(const std::string&)>& exists_;
};

}  // namespace

std::optional<bool> evaluate_condition(std::string_view text, const Properties& properties,
                                       const std::function<bool(const std::string&)>& exists) {
  return ConditionParser(text, properties, exists).parse();
}

}  // namespace singspin::project
