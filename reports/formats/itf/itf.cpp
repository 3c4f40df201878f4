#include "reports/formats/itf/itf.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/document/layout.h"

namespace singspin::itf {

namespace {

using document::Counterexample;
using document::Document;
using document::Json;
using document::Step;

constexpr const char* kAction = "mbt::actionTaken";

// Endpoint states, queues, and in systems who holds each lock and each token; "" is nobody, since the format
// has no null.
void add_variables(const Json& configuration, Json& out) {
  for (const char* group : {"states", "queues", "locks", "tokens"}) {
    if (!configuration.contains(group)) continue;
    for (const auto& [name, value] : configuration.at(group).items()) {
      // Ids of the groups do not meet, but names in a file from elsewhere may.
      const std::string key =
          out.contains(name) || name.starts_with('#') ? fmt::format("{}: {}", group, name) : name;
      out[key] = value.is_null() ? Json("") : value;
    }
  }
}

std::string action(const Step& step) {
  const std::string& who = step.thread.empty() ? step.component : step.thread;
  const std::string& what = step.message.empty() ? step.detail : step.message;
  return what.empty() ? fmt::format("{} {}", who, step.action)
                      : fmt::format("{} {} {}", who, step.action, what);
}

Json state(std::size_t index, const std::string& action_taken, const Json& configuration) {
  Json out = Json::object({{"#meta", Json::object({{"index", index}})}, {kAction, action_taken}});
  add_variables(configuration, out);
  return out;
}

void add_capacities(const Json& queues, Json& out) {
  if (!queues.is_array()) return;
  for (const Json& queue : queues) {
    const bool known = queue.is_object() && queue.contains("id") && queue["id"].is_string() &&
                       queue.contains("capacity") && queue["capacity"].is_number_unsigned();
    if (!known) continue;
    const auto capacity = std::to_string(queue["capacity"].get<std::uint64_t>());
    out["capacity " + queue["id"].get<std::string>()] = Json::object({{"#bigint", capacity}});
  }
}

Json capacities(const Json& subject) {
  Json out = Json::object();
  if (subject.contains("queues")) add_capacities(subject["queues"], out);
  for (const Json& channel : subject.value("channels", Json::array())) {
    if (channel.is_object() && channel.contains("queues")) add_capacities(channel["queues"], out);
  }
  return out;
}

}  // namespace

std::string render(const Document& document, std::size_t counterexample) {
  const Counterexample& run = document.counterexamples[counterexample];
  Json states = Json::array({state(0, "init", *run.initial)});
  for (const Step& step : run.steps) states.push_back(state(step.index, action(step), *step.after));
  Json variables = Json::array();
  for (const auto& [name, value] : states.front().items()) {
    if (name != "#meta") variables.push_back(name);
  }
  Json out = Json::object(
      {{"#meta", Json::object({{"format", "ITF"},
                               {"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"},
                               {"source", document.inputs[run.span.input].path},
                               {"description", fmt::format("{}: {}", run.id, run.message)}})},
       {"params", capacities(*document.subject_of(run).json)},
       {"vars", std::move(variables)},
       {"states", std::move(states)}});
  if (run.loop_start) out["loop"] = *run.loop_start;
  return document::layout(out);
}

}  // namespace singspin::itf
