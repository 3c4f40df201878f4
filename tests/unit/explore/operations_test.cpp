// Messages and blocks: what each operation does and where its fault is (rules 1, 2, 8 and 9).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/explore/explore.h"
#include "frontend/explore/verdict.h"
#include "tests/unit/explore/violated.h"

namespace singspin::explore {
namespace {

using testing::SystemBuilder;
using testing::violated;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;
using ir::SystemProperty;

// Two ends of a channel that carries a block to and fro, a process for each, a pool of two blocks.
struct Channel {
  SystemBuilder b;
  ir::ComponentId left = b.component("L"), right = b.component("R");
  ir::SlotId mine = b.slot(left, "mine"), theirs = b.slot(right, "theirs");
  ir::PoolId pool;
  ir::PortId exporter, importer;
  ir::ProcessId p, q;
  static constexpr ir::MessageId kGive{0}, kBack{1};

  explicit Channel(int places) {
    ir::Pool row;
    row.component = left;
    row.count = 2;
    pool = b.system.pools.add(row);
    std::tie(exporter, importer) = b.channel("S: Give! T; T: Back? S", left, right);
    p = b.process(left, "L", Proc::Server, places);
    q = b.process(right, "R", Proc::Server, 2);
    b.rest(p, static_cast<std::uint32_t>(places - 1));
    b.rest(q, 0);
    b.edge(q, 0, 1, {testing::head(importer, kGive)}, {give_arrives()});
    b.edge(q, 1, 0, {}, {testing::message(Kind::Send, importer, kBack, {testing::of_slot(theirs)})});
  }
  ir::Op make() const {
    ir::Op op = testing::slot(Kind::New, mine);
    op.pool = pool;
    return op;
  }
  ir::Op give() const { return testing::message(Kind::Send, exporter, kGive, {testing::of_slot(mine)}); }
  ir::Op back() const { return testing::message(Kind::Receive, exporter, kBack, {testing::of_slot(mine)}); }
  ir::Op give_arrives() const {
    return testing::message(Kind::Receive, importer, kGive, {testing::of_slot(theirs)});
  }
  // The steps of the left process, one after the other.
  Channel& steps(std::vector<ir::Op> ops) {
    for (std::uint32_t i = 0; i < ops.size(); ++i) {
      std::vector<ir::Condition> when;
      if (ops[i].kind == Kind::Receive) when.push_back(testing::head(exporter, ops[i].message));
      if (ops[i].kind == Kind::New) {
        when.push_back(testing::when(Cond::Block));
        when.back().pool = pool;
      }
      b.edge(p, i, i + 1, when, {ops[i]});
    }
    return *this;
  }
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Operations, ABlockTravelsAndComesBack) {
  Channel c(5);
  c.steps({c.make(), c.give(), c.back(), testing::slot(Kind::Use, c.mine)});
  EXPECT_THAT(violated(c.b), IsEmpty());
  const Interpreter interpreter(c.b.program, c.b.system);
  Configuration here = interpreter.initial();
  const auto next = [&] {
    const auto steps = interpreter.enabled(here);
    EXPECT_EQ(steps.size(), 1u);
    here = std::get<Configuration>(interpreter.apply(here, steps.at(0)));
  };
  next();
  EXPECT_EQ(interpreter.block(here, c.mine), 0u);
  EXPECT_EQ(interpreter.owner(here, 0), (Owner{ir::OwnerKind::Component, c.left}));
  next();
  EXPECT_EQ(interpreter.block(here, c.mine), std::nullopt);
  EXPECT_EQ(interpreter.owner(here, 0).kind, ir::OwnerKind::Transit);
  EXPECT_THAT(interpreter.queue(here, c.importer), ElementsAre(QueuedMessage{Channel::kGive, {0}}));
  next();
  EXPECT_EQ(interpreter.owner(here, 0), (Owner{ir::OwnerKind::Component, c.right}));
  EXPECT_THAT(interpreter.queue(here, c.importer), IsEmpty());
}

TEST(Operations, OwnershipIsLostWithTheMessage) {
  Channel c(4);
  c.steps({c.make(), c.give(), testing::slot(Kind::Use, c.mine)});
  EXPECT_THAT(violated(c.b), ElementsAre(SystemProperty::Ownership));
}

TEST(Operations, LentBlocksComeBackOnce) {
  Channel good(4);
  good.steps({good.make(), testing::slot(Kind::Give, good.mine), testing::slot(Kind::Take_Back, good.mine)});
  EXPECT_THAT(violated(good.b), IsEmpty());
  Channel twice(4);
  twice.steps({twice.make(), testing::slot(Kind::Give, twice.mine), testing::slot(Kind::Give, twice.mine)});
  EXPECT_THAT(violated(twice.b), ElementsAre(SystemProperty::Ownership));
  Channel early(3);
  early.steps({early.make(), testing::slot(Kind::Take_Back, early.mine)});
  EXPECT_THAT(violated(early.b), ElementsAre(SystemProperty::Ownership));
}

TEST(Operations, ASlotThatIsFilledAgainLeaks) {
  Channel c(3);
  c.steps({c.make(), c.make()});
  EXPECT_THAT(violated(c.b), ElementsAre(SystemProperty::Leak));
}

TEST(Operations, ComingToRestWithABlockLeaksUnlessItIsKept) {
  for (const bool keep : {false, true}) {
    Channel c(3);
    c.b.system.slots[c.mine].keep = keep;
    c.b.system.processes[c.p].starts_active = true;
    c.steps({c.make(), testing::component(Kind::Rest, c.left)});
    const std::vector<SystemProperty> lost{SystemProperty::Leak};
    EXPECT_EQ(violated(c.b), keep ? std::vector<SystemProperty>{} : lost);
  }
}

TEST(Operations, ASendOutOfTurnIsNoConformance) {
  Channel c(4);
  c.steps({c.make(), c.give(), c.give()});
  // The node is looked at before the block.
  EXPECT_THAT(violated(c.b), ElementsAre(SystemProperty::Conformance));
}

TEST(Operations, ClosingDestroysWhatIsOnItsWay) {
  Channel c(3);
  c.steps({c.make(), c.give()});
  ir::Op close = testing::op(Kind::Close);
  close.port = c.importer;
  const auto closer = c.b.process(c.right, "R.closer", Proc::Server, 2);
  c.b.rest(closer, 1);
  c.b.edge(closer, 0, 1, {}, {close});
  const Interpreter interpreter(c.b.program, c.b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  for (Node node = 0; node < e.graph.size(); ++node) {
    const Configuration here = e.graph.configuration(node);
    if (!interpreter.is_closed(here, c.importer)) continue;
    EXPECT_THAT(interpreter.queue(here, c.importer), IsEmpty());
    // What is still under way goes the other way.
    const bool under_way = interpreter.owner(here, 0).kind == ir::OwnerKind::Transit;
    EXPECT_EQ(under_way, !interpreter.queue(here, c.exporter).empty());
  }
  // Who received before the closing sends on the end it has closed.
  EXPECT_TRUE(e.places[static_cast<std::size_t>(SystemProperty::SendAfterClose)]);
  EXPECT_FALSE(e.places[static_cast<std::size_t>(SystemProperty::Ownership)]);
}

TEST(Operations, AnEmptyPoolIsABoundAndRestIsFine) {
  Channel c(5);
  c.steps({c.make(), testing::slot(Kind::Give, c.mine)});
  const ir::SlotId other = c.b.slot(c.left, "other");
  for (std::uint32_t i = 2; i < 4; ++i) {
    ir::Op more = c.make();
    if (i == 2) more.slot = other;
    ir::Condition block = testing::when(Cond::Block);
    block.pool = c.pool;
    c.b.edge(c.p, i, i + 1, {block}, {more});
  }
  const Interpreter interpreter(c.b.program, c.b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_FALSE(e.places[static_cast<std::size_t>(SystemProperty::DeadlockFree)]);
  EXPECT_TRUE(e.waited_for_block[c.pool.value]);
  EXPECT_EQ(e.graph.size(), 4u);
}

TEST(Operations, AFullQueueHoldsTheSenderBack) {
  SystemBuilder b;
  const auto c = b.component("D"), d = b.component("E");
  const auto [exporter, importer] = b.channel("S: Ping! S", c, d, 2);
  const auto p = b.process(c, "D", Proc::Server, 1);
  b.edge(p, 0, 0, {}, {testing::message(Kind::Send, exporter, {0})});
  const Interpreter interpreter(b.program, b.system);
  const Exploration e = explore(interpreter, {});
  EXPECT_EQ(e.graph.size(), 3u);
  EXPECT_EQ(e.longest[importer.value], 2u);
  EXPECT_TRUE(e.waited_for_room[exporter.value]);
  EXPECT_FALSE(e.places[static_cast<std::size_t>(SystemProperty::DeadlockFree)]);
}

// A search that is ended proves nothing, and what it found is still so.
TEST(Operations, AnEndedSearchProvesNothing) {
  Channel c(4);
  c.steps({c.make(), c.give(), testing::slot(Kind::Use, c.mine)});
  c.b.system.applicable.fill(true);
  const Interpreter interpreter(c.b.program, c.b.system);
  Limits limits;
  limits.stop = [] { return std::optional(exec::Reason::Interrupted); };
  const Decision decision = decide(interpreter, limits);
  EXPECT_FALSE(decision.exhaustive());
  for (const Verdict& verdict : decision.verdicts) {
    EXPECT_EQ(verdict.status, exec::Status::Inconclusive);
    EXPECT_EQ(verdict.reason, exec::Reason::Interrupted);
  }
  limits = {};
  limits.configurations = 3;
  const Decision cut = decide(interpreter, limits);
  EXPECT_FALSE(cut.exhaustive());
  for (const Verdict& verdict : cut.verdicts) {
    const bool found = verdict.property == SystemProperty::Ownership;
    EXPECT_EQ(verdict.status, found ? exec::Status::Violated : exec::Status::Inconclusive) << verdict.id;
  }
}

}  // namespace
}  // namespace singspin::explore
