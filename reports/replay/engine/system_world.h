// Runs of a system of drivers.
#pragma once

#include "frontend/explore/run.h"
#include "reports/replay/engine/world.h"
#include "reports/report/system_run.h"

namespace singspin::replay {

std::unique_ptr<World> system_world(std::shared_ptr<const Material> material, std::size_t system,
                                    explore::Run run);

// `told` are the steps of the run that leads to its configuration `index`.
report::SavedConfiguration saved_configuration(const explore::Interpreter& interpreter,
                                               const explore::Run& run,
                                               const std::vector<report::ToldStep>& told, std::size_t index,
                                               const source::SourceMap& sources);

report::Place place_of(const source::SourceMap& sources, source::Span span);

}  // namespace singspin::replay
