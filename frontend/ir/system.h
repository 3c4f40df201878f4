// The intermediate representation of systems: components joined by channels, every process a graph of
// guarded steps. It is what remains of driver annotations once names are resolved and all sugar is
// expanded, so that the interpreter (frontend/explore) and the emitter (promela/systems) need no rule
// of the annotation language but what stands here.
//
// Section and rule numbers refer to the specification of driver annotations.
//
// Meaning, in short. A configuration is: the location of every process, all variables, signals, locks,
// slots and owners of blocks, both nodes and closed and bound bits and both queues of every channel. A
// *step* is one edge of one process: possible if the process is at `from` and every condition holds; it
// performs its operations in order, indivisibly, and goes to `to`. An operation that meets its fault
// ends the run: the configuration is a violation and has no successors. While a process of kind Init is
// not at its end, no other process steps.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::ir {

using ComponentId = base::Id<struct ComponentTag>;
using ChannelId = base::Id<struct ChannelTag>;
using PortId = base::Id<struct PortTag>;
using VariableId = base::Id<struct VariableTag>;
using SignalId = base::Id<struct SignalTag>;
using LockId = base::Id<struct LockTag>;
using SlotId = base::Id<struct SlotTag>;
using PoolId = base::Id<struct PoolTag>;
using ProcessId = base::Id<struct ProcessTag>;
using LocationId = base::Id<struct LocationTag>;  // local to a process
using EdgeId = base::Id<struct EdgeTag>;          // local to a process
using ExprId = base::Id<struct ExprTag>;

// Always on unless said otherwise (section 4.5). The first two share names and codes with contracts.
enum class SystemProperty : std::uint8_t {
  DeadlockFree,
  NoUnexpectedMessage,
  Conformance,
  UnhandledEvent,
  OwedReply,
  Ownership,
  Leak,
  LockDiscipline,
  BlockingInAtomic,
  SendAfterClose,
  UnboundPort,
  ThreadReuse,
  Assertion,
  StateMapping,
  Race,  // only where a variable is listed in `race`
  User,  // a `check`
};
inline constexpr std::size_t kSystemProperties = 16;
std::string_view id(SystemProperty property);  // `owed-reply`; `user` for User

struct Component {
  enum class Kind : std::uint8_t { Driver, Env, Peer };  // Peer: generated for an open port (4.3)
  std::string name;                                      // `Spooler`; a peer: `jobs.imp`
  Kind kind = Kind::Driver;
  bool loop = true;  // else threads
  source::Span span;
  std::optional<VariableId> state;  // the driver's own states, if it has any
};

// One end of a channel. A generated peer has a port of its own.
struct Port {
  ComponentId component;
  std::string name;  // as the component calls it, `s[1]` for an element of an array
  ChannelId channel;
  Role role = Role::Exporter;
  bool bound_at_start = true;  // rule 1.5
  bool live = false;
  source::Span span;
};

struct Channel {
  std::string name;  // the port's name if one end is generated, else `A.p--B.q`
  ContractId contract;
  StateId start;  // of both ends
  PortId exporter, importer;
  // Messages each queue holds. `exact`: the longest run (8.5 of the language), a send never waits.
  std::uint32_t to_importer = 1, to_exporter = 1;
  bool exact = true;
  PortId end(Role role) const { return role == Role::Exporter ? exporter : importer; }
};

struct Variable {
  enum class Kind : std::uint8_t {
    Data,
    State,
    Quiet
  };  // State: own states of a component; Quiet: of a peer
  ComponentId component;
  std::string name;
  Kind kind = Kind::Data;
  std::int32_t lowest = 0, highest = 1, initial = 0;
  std::vector<std::string> names;  // of values, from `lowest` on; empty for plain numbers and bool
  bool is_bool = false;
  bool race = false;  // accesses are enclosed in RaceEnter and RaceLeave
  source::Span span;
};

// An event or a source: one pending bit; sources that are armed have an armed bit besides.
struct Signal {
  enum class Kind : std::uint8_t { Event, Latch, Irq, ArmedIrq, Timer, Unplug };
  ComponentId component;
  std::string name;
  Kind kind = Kind::Event;
  source::Span span;
};
constexpr bool is_armed_kind(Signal::Kind kind) {
  return kind == Signal::Kind::ArmedIrq || kind == Signal::Kind::Timer;
}

struct Lock {
  ComponentId component;
  std::string name;
  bool spin = false;
  source::Span span;
};

// Empty or referring to one block.
struct Slot {
  ComponentId component;
  std::string name;
  bool keep = false;
  source::Span span;
};

