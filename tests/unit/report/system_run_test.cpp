// What reports say about the steps of a run of a system.
#include "reports/report/system_run.h"

#include <gtest/gtest.h>

#include <tuple>

#include "frontend/explore/run.h"
#include "tests/unit/explore/build.h"

namespace singspin::report {
namespace {

using testing::SystemBuilder;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;

// A client with a block sends it twice in a row; the driver takes the first one and frees it.
struct Lending {
  SystemBuilder b;
  ir::ProcessId driver, client;
  ir::PortId exporter, importer;

  Lending() {
    const auto d = b.component("D"), c = b.component("C", ir::Component::Kind::Env);
    std::tie(exporter, importer) = b.channel("S: Give? T; T: Give? S", d, c, 2);
    const ir::SlotId theirs = b.slot(c, "s"), mine = b.slot(d, "b");
    const ir::LockId lock = b.lock(d, "l");
    ir::Pool pool;
    pool.component = c;
    pool.name = "s";
    pool.count = 2;
    const ir::PoolId from = b.system.pools.add(pool);
    const ir::MessageId give{0};
    ir::Op make = testing::slot(Kind::New, theirs);
    make.pool = from;
    driver = b.process(d, "D", Proc::Loop, 3);
    b.edge(driver, 0, 1, {testing::head(exporter, give)},
           {testing::message(Kind::Receive, exporter, give, {testing::of_slot(mine)})});
    b.edge(driver, 1, 2, {testing::on_lock(Cond::LockFree, lock)},
           {testing::lock(Kind::Acquire, lock), testing::slot(Kind::Free, mine)});
    client = b.process(c, "C", Proc::Thread, 3);
    b.edge(client, 0, 1, {}, {make});
    b.edge(client, 1, 0, {}, {testing::message(Kind::Send, importer, give, {testing::of_slot(theirs)})});
  }
};

TEST(SystemRun, MessagesKeepTheirNumbersAndBlocks) {
  const Lending l;
  const explore::Interpreter in(l.b.program, l.b.system);
  const explore::Step make{l.client, {0}, 0}, send{l.client, {1}, 0};
  const auto run = explore::execute(in, {make, send, make, send, {l.driver, {0}, 0}, {l.driver, {1}, 0}});
  ASSERT_TRUE(run);
  const std::vector<ToldStep> steps = tell(in, *run);
  ASSERT_EQ(steps.size(), 6u);
  EXPECT_EQ(steps[0].action, "new");
  ASSERT_EQ(steps[3].messages.size(), 1u);
  EXPECT_EQ(steps[3].messages[0].message_id, 1u);
  EXPECT_TRUE(steps[3].messages[0].left);
  const Passing& received = steps[4].messages.at(0);
  EXPECT_EQ(received.message_id, 0u);
  EXPECT_EQ(received.sent_at, 1u);
  EXPECT_EQ(received.blocks, std::vector<std::uint32_t>{0});
  EXPECT_EQ(steps[1].messages.at(0).taken_at, 4u);
  EXPECT_FALSE(steps[1].messages.at(0).left);
  EXPECT_EQ(steps[5].action, "acquire");
  ASSERT_EQ(steps[5].locks.size(), 1u);
  EXPECT_TRUE(steps[5].locks[0].acquired);
  ASSERT_EQ(steps[5].tokens.size(), 1u);
  EXPECT_EQ(token_id(l.b.system, steps[5].tokens[0].block), "s#1");
  const auto queued = find_queued(in, *run, steps, 6, 1);
  ASSERT_TRUE(queued);
  EXPECT_EQ(queued->message_id, 1u);
}

TEST(SystemRun, AFaultyStepDidNothing) {
  SystemBuilder b;
  const auto c = b.component("D");
  const ir::LockId lock = b.lock(c, "a");
  const auto p = b.process(c, "D.x", Proc::Server, 2);
  b.edge(p, 0, 1, {}, {testing::lock(Kind::Release, lock)});
  const explore::Interpreter in(b.program, b.system);
  const auto run = explore::execute(in, {{p, {0}, 0}});
  ASSERT_TRUE(run && run->violation);
  const std::vector<ToldStep> steps = tell(in, *run);
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_TRUE(steps[0].faulty);
  EXPECT_TRUE(steps[0].locks.empty());
}

}  // namespace
}  // namespace singspin::report
