#include "reports/formats/trace/trace.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/document/stand_alone.h"

namespace singspin::trace {

namespace {

using document::Document;
using document::Json;
using document::Subject;

Json tables(const Json& subject) {
  Json out = subject;
  out.erase("verdicts");
  return out;
}

}  // namespace

std::string render(const Document& document, std::size_t counterexample) {
  const document::Counterexample& run = document.counterexamples[counterexample];
  Json out = *run.json;
  out.erase("text");
  out.erase("fixes");
  out["tool"] = document.json->at("tool");
  out["sources"] = document.json->at("inputs");
  Json& contracts = out["contracts"] = Json::array();
  const Subject& subject = document.subject_of(run);
  if (!run.is_system) {
    contracts.push_back(tables(*subject.json));
    return document::stand_alone(std::move(out));
  }
  for (const std::string& name : subject.contracts) {
    const auto contract = std::ranges::find(document.contracts, name, &Subject::qualified);
    if (contract != document.contracts.end()) contracts.push_back(tables(*contract->json));
  }
  out["system"] = tables(*subject.json);
  return document::stand_alone(std::move(out));
}

}  // namespace singspin::trace
