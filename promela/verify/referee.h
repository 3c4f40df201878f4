// The referee: the interpreter's explorer against four searches by SPIN of one model, depth first and breadth
// first, each with and without partial-order reduction.
// Without reduction all of them visit the same configurations, and everything that was counted must be equal.
// Reduction leaves out orders of steps that do not depend on each other: what it visits must be part of the
// whole, and it must keep every standstill and every transition.
#pragma once

#include <set>

#include "promela/verify/judge.h"

namespace singspin::verify {

struct RefereeSearch {
  std::string_view name;  // for people
  bool depth_first = false;
  bool reduce = false;
};
inline constexpr RefereeSearch kRefereeSearches[] = {
    {"breadth first", false, false},
    {"breadth first with partial-order reduction", false, true},
    {"depth first", true, false},
    {"depth first with partial-order reduction", true, true},
};

using Configurations = std::set<exec::Configuration>;

// The configurations that the observer listed, taken out of `observations`; nullopt: a line is none.
std::optional<Configurations> take_configurations(std::vector<std::string>& observations, const pml::Model&,
                                                  std::size_t machine, const ir::Contract&);

// Where a search differs from the explorer, in words; empty if nowhere.
std::string compare_search(const RefereeSearch& search, const exec::CapacitySearch& ours,
                           const Configurations& our_configurations, const MachineRun& run,
                           const Configurations& configurations, std::size_t machines_in_model);

// What the four searches say of machines that share a model.
struct RefereeVerdict {
  std::size_t searches = 0;          // that were complete, and agree
  std::string difference;            // the first one, with the search it is of
  std::vector<std::string> answers;  // of a difference: both sides
  std::optional<spin::Failure> failure;
};
std::vector<RefereeVerdict> run_referee(const BatchContext& context,
                                        const std::vector<const MachineFacts*>& machines);

}  // namespace singspin::verify
