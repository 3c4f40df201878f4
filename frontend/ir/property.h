// The properties and what can be said about them. Ids: section 3 of the output specification.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::ir {

enum class Property : std::uint8_t {
  DeadlockFree,
  NoUnexpectedMessage,
  NoOrphanMessage,
  QueuesBounded,
  StatesReachable,
};

inline constexpr std::array kProperties = {Property::DeadlockFree, Property::NoUnexpectedMessage,
                                           Property::NoOrphanMessage, Property::QueuesBounded,
                                           Property::StatesReachable};

diagnostics::Code code(Property property);
// `deadlock-free`
std::string_view id(Property property);

}  // namespace singspin::ir
