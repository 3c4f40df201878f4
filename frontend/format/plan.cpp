#include "frontend/format/plan.h"

#include <algorithm>
#include <optional>

namespace singspin::format {

using syntax::Token;
using syntax::TokenKind;

namespace {

// Which rules of spacing hold. Code is left as it is, except for runs of white space.
enum class Context : std::uint8_t { ContractHead, StateHead, Message, Sequence, Code };

bool is_access(std::string_view word) {
  return word == "public" || word == "internal" || word == "private" || word == "protected";
}

class Planner {
 public:
  Planner(std::string_view text, const std::vector<Token>& tokens, std::size_t first,
          const syntax::Contract& contract, const Trivia& trivia)
      : text_(text), tokens_(tokens), at_(first), contract_(contract), trivia_(trivia) {}

  Plan run() {
    while (good() && !at(TokenKind::LeftBrace)) take(Context::ContractHead);
    take(Context::ContractHead);
    end_line(Line::Kind::Open, 0);
    while (good() && !at(TokenKind::RightBrace)) member();
    take(Context::Code);
    end_line(Line::Kind::Close, 0);
    if (wrong_ != nullptr) plan_.why_not = wrong_;
    return std::move(plan_);
  }

 private:
  bool good() {
    if (at(TokenKind::End)) fail("its members are not understood");
    return wrong_ == nullptr;
  }
  void fail(const char* reason) {
    if (wrong_ == nullptr) wrong_ = reason;
  }
  const Token& token(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool at(TokenKind kind, std::size_t ahead = 0) const { return token(ahead).kind == kind; }
  std::string_view text(const Token& t) const { return text_.substr(t.begin, t.end - t.begin); }
  std::string_view word() const { return at(TokenKind::Identifier) ? text(token()) : std::string_view{}; }
  const Token& last() const { return plan_.items.back().token; }

  // Gap and token; the first token of the contract keeps the gap it has.
  void take(Context context) {
    if (wrong_ != nullptr || at(TokenKind::End)) return fail("its members are not understood");
    if (context != Context::Code || !verbatim_) refuse_stray(token());
    const bool first = plan_.items.empty();
    if (!first) gather();
    const std::uint32_t line_ends = first ? 0 : line_ends_;
    Item item{token(), Separator::None, false, first_piece_, end_piece(), line_ends};
    if (!first) item.separator = separator(last(), item.token, context, line_ends > 0);
    track_angles();
    plan_.items.push_back(item);
    first_piece_ = end_piece();
    line_ends_ = 0;
    ++at_;
  }

  // With other symbols a directive may leave other text in front of a `;`, or text behind its place,
  // so one beside a directive neither goes nor comes.
  bool directive_ahead() const {
    const auto pieces = trivia_.pieces(at_);
    return std::any_of(pieces.begin(), pieces.end(),
                       [](const Piece& piece) { return piece.kind == Piece::Kind::Directive; });
  }

  // A `;` too many: its comments fall to the token behind it.
  void drop(int level) {
    if (directive_ahead()) {
      take(Context::Message);
      return end_line(Line::Kind::Plain, level);
    }
    gather();
    ++at_;
  }

  void gather() {
    if (!trivia_.readable(at_)) fail("the text between its tokens is not understood");
    for (Piece piece : trivia_.pieces(at_)) {
      piece.line_ends_before += line_ends_;
      line_ends_ = 0;
      plan_.pieces.push_back(piece);
    }
    line_ends_ += trivia_.line_ends_after(at_);
  }
  std::uint32_t end_piece() const { return static_cast<std::uint32_t>(plan_.pieces.size()); }

  void semicolon(Context context = Context::Message) {
    if (at(TokenKind::Semicolon)) return take(context);
    if (wrong_ != nullptr || directive_ahead()) return;
    const std::uint32_t end = last().end;
    plan_.items.push_back({{TokenKind::Semicolon, syntax::Word::None, end, end},
                           Separator::None,
                           true,
                           first_piece_,
                           first_piece_,
                           0});
  }

  void end_line(Line::Kind kind, int level, std::optional<std::size_t> body = std::nullopt) {
    const std::size_t end = plan_.items.size();
    plan_.lines.push_back({kind, line_first_, end, level, body.value_or(end)});
    line_first_ = end;
    angles_ = 0;
  }

  // Characters whose meaning depends on the white space around them.
  void refuse_stray(const Token& t) {
    const std::string_view s = text(t);
    if (t.kind == TokenKind::Other && (s == "'" || s == "#")) fail("it has a stray quote or `#`");
    if (t.kind == TokenKind::UnclosedString) fail("a string is never closed");
  }

  void track_angles() {
    if (at(TokenKind::Less)) ++angles_;
    if (at(TokenKind::Greater) && angles_ > 0) --angles_;
  }

  Separator as_written(const Token& previous, const Token& next, bool on_new_line) const {
    if (on_new_line) return Separator::Line;
    return previous.end < next.begin ? Separator::Space : Separator::None;
  }

  static bool is_code(TokenKind kind) {
    return kind == TokenKind::Other || kind == TokenKind::Minus || kind == TokenKind::Number ||
           kind == TokenKind::String || kind == TokenKind::UnclosedString || kind == TokenKind::CharLiteral ||
           kind == TokenKind::Equals;
  }

  Separator separator(const Token& previous, const Token& next, Context context, bool on_new_line) const {
    if (next.kind == TokenKind::Semicolon) {
      const bool terminal = previous.kind == TokenKind::Colon && context == Context::StateHead;
      return terminal ? Separator::Space : Separator::None;
    }
    if (context == Context::Code) return as_written(previous, next, on_new_line);
    if (is_code(previous.kind) || is_code(next.kind)) return as_written(previous, next, false);
    switch (previous.kind) {
      case TokenKind::LeftParen:
      case TokenKind::LeftBracket:
      case TokenKind::Dot:
      case TokenKind::Less: return Separator::None;
      default: return before(previous, next, context);
    }
  }

  Separator before(const Token& previous, const Token& next, Context context) const {
    switch (next.kind) {
      case TokenKind::Comma:
      case TokenKind::RightParen:
      case TokenKind::LeftBracket:
      case TokenKind::RightBracket:
      case TokenKind::Dot:
      case TokenKind::Bang:
      case TokenKind::Question:
      case TokenKind::Star:
      case TokenKind::Less:
      case TokenKind::Greater: return Separator::None;
      case TokenKind::Colon: return context == Context::ContractHead ? Separator::Space : Separator::None;
      case TokenKind::LeftParen: return context == Context::Message ? Separator::None : Separator::Space;
      case TokenKind::Identifier: {
        const bool type_state = previous.kind == TokenKind::Colon && context == Context::Message;
        const bool old_state = angles_ > 0 && text(next).starts_with('@');  // `imp<C@S>`
        return type_state || old_state ? Separator::None : Separator::Space;
      }
      default: return Separator::Space;
    }
  }

  void take_balanced(TokenKind open, TokenKind close) {
    std::size_t depth = 0;
    do {
      if (at(open)) ++depth;
      if (at(close)) --depth;
      take(Context::Code);
    } while (depth > 0 && good());
  }

  // Attributes and access words in front of a member. Returns the place of the first word behind.
  void modifiers() {
    while (good() && at(TokenKind::LeftBracket)) {
      take_balanced(TokenKind::LeftBracket, TokenKind::RightBracket);
      space_before_next_ = true;
    }
    while (good() && is_access(word())) take_spaced();
  }
  // The next token with a space in front, whatever the table says.
  void take_spaced(Context context = Context::Message) {
    const std::size_t index = plan_.items.size();
    take(context);
    if (space_before_next_ && index < plan_.items.size()) plan_.items[index].separator = Separator::Space;
    space_before_next_ = false;
  }

  void member() {
    if (at(TokenKind::Semicolon)) return drop(1);
    if (is_nested_type()) return nested_type();
    space_before_next_ = false;
    const bool is_message = next_message_ < contract_.messages.size() &&
                            contract_.messages[next_message_].span.begin == token().begin;
    modifiers();
    if (is_message) return message(contract_.messages[next_message_++].span.end);
    if (next_state_ < contract_.states.size() && contract_.states[next_state_].span.begin == token().begin)
      return state(contract_.states[next_state_++]);
    if (word() != "const" && word() != "permission" && !at(TokenKind::Semicolon))
      return fail("its members are not understood");
    constant();
    if (last().kind != TokenKind::Semicolon) semicolon();
    end_line(Line::Kind::Plain, 1);
  }

  // Its first `=` has a space on both sides, the rest is code.
  void constant() {
    bool assigned = false;
    while (good() && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace)) {
      const bool assigns = at(TokenKind::Equals) && !assigned && last().kind == TokenKind::Identifier;
      space_before_next_ = space_before_next_ || assigns;
      take_spaced(Context::Code);
      if (!assigns) continue;
      assigned = true;
      space_before_next_ = !at(TokenKind::Equals);
    }
    space_before_next_ = false;
  }

