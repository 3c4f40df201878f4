// Trace files to runs: nothing is believed, every step is executed again and everything that the file says
// about it is compared (output specification, section 4, Loading).
#pragma once

#include "frontend/base/expected.h"
#include "reports/replay/engine/world.h"
#include "reports/report/saved_trace.h"

namespace singspin::replay {

base::Expected<std::unique_ptr<World>, report::Damage> open_trace(const report::SavedTrace& trace);

// The parts of open_trace, by subject.
base::Expected<std::unique_ptr<World>, report::Damage> open_contract(const report::SavedTrace& trace);
base::Expected<std::unique_ptr<World>, report::Damage> open_system(const report::SavedTrace& trace);

// Where the two configurations differ: `queues`, `locks`; empty if they are equal.
std::string difference(const report::SavedConfiguration& a, const report::SavedConfiguration& b);
// `steps[6].after`, `initial`.
std::string place_of_configuration(std::size_t index);

}  // namespace singspin::replay
