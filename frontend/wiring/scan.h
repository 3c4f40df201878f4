// What the text of a component says anywhere: found before anything is expanded.
#pragma once

#include <functional>

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// Every statement of a block, inner ones after the outer one.
void for_each_statement(const annotation::Block& block,
                        const std::function<void(const annotation::Stmt&)>& act);
// Every body of a component: handlers, threads, procs, init.
void for_each_body(const annotation::Component& component,
                   const std::function<void(const annotation::Block&)>& act);
// The same with the texts of the procs that it calls, each once.
void for_each_called_statement(const Scope& scope, const annotation::Block& block,
                               const std::function<void(const annotation::Stmt&)>& act);

const annotation::Proc* find_proc(const annotation::Component& component, std::string_view name);

// Fills the lists of a scope; ports must be declared. Reports recursion (4.7) and what `init` must not do.
void scan(Build& build, Scope& scope);

// The ports that a reference may mean: one element, or all if its index is no number.
std::vector<ir::PortId> ports_meant(const Scope& scope, const Ref& ref);

// Rule 1.5: names of ports that come as arguments of a message received, in a component's text.
std::vector<Ref> received_arguments(const annotation::Component& component);

}  // namespace singspin::wiring
