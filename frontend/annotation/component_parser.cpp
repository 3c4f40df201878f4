#include "frontend/annotation/component_parser.h"

#include <fmt/format.h>

namespace singspin::annotation {

namespace {

constexpr std::int32_t kMostElements = 64;  // of an array

}  // namespace

// component = ( "driver" | "env" ) ID ":" ( "loop" | "threads" ) "{" { decl | unit } "}" ;
std::optional<Component> ComponentParser::component() {
  const std::size_t first = at_;
  Component result;
  result.driver = at_word("driver");
  advance();
  const auto n = declared_name("a component");
  if (!n || !expect(TokenKind::Colon, "`:`")) return std::nullopt;
  result.name = *n;
  if (!at_word("loop") && !at_word("threads")) {
    expected("`loop` or `threads`");
    return std::nullopt;
  }
  result.loop = at_word("loop");
  advance();
  result.span = span_from(first);
  const Token open = token();
  if (!expect(TokenKind::LeftBrace, "`{`")) return std::nullopt;
  while (!at_end() && !at(TokenKind::RightBrace) && !at_component()) {
    const std::size_t before = at_;
    if (!member(result)) recover();
    if (at_ == before) advance();
  }
  if (!accept(TokenKind::RightBrace)) {
    if (auto* d = fail(behind_last(), fmt::format("expected `}}`, found {}", found()), "expected `}`"))
      d->labels.push_back({span(open), "to close this"});
  }
  return result;
}

bool ComponentParser::member(Component& c) {
  if (at_word("port")) return port(c);
  if (at_word("power")) return power(c);
  if (at_word("state")) return states(c);
  if (at_word("var")) return variable(c);
  if (at_word("owned")) return owned(c);
  if (at_word("lock")) return lock(c);
  if (at_word("event")) return event_decl(c);
  if (at_word("irq")) return source(c, Signal::Kind::Irq);
  if (at_word("timer")) return source(c, Signal::Kind::Timer);
  if (at_word("unplug")) return source(c, Signal::Kind::Unplug);
  if (at_word("race")) return race(c);
  if (at_word("defer") || at_word("ignore")) return exception(c);
  if (at_word("on")) return handler(c);
  if (at_word("thread")) return thread(c);
  if (at_word("proc")) return body(c.procs, true);
  if (at_word("init")) return body(c.inits, false);
  expected("a declaration, `on`, `thread`, `proc` or `init`");
  return false;
}

bool ComponentParser::end() { return expect(TokenKind::Semicolon, "`;`"); }

// dim = "[" INT "]" ;
bool ComponentParser::dimension(std::optional<std::int32_t>& count) {
  if (!accept(TokenKind::LeftBracket)) return true;
  const source::Span place = span(token());
  const auto value = number();
  if (!value || !expect(TokenKind::RightBracket, "`]`")) return false;
  if (*value < 1 || *value > kMostElements)
    fail(place, fmt::format("an array has 1 to {} elements", kMostElements), "too many or none");
  else count = *value;
  return true;
}

// when = "when" "(" expr ")" ;
bool ComponentParser::when(std::optional<Expr>& guard) {
  if (!accept_word("when")) return true;
  guard = in_parentheses();
  return guard.has_value();
}

// "port" ID [ dim ] ":" ( "exp" | "imp" ) ID [ "@" ID ] [ "unbound" ] [ "live" ] ";"
bool ComponentParser::port(Component& c) {
  const std::size_t first = at_;
  advance();
  Port p;
  const auto n = declared_name("a port");
  if (!n || !dimension(p.count) || !expect(TokenKind::Colon, "`:`")) return false;
  p.name = *n;
  if (!at_word("exp") && !at_word("imp")) return expected("`exp` or `imp`"), false;
  p.exporter = at_word("exp");
  advance();
  const auto contract = name("a contract");
  if (!contract) return false;
  p.contract = *contract;
  if (at(TokenKind::Identifier) && text(token()).starts_with('@')) {
    p.state = take_name();
    ++p.state->span.begin;
  } else if (at(TokenKind::Other) && text(token()) == "@") {
    advance();
    const auto state = name("a state");
    if (!state) return false;
    p.state = *state;
  }
  p.unbound = accept_word("unbound");
  p.live = accept_word("live");
  p.span = span_from(first);
  c.ports.push_back(std::move(p));
  return end();
}

// "power" ID [ "live" ] [ when ] ";"
bool ComponentParser::power(Component& c) {
  const std::size_t first = at_;
  const Token word = token();
  advance();
  Port p;
  const auto n = declared_name("a power port");
  if (!n) return false;
  p.name = *n;
  p.power = true;
  p.contract = {"DriverPower", span(word)};
  p.live = accept_word("live");
  if (!when(p.when)) return false;
  p.span = span_from(first);
  c.ports.push_back(std::move(p));
  return end();
}

// "state" sdecl { "," sdecl } ";"  sdecl = ID [ "=" ID "@" ID ] ;
bool ComponentParser::states(Component& c) {
  advance();
  do {
    StateDecl s;
    const auto n = declared_name("a state");
    if (!n) return false;
    s.name = *n;
    if (accept(TokenKind::Equals)) {
      const auto port = name("a port");
      if (!port) return false;
      const bool together = at(TokenKind::Identifier) && text(token()).starts_with('@');
      if (!together && !(at(TokenKind::Other) && text(token()) == "@"))
        return expected("`@` and a state"), false;
      if (!together) advance();
      auto node = together ? std::optional<Name>(take_name()) : name("a state");
      if (!node) return false;
      if (together) ++node->span.begin;
      s.port = *port;
      s.node = *node;
    }
    c.states.push_back(std::move(s));
  } while (accept(TokenKind::Comma));
  return end();
}

// "var" ID [ dim ] ":" ( "bool" | INT ".." INT | "{" ids "}" ) [ "=" expr ] ";"
bool ComponentParser::variable(Component& c) {
  advance();
  Variable v;
  const auto n = declared_name("a variable");
  if (!n || !dimension(v.count) || !expect(TokenKind::Colon, "`:`")) return false;
  v.name = *n;
  const std::size_t first = at_;
  if (!variable_type(v)) return false;
  v.type = span_from(first);
  if (accept(TokenKind::Equals)) {
    v.initial = expression();
    if (!v.initial) return false;
  }
  c.variables.push_back(std::move(v));
  return end();
}

bool ComponentParser::variable_type(Variable& v) {
  if (accept_word("bool")) return true;
  if (accept(TokenKind::LeftBrace)) {
    v.kind = Variable::Kind::Enumeration;
    do {
      const auto value = declared_name("a value");
      if (!value) return false;
      v.values.push_back(*value);
    } while (accept(TokenKind::Comma));
    v.highest = static_cast<std::int32_t>(v.values.size()) - 1;
    return expect(TokenKind::RightBrace, "`}`");
  }
  v.kind = Variable::Kind::Range;
  const auto bound = [&]() -> std::optional<std::int32_t> {
    const bool negative = accept(TokenKind::Minus);
    const auto value = number();
    return value && negative ? -*value : value;
  };
  if (!at(TokenKind::Number) && !at(TokenKind::Minus))
    return expected("`bool`, a range `0..7` or `{`"), false;
  const auto lowest = bound();
  if (!lowest) return false;
  if (!accept_sign("..")) return expected("`..`"), false;
  const auto highest = bound();
  if (!highest) return false;
  v.lowest = *lowest;
  v.highest = *highest;
  return true;
}

// "owned" [ "keep" ] ID [ dim ] { "," ID [ dim ] } ";"
bool ComponentParser::owned(Component& c) {
  advance();
  const bool keep = accept_word("keep");
  do {
    Slot s;
    s.keep = keep;
    const auto n = declared_name("a slot");
    if (!n || !dimension(s.count)) return false;
    s.name = *n;
    c.slots.push_back(std::move(s));
  } while (accept(TokenKind::Comma));
  return end();
}

// "lock" ID [ "spin" ] ";"
bool ComponentParser::lock(Component& c) {
  advance();
  const auto n = declared_name("a lock");
  if (!n) return false;
  c.locks.push_back({*n, accept_word("spin")});
  return end();
}

// "event" ID [ "auto" | "latch" ] ";"
bool ComponentParser::event_decl(Component& c) {
  advance();
  const auto n = declared_name("an event");
  if (!n) return false;
  const bool latch = accept_word("latch");
  if (!latch) accept_word("auto");
  c.signals.push_back({*n, latch ? Signal::Kind::Latch : Signal::Kind::Event, std::nullopt});
  return end();
}

// "irq" ID [ "armed" ] [ when ] ";" | ( "timer" | "unplug" ) ID [ when ] ";"
bool ComponentParser::source(Component& c, Signal::Kind kind) {
  advance();
  const auto n = declared_name("a source");
  if (!n) return false;
  if (kind == Signal::Kind::Irq && accept_word("armed")) kind = Signal::Kind::ArmedIrq;
  Signal s{*n, kind, std::nullopt};
  if (!when(s.when)) return false;
  c.signals.push_back(std::move(s));
  return end();
}

// "race" ids ";"
bool ComponentParser::race(Component& c) {
  advance();
  const auto all = names("a variable");
  if (!all) return false;
  c.races.insert(c.races.end(), all->begin(), all->end());
  return end();
}

// ( "defer" | "ignore" ) event [ "in" ids ] ";"  event = ref [ "." ID ] ;
bool ComponentParser::exception(Component& c) {
  const std::size_t first = at_;
  Exception e;
  e.ignore = at_word("ignore");
  advance();
  auto what = event(false);
  if (!what) return false;
  e.event = std::move(*what);
  if (e.event.kind == Event::Kind::Closed ||
      (!e.event.messages.empty() && !e.event.messages.front().arguments.empty())) {
    fail(e.event.span,
         fmt::format("`{}` takes a message without arguments, or a source", e.ignore ? "ignore" : "defer"));
    return false;
  }
  if (accept_word("in")) {
    auto in = names("a state");
    if (!in) return false;
    e.in = std::move(*in);
  }
  e.span = span_from(first);
  c.exceptions.push_back(std::move(e));
  return end();
}

// "on" trigger [ "as" ID ] [ "in" ids ] [ when ] block
bool ComponentParser::handler(Component& c) {
  const std::size_t first = at_;
  advance();
  Handler h;
  Anchor anchor;
  auto trigger = event(false);
  if (!trigger || !alias(anchor)) return false;
  h.event = std::move(*trigger);
  add_anchor(h.event, first, std::move(anchor));
  if (accept_word("in")) {
    auto in = names("a state");
    if (!in) return false;
    h.in = std::move(*in);
  }
  if (!when(h.when)) return false;
  h.span = span_from(first);
  auto b = block();
  if (!b) return false;
  h.body = std::move(*b);
  c.handlers.push_back(std::move(h));
  return true;
}

// "thread" ID [ "manual" ] [ "as" ID ] block
bool ComponentParser::thread(Component& c) {
  const std::size_t first = at_;
  advance();
  Thread t;
  const auto n = declared_name("a thread");
  if (!n) return false;
  t.name = *n;
  t.manual = accept_word("manual");
  Anchor anchor;
  anchor.span = span_from(first);
  anchor.line_of = anchor.span.begin;
  if (!alias(anchor)) return false;
  if (!anchor.names.empty()) result_.anchors.push_back(std::move(anchor));
  auto b = block();
  if (!b) return false;
  t.body = std::move(*b);
  c.threads.push_back(std::move(t));
  return true;
}

// "proc" ID block | "init" block
bool ComponentParser::body(std::vector<Proc>& into, bool named) {
  Proc p;
  p.name = {"init", span(token())};
  advance();
  if (named) {
    const auto n = declared_name("a proc");
    if (!n) return false;
    p.name = *n;
  }
  auto b = block();
  if (!b) return false;
  p.body = std::move(*b);
  into.push_back(std::move(p));
  return true;
}

}  // namespace singspin::annotation
