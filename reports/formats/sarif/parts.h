// The pieces of a SARIF log. Internal to formats/sarif.
#pragma once

#include <map>
#include <nlohmann/json.hpp>

#include "reports/document/findings.h"
#include "reports/formats/sarif/sarif.h"

namespace singspin::sarif {

using document::Document;
using document::Finding;
using document::Json;

// A message is plain text that ends in a period; brackets would make links of it.
Json message(std::string_view text);
Json location(const Document& document, const document::Span& span);

// Rules, each once, in the order in which they are asked for.
class Rules {
 public:
  explicit Rules(const document::Settings& settings) : settings_(settings) {}
  std::size_t index_of(const std::string& code, const std::string& rule);
  Json take() { return std::move(rules_); }

 private:
  const document::Settings& settings_;
  std::map<std::string, std::size_t> rows_;
  Json rules_ = Json::array();
};

// All steps of all components, merged; the middle of a long run is left out.
Json code_flow(const Document& document, const document::Counterexample& run);
inline constexpr std::size_t kMostSteps = 1'000;

// The state machine of a contract: its states are nodes, its transitions edges.
Json graph(const Document& document, const document::Subject& contract);
// Rows of the graphs by contract.
using GraphRows = std::map<const document::Subject*, std::size_t>;
// The way of each endpoint through its contract, an entry for each endpoint that moves.
Json traversals(const Document& document, const document::Counterexample& run, const GraphRows& rows);

}  // namespace singspin::sarif
