// What the two parties of a contract can do next, one step at a time (section 8.2 of the language
// reference). Promises: enabled() is complete and its order stable (exporter before importer, then
// textual order). Knows the IR and nothing else: no Promela, no SPIN, no text, no files.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "frontend/ir/ir.h"

namespace singspin::exec {

// Free: nothing restrains the parties in a mixed state. Priority: the rule of S19 does.
enum class Reading : std::uint8_t { Free, Priority };

// Messages a queue holds at most; a send into a full queue is not enabled.
struct Capacity {
  std::uint32_t to_importer = 0;
  std::uint32_t to_exporter = 0;
  auto operator<=>(const Capacity&) const = default;
};
inline constexpr std::uint32_t kUnlimited = 0xffffffffu;

// Where a run starts and under which rules it goes on.
struct Scope {
  ir::StateId entry;
  Reading reading = Reading::Free;
  Capacity capacity = {kUnlimited, kUnlimited};
};

using Queue = std::vector<ir::MessageId>;  // first to be received first

struct Configuration {
  ir::StateId exporter;
  ir::StateId importer;
  Queue to_importer;
  Queue to_exporter;
  auto operator<=>(const Configuration&) const = default;
  ir::StateId state(ir::Role role) const { return role == ir::Role::Exporter ? exporter : importer; }
  // The queue that `role` receives from.
  const Queue& inbox(ir::Role role) const { return role == ir::Role::Exporter ? to_exporter : to_importer; }
};

struct Step {
  ir::Role actor = ir::Role::Exporter;
  ir::TransitionId transition;
  auto operator<=>(const Step&) const = default;
};

// Whether `step` sends: its actor is the sender of its transition.
bool is_send(const ir::Contract& contract, const Step& step);

Configuration initial(const Scope& scope);
bool is_enabled(const ir::Contract&, const Scope&, const Configuration&, const Step&);
std::vector<Step> enabled(const ir::Contract&, const Scope&, const Configuration&);
// Some send of some party is held back only by a full queue.
bool is_cut(const ir::Contract&, const Scope&, const Configuration&);
// CHECKs that the step is enabled but for capacity.
Configuration apply(const ir::Contract&, Configuration, const Step&);

// What is wrong with one configuration (sections 8.3 and 8.4).
enum class Fault : std::uint8_t {
  Stuck,                 // no step, nothing cut, not both parties final
  UnspecifiedReception,  // a receive-only party has a head it does not list
  OrphanMessage,         // both final, a queue not empty
  FinalWithPending,      // one party final with a message for it, the other not final
};
inline constexpr Fault kFaults[] = {Fault::Stuck, Fault::UnspecifiedReception, Fault::OrphanMessage,
                                    Fault::FinalWithPending};
bool has_fault(const ir::Contract&, const Scope&, const Configuration&, Fault);
// A stuck configuration with both queues empty: the narrow deadlock.
bool is_deadlock(const ir::Contract&, const Scope&, const Configuration&);
// A party at a mixed state has a head it cannot receive there (8.4): a note, no fault.
bool has_unreceivable_head_at_mixed(const ir::Contract&, const Configuration&);

// A run: configurations[0] is initial, configurations[k] is the one after steps[k - 1].
struct Trace {
  Scope scope;
  std::vector<Step> steps;
  std::vector<Configuration> configurations;
  const Configuration& last() const { return configurations.back(); }
};

// The first step (0-based) that was not enabled.
struct Mismatch {
  std::size_t step = 0;
};
// Executes `steps` from the start of `scope`; queues without limit, so a run found with small
// queues is also a run here.
base::Expected<Trace, Mismatch> execute(const ir::Contract&, const Scope&, const std::vector<Step>& steps);

}  // namespace singspin::exec
