// The run of a system as a chart: a lifeline for each thread that makes a step, messages between them.
#pragma once

#include <string>

#include "reports/formats/terminal/style.h"
#include "reports/formats/terminal/system_view.h"

namespace singspin::terminal {

std::string system_chart(const SystemView& view, const Style& style);

}  // namespace singspin::terminal
