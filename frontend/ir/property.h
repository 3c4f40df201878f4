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
  CanFinish,
  ReturnsToStart,
  User,  // a `//@ check` of the contract, verified unless only other properties are asked for
};

// What is verified if nobody says otherwise.
inline constexpr std::array kProperties = {Property::DeadlockFree, Property::NoUnexpectedMessage,
                                           Property::NoOrphanMessage, Property::QueuesBounded,
                                           Property::StatesReachable};
// Those and the ones that have to be asked for.
inline constexpr std::array kAllProperties = {Property::DeadlockFree,    Property::NoUnexpectedMessage,
                                              Property::NoOrphanMessage, Property::QueuesBounded,
                                              Property::StatesReachable, Property::CanFinish,
                                              Property::ReturnsToStart};
bool is_default(Property property);

diagnostics::Code code(Property property);
// `deadlock-free`
std::string_view id(Property property);

}  // namespace singspin::ir
