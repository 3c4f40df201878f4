// Conditions of `or`, `and`, `!` and parentheses: what those of the preprocessor and those of project files
// have in common. How the operators are written, what a blank is and what is combined differ.
#pragma once

#include <optional>
#include <string_view>

namespace singspin::base {

// `Language` derives from this and has
//   static bool is_space(char)      the blanks between words
//   bool accept_or(), accept_and()  reads the operator if it comes next
//   Value operand()                 what `and` joins; made of `unary()`
//   Value atom()                    what is neither negated nor in parentheses
// No value: the text is not understood, and nothing is read behind that.
template <class Language>
class BooleanParser {
 public:
  using Value = std::optional<bool>;

  explicit BooleanParser(std::string_view text) : rest_(text) {}

  // The whole text.
  Value parse() {
    const Value value = any();
    skip_space();
    return rest_.empty() ? value : std::nullopt;
  }

 protected:
  void skip_space() {
    while (!rest_.empty() && Language::is_space(rest_.front())) rest_.remove_prefix(1);
  }
  bool accept(std::string_view text) {
    skip_space();
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // Any = All { or All } ;
  Value any() {
    Value left = all();
    while (left && language().accept_or()) {
      const Value right = all();
      left = right ? Value(*left || *right) : std::nullopt;
    }
    return left;
  }
  // All = Operand { and Operand } ;
  Value all() {
    Value left = language().operand();
    while (left && language().accept_and()) {
      const Value right = language().operand();
      left = right ? Value(*left && *right) : std::nullopt;
    }
    return left;
  }
  // Unary = "!" Unary | "(" Any ")" | Atom ;
  Value unary() {
    if (++depth_ > kMaxDepth) return std::nullopt;
    Value value;
    if (accept("!")) {
      value = unary();
      if (value) value = !*value;
    } else if (accept("(")) {
      value = any();
      if (value && !accept(")")) value.reset();
    } else {
      value = language().atom();
    }
    --depth_;
    return value;
  }

  std::string_view rest_;

 private:
  // Conditions nest through parentheses and `!` only; a text deeper than this is not understood.
  static constexpr int kMaxDepth = 200;

  Language& language() { return static_cast<Language&>(*this); }

  int depth_ = 0;
};

}  // namespace singspin::base
