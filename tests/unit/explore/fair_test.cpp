// Rule 10 on small systems: each kind of fairness, with and without what calls for it.
#include "frontend/explore/fair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/explore/verdict.h"
#include "tests/unit/explore/build.h"

namespace singspin::explore {
namespace {

using testing::SystemBuilder;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;

// The status of the only check; a run it has is a fair one.
exec::Status status_of(const SystemBuilder& b) {
  const Interpreter interpreter(b.program, b.system);
  const Decision decision = decide(interpreter, {});
  EXPECT_TRUE(decision.exhaustive());
  for (const Verdict& verdict : decision.verdicts) {
    if (!verdict.check) continue;
    EXPECT_TRUE(!verdict.run || is_fair_lasso(interpreter, *verdict.run));
    return verdict.status;
  }
  ADD_FAILURE() << "no check";
  return exec::Status::Error;
}

// One process takes and releases a lock for ever, another one wants it once. What stands for the lock
// may be a variable instead, for which no fairness is asked.
SystemBuilder greedy(bool is_lock) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::LockId lock = b.lock(c, "l");
  const ir::VariableId taken = b.variable(c, "taken"), done = b.variable(c, "done");
  const auto p = b.process(c, "D.greedy", Proc::Server, 2);
  const auto q = b.process(c, "D.patient", Proc::Server, 2);
  const ir::ExprId is_free = b.equals(taken, 0), zero = b.number(0), one = b.number(1);
  const auto free = is_lock ? testing::on_lock(Cond::LockFree, lock) : testing::that(is_free);
  const auto take = is_lock ? testing::lock(Kind::Acquire, lock) : testing::assign(taken, one);
  const auto leave = is_lock ? testing::lock(Kind::Release, lock) : testing::assign(taken, zero);
  b.edge(p, 0, 1, {free}, {take});
  b.edge(p, 1, 0, {}, {leave});
  b.edge(q, 0, 1, {free}, {take, testing::assign(done, one), leave});
  b.rest(q, 1);
  b.leads_to(one, b.equals(done, 1));
  return b;
}

TEST(Fair, ALockIsHandedToWhoWaits) { EXPECT_EQ(status_of(greedy(true)), exec::Status::Proved); }
TEST(Fair, AVariableIsNot) { EXPECT_EQ(status_of(greedy(false)), exec::Status::Violated); }

// A work loop with two events, one of them raised again whenever it was taken.
SystemBuilder two_events(bool with_events) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::SignalId often = b.signal(c, "often", ir::Signal::Kind::Irq);
  const ir::SignalId once = b.signal(c, "once", ir::Signal::Kind::Event);
  const ir::VariableId done = b.variable(c, "done");
  const ir::ExprId one = b.number(1);
  const auto starter = b.process(c, "D.init", Proc::Init, 2);
  b.edge(starter, 0, 1, {}, {testing::signal(Kind::Signal, once)});
  const auto source = b.process(c, "D.often", Proc::Source, 1);
  b.edge(source, 0, 0, {testing::on_signal(Cond::NoSignal, often)}, {testing::signal(Kind::Fire, often)});
  const auto loop = b.process(c, "D", Proc::Loop, 3);
  b.rest(loop, 0);
  ir::Edge& first =
      b.edge(loop, 0, 1, {testing::on_signal(Cond::Signal, often)}, {testing::signal(Kind::Take, often)});
  if (with_events) first.event = 0;
  ir::Edge& second = b.edge(loop, 0, 2, {testing::on_signal(Cond::Signal, once)},
                            {testing::signal(Kind::Take, once), testing::assign(done, one)});
  if (with_events) second.event = 1;
  // The source has time to fire again.
  b.edge(loop, 1, 0, {testing::on_signal(Cond::Signal, often)}, {});
  b.edge(loop, 2, 0, {}, {});
  b.leads_to(one, b.equals(done, 1));
  return b;
}

TEST(Fair, AnEventIsNotPassedOverForEver) { EXPECT_EQ(status_of(two_events(true)), exec::Status::Proved); }
TEST(Fair, OneHandlerMayBeTakenForEver) { EXPECT_EQ(status_of(two_events(false)), exec::Status::Violated); }

// A source that sets `done` through the loop: it has to fire, unless it is an `unplug`.
SystemBuilder source(bool must_fire) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::VariableId done = b.variable(c, "done");
  const ir::ExprId one = b.number(1), zero = b.number(0);
  const ir::VariableId noise = b.variable(c, "noise");
  const auto p = b.process(c, "D.u", Proc::Source, 2);
  b.edge(p, 0, 1, {}, {testing::assign(done, one)}).must_fire = must_fire;
  const auto q = b.process(c, "D.noise", Proc::Server, 2);
  b.edge(q, 0, 1, {}, {testing::assign(noise, one)});
  b.edge(q, 1, 0, {}, {testing::assign(noise, zero)});
  b.leads_to(one, b.equals(done, 1));
  return b;
}

TEST(Fair, ASourceFires) { EXPECT_EQ(status_of(source(true)), exec::Status::Proved); }
TEST(Fair, AnUnplugNeedNot) { EXPECT_EQ(status_of(source(false)), exec::Status::Violated); }

// Nothing but an unplug is possible and somebody waits for it in the middle of something.
TEST(Fair, WaitingForAnUnplugIsADeadlock) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::SignalId pulled = b.signal(c, "pulled", ir::Signal::Kind::Unplug);
  const auto source = b.process(c, "D.pulled", Proc::Source, 2);
  b.edge(source, 0, 1, {}, {testing::signal(Kind::Fire, pulled)}).must_fire = false;
  const auto p = b.process(c, "D.x", Proc::Server, 2);
  b.rest(p, 1);
  b.edge(p, 0, 1, {testing::on_signal(Cond::Signal, pulled)}, {testing::signal(Kind::Take, pulled)});
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  const auto& stuck = e.places[static_cast<std::size_t>(ir::SystemProperty::DeadlockFree)];
  ASSERT_TRUE(stuck);
  EXPECT_EQ(stuck->node, 0u);
  EXPECT_EQ(interpreter.enabled(interpreter.initial()).size(), 1u);
}

TEST(Fair, ALoopThatStarvesIsNotFair) {
  const SystemBuilder b = greedy(true);
  const Interpreter interpreter(b.program, b.system);
  const Step take{{0}, {0}, 0}, leave{{0}, {1}, 0};
  const auto starving = execute(interpreter, {take, leave}, 0);
  ASSERT_TRUE(starving);
  EXPECT_FALSE(is_fair_lasso(interpreter, *starving));
  const auto served = execute(interpreter, {{{1}, {0}, 0}, take, leave}, 1);
  ASSERT_TRUE(served);
  EXPECT_TRUE(is_fair_lasso(interpreter, *served));
  EXPECT_FALSE(execute(interpreter, {take, leave}, 1));
}

}  // namespace
}  // namespace singspin::explore
