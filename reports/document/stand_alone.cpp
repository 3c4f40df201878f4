#include "reports/document/stand_alone.h"

#include <iterator>
#include <nlohmann/json.hpp>

#include "reports/document/layout.h"

namespace singspin::document {

namespace {

using Json = nlohmann::ordered_json;

// Calls `of` with the source of every span: an object with a number `source` and a `start`.
template <class Value, class Function>
void each_source(Value& value, const Function& of) {
  if (value.is_object() && value.contains("source") && value.contains("start")) {
    if (auto& source = value.at("source"); source.is_number_integer()) of(source);
    return;
  }
  if (!value.is_structured()) return;
  for (auto& member : value) each_source(member, of);
}

}  // namespace

void collect_sources(const Json& value, std::set<std::size_t>& used) {
  each_source(value, [&](const Json& source) { used.insert(source.get<std::size_t>()); });
}

std::string stand_alone(Json trace) {
  std::set<std::size_t> used;
  collect_sources(trace, used);
  each_source(trace, [&](Json& source) {
    source = static_cast<std::size_t>(std::distance(used.begin(), used.find(source.get<std::size_t>())));
  });
  Json kept = Json::array();
  for (const std::size_t row : used) kept.push_back(trace["sources"].at(row));
  trace["sources"] = std::move(kept);
  return layout(trace);
}

}  // namespace singspin::document