  void message(std::uint32_t end) {
    std::optional<std::size_t> open;
    take_spaced();
    Context context = Context::Message;
    while (good() && token().begin < end && !at(TokenKind::Semicolon)) {
      if (context == Context::Message && word() == "requires" && !in_parameters(open)) {
        context = Context::Code;
        space_before_next_ = true;
      }
      if (at(TokenKind::LeftParen) && !open && angles_ == 0 && context == Context::Message)
        open = plan_.items.size();
      const bool attribute = at(TokenKind::LeftBracket) &&
                             (last().kind == TokenKind::LeftParen || last().kind == TokenKind::Comma);
      if (!attribute) take_spaced(context);
      while (attribute && good() && at(TokenKind::LeftBracket)) {
        take_balanced(TokenKind::LeftBracket, TokenKind::RightBracket);
        space_before_next_ = true;
      }
    }
    space_before_next_ = false;
    semicolon();
    end_line(Line::Kind::Message, 1, open);
  }
  // `requires` may be the name of a parameter.
  bool in_parameters(const std::optional<std::size_t>& open) const {
    return open && last().kind != TokenKind::RightParen;
  }

  void state(const syntax::State& state) {
    const bool terminal = state.sequences.empty();
    const std::uint32_t first_step = terminal ? state.span.end : state.sequences.front().span.begin;
    take_spaced();
    while (good() && token().begin < first_step && !at(TokenKind::LeftBrace) && !at(TokenKind::Semicolon))
      take(Context::StateHead);
    if (at(TokenKind::LeftBrace) && token().begin < first_step) return block(state);
    if (terminal) {
      semicolon(Context::StateHead);
      return end_line(Line::Kind::Plain, 1);
    }
    const std::size_t body = plan_.items.size();
    sequence(state.sequences.front());
    end_line(Line::Kind::Sequence, 1, body);
  }

