#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "reports/graph/graph.h"
#include "tests/unit/lower/compact_ir.h"

namespace singspin::graph {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

// Goes along a label from a state, counts what is taken, and gives the state where it ends.
ir::StateId unfold(const ir::Contract& contract, const Label& label, ir::StateId at,
                   std::vector<unsigned>& taken) {
  EXPECT_FALSE(label.parts.empty());
  for (const Part& part : label.parts) {
    if (part.alternatives.empty()) {
      const ir::Transition& t = contract.transitions[part.action];
      EXPECT_EQ(t.from, at);
      ++taken[part.action.value];
      at = t.to;
      continue;
    }
    EXPECT_GT(part.alternatives.size(), 1u);
    EXPECT_EQ(part.action, first_action(part.alternatives.front()));
    const ir::StateId end = unfold(contract, part.alternatives.front(), at, taken);
    for (std::size_t i = 1; i < part.alternatives.size(); ++i)
      EXPECT_EQ(unfold(contract, part.alternatives[i], at, taken), end);
    at = end;
  }
  return at;
}

// The edges say what the transitions say, no more and no less.
void expect_same_machine(const ir::Contract& contract, const Graph& graph) {
  std::vector<unsigned> taken(contract.transitions.size(), 0);
  for (const Edge& edge : graph.edges) {
    EXPECT_FALSE(edge.labels.empty());
    for (const Label& label : edge.labels)
      EXPECT_EQ(unfold(contract, label, graph.nodes[edge.from].state, taken), graph.nodes[edge.to].state);
  }
  EXPECT_THAT(taken, Each(1u));
  std::vector<unsigned> drawn(contract.states.size(), 0);
  for (const Node& node : graph.nodes) ++drawn[node.state.value];
  for (const ir::StateId id : contract.states.ids()) {
    EXPECT_LE(drawn[id.value], 1u);
    EXPECT_TRUE(drawn[id.value] == 1 || contract.states[id].kind != ir::State::Kind::Named);
  }
}

std::vector<std::string> rows(const ir::Contract& contract, Folding folding = Folding::Folded) {
  const Graph graph = make_graph(contract, folding);
  expect_same_machine(contract, graph);
  const auto name = [&](NodeId id) { return contract.states[graph.nodes[id].state].id; };
  std::vector<std::string> out;
  for (const Edge& edge : graph.edges) {
    for (const Label& label : edge.labels)
      out.push_back(name(edge.from) + " [" + label_text(contract, label) + "] " + name(edge.to));
  }
  return out;
}

std::vector<std::string> rows(std::string_view text, Folding folding = Folding::Folded) {
  return rows(testing::compact(text), folding);
}

TEST(Folding, ARequestAndItsReplyAreOneEdge) {
  EXPECT_THAT(rows("Idle: Get? Idle/Get, Stop? Over; Idle/Get: Status! Idle"),
              ElementsAre("Idle [Get? Status!] Idle", "Idle [Stop?] Over"));
}

TEST(Folding, FullKeepsEveryState) {
  EXPECT_THAT(rows("Idle: Get? Idle/Get; Idle/Get: Status! Idle", Folding::Full),
              ElementsAre("Idle [Get?] Idle/Get", "Idle/Get [Status!] Idle"));
}

TEST(Folding, RepliesToOnePlaceAreAGroup) {
  EXPECT_THAT(rows(testing::kKettle), ElementsAre("Start [Ready!] Cold", "Cold [Boil? (Hot! or Dry!)] Cold",
                                                  "Cold [SwitchOff?] Gone"));
}

TEST(Folding, GroupsNest) {
  EXPECT_THAT(rows(testing::kClinic),
              ElementsAre("Door [Card? (Known! or Unknown!)] Inside", "Door [NoCard? Unknown!] Inside",
                          "Inside [Visit? (Card? (Known! or Unknown!) or NoCard? Unknown!) Bill!] Inside",
                          "Inside [Leave?] Gone"));
}

TEST(Folding, RepliesToDifferentPlacesKeepTheirPoint) {
  EXPECT_THAT(
      rows("A: Print? A/Print; A/Print: Yes! B, No! A, Maybe! A; B: Stop? A"),
      ElementsAre("A [Print?] A/Print", "A/Print [Yes!] B", "A/Print [(No! or Maybe!)] A", "B [Stop?] A"));
}

TEST(Folding, AStateWithTwoWaysInStays) {
  EXPECT_THAT(rows("A: X? A/P, Y? B; B: Z? A/P; A/P: Done! A"),
              ElementsAre("A [X?] A/P", "A [Y?] B", "A/P [Done!] A", "B [Z?] A/P"));
}

TEST(Folding, AMixedStateStays) {
  EXPECT_THAT(rows("A: X? A/X; A/X: Y! A, Z? A"), ElementsAre("A [X?] A/X", "A/X [Y!] A", "A/X [Z?] A"));
}

TEST(Folding, AnEntryStays) {
  ir::Contract contract = testing::compact("A: X? A/X; A/X: Y! A");
  contract.entries.push_back({testing::state_of(contract, "A/X"), contract.span});
  EXPECT_THAT(rows(contract), ElementsAre("A [X?] A/X", "A/X [Y!] A"));
}

TEST(Folding, ARingThatNobodyEntersIsNoProblem) {
  EXPECT_THAT(rows("A: X? A; A/P: Y! A/Q; A/Q: Z? A/P"), ElementsAre("A [X?] A", "A/Q [Z? Y!] A/Q"));
}

TEST(Folding, NamedStatesNeverVanish) {
  EXPECT_THAT(rows("A: X? B; B: Y! A"), ElementsAre("A [X?] B", "B [Y!] A"));
}

TEST(Nodes, ComeBreadthFirstAndSayWhatTheyAre) {
  ir::Contract contract = testing::compact("A: X? C, Y? B; B: Z! A; Lost: X? A; Side: Y? A");
  contract.entries.push_back({testing::state_of(contract, "Side"), contract.span});
  const Graph graph = make_graph(contract, Folding::Folded);
  std::vector<std::string> seen;
  for (const Node& node : graph.nodes)
    seen.push_back(contract.states[node.state].id + (node.start ? " start" : "") +
                   (node.entry ? " entry" : "") + (node.reachable ? "" : " unreachable"));
  EXPECT_THAT(seen, ElementsAre("A start entry", "Side entry", "C", "B", "Lost unreachable"));
  EXPECT_EQ(turn(contract, testing::state_of(contract, "A")), Turn::Importer);
  EXPECT_EQ(turn(contract, testing::state_of(contract, "B")), Turn::Exporter);
  EXPECT_EQ(turn(contract, testing::state_of(contract, "C")), Turn::Nobody);
}

TEST(Edges, ThoseBetweenTheSameStatesShareOne) {
  const ir::Contract contract = testing::compact("A: X? B, Y? A, Z? B; B: W! A");
  const Graph graph = make_graph(contract, Folding::Full);
  ASSERT_EQ(graph.edges.size(), 3u);
  EXPECT_EQ(graph.edges[0].labels.size(), 2u);
}

// Any graph: of the states some are implicit, transitions go anywhere.
ir::Contract random_contract(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  ir::Contract contract;
  contract.name = contract.qualified_name = "R";
  const unsigned states = 1 + below(12), transitions = below(24);
  for (unsigned i = 0; i < states; ++i) {
    ir::State state;
    state.id = "s" + std::to_string(i);
    state.kind = i == 0 || below(3) == 0 ? ir::State::Kind::Named : ir::State::Kind::Implicit;
    contract.states.add(state);
  }
  contract.messages.add({"m", {}, {}, {}});
  for (unsigned i = 0; i < transitions; ++i) {
    const ir::StateId from{below(states)};
    // Mostly to the next state, so that chains and groups come up.
    const ir::StateId to{below(3) != 0 ? (from.value + 1) % states : below(states)};
    const auto id = contract.transitions.add({from, to, {}, ir::Sign::Send, {}});
    contract.states[from].out.push_back(id);
  }
  for (const ir::StateId id : contract.states.ids())
    contract.states[id].final = contract.states[id].out.empty();
  contract.entries.push_back({contract.start, std::nullopt});
  return contract;
}

TEST(Folding, UnfoldingAnyFoldedGraphGivesItsTransitions) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    const ir::Contract contract = random_contract(random);
    ASSERT_EQ(ir::validate(contract), "");
    expect_same_machine(contract, make_graph(contract, Folding::Folded));
    expect_same_machine(contract, make_graph(contract, Folding::Full));
    if (HasFailure()) FAIL() << "contract " << i;
  }
}

// One sequence of 100,000 actions, written from its end: quadratic work would take minutes.
TEST(Folding, LongSequencesAreNoProblem) {
  constexpr std::uint32_t kStates = 100'000;
  ir::Contract contract;
  contract.messages.add({"m", {}, {}, {}});
  for (std::uint32_t i = 0; i < kStates; ++i) {
    ir::State state;
    state.kind = i == 0 ? ir::State::Kind::Named : ir::State::Kind::Implicit;
    contract.states.add(state);
  }
  for (std::uint32_t i = 0; i < kStates; ++i) {
    const ir::StateId from{i}, to{i == 0 ? kStates - 1 : i - 1};
    contract.states[from].out.push_back(contract.transitions.add({from, to, {}, ir::Sign::Send, {}}));
  }
  contract.entries.push_back({contract.start, std::nullopt});
  const Graph graph = make_graph(contract, Folding::Folded);
  ASSERT_EQ(graph.edges.size(), 1u);
  EXPECT_EQ(graph.edges[0].labels[0].parts.size(), kStates);
}

}  // namespace
}  // namespace singspin::graph
