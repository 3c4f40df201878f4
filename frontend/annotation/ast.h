// The tree of the annotations of one file, as written (section 5 of the annotation language). Values only;
// views point into the text of the SourceMap, which never moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "frontend/syntax/ast.h"

namespace singspin::annotation {

using syntax::Name;

// `b`, `b[2]`, `b[k]`
struct Ref {
  Name name;
  bool indexed = false;
  std::int32_t number = 0;    // the index, if it is one
  std::optional<Name> index;  // else the name that stands there
  source::Span span;
};

struct Expr {
  enum class Kind : std::uint8_t {
    Number,   // value; also true and false
    Held,     // held(name)
    Item,     // ref: a variable, event, source, own state or enumeration value
    At,       // name @ state: a component's state, or an own port's node
    OfOther,  // name . ref [@ state]
    Not,
    Negate,
    Chain,  // operands joined by one kind of operators: `a || b || c`, `a + b - c`, `a < b`
  };
  enum class Sign : std::uint8_t {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus
  };
  Kind kind = Kind::Number;
  std::int32_t value = 0;
  Name name;
  Ref ref;
  std::optional<Name> state;
  std::vector<Expr> operands;
  std::vector<Sign> signs;  // between the operands
  source::Span span;
};

// `p.M(a, b)`
struct Message {
  Ref port;
  Name name;
  std::vector<Ref> arguments;
  source::Span span;
};

// What a handler, a case, `defer` or `ignore` is about.
struct Event {
  enum class Kind : std::uint8_t { Messages, Item, Closed, Timeout };
  Kind kind = Kind::Item;
  std::vector<Message> messages;  // several only in a case
  Ref ref;                        // Item, Closed
  source::Span span;
};

struct Stmt;
struct Block {
  std::vector<Stmt> stmts;
  source::Span open, close;  // its braces
};

struct Case {
  Event event;
  Block body;
};

struct Stmt {
  enum class Kind : std::uint8_t {
    If,
    Choose,
    Loop,
    Select,
    Send,
    Recv,
    Close,
    New,
    Use,
    Free,
    Give,
    Take,
    Acquire,
    Release,
    Wait,
    Signal,
    Reset,
    Arm,
    Cancel,
    Spawn,
    Join,
    Do,
    Goto,
    Assert,
    Assume,
    Break,
    Return,
    Block,
    Skip,
    Progress,
    Assign,
  };
  Kind kind = Kind::Skip;
  bool idle = false;
  source::Span span;          // of the action; of the word of If, Choose, Loop, Select
  Expr expr;                  // If, Assert, Assume, Assign
  std::vector<Block> blocks;  // If: then and, if there is one, else; Choose; Loop: one
  std::vector<Case> cases;    // Select
  Message message;            // Send, Recv
  Ref ref;                    // other actions with something to act on, and the target of Assign
};

struct Port {
  Name name;
  std::optional<std::int32_t> count;
  bool exporter = true;
  Name contract;
  std::optional<Name> state;
  bool unbound = false, live = false, power = false;
  std::optional<Expr> when;  // power
  source::Span span;
};

struct StateDecl {
  Name name;
  std::optional<Name> port, node;
};

struct Variable {
  Name name;
  std::optional<std::int32_t> count;
  enum class Kind : std::uint8_t { Bool, Range, Enumeration };
  Kind kind = Kind::Bool;
  std::int32_t lowest = 0, highest = 1;
  std::vector<Name> values;
  std::optional<Expr> initial;
  source::Span type;
};

struct Slot {
  Name name;
  std::optional<std::int32_t> count;
  bool keep = false;
};

struct Lock {
  Name name;
  bool spin = false;
};

struct Signal {
  enum class Kind : std::uint8_t { Event, Latch, Irq, ArmedIrq, Timer, Unplug };
  Name name;
  Kind kind = Kind::Event;
  std::optional<Expr> when;
};

// `defer` or `ignore`
struct Exception {
  bool ignore = false;
  Event event;
  std::vector<Name> in;
  source::Span span;
};

struct Handler {
  Event event;
  std::vector<Name> in;
  std::optional<Expr> when;
  Block body;
  source::Span span;  // up to the body
};

struct Thread {
  Name name;
  bool manual = false;
  Block body;
};

struct Proc {
  Name name;
  Block body;
};

struct Component {
  Name name;
  bool driver = true, loop = true;
  std::vector<Port> ports;
  std::vector<StateDecl> states;
  std::vector<Variable> variables;
  std::vector<Slot> slots;
  std::vector<Lock> locks;
  std::vector<Signal> signals;
  std::vector<Name> races;
  std::vector<Exception> exceptions;
  std::vector<Handler> handlers;
  std::vector<Thread> threads;
  std::vector<Proc> procs;
  std::vector<Proc> inits;  // more than one is an error
  source::Span span;        // the head
};

struct End {
  Name component;
  Ref port;
};

struct Connect {
  End left, right;
  source::Span span;
};

struct Check {
  enum class Kind : std::uint8_t { Never, Always, Reachable, LeadsTo, Progress };
  Kind kind = Kind::Progress;
  Expr first, second;
  source::Span span;
};

struct Import {
  std::string_view path;  // without quotes
  source::Span span;
};

// Names of an action or trigger that are looked for in the code beside it (2.5): one for each message.
struct Anchor {
  std::uint32_t line_of = 0;  // an offset on its line
  std::vector<std::string_view> names;
  source::Span span;
};

struct File {
  source::FileId id;
  std::vector<Import> imports;
  std::vector<Component> components;
  std::vector<Connect> connects;
  std::vector<Check> checks;
  std::vector<Anchor> anchors;
  bool broken = false;  // an error was reported: the tree is not what was meant
};

}  // namespace singspin::annotation
