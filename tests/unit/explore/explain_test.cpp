// Who waits for whom, and which step decided.
#include "frontend/explore/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/explore/build.h"

namespace singspin::explore {
namespace {

using testing::SystemBuilder;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;
using ::testing::ElementsAre;

// D.x takes a then b, D.y takes b then a; D.z rests.
struct Crossed {
  SystemBuilder b;
  ir::ComponentId c = b.component("D");
  ir::LockId locks[2] = {b.lock(c, "a"), b.lock(c, "b")};
  ir::ProcessId threads[2];

  Crossed() {
    for (const int i : {0, 1}) {
      threads[i] = b.process(c, i == 0 ? "D.x" : "D.y", Proc::Server, 4);
      acquire(threads[i], 0, locks[i]);
      acquire(threads[i], 1, locks[1 - i]);
      b.edge(threads[i], 2, 3, {},
             {testing::lock(Kind::Release, locks[0]), testing::lock(Kind::Release, locks[1])});
      b.rest(threads[i], 3);
    }
    const auto idle = b.process(c, "D.z", Proc::Server, 1);
    b.rest(idle, 0);
    b.system.applicable[static_cast<std::size_t>(ir::SystemProperty::DeadlockFree)] = true;
  }
  void acquire(ir::ProcessId process, std::uint32_t from, ir::LockId lock) {
    b.edge(process, from, from + 1, {testing::on_lock(Cond::LockFree, lock)},
           {testing::lock(Kind::Acquire, lock)})
        .span.begin = 10 * process.value + from;
    b.system.processes[process].locations[{from}].span.begin = 10 * process.value + from;
  }
};

TEST(Explain, ADeadlockIsACycleOfThreads) {
  const Crossed crossed;
  const Interpreter interpreter(crossed.b.program, crossed.b.system);
  const Decision decision = decide(interpreter, {});
  ASSERT_EQ(decision.verdicts.size(), 1u);
  ASSERT_EQ(decision.verdicts[0].status, exec::Status::Violated);
  const Explanation why = explain(decision.exploration.graph, decision.verdicts[0]);
  ASSERT_EQ(why.blocked.size(), 2u);
  EXPECT_EQ(why.blocked[0].cause, Waiting::Cause::Lock);
  EXPECT_EQ(why.blocked[0].lock, crossed.locks[1]);
  EXPECT_THAT(why.blocked[0].whom, ElementsAre(crossed.threads[1]));
  // D.x has waited longer, since it stepped first in a shortest run.
  EXPECT_THAT(why.cycle, ElementsAre(crossed.threads[0], crossed.threads[1]));
  EXPECT_EQ(why.locks.size(), 2u);
  EXPECT_EQ(why.decisive, 1u);
  EXPECT_EQ(why.main.begin, 1u);  // where D.x waits
}

// A run that goes on after a wrong choice: the choice decides, not the last step.
TEST(Explain, TheDecisiveStepIsTheFirstWithoutAWayBack) {
  SystemBuilder b;
  const auto c = b.component("D");
  const auto p = b.process(c, "D", Proc::Server, 5);
  b.rest(p, 4);
  b.edge(p, 0, 1, {}, {});
  b.edge(p, 1, 2, {}, {});  // wrong
  b.edge(p, 1, 4, {}, {});  // right
  b.edge(p, 2, 3, {}, {});
  ir::Op wrong = testing::op(Kind::Assert);
  wrong.expr = b.number(0);
  b.edge(p, 3, 4, {}, {wrong});
  const Interpreter interpreter(b.program, b.system);
  const Decision decision = decide(interpreter, {});
  ASSERT_EQ(decision.verdicts.size(), 1u);
  EXPECT_EQ(decision.verdicts[0].run->steps.size(), 4u);
  EXPECT_EQ(explain(decision.exploration.graph, decision.verdicts[0]).decisive, 1u);
}

TEST(Explain, WhatIsNeverReachedHasNoRun) {
  SystemBuilder b;
  const auto c = b.component("D");
  const auto p = b.process(c, "D", Proc::Server, 1);
  b.rest(p, 0);
  ir::Check check;
  check.kind = ir::Check::Kind::Reachable;
  check.first = b.number(0);
  check.span.begin = 7;
  b.system.checks.push_back(check);
  const Interpreter interpreter(b.program, b.system);
  const Decision decision = decide(interpreter, {});
  ASSERT_EQ(decision.verdicts.size(), 1u);
  EXPECT_EQ(decision.verdicts[0].status, exec::Status::Violated);
  EXPECT_FALSE(decision.verdicts[0].run);
  EXPECT_EQ(explain(decision.exploration.graph, decision.verdicts[0]).main.begin, 7u);
}

}  // namespace
}  // namespace singspin::explore
