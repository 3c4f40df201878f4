// The name somebody may have meant.
#pragma once

#include <string_view>
#include <vector>

namespace singspin::base {

// The candidate with the fewest letters changed, if few enough are; empty if none is near. Very long
// names and very many candidates are not compared.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace singspin::base
