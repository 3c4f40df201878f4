#include "reports/formats/terminal/state_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/lower/compact_ir.h"

namespace singspin::terminal {
namespace {

using ::testing::HasSubstr;

std::string drawn(const testing::Source& source, const Options& options) {
  const graph::Graph graph = graph::make_graph(source.contract, graph::Folding::Folded);
  return state_machine(source.contract, graph, source.sources, options);
}

TEST(StateMachine, RepliesThatLeadApartAreBranches) {
  const testing::Source source("A: Print? A/Print; A/Print: Yes! B, No! A; B: Stop? A");
  EXPECT_THAT(drawn(source, {}), HasSubstr("  Print?\n"
                                           "    Yes!  ──► B\n"
                                           "    No!   ↻\n"));
}

// Without its blanks and line ends the text is the same at every width: nothing is cut.
TEST(StateMachine, NothingIsLostAtAnyWidth) {
  const testing::Source source(std::string(testing::kClinic));
  const auto plain = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  };
  Options options;
  for (const bool unicode : {false, true}) {
    options.unicode = unicode;
    options.width = 100;
    const std::string expected = plain(drawn(source, options));
    for (options.width = 1; options.width <= 200; ++options.width)
      EXPECT_EQ(plain(drawn(source, options)), expected) << options.width;
  }
}

// Once every block looked at all others: 4000 states took a minute.
TEST(StateMachine, ManyStatesTakeLinearTime) {
  testing::Source source("A: X? A");
  ir::Contract& contract = source.contract;
  constexpr std::uint32_t kStates = 50'000;
  for (std::uint32_t i = 1; i < kStates; ++i) {
    ir::State state = contract.states[contract.start];
    state.id = "S" + std::to_string(i);
    state.out = {contract.transitions.add({ir::StateId{i}, ir::StateId{i - 1}, {}, ir::Sign::Receive, {}})};
    contract.states.add(std::move(state));
  }
  const std::string text = drawn(source, {});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3 * kStates + 2);
}

}  // namespace
}  // namespace singspin::terminal
