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

struct Model {
  std::vector<std::string> header;  // comment lines
  std::vector<Machine> machines;
  bool observed = false;  // with the observing hook of prelude/observer.pml
};

// Promela has 255 mtype names a set; larger contracts send plain numbers.
inline constexpr std::size_t kMaxMtypeNames = 250;

}  // namespace singspin::pml
