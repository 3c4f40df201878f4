// Printing what was parsed and parsing it again gives the same contracts.
#include <gtest/gtest.h>

#include <cstdio>

#include "frontend/format/format.h"
#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/property/print_tree.h"
#include "tests/property/samples.h"

namespace singspin {
namespace {

void move_to_start(source::Span& span) { span = {}; }

// The contract without its places, which another layout changes.
std::string without_places(ir::Contract contract, const source::SourceMap& sources) {
  move_to_start(contract.span);
  for (ir::Message& m : contract.messages) {
    move_to_start(m.span);
    for (ir::Parameter& p : m.parameters) std::erase_if(p.type, [](char c) { return c == '\n' || c == ' '; });
  }
  for (ir::State& s : contract.states) move_to_start(s.span);
  for (ir::Transition& t : contract.transitions) move_to_start(t.span);
  for (ir::InlinedState& s : contract.inlined) move_to_start(s.span);
  for (ir::Entry& e : contract.entries) {
    if (e.declared_at) move_to_start(*e.declared_at);
  }
  return ir::dump(contract, sources);
}

std::vector<std::string> machines(const fuzz::FrontEnd& front_end) {
  std::vector<std::string> result;
  for (const ir::Contract& c : front_end.analysis.program.contracts)
    result.push_back(without_places(c, front_end.sources));
  return result;
}

// `singspin fmt` keeps what every contract means, those with errors included.
std::size_t compare_formatted(const property::Sample& sample) {
  const fuzz::FrontEnd first = fuzz::run_front_end(sample.text);
  const format::Formatted formatted =
      format::format(first.sources, {0}, first.tokens.front().tokens, first.files.front(), {});
  const fuzz::FrontEnd second =
      fuzz::run_front_end(format::apply(first.sources.file({0}).text, formatted.edits));
  EXPECT_EQ(machines(first), machines(second)) << sample.path;
  return first.analysis.program.contracts.size();
}

// Number of contracts compared. A contract with a syntax error has no text that means the same.
std::size_t compare_printed(const property::Sample& sample) {
  const fuzz::FrontEnd first = fuzz::run_front_end(sample.text);
  for (const syntax::Contract& c : first.files.front().contracts) {
    if (c.broken) return 0;
  }
  const std::string printed = property::print_tree(first.files.front(), first.sources);
  const fuzz::FrontEnd second = fuzz::run_front_end(printed);
  EXPECT_EQ(machines(first), machines(second)) << sample.path << "\n" << printed;
  EXPECT_EQ(printed, property::print_tree(second.files.front(), second.sources)) << sample.path;
  return first.analysis.program.contracts.size();
}

std::size_t compare_all(const std::vector<property::Sample>& samples) {
  std::size_t compared = 0;
  for (const property::Sample& sample : samples) {
    compared += compare_printed(sample);
    compare_formatted(sample);
    if (testing::Test::HasFailure()) break;
  }
  std::printf("%zu contracts compared in %zu files\n", compared, samples.size());
  return compared;
}

TEST(Roundtrip, OfEverySample) { EXPECT_GT(compare_all(property::samples()), 200U); }

TEST(Roundtrip, OfRandomContracts) { EXPECT_GT(compare_all(property::random_samples()), 200U); }

}  // namespace
}  // namespace singspin
