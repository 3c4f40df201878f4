#include "reports/formats/json/event_log.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace singspin::report {

namespace {

using nlohmann::json;

std::string kind_of(const json& value) {
  if (value.is_null()) return "null";
  return fmt::format("{} {}", value.is_array() || value.is_object() ? "an" : "a", value.type_name());
}

LogFault wrong_kind(std::string_view member, std::string_view wanted, const json& value) {
  return {1, fmt::format("`{}` is {}, not {}", member, kind_of(value), wanted)};
}

std::optional<LogFault> read_text(const json& object, const char* member, bool needed, std::string& to) {
  const auto at = object.find(member);
  if (at == object.end()) {
    if (!needed) return std::nullopt;
    return LogFault{1, fmt::format("the event has no member `{}`", member)};
  }
  if (!at->is_string()) return wrong_kind(member, "a string", *at);
  to = at->get<std::string>();
  if (needed && to.empty()) return LogFault{1, fmt::format("`{}` is empty", member)};
  return std::nullopt;
}

std::optional<LogFault> read_time(const json& object, std::string& to) {
  const auto at = object.find("time");
  if (at == object.end()) return std::nullopt;
  if (at->is_string()) to = at->get<std::string>();
  else if (at->is_number()) to = at->dump();
  else return wrong_kind("time", "a number or a string", *at);
  return std::nullopt;
}

std::optional<LogFault> read_action(const json& object, std::optional<bool>& sends) {
  const auto at = object.find("action");
  if (at == object.end()) return std::nullopt;
  if (!at->is_string()) return wrong_kind("action", "a string", *at);
  const std::string& word = at->get_ref<const std::string&>();
  if (word != "send" && word != "receive") return LogFault{1, "`action` is neither \"send\" nor \"receive\""};
  sends = word == "send";
  return std::nullopt;
}

}  // namespace

std::variant<LogEvent, LogFault> read_log_event(std::string_view line) {
  json object;
  try {
    object = json::parse(line);
  } catch (const json::parse_error& e) {
    return LogFault{std::max<std::size_t>(1, e.byte), "the line is not JSON"};
  } catch (const json::exception&) {  // a number that no double holds
    return LogFault{1, "the line has a number out of range"};
  }
  if (!object.is_object()) return LogFault{1, fmt::format("the line is {}, not an object", kind_of(object))};
  LogEvent event;
  if (auto f = read_time(object, event.time)) return *f;
  if (auto f = read_text(object, "thread", false, event.thread)) return *f;
  if (auto f = read_text(object, "endpoint", true, event.endpoint)) return *f;
  if (auto f = read_text(object, "message", true, event.message)) return *f;
  if (auto f = read_action(object, event.sends)) return *f;
  return event;
}

}  // namespace singspin::report
