// Runs of a contract.
#pragma once

#include "reports/replay/engine/world.h"

namespace singspin::replay {

// `trace` was executed on row 0 of `material->program`. Queues of `capacity` hold back what follows.
std::unique_ptr<World> contract_world(std::shared_ptr<const Material> material, ir::ContractId contract,
                                      exec::Trace trace, exec::Capacity capacity);

report::SavedConfiguration saved_configuration(const ir::Contract& contract, const exec::Configuration& at);

}  // namespace singspin::replay
