// Words for steps, waits and configurations of systems.
#pragma once

#include "frontend/explore/explain.h"
#include "reports/replay/engine/world.h"
#include "reports/report/system_run.h"

namespace singspin::replay {

std::vector<Row> system_rows(const explore::Interpreter& interpreter, const explore::Configuration& at);
std::string step_words(const explore::Interpreter& interpreter, const report::ToldStep& told);
std::vector<std::string> wait_words(const explore::Interpreter& interpreter,
                                    const explore::Explanation& explanation);
std::string violation_words(const ir::System& system, const explore::Violation& violation);
// The only process that sends or receives this message at a port, if there is just one.
std::optional<ir::ProcessId> port_user(const ir::System& system, ir::PortId port, ir::MessageId message,
                                       bool sends);
// `tray` if no other row of its kind has this name, else `Spooler.tray`.
std::string short_name(const ir::System& system, ir::ComponentId component, const std::string& name);

}  // namespace singspin::replay
