// Threads, variables, assumptions and the order of steps (rules 3 and 4.1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/explore/violated.h"

namespace singspin::explore {
namespace {

using ir::SystemProperty;
using testing::SystemBuilder;
using testing::violated;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Of a contract that is not deterministic each end follows every transition.
TEST(Steps, BothEndsChoose) {
  SystemBuilder b;
  const auto c = b.component("D"), d = b.component("E");
  const auto [exporter, importer] = b.channel("S: A! T, A! U; T: B! V; U: C! V", c, d);
  const auto p = b.process(c, "D", Proc::Server, 2), q = b.process(d, "E", Proc::Server, 2);
  b.rest(p, 1);
  b.rest(q, 1);
  b.edge(p, 0, 1, {}, {testing::message(Kind::Send, exporter, {0})});
  b.edge(q, 0, 1, {testing::head(importer, {0})}, {testing::message(Kind::Receive, importer, {0})});
  const Interpreter interpreter(b.program, b.system);
  EXPECT_EQ(interpreter.enabled(interpreter.initial()).size(), 2u);
  const Exploration e = explore(interpreter, {});
  EXPECT_EQ(e.graph.size(), 1u + 2 + 4);
  for (Node node = 0; node < e.graph.size(); ++node) {
    const auto run = execute(interpreter, e.graph.path_to(node));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->last(), e.graph.configuration(node));
  }
}

TEST(Steps, AccessesRaceIfOneWrites) {
  for (const bool write : {false, true}) {
    SystemBuilder b;
    const auto c = b.component("D");
    const ir::VariableId v = b.variable(c, "v");
    b.system.variables[v].race = true;
    for (int i = 0; i < 2; ++i) {
      const auto p = b.process(c, "D.p", Proc::Server, 3);
      b.rest(p, 2);
      for (std::uint32_t at = 0; at < 2; ++at) {
        ir::Op op = testing::op(at == 0 ? Kind::RaceEnter : Kind::RaceLeave);
        op.variable = v;
        op.write = write && i == 1;
        b.edge(p, at, at + 1, {}, {op});
      }
    }
    const std::vector<SystemProperty> race{SystemProperty::Race};
    EXPECT_EQ(violated(b), write ? race : std::vector<SystemProperty>{});
  }
}

TEST(Steps, ThreadsAreSpawnedOnceAtATime) {
  SystemBuilder b;
  const auto c = b.component("D");
  const auto thread = b.process(c, "D.t", Proc::Thread, 2);
  b.system.processes[thread].starts_running = false;
  b.system.processes[thread].locations[{0}].kind = ir::Location::Kind::Off;
  b.edge(thread, 0, 1, {testing::when(Cond::Running)}, {});
  b.edge(thread, 1, 0, {}, {testing::op(Kind::End)});
  const auto p = b.process(c, "D.p", Proc::Server, 3);
  b.rest(p, 2);
  ir::Op spawn = testing::op(Kind::Spawn);
  spawn.process = thread;
  ir::Condition done = testing::when(Cond::Done);
  done.process = thread;
  b.edge(p, 0, 1, {}, {spawn});
  ir::Edge& again = b.edge(p, 1, 2, {done}, {spawn});
  EXPECT_THAT(violated(b), IsEmpty());
  again.when.clear();
  EXPECT_THAT(violated(b), ElementsAre(SystemProperty::ThreadReuse));
}

TEST(Steps, ValuesStayInTheirRanges) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::VariableId v = b.variable(c, "v", 3);
  const auto p = b.process(c, "D.p", Proc::Server, 2);
  b.rest(p, 1);
  ir::Edge& edge = b.edge(p, 0, 1, {}, {testing::assign(v, b.number(3))});
  EXPECT_THAT(violated(b), IsEmpty());
  edge.ops = {testing::assign(v, b.number(4))};
  EXPECT_THAT(violated(b), ElementsAre(SystemProperty::Assertion));
  edge.ops = {testing::assign(v, b.number(-1))};
  EXPECT_THAT(violated(b), ElementsAre(SystemProperty::Assertion));
}

// `assume` ends a run in silence: what comes after it is nobody's fault, and it is not stuck.
TEST(Steps, AnAssumptionAbandonsTheRun) {
  SystemBuilder b;
  const auto c = b.component("D");
  const auto p = b.process(c, "D.p", Proc::Server, 2);
  ir::Op assume = testing::op(Kind::Assume);
  assume.expr = b.number(0);
  b.edge(p, 0, 1, {}, {assume});
  EXPECT_THAT(violated(b), IsEmpty());
  const Interpreter interpreter(b.program, b.system);
  const Outcome outcome = interpreter.apply(interpreter.initial(), {p, {0}});
  EXPECT_TRUE(std::holds_alternative<Abandoned>(outcome));
}

TEST(Steps, NobodyStepsBeforeInitIsAtItsEnd) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::VariableId v = b.variable(c, "v");
  const auto p = b.process(c, "D.p", Proc::Server, 2);
  b.rest(p, 1);
  ir::Op op = testing::op(Kind::Assert);
  op.expr = b.equals(v, 1);
  b.edge(p, 0, 1, {}, {op});
  EXPECT_THAT(violated(b), ElementsAre(SystemProperty::Assertion));
  const auto init = b.process(c, "D.init", Proc::Init, 2);
  b.edge(init, 0, 1, {}, {testing::assign(v, b.number(1))});
  EXPECT_THAT(violated(b), IsEmpty());
}

}  // namespace
}  // namespace singspin::explore