// Blocks are numbered from 0 through all pools; a pool is one `new` statement or one generated peer.
struct Pool {
  ComponentId component;
  std::string name;  // of its blocks: `page` gives `page#1`, `page#2`
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  source::Span span;
};

// What a block's owner may be besides a component: kept as numbers in a configuration.
enum class OwnerKind : std::uint8_t { Nobody, Component, Hardware, Transit };

struct Expr {
  enum class Kind : std::uint8_t {
    Number,    // value
    Variable,  // variable
    Pending,   // signal: its bit
    PortAt,    // port is bound and its node is one of `nodes` (rule 2)
    Active,    // component: handlers and threads that run and do not rest
    Held,      // lock: held by the process whose step evaluates it
    Not,
    Negate,  // left
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,  // left, right
  };
  Kind kind = Kind::Number;
  std::int32_t value = 0;
  VariableId variable;
  SignalId signal;
  PortId port;
  std::vector<StateId> nodes;
  ComponentId component;
  LockId lock;
  ExprId left, right;  // Not, Negate: left
};

struct Condition {
  enum class Kind : std::uint8_t {
    Head,        // port is bound and open, the first message in its queue is `message`
    HeadNot,     // port is bound and open, its queue is not empty and its first message none of `messages`
    PeerGone,    // port is bound and open, the other end has closed, the queue to `port` is empty
    PeerOpen,    // the other end of `port` has not closed
    NodeIs,      // port's own end is at `node`
    PortUsable,  // port is bound and has not been closed by its own side
    Unbound,     // port is not bound
    Signal,      // pending
    NoSignal,    // not pending
    Armed,       // its armed bit
    LockFree,
    LockMine,  // held by this process
    Done,      // process `process` is not running (rule 3: join)
    Running,   // this thread has been spawned and has not ended (only at its Off location)
    Room,      // the queue that `port` sends into is not full, or its other end has closed. A bound of
               // the model: whoever waits for it alone rests (rule 6)
    Block,     // a block of `pool`: a free one if the pool belongs to the component of this process, and
               // for a peer also one that it owns, whoever's pool it came from. A bound as well
    Atomic,    // this process is in atomic context
    NotAtomic,
    Expr,  // expr is not 0
  };
  Kind kind = Kind::Expr;
  PortId port;
  MessageId message;  // of the contract of the port's channel
  std::vector<MessageId> messages;
  StateId node;
  SignalId signal;
  LockId lock;
  ProcessId process;
  PoolId pool;
  std::uint32_t nth = 0;  // Block: the nth such block, for messages with several
  ExprId expr;
};
constexpr bool is_bound(Condition::Kind kind) {
  return kind == Condition::Kind::Room || kind == Condition::Kind::Block;
}

// What travels with a message.
struct Argument {
  enum class Kind : std::uint8_t {
    Slot,     // a block; receiving stores it there
    Pool,     // sending, peers only: the nth lowest block of `pool` that Condition::Block counts
    Keep,     // receiving, peers only: the block becomes the component's without a slot
    Free,     // receiving, peers only: the block becomes free
    Endpoint  // `binds` become bound when the message is received
  };
  Kind kind = Kind::Slot;
  SlotId slot;
  PoolId pool;
  std::uint32_t nth = 0;
  std::vector<PortId> binds;
};

struct Op {
  enum class Kind : std::uint8_t {
    // Checks in this order: unbound -> UnboundPort; closed by us -> SendAfterClose; no such send at our
    // node -> Conformance; a block not ours -> Ownership. Then the node moves on, slots are emptied,
    // blocks are in transit and the message is queued; if the other end has closed, the message and its
    // blocks are destroyed (blocks become free).
    Send,
    // The message is first in the queue. No such step at our node -> NoUnexpectedMessage. Then the node
    // moves on and blocks come into their slots: a slot that refers to another block which is the
    // component's or the hardware's -> Leak. Blocks become the component's.
    Receive,
    // Unbound -> UnboundPort, closed already -> SendAfterClose. Destroys what is queued for this end.
    Close,
    Take,     // a signal: clears the pending bit unless it is a latch
    Signal,   // sets the pending bit
    Reset,    // clears the pending bit
    Arm,      // sets the armed bit
    Cancel,   // clears both bits
    Fire,     // a source: sets the pending bit, clears the armed bit
    Acquire,  // held by this process already -> LockDiscipline (never reached then: conditions); sets the
              // holder
    Release,  // not held by this process -> LockDiscipline
    CheckUnlocked,  // this process holds a lock -> LockDiscipline
    New,  // slot, pool: as Receive for leaks, the lowest free block of the pool becomes the component's
    Use,
    Free,
    Give,
    Take_Back,  // slot: rule 8, else Ownership (Take_Back is `take`)
    Assign,     // variable = expr; out of its range -> Assertion
    Spawn,      // process; running -> ThreadReuse, else running
    End,        // this thread has ended: not running
    Activate,   // component: one more active
    Rest,       // component: one less; if none is left, a slot without keep that refers to a block of
                // the component -> Leak
    EnterAtomic,
    LeaveAtomic,  // this process: a counter
    Assert,       // expr is 0 -> Assertion
    Assume,       // expr is 0 -> the run is abandoned in silence
    Fail,         // property
    RaceEnter,
    RaceLeave,  // variable, write: entering while another is inside, one of both writing -> Race
  };
  Kind kind = Kind::Fail;
  PortId port;
  MessageId message;
  std::vector<Argument> arguments;
  SignalId signal;
  LockId lock;
  SlotId slot;
  PoolId pool;
  VariableId variable;
  bool write = false;
  ExprId expr;
  ProcessId process;
  ComponentId component;
  SystemProperty property = SystemProperty::Assertion;
};

