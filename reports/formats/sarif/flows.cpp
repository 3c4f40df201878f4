// The run of a counterexample: its steps as a thread flow, its ways as graph traversals.
#include <fmt/format.h>

#include <algorithm>

#include "reports/document/text.h"
#include "reports/formats/sarif/parts.h"

namespace singspin::sarif {

namespace {

using document::Counterexample;
using document::Step;

constexpr std::size_t kFirst = 100, kLast = 900;

std::string value_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A configuration as names and texts, without the places in it.
Json state(const Json& configuration) {
  Json out = Json::object();
  for (const auto& [group, members] : configuration.items()) {
    if (!members.is_object()) continue;
    for (const auto& [name, value] : members.items()) {
      Json plain = value;
      if (plain.is_object()) plain.erase("span");
      const std::string key =
          document::one_line(group == "states" || group == "queues" ? name : group + "." + name);
      out[key] = Json::object({{"text", document::one_line(value_text(plain))}});
    }
  }
  return out;
}

std::string who(const Step& step) {
  if (!step.thread.empty()) return step.thread;
  if (step.component == "imp") return "importer";
  return step.component == "exp" ? "exporter" : step.component;
}

std::string words(const Step& step) {
  std::string out = fmt::format("Step {}: {} {}", step.index, who(step),
                                step.action == "send"      ? "sends"
                                : step.action == "receive" ? "receives"
                                                           : step.action);
  if (!step.message.empty()) out += " " + step.message;
  if (!step.channel.empty()) out += " on " + step.channel;
  if (!step.detail.empty()) out += ": " + step.detail;
  if (!step.from.empty()) out += fmt::format(", {} -> {}", step.from, step.to);
  return out;
}

Json flow_location(const Document& document, const Step& step, bool essential) {
  Json place = location(document, step.span);
  place["message"] = message(words(step));
  return Json::object({{"location", std::move(place)},
                       {"kinds", Json::array({document::one_line(step.action)})},
                       {"state", state(*step.after)},
                       {"executionOrder", step.index},
                       {"importance", essential ? "essential" : "important"},
                       {"module", document::one_line(who(step))}});
}

}  // namespace

Json code_flow(const Document& document, const Counterexample& run) {
  std::uint32_t essential = run.decisive.value_or(static_cast<std::uint32_t>(run.steps.size()));
  for (const std::uint32_t step : run.race) essential = std::min(essential, step);
  Json locations = Json::array();
  const std::size_t count = run.steps.size();
  for (std::size_t i = 0; i < count; ++i) {
    const bool left_out = count > kMostSteps && i >= kFirst && i < count - kLast;
    if (!left_out)
      locations.push_back(flow_location(document, run.steps[i], run.steps[i].index >= essential));
  }
  // A run without steps still has a place: its start. Empty flows are refused.
  if (locations.empty()) {
    Json start = location(document, run.span);
    start["message"] = message("The start");
    locations.push_back(Json::object({{"location", std::move(start)}, {"state", state(*run.initial)}}));
  }
  return Json::object({{"threadFlows", Json::array({Json::object({{"locations", std::move(locations)}})})}});
}

namespace {

// The contract of every channel of a system, and of the one channel of a contract, which has no name.
std::map<std::string, const document::Subject*> contracts_of(const Document& document,
                                                             const document::Subject& subject) {
  std::map<std::string, const document::Subject*> out;
  if (!subject.is_system) return {{"", &subject}};
  for (const Json& channel : subject.json->at("channels")) {
    if (!channel.contains("id") || !channel["id"].is_string()) continue;
    const auto found = std::ranges::find(document.contracts, channel.at("contract").get<std::string>(),
                                         &document::Subject::qualified);
    if (found != document.contracts.end()) out.emplace(channel["id"].get<std::string>(), &*found);
  }
  return out;
}

struct Way {
  const document::Subject* contract = nullptr;
  Json edges = Json::array();
  std::string at;
  bool connected = true;

  void go(const Step& step) {
    const auto is_it = [&](const document::Transition& t) {
      return t.id == step.transition && t.from == step.from && t.to == step.to;
    };
    connected = connected && (edges.empty() || at == step.from) && contract != nullptr &&
                std::ranges::any_of(contract->transitions, is_it);
    at = step.to;
    const std::string name = document::one_line(step.endpoint);
    edges.push_back(Json::object(
        {{"edgeId", step.transition},
         {"finalState", Json::object({{name, Json::object({{"text", document::one_line(step.to)}})}})}}));
  }
};

}  // namespace

Json traversals(const Document& document, const Counterexample& run, const GraphRows& rows) {
  const auto contracts = contracts_of(document, document.subject_of(run));
  std::map<std::string, Way> ways;
  for (const Step& step : run.steps) {
    if (step.endpoint.empty() || step.transition.empty()) continue;
    Way& way = ways[step.endpoint];
    const auto contract = contracts.find(run.is_system ? step.channel : "");
    if (way.edges.empty() && contract != contracts.end()) way.contract = contract->second;
    way.go(step);
  }
  Json out = Json::array();
  for (auto& [endpoint, way] : ways) {
    const auto row = rows.find(way.contract);
    // An edge of a way has to begin where the one before it ended.
    if (row == rows.end() || !way.connected || way.edges.size() > kMostSteps) continue;
    out.push_back(Json::object({{"runGraphIndex", row->second},
                                {"description", message("The way of " + endpoint)},
                                {"edgeTraversals", std::move(way.edges)}}));
  }
  return out;
}

Json graph(const Document& document, const document::Subject& contract) {
  Json nodes = Json::array(), edges = Json::array();
  for (const document::State& state : contract.states) {
    Json node =
        Json::object({{"id", state.id}, {"label", Json::object({{"text", document::one_line(state.id)}})}});
    if (state.span) node["location"] = location(document, *state.span);
    nodes.push_back(std::move(node));
  }
  for (const document::Transition& t : contract.transitions) {
    const std::string label = document::one_line(t.message) + (t.in ? "?" : "!");
    edges.push_back(Json::object({{"id", t.id},
                                  {"label", Json::object({{"text", label}})},
                                  {"sourceNodeId", t.from},
                                  {"targetNodeId", t.to}}));
  }
  Json out = Json::object({{"description", message(contract.qualified)}});
  if (!nodes.empty()) out["nodes"] = std::move(nodes);
  if (!edges.empty()) out["edges"] = std::move(edges);
  return out;
}

}  // namespace singspin::sarif
