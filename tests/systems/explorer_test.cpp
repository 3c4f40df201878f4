// Every file and variant of the specification's examples, decided by the explorer: the properties violated,
// the contract nodes behind owed replies and the verdicts of checks are those of expected.json.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "frontend/explore/explain.h"
#include "frontend/explore/verdict.h"
#include "frontend/project/load.h"
#include "tests/systems/subsets.h"

namespace singspin::explore {
namespace {

using Json = nlohmann::json;

Json expectations() {
  std::ifstream file(SINGSPIN_DRIVERS "/expected.json");
  return Json::parse(file).at("runs");
}

struct Case {
  std::string file, define;
  Json expected;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const Json& run : expectations()) all.push_back({run.at("file"), run.at("define"), run});
  return all;
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.file + "_" + info.param.define;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

class Drivers : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    project::Input input;
    input.root = SINGSPIN_DRIVERS;
    input.paths = {input.root + "/" + GetParam().file};
    input.defines = {GetParam().define};
    loaded_ = project::load(input);
    ASSERT_EQ(loaded_.systems.size(), 1u);
    interpreter_.emplace(loaded_.analysis.program, loaded_.systems[0]);
  }

  project::Loaded loaded_;
  std::optional<Interpreter> interpreter_;
};

std::set<std::string> violated(const Decision& decision) {
  std::set<std::string> ids;
  for (const Verdict& verdict : decision.verdicts) {
    if (verdict.status == exec::Status::Violated) ids.insert(verdict.id);
  }
  return ids;
}

std::set<std::string> owed_places(const Decision& decision) {
  std::set<std::string> places;
  for (const Verdict& verdict : decision.verdicts) {
    for (const Owed& owed : verdict.owed) places.insert(owed.place);
  }
  return places;
}

std::map<std::string, std::string> checks(const Decision& decision) {
  std::map<std::string, std::string> statuses;
  for (const Verdict& verdict : decision.verdicts) {
    if (verdict.check) statuses[verdict.id] = exec::status_text(verdict.status);
  }
  return statuses;
}

TEST_P(Drivers, AreDecidedAsExpected) {
  const Decision decision = decide(*interpreter_, {});
  ASSERT_TRUE(decision.exhaustive());
  const Json& expected = GetParam().expected;
  EXPECT_EQ(violated(decision), expected.at("violated").get<std::set<std::string>>());
  EXPECT_EQ(owed_places(decision), expected.value("owed_at", std::set<std::string>{}));
  EXPECT_EQ(checks(decision), expected.value("checks", std::map<std::string, std::string>{}));
  RecordProperty("configurations", std::to_string(*decision.statistics.configurations));
  for (const Verdict& verdict : decision.verdicts) {
    EXPECT_NE(verdict.status, exec::Status::Inconclusive) << verdict.id;
  }
}

// What a verdict shows is a run that ends as the verdict says, and its explanation fits.
TEST_P(Drivers, AreExplainedByRuns) {
  const Decision decision = decide(*interpreter_, {});
  for (const Verdict& verdict : decision.verdicts) {
    if (verdict.status != exec::Status::Violated || !verdict.run) continue;
    SCOPED_TRACE(verdict.id);
    const auto again = execute(*interpreter_, verdict.run->steps, verdict.run->loop_start);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->configurations, verdict.run->configurations);
    const Explanation why = explain(decision.exploration.graph, verdict);
    if (verdict.property == ir::SystemProperty::DeadlockFree) {
      EXPECT_TRUE(interpreter_->is_stuck(verdict.run->last()));
      EXPECT_FALSE(why.blocked.empty());
    } else if (verdict.property == ir::SystemProperty::OwedReply) {
      for (const Owed& owed : verdict.owed) {
        EXPECT_TRUE(is_fair_lasso(*interpreter_, owed.run));
        const auto& obligation = interpreter_->system().obligations[owed.obligation];
        for (std::size_t i = *owed.run.loop_start; i < owed.run.configurations.size(); ++i) {
          EXPECT_TRUE(interpreter_->is_due(owed.run.configurations[i], obligation));
        }
      }
    } else if (verdict.run->violation) {
      EXPECT_EQ(verdict.run->violation->property, verdict.property);
    }
    EXPECT_LT(why.decisive.value_or(0), verdict.run->steps.size());
    EXPECT_EQ(why.race.size(), verdict.property == ir::SystemProperty::Race ? 2u : 0u);
  }
}

