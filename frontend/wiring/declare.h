// Components and their declarations as rows of a system.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// Adds the component with all it declares, and its scope.
void declare(Build& build, const annotation::Component& component, source::FileId file);

// Ports that nothing connects get a peer, those that are connected one channel; all ports have a channel
// afterwards. Unbound ports are known then.
void join_ports(Build& build, const std::vector<const annotation::Connect*>& connects);

}  // namespace singspin::wiring
