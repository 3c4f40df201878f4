// Runs and configurations of compact contracts as text.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/exec/exec.h"
#include "tests/unit/lower/compact_ir.h"

namespace singspin::testing {

inline std::string step_text(const ir::Contract& contract, const exec::Step& step) {
  return (step.actor == ir::Role::Exporter ? "E" : "I") + std::string(exec::is_send(contract, step) ? "!" : "?") +
         contract.messages[contract.transitions[step.transition].message].name;
}

// `E!A I?A`
inline std::string steps_text(const ir::Contract& contract, const std::vector<exec::Step>& steps) {
  std::string text;
  for (const exec::Step& step : steps) text += (text.empty() ? "" : " ") + step_text(contract, step);
  return text;
}

// `S T [A B] [C]`: exporter, importer, to importer, to exporter.
inline std::string configuration_text(const ir::Contract& contract, const exec::Configuration& c) {
  std::string text = contract.states[c.exporter].id + " " + contract.states[c.importer].id;
  for (const exec::Queue* queue : {&c.to_importer, &c.to_exporter}) {
    std::string names;
    for (const ir::MessageId m : *queue) names += (names.empty() ? "" : " ") + contract.messages[m].name;
    text += " [" + names + "]";
  }
  return text;
}

// Takes the first enabled step with each text in turn.
inline std::vector<exec::Step> steps_of(const ir::Contract& contract, const exec::Scope& scope, std::initializer_list<std::string_view> texts) {
  std::vector<exec::Step> steps;
  exec::Configuration at = exec::initial(scope);
  for (const std::string_view text : texts) {
    const std::size_t before = steps.size();
    for (const exec::Step& step : exec::enabled(contract, scope, at)) {
      if (step_text(contract, step) != text) continue;
      steps.push_back(step);
      at = exec::apply(contract, at, step);
      break;
    }
    CHECK(steps.size() > before, "the step is enabled");
  }
  return steps;
}

}  // namespace singspin::testing
