// Contracts for the verifier, and SPIN if it is there.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "promela/lower/lower.h"
#include "promela/print/print.h"
#include "promela/spin/engine.h"
#include "promela/verify/judge.h"
#include "tests/unit/exec/compact.h"

namespace singspin::testing {

// `tools` with one compiler, the fast one if there is one: models here are small.
inline spin::Tools quick_tools() {
  spin::Tools tools = spin::find_tools();
  if (!tools.fast_compiler.empty()) tools.optimizing_compiler.clear();
  return tools;
}

#define SKIP_WITHOUT_SPIN()                                                                  \
  const spin::Tools tools = testing::quick_tools();                                          \
  if (tools.spin.empty()) GTEST_SKIP() << "spin is not installed";                           \
  if (tools.fast_compiler.empty() && tools.optimizing_compiler.empty()) GTEST_SKIP() << "no C compiler"

// A program of compact contracts, each in a file of its own.
struct Contracts {
  Contracts(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) add(text);
  }
  ir::ContractId add(std::string_view text) {
    const std::string name = "C" + std::to_string(ids.size() + 1);
    const source::FileId file = sources.add(name + ".sg", text);
    ids.push_back(program.contracts.add(compact(sources.file(file).text, name, file)));
    return ids.back();
  }
  ir::Contract& operator[](std::size_t i) { return program.contracts[ids[i]]; }
  // An alternative start state.
  void add_entry(std::size_t i, std::string_view state) {
    (*this)[i].entries.push_back({state_of((*this)[i], state), (*this)[i].span});
  }

  source::SourceMap sources;
  ir::Program program;
  std::vector<ir::ContractId> ids;
};

inline verify::Results verified(const Contracts& contracts, const verify::Options& options, const spin::Tools& tools) {
  return verify::verify(contracts.program, contracts.ids, {}, contracts.sources, options, tools, nullptr, {});
}

inline const exec::Verdict& verdict(const verify::ContractResult& result, ir::Property property,
                                    std::optional<exec::Reading> reading = std::nullopt) {
  for (const exec::Verdict& v : result.verdicts) {
    if (v.property == property && (!reading || v.reading == reading)) return v;
  }
  CHECK(false, "the verdict exists");
}

inline std::string problems(const verify::Results& results) {
  std::string text;
  for (const auto& problem : results.problems) text += diagnostics::code_text(problem.code) + " " + problem.message + "\n";
  return text;
}

}  // namespace singspin::testing
