// One line of a recorded event log: JSON Lines, an object per event.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace singspin::report {

struct LogEvent {
  std::string time;    // as written, empty if there is none
  std::string thread;  // empty if there is none
  std::string endpoint;
  std::string message;
  std::optional<bool> sends;  // member `action`: "send" or "receive"
};

struct LogFault {
  std::size_t column = 1;  // in bytes, from 1
  std::string message;
};

// Other members are allowed and ignored. Any bytes give an event or a fault.
std::variant<LogEvent, LogFault> read_log_event(std::string_view line);

}  // namespace singspin::report
