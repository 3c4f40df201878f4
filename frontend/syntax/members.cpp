// The members of a contract, except states.
#include <fmt/format.h>

#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

using diagnostics::Code;

namespace {

constexpr Word kMemberWords[] = {Word::Message, Word::State,      Word::Override, Word::In,       Word::Out,
                                 Word::Const,   Word::Permission, Word::Struct,   Word::Enum,     Word::Class,
                                 Word::Public,  Word::Private,    Word::Internal, Word::Protected};

}  // namespace

// One message for text that cannot be read, however many members it looks like.
void ContractParser::lose_member(source::Span place, std::string message, std::string label) {
  reading_.contract->lost_member = true;
  reading_.contract->broken = true;
  if (!reading_.junk) syntax_error(place, std::move(message), std::move(label));
  reading_.junk = true;
  recover_in_contract();
}

// One note for a member, however much of it is dropped.
void ContractParser::ignore(source::Span span, std::string message) {
  if (!reading_.ignored) error(Code::generic_ignored, span, std::move(message));
  reading_.ignored = true;
}

// Attribute = "[" ... "]" ;  PermAttr = "[" "permission" ":" Ident { "," Ident } "]" ;
void ContractParser::member_attributes() {
  while (at(TokenKind::LeftBracket)) {
    const std::size_t first = at_;
    const bool permission = at(Word::Permission, 1) && at(TokenKind::Colon, 2);
    if (!skip_brackets(TokenKind::LeftBracket, TokenKind::RightBracket)) return;
    if (permission) ignore(span_from(first), "permissions are ignored");
  }
}

// Member = { Attribute } { Access } ( Message | State | OldState | Const | NestedType | Permission ) | ";" ;
void ContractParser::member() {
  const std::size_t first = at_;
  reading_.ignored = false;
  member_attributes();
  while (is_access(token().word)) advance();
  if (accept(TokenKind::Semicolon)) return;
  const bool was_junk = reading_.junk;
  reading_.junk = false;
  const bool directed = at(Word::In) || at(Word::Out);
  if (at(Word::Message) || (directed && at(Word::Message, 1))) return message(first);
  if (at(Word::State) || (at(Word::Override) && at(Word::State, 1))) return state();
  if (at(Word::Const)) return constant(first);
  if (at(Word::Permission)) return permission();
  if (at(Word::Rep) || at(Word::PointerFree) || at(Word::Struct) || at(Word::Enum) || at(Word::Class))
    return nested_type();
  if (at_old_state(at_, reading_.old_style)) return old_state();
  if (at(TokenKind::Identifier) && misspelt_member(first)) return;
  if (starts_sequence()) return lost_sequence();
  if (at(TokenKind::LeftBrace) && (at_member(1) || at(TokenKind::LeftBrace, 1))) {
    syntax_error(span(token()), "this `{` opens nothing", "one `{` too many");
    return advance();
  }
  if (at_stop() || at_member() || at(TokenKind::RightBrace)) {  // attributes or access words of nothing
    if (at_ != first && at(TokenKind::RightBrace))
      syntax_error(behind_last(), fmt::format("expected a member, found {}", found()), "expected a member");
    return;
  }
  reading_.junk = was_junk;
  const std::string_view next = directed ? "`message`" : "a message, a state or `}`";
  if (directed) advance();
  lose_member(span(token()), fmt::format("expected {}, found {}", next, found()),
              "not a member of a contract");
}

// A sequence between members: its state was forgotten or closed too early.
void ContractParser::lost_sequence() {
  auto* lost = syntax_error(span(token()), "this sequence belongs to no state", "no state around it");
  if (lost != nullptr && !reading_.contract->states.empty()) {
    const State& last = reading_.contract->states.back();
    lost->labels.push_back({last.name.span, fmt::format("state {} has ended before", last.name.text)});
  }
  reading_.contract->lost_member = true;
  while (starts_sequence()) recover_in_state();
  // The `}` of the block whose `{` was forgotten.
  if (at(TokenKind::RightBrace) && (at_member(1) || is_surplus_inside())) advance();
}

