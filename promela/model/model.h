// The Promela tree of the two-party models: plain structs, nothing else.
// A model has one machine per contract, entry state and reading; with several machines a run picks
// one. Names are source names; the printer makes them legal and unique.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::pml {

// Which IR row a statement comes from.
struct Origin {
  std::size_t machine = 0;
  ir::Role role = ir::Role::Exporter;
  ir::StateId state;
  std::optional<ir::TransitionId> transition;  // absent: the block of a final state
};

// Row of Machine::messages.
using MessageIndex = std::size_t;

// Section 8.7 of the language reference: the send is possible only if the head of the own queue is
// none of these.
struct Restraint {
  std::vector<MessageIndex> unless_head;
};

struct Option {
  enum class Action : std::uint8_t { Send, Receive };
  Action action = Action::Send;
  bool to_importer = true;  // the queue
  MessageIndex message = 0;
  std::optional<Restraint> restraint;
  std::size_t target = 0;  // row of Process::blocks
  Origin origin;
  unsigned event = 0;  // what `last_event` becomes, if the model has it
};

// One contract state as seen by one endpoint. Without options it is final.
struct Block {
  std::string label;  // source name, such as `RUNNING/Stop`
  bool final = false;
  std::vector<std::string> comment;  // place and text of the source line
  std::vector<Option> options;
  Origin origin;
};

struct Process {
  ir::Role role = ir::Role::Exporter;
  std::vector<Block> blocks;  // the first one is where the process starts
};

struct Machine {
  std::string title;                  // for comments
  std::vector<std::string> messages;  // source names; shared by machines of one contract
  std::size_t message_set = 0;        // machines with equal numbers share their messages
  std::uint32_t to_importer = 1;      // capacities
  std::uint32_t to_exporter = 1;
  Process exporter;
  Process importer;
};

// An operator or atom of a formula about the one machine of a model.
struct Term {
  enum class Op : std::uint8_t {
    True,
    False,
    At,      // row `place` of Model::places
    Event,   // `last_event` is `event`
    Length,  // of a queue, compared with `number`
    Not,
    And,
    Or,
    Implies,
    Always,
    Eventually,
    Until,
    WeakUntil,
  };
  Op op = Op::True;
  std::size_t place = 0;
  unsigned event = 0;
  bool to_importer = true;      // Length
  std::string_view comparison;  // `<=`
  std::uint32_t number = 0;
  std::size_t left = 0, right = 0;  // rows of Formula::terms before this one
};

// A claim of its own, for `pan -N name`.
struct Formula {
  std::string name;         // a legal Promela name
  std::string title;        // for the comment
  std::vector<Term> terms;  // the last one is the root
};

// Whether a process is at one of some blocks, as a variable: SPIN takes formulas of some 2,000 characters,
// and a state of a contract may stand for dozens of labels.
struct Place {
  std::string title;  // for the comment
  ir::Role role = ir::Role::Exporter;
  std::vector<std::size_t> blocks;  // ascending
  bool operator==(const Place&) const = default;
};

struct Model {
  std::vector<std::string> header;  // comment lines
  std::vector<Machine> machines;
  bool observed = false;          // with the observing hook of prelude/observer.pml
  std::vector<Formula> formulas;  // only with a single machine
  std::vector<Place> places;      // that formulas ask for
  bool events = false;            // every step says in `last_event` what it did
  // A process that can always make a step. Under weak fairness a run that ends would count as satisfying
  // every claim; with this process no run ends.
  bool idling = false;
};

// Promela has 255 mtype names a set; larger contracts send plain numbers.
inline constexpr std::size_t kMaxMtypeNames = 250;

}  // namespace singspin::pml