  void block(const syntax::State& state) {
    take(Context::StateHead);
    end_line(Line::Kind::Open, 1);
    std::size_t next = 0;
    while (good() && !at(TokenKind::RightBrace)) {
      if (at(TokenKind::Semicolon)) {
        drop(2);
        continue;
      }
      if (next == state.sequences.size() || state.sequences[next].span.begin != token().begin)
        return fail("a state is not understood");
      const std::size_t body = plan_.items.size();
      sequence(state.sequences[next++]);
      end_line(Line::Kind::Sequence, 2, body);
    }
    take(Context::Code);
    end_line(Line::Kind::Close, 1);
  }

  void sequence(const syntax::Sequence& sequence) {
    const bool shorthand = plan_.items.size() > line_first_;
    take(shorthand ? Context::StateHead : Context::Sequence);
    while (good() && token().begin < sequence.span.end) take(Context::Sequence);
    semicolon();
  }

  bool is_nested_type() const {
    std::size_t ahead = 0;
    while (at(TokenKind::LeftBracket, ahead)) ahead = behind_brackets(ahead);
    for (; at(TokenKind::Identifier, ahead); ++ahead) {
      const std::string_view w = text(token(ahead));
      if (w == "struct" || w == "enum" || w == "class" || w == "rep" || w == "pointerfree")
        return at(TokenKind::Identifier, ahead + 1);
      if (!is_access(w)) return false;
    }
    return false;
  }
  std::size_t behind_brackets(std::size_t ahead) const {
    std::size_t depth = 0;
    do {
      if (at(TokenKind::LeftBracket, ahead)) ++depth;
      if (at(TokenKind::RightBracket, ahead)) --depth;
      ++ahead;
    } while (depth > 0 && !at(TokenKind::End, ahead));
    return ahead;
  }

  // Up to the `}` that closes its first `{`, or to its `;`.
  void nested_type() {
    verbatim_ = true;
    std::size_t depth = 0;
    while (good()) {
      const bool opens = at(TokenKind::LeftBrace), closes = at(TokenKind::RightBrace);
      const bool ends = depth == 0 && at(TokenKind::Semicolon);
      if (closes && depth == 0) break;
      take(Context::Code);
      depth = depth + (opens ? 1 : 0) - (closes ? 1 : 0);
      if (ends || (closes && depth == 0)) break;
    }
    verbatim_ = false;
    end_line(Line::Kind::Verbatim, 1);
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::size_t at_;
  const syntax::Contract& contract_;
  const Trivia& trivia_;
  Plan plan_;
  const char* wrong_ = nullptr;
  std::uint32_t first_piece_ = 0;
  std::uint32_t line_ends_ = 0;
  std::size_t line_first_ = 0;
  std::size_t angles_ = 0;
  std::size_t next_message_ = 0;
  std::size_t next_state_ = 0;
  bool space_before_next_ = false;
  bool verbatim_ = false;
};

}  // namespace

Plan plan(std::string_view text, const std::vector<Token>& tokens, std::size_t first,
          const syntax::Contract& contract, const Trivia& trivia) {
  return Planner(text, tokens, first, contract, trivia).run();
}

}  // namespace singspin::format