// Reads a member whose keyword is misspelt or missing as what its shape says; false if it has no such
// shape.
bool ContractParser::misspelt_member(std::size_t first) {
  const bool directed = at(Word::In) || at(Word::Out);
  const std::size_t wrong = directed ? 1 : 0;
  if (!at(TokenKind::Identifier, wrong)) return false;
  const std::string_view word = text(token(wrong));
  const auto parameters_at = [&](std::size_t i) {
    return at(TokenKind::LeftParen, i) || at(TokenKind::Semicolon, i) || at(TokenKind::Less, i);
  };
  if (directed && parameters_at(2)) {  // `in Tap();`
    advance();
    auto* bad =
        syntax_error(span(token()), fmt::format("expected `message` before {}, found {}", word, found()),
                     "expected `message`");
    if (bad != nullptr)
      bad->fixes.push_back(insert_fix("insert `message`", file_, token().begin, "message "));
    --at_;
    return message(first), true;
  }
  if (!at(TokenKind::Identifier, wrong + 1)) return false;
  const Word meant = nearest_word(word, kMemberWords);
  if (at_member(wrong + 1)) return read_misspelt(meant, word, first), true;
  const bool message_shape = parameters_at(wrong + 2) && (directed || meant == Word::Message);
  if (message_shape) return read_misspelt(Word::Message, word, first), true;
  const bool state_shape = !directed && at(TokenKind::Colon, 2);
  if (state_shape) return read_misspelt(Word::State, word, first), true;
  return false;
}

// `meant` stands for the word at the current place, or behind `in` or `out`.
void ContractParser::read_misspelt(Word meant, std::string_view word, std::size_t first) {
  const bool directed = at(Word::In) || at(Word::Out);
  const Token wrong = token(directed ? 1 : 0);
  const bool named = meant != Word::None;
  auto* bad =
      syntax_error(span(wrong),
                   named ? fmt::format("expected `{}`, found `{}`", word_text(meant), word)
                         : fmt::format("expected a message, a state or `}}`, found `{}`", word),
                   named ? fmt::format("expected `{}`", word_text(meant)) : "not a member of a contract");
  if (bad != nullptr && named)
    bad->fixes.push_back(
        replace_fix(fmt::format("write `{}`", word_text(meant)), span(wrong), std::string(word_text(meant))));
  if (meant == Word::Message) return message(first);
  if (meant == Word::State && !at_member(1)) return state();
  advance();
  if (meant == Word::Override && at(Word::State)) --at_, state();
  else if ((meant == Word::In || meant == Word::Out) && at(Word::Message)) {
    message(first);
    if (!reading_.contract->messages.empty())
      reading_.contract->messages.back().direction =
          meant == Word::In ? Message::Direction::In : Message::Direction::Out;
  }
}

// Message = [ "in" | "out" ] "message" Ident [ TypeArgs ]
//           [ "(" [ Parameter { "," Parameter } ] ")" ] { "requires" ... } ";" ;
void ContractParser::message(std::size_t first) {
  Message result;
  if (accept(Word::In)) result.direction = Message::Direction::In;
  else if (accept(Word::Out)) result.direction = Message::Direction::Out;
  // `message`, or what stands for it; `in Tap();` has nothing there.
  const bool name_follows = at(TokenKind::Identifier, 1) || at(Word::Message);
  if (name_follows) advance();
  if (!at_name()) {
    return lose_member(here_or_behind(), fmt::format("expected the name of a message, found {}", found()),
                       "expected a name");
  }
  result.name = take_name();
  result.type_parameters = type_parameters();
  if (accept(TokenKind::LeftParen)) parameters(result);
  message_tail(result);
  result.span = span_from(first);
  const std::string_view name = result.name.text;
  reading_.contract->messages.push_back(std::move(result));
  member_end("message", name);
}

// { "requires" ... }
void ContractParser::message_tail(Message& message) {
  if (!at(Word::Requires)) return;
  ignore(span(token()),
         fmt::format("`requires` of {} has no meaning for the machine and is ignored", message.name.text));
  while (!at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) && !at_member() && !at_stop()) advance();
}

// A verbatim string was reported when the text was cut into tokens, as a warning; in a contract it is an
// error, since the contract is not read as it stands.
void ContractParser::unclosed_string() {
  const std::uint32_t begin = token().begin;
  const bool first = !reading_.contract->broken;
  reading_.contract->broken = true;
  for (diagnostics::Diagnostic& d : diagnostics_.list()) {
    if (!first || d.code != Code::unterminated_comment || !d.span || d.span->begin != begin ||
        d.span->file != file_)
      continue;
    d.severity = diagnostics::Severity::Error;
    return;
  }
  syntax_error(span(token()), "this string is never closed", "expected `\"` before the end of the line");
}