// The explorer against the plainest search there is, through the interpreter's other door.
TEST_P(Drivers, AreExploredCompletely) {
  constexpr std::size_t kMost = 3000;
  std::set<Configuration> seen{interpreter_->initial()};
  std::vector<Configuration> queue{interpreter_->initial()};
  std::uint64_t transitions = 0;
  for (std::size_t i = 0; i < queue.size() && queue.size() <= kMost; ++i) {
    for (const Step& step : interpreter_->enabled(queue[i])) {
      ++transitions;
      const Outcome outcome = interpreter_->apply(queue[i], step);
      const auto* next = std::get_if<Configuration>(&outcome);
      if (next && seen.insert(*next).second) queue.push_back(*next);
    }
  }
  if (queue.size() > kMost) GTEST_SKIP() << "too large for the plain search";
  const Exploration exploration = explore(*interpreter_, {});
  EXPECT_TRUE(exploration.complete);
  EXPECT_EQ(exploration.graph.size(), queue.size());
  EXPECT_EQ(exploration.transitions, transitions);
  for (Node node = 0; node < exploration.graph.size(); ++node) {
    EXPECT_EQ(exploration.graph.configuration(node), queue[node]);
  }
}

// What the search for fair runs says, for the nodes that are owed and for parts of the graph at random.
TEST_P(Drivers, AreJudgedFairly) {
  const Exploration exploration = explore(*interpreter_, {});
  const Graph& graph = exploration.graph;
  const Fairness fairness(*interpreter_);
  const auto compare = [&](const Mask& mask, Cycles cycles) {
    const auto second = testing::Subsets(graph, fairness, mask, cycles).has_fair_end();
    const bool found = find_fair_end(graph, fairness, mask, {}, cycles).end.has_value();
    EXPECT_EQ(found, second.value_or(found));
  };
  for (const ir::Obligation& obligation : interpreter_->system().obligations) {
    Mask due(graph.size());
    for (Node node = 0; node < graph.size(); ++node)
      due[node] = interpreter_->is_due(graph.fixed(node), obligation);
    compare(due, Cycles::All);
  }
  std::mt19937 random(3);
  for (int round = 0; round < 3; ++round) {
    Mask some(graph.size());
    for (Node node = 0; node < graph.size(); ++node) some[node] = random() % 8 != 0;
    compare(some, Cycles::NonProgress);
  }
}

// Steps that are offered can be taken, all others are refused; what a run did, it does again.
TEST_P(Drivers, WalkTheSameWayTwice) {
  std::mt19937 random(7);
  for (int walk = 0; walk < 20; ++walk) {
    std::vector<Step> steps;
    Configuration here = interpreter_->initial();
    for (int i = 0; i < 100; ++i) {
      const std::vector<Step> enabled = interpreter_->enabled(here);
      if (enabled.empty()) break;
      steps.push_back(enabled[random() % enabled.size()]);
      EXPECT_TRUE(interpreter_->is_enabled(here, steps.back()));
      const Step random_step{{static_cast<std::uint32_t>(random() % interpreter_->system().processes.size())},
                             {static_cast<std::uint32_t>(random() % 40)},
                             0};
      const bool offered = std::find(enabled.begin(), enabled.end(), random_step) != enabled.end();
      EXPECT_EQ(interpreter_->is_enabled(here, random_step), offered);
      Outcome outcome = interpreter_->apply(here, steps.back());
      if (!std::holds_alternative<Configuration>(outcome)) break;
      here = std::get<Configuration>(outcome);
    }
    const auto run = execute(*interpreter_, steps);
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->violation || run->abandoned || run->last() == here);
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, Drivers, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace singspin::explore
