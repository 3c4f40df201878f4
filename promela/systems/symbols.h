// Promela names and numbers for everything a system has: one table, so that the declaration of an item
// and every mention of it agree. Knows no statement and no rule of the annotation language.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "frontend/ir/system.h"
#include "promela/print/names.h"

namespace singspin::systems {

// Owners of blocks, as the array `owner` holds them.
inline constexpr unsigned kNobody = 0, kHardware = 1, kTransit = 2, kFirstComponent = 3;
// SPIN has 255 names in a set of mtype; longer sets are plain numbers.
inline constexpr std::size_t kMaxSet = 250;

// A name or a number per row of a table.
using Words = std::vector<std::string>;

struct ContractWords {
  std::string set;  // prefix of the names of its two sets
  Words messages;
  Words nodes;
  bool named_messages = true, named_nodes = true;
};

struct PortNames {
  std::string base;                 // `Camera_ctl`
  std::string node, closed, bound;  // closed, bound: empty if that never changes
  std::string inbox;                // the queue it receives from
};

struct VariableNames {
  std::string value, readers, writers;
};

struct SignalNames {
  std::string pending, armed;
};

class Symbols {
 public:
  Symbols(const ir::Program& program, const ir::System& system);

  // The value of `over` for a property; for a check its own.
  const std::string& end_of(ir::SystemProperty property) const { return properties.at(property); }
  unsigned owner(ir::ComponentId component) const { return kFirstComponent + component.value; }
  std::string label(ir::ProcessId process, ir::LocationId location) const {
    return labels[process.value][location.value];
  }
  const ContractWords& contract(ir::PortId port) const;
  ir::PortId peer(ir::PortId port) const;

  pml::NameTable names;
  std::map<ir::ContractId, ContractWords> contracts;  // those that channels use
  Words components;                                   // their counters `active`
  std::vector<PortNames> ports;
  std::vector<VariableNames> variables;
  std::vector<SignalNames> signals;
  Words locks, slots, pools;
  Words processes;  // proctypes
  Words running, atomic;
  std::vector<Words> labels;
  std::map<ir::SystemProperty, std::string> properties;
  Words checks;
  std::string over, abandoned, owners, scratch, begun, watch, fail, queue_word;
  std::vector<std::string> ends;  // all values of `over`, in order

 private:
  bool is_ever_closed(ir::PortId port) const;
  void name_contracts();
  void name_ports();
  void name_data();
  void name_processes();

  const ir::Program& program_;
  const ir::System& system_;
};

}  // namespace singspin::systems