// The `;` behind a member, which `what` names.
void ContractParser::member_end(std::string_view what, std::string_view name) {
  if (accept(TokenKind::Semicolon)) return;
  if (at(TokenKind::UnclosedString)) {
    unclosed_string();
    return advance();
  }
  const source::Span place = behind_last();
  const bool closes = at(TokenKind::RightBrace);
  auto* missing =
      closes ? error(Code::missing_semicolon, place, fmt::format("`;` is missing after {} {}", what, name),
                     "expected `;`")
             : syntax_error(place, fmt::format("expected `;` after {} {}", what, name), "expected `;`");
  if (missing != nullptr) {
    missing->fixes.push_back(insert_fix("insert the missing `;`", file_, place.begin, ";"));
    missing->fixes.back().safe = closes;
  }
  if (!closes && !at_member() && !at_other_member()) recover_in_contract();
}

// Const = "const" Type Ident "=" ... ";" ;
void ContractParser::constant(std::size_t first) {
  Constant result;
  advance();
  while (!at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) && !at(TokenKind::UnclosedString) &&
         !at_member() && !at_stop()) {
    if (!result.name && at(TokenKind::Identifier) && at(TokenKind::Equals, 1)) result.name = take_name();
    else advance();
  }
  result.span = span_from(first);
  const std::string_view name = result.name ? result.name->text : "member";
  reading_.contract->constants.push_back(std::move(result));
  member_end("const", name);
}

// Permission = "permission" Ident [ "<=" Ident ] ";" ;
void ContractParser::permission() {
  ignore(span(token()), "permissions are ignored");
  advance();
  const std::string_view name = at_name() ? take_name().text : "declaration";
  while (!at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) && !at_member() && !at_stop()) advance();
  member_end("permission", name);
}

// NestedType = [ "rep" | "pointerfree" ] ( "struct" | "enum" | "class" ) Ident ... "{" ... "}" [ ";" ] ;
void ContractParser::nested_type() {
  const std::size_t first = at_;
  NestedType nested;
  const bool rep = at(Word::Rep) || at(Word::PointerFree);  // neither holds references of one process
  while (at(Word::Rep) || at(Word::PointerFree)) advance();
  if (at(Word::Enum)) nested.kind = NestedType::Kind::Enum;
  else if (at(Word::Class)) nested.kind = NestedType::Kind::Class;
  else nested.kind = rep ? NestedType::Kind::RepStruct : NestedType::Kind::Struct;
  if (at(Word::Struct) || at(Word::Enum) || at(Word::Class)) advance();
  if (!at_name()) {
    return lose_member(here_or_behind(), fmt::format("expected the name of a type, found {}", found()),
                       "expected a name");
  }
  nested.name = take_name();
  while (!at(TokenKind::LeftBrace) && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) &&
         !at_member() && !at_stop())
    advance();
  if (at(TokenKind::LeftBrace)) {
    nested_fields(nested);
  } else if (!at(TokenKind::Semicolon)) {
    reading_.contract->lost_member = true;
    syntax_error(behind_last(),
                 fmt::format("expected `{{` after type {}, found {}", nested.name.text, found()),
                 "expected `{`");
  }
  nested.span = span_from(first);
  accept(TokenKind::Semicolon);
  reading_.contract->types.push_back(std::move(nested));
}

// Skips the braces and notes every `X.Exp` and `X.Imp` among the tokens: an endpoint in a struct. A member
// of the contract shows that a `}` is missing.
void ContractParser::nested_fields(NestedType& nested) {
  const Token open = token();
  std::size_t depth = 0;
  do {
    const bool unclosed =
        at_end() || at_contract() || at_directed_message() || (at(Word::State) && at_member());
    if (unclosed) {
      auto* missing =
          syntax_error(behind_last(), fmt::format("expected `}}` at the end of type {}", nested.name.text),
                       "expected `}`");
      if (missing != nullptr) missing->labels.push_back({span(open), "this `{` is never closed"});
      return;
    }
    if (at(TokenKind::Identifier) && at(TokenKind::Dot, 1)) {
      QualifiedName name = qualified_name();
      const bool endpoint = name.parts.back().text == "Exp" || name.parts.back().text == "Imp";
      if (endpoint) nested.endpoint_fields.push_back(std::move(name));
      continue;
    }
    if (at(TokenKind::LeftBrace)) ++depth;
    if (at(TokenKind::RightBrace)) --depth;
    advance();
  } while (depth > 0);
}

}  // namespace singspin::syntax
