// The interpreter and the explorer on systems small enough to count by hand.
#include "frontend/explore/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/explore/build.h"

namespace singspin::explore {
namespace {

using testing::SystemBuilder;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;

const std::optional<Place>& place(const Exploration& e, ir::SystemProperty property) {
  return e.places[static_cast<std::size_t>(property)];
}

// Two threads that take two locks, the second one in the order given.
SystemBuilder two_locks(bool same_order) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::LockId locks[] = {b.lock(c, "a"), b.lock(c, "b")};
  for (int thread = 0; thread < 2; ++thread) {
    const auto p = b.process(c, thread == 0 ? "D.x" : "D.y", Proc::Server, 5);
    const int first = thread == 1 && !same_order ? 1 : 0;
    b.edge(p, 0, 1, {testing::on_lock(Cond::LockFree, locks[first])},
           {testing::lock(Kind::Acquire, locks[first])});
    b.edge(p, 1, 2, {testing::on_lock(Cond::LockFree, locks[1 - first])},
           {testing::lock(Kind::Acquire, locks[1 - first])});
    b.edge(p, 2, 3, {}, {testing::lock(Kind::Release, locks[0])});
    b.edge(p, 3, 4, {}, {testing::lock(Kind::Release, locks[1]), testing::op(Kind::CheckUnlocked)});
    b.rest(p, 4);
  }
  return b;
}

TEST(Explore, LocksInOppositeOrderDeadlock) {
  const SystemBuilder b = two_locks(false);
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  const auto& stuck = place(e, ir::SystemProperty::DeadlockFree);
  ASSERT_TRUE(stuck);
  const auto run = run_to(e.graph, *stuck);
  EXPECT_EQ(run.steps.size(), 2u);
  EXPECT_TRUE(interpreter.is_stuck(run.last()));
  EXPECT_TRUE(interpreter.enabled(run.last()).empty());
  EXPECT_FALSE(place(e, ir::SystemProperty::LockDiscipline));
}

TEST(Explore, LocksInOneOrderDoNot) {
  const SystemBuilder b = two_locks(true);
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  EXPECT_FALSE(place(e, ir::SystemProperty::DeadlockFree));
  // 5 x 5 pairs of places without those that hold the same lock: the first lock is held in 1 and 2, the
  // second one in 2 and 3.
  EXPECT_EQ(e.graph.size(), 25u - 4 - 4 + 1);
  EXPECT_EQ(e.depth, 8u);
}

TEST(Explore, AReleaseOfAFreeLockIsAViolation) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::LockId lock = b.lock(c, "a");
  const auto p = b.process(c, "D.x", Proc::Server, 2);
  b.edge(p, 0, 1, {}, {testing::lock(Kind::Release, lock)});
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  const auto& wrong = place(e, ir::SystemProperty::LockDiscipline);
  ASSERT_TRUE(wrong);
  const auto run = run_to(e.graph, *wrong);
  ASSERT_TRUE(run.violation);
  EXPECT_EQ(run.violation->lock, lock);
  EXPECT_EQ(run.configurations.size(), 1u);
  EXPECT_FALSE(place(e, ir::SystemProperty::DeadlockFree));
}

// The first message fills the queue; the second one is against the contract, so it does not wait for room.
TEST(Explore, AForbiddenSendIsAViolationWhateverTheQueueHolds) {
  SystemBuilder b;
  const auto d = b.component("D"), c = b.component("C", ir::Component::Kind::Env);
  const auto [exporter, importer] = b.channel("S: A! T; T: B? S", d, c);
  const auto p = b.process(d, "D", Proc::Loop, 3);
  b.edge(p, 0, 1, {}, {testing::message(Kind::Send, exporter, {0})});
  b.edge(p, 1, 2, {}, {testing::message(Kind::Send, exporter, {0})});
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  EXPECT_TRUE(place(e, ir::SystemProperty::Conformance));
  EXPECT_FALSE(place(e, ir::SystemProperty::DeadlockFree));
}

}  // namespace
}  // namespace singspin::explore
