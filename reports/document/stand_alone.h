// Traces that stand alone.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

namespace singspin::document {

// Rows of the sources that spans anywhere in `value` point to.
void collect_sources(const nlohmann::ordered_json& value, std::set<std::size_t>& used);

// The text of a trace whose `sources` are all files of a run: those that no span points to are left out.
std::string stand_alone(nlohmann::ordered_json trace);

}  // namespace singspin::document