struct Edge {
  LocationId from, to;
  std::vector<Condition> when;  // all must hold
  std::vector<Op> ops;
  source::Span span;
  std::string action;  // as written: `recv out.PutDone`, `on jobs.Print`; empty for a step nobody wrote
  // Which event of its location this edge takes; absent for others. Rule 10: while an edge of one event
  // is possible, taking one of another event of the same location passes it over.
  std::optional<std::uint32_t> event;
  bool progress = false;  // `progress;`
  bool must_fire = true;  // false: of an unplug source or of falling silent; fairness does not force it
};

struct Location {
  enum class Kind : std::uint8_t {
    Normal,
    Resting,  // waiting here for ever is fine (rule 6)
    Off,      // of a thread: resting while the thread is not running
  };
  Kind kind = Kind::Normal;
  source::Span span;
  std::string activity;     // `recv out.PutDone`, `idle`: what a process does while it is here
  std::vector<EdgeId> out;  // textual order
};

struct Process {
  enum class Kind : std::uint8_t { Init, Loop, Server, Thread, Source, Peer };
  ComponentId component;
  std::string name;  // `N`, `N.p`, `N.i`, `N.T`, `p.imp`
  Kind kind = Kind::Loop;
  bool starts_running = true;  // Thread: false if some `spawn` names it; it starts at an Off location then
  bool starts_active = false;  // counts in its component's `active` from the start
  LocationId start;
  base::Table<LocationId, Location> locations;
  base::Table<EdgeId, Edge> edges;
  source::Span span;
};

// Rule 7. Violated by a fair run in which from some moment on for ever: the peer's end is at `node`, the
// queue from `debtor` to the peer is empty, both ends are open and `debtor` is bound.
struct Obligation {
  PortId debtor;
  StateId node;
};

// `state S = p@T`: never (active == 0 and in state `value` and port not at `nodes`).
struct Mapping {
  ComponentId component;
  std::int32_t value = 0;
  PortId port;
  std::vector<StateId> nodes;
  source::Span span;
};

struct Check {
  enum class Kind : std::uint8_t { Never, Always, Reachable, LeadsTo, Progress };
  Kind kind = Kind::Never;
  std::string id;  // `user:check-1`
  ExprId first, second;
  source::Span span;
};

struct System {
  std::string name;  // of its first driver
  source::Span span;
  std::vector<source::FileId> files;  // whose annotations make it, in the order of the run
  base::Table<ComponentId, Component> components;
  base::Table<ChannelId, Channel> channels;
  base::Table<PortId, Port> ports;
  base::Table<VariableId, Variable> variables;
  base::Table<SignalId, Signal> signals;
  base::Table<LockId, Lock> locks;
  base::Table<SlotId, Slot> slots;
  base::Table<PoolId, Pool> pools;
  base::Table<ProcessId, Process> processes;
  base::Table<ExprId, Expr> exprs;
  std::vector<Obligation> obligations;
  std::vector<Mapping> mappings;
  std::vector<Check> checks;
  // Which properties something in the text can violate; the others are proved for nothing and not listed.
  std::array<bool, kSystemProperties> applicable{};
  std::uint32_t blocks() const;  // of all pools
};

// Empty if every id is in range, every edge belongs to the location that lists it, starts and initial
// values are possible, and messages have the arguments that their contract asks for; else the first
// broken rule in words.
std::string validate(const Program& program, const System& system);

// One line per row and edge; for tests, `--print=system` and people.
std::string dump(const Program& program, const System& system, const source::SourceMap& sources);

}  // namespace singspin::ir
