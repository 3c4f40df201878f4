// Small systems by hand through the real SPIN: it must count what the explorer counts and find what it finds.
#include "promela/verify_systems/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/unit/explore/build.h"

namespace singspin::verify {
namespace {

using testing::SystemBuilder;
using Cond = ir::Condition::Kind;
using Kind = ir::Op::Kind;
using Proc = ir::Process::Kind;

struct Both {
  std::unique_ptr<explore::Interpreter> interpreter;  // `explored` points to it
  explore::Exploration explored;
  SystemRun run;
};

// Every row needs a span in some file.
source::SourceMap sources() {
  source::SourceMap map;
  map.add("a.drv", "text\n");
  return map;
}

Both run_both(const SystemBuilder& b) {
  auto interpreter = std::make_unique<explore::Interpreter>(b.program, b.system);
  Options options;
  const source::SourceMap map = sources();
  Engine engine;
  const spin::Tools tools = spin::find_tools();
  const SystemContext context{b.program, map, options, tools, nullptr, engine};
  explore::Exploration explored = explore::explore(*interpreter, {});
  SystemRun run = run_system(context, *interpreter, explored.graph.size());
  return {std::move(interpreter), std::move(explored), std::move(run)};
}

const SeenEnd* seen(const SystemRun& run, ir::SystemProperty property) {
  for (const SeenEnd& end : run.ends) {
    if (end.end.kind == systems::RunEnd::Kind::Property && end.end.property == property) return &end;
  }
  return nullptr;
}

void expect_agreement(const SystemBuilder& b) {
  const Both both = run_both(b);
  ASSERT_FALSE(both.run.refusal) << both.run.refusal->message;
  ASSERT_FALSE(both.run.failure) << both.run.failure->message;
  ASSERT_TRUE(both.run.outcome.complete) << both.run.outcome.cause_text;
  ASSERT_TRUE(both.run.configurations);
  EXPECT_EQ(both.run.trace_problem, "");
  EXPECT_EQ(*both.run.configurations, both.explored.graph.size());
  EXPECT_EQ(both.run.transitions, both.explored.transitions);
  EXPECT_EQ(both.run.taken, both.explored.taken);
  for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
    const auto property = static_cast<ir::SystemProperty>(i);
    const auto& place = both.explored.places[i];
    const SeenEnd* end = seen(both.run, property);
    if (property == ir::SystemProperty::StateMapping) continue;
    EXPECT_EQ(place.has_value(), end != nullptr) << ir::id(property);
    if (!place || !end) continue;
    ASSERT_TRUE(end->run) << ir::id(property);
    EXPECT_EQ(end->run->steps.size(), explore::run_to(both.explored.graph, *place).steps.size());
  }
}

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

TEST(SystemRun, LocksInOppositeOrderStandStill) {
  const SystemBuilder b = two_locks(false);
  expect_agreement(b);
  EXPECT_TRUE(seen(run_both(b).run, ir::SystemProperty::DeadlockFree));
}

TEST(SystemRun, LocksInOneOrderDoNot) {
  const SystemBuilder b = two_locks(true);
  expect_agreement(b);
  EXPECT_TRUE(run_both(b).run.ends.empty());
}

// A client sends a block, the driver frees it and answers; with `twice` it frees it once more.
SystemBuilder lending(bool twice) {
  SystemBuilder b;
  const auto driver = b.component("D"), client = b.component("C", ir::Component::Kind::Env);
  const auto [exporter, importer] = b.channel("S: Give? S2; S2: Done! S", driver, client);
  const ir::SlotId theirs = b.slot(client, "s"), mine = b.slot(driver, "b");
  ir::Pool pool;
  pool.component = client;
  pool.name = "s";
  pool.count = 2;
  const ir::PoolId from = b.system.pools.add(pool);
  const ir::Contract& contract = b.program.contracts[b.system.channels[{0}].contract];
  ir::MessageId give, done;
  for (const ir::MessageId m : contract.messages.ids())
    (contract.messages[m].name == "Give" ? give : done) = m;
  const auto d = b.process(driver, "D", Proc::Loop, 3), c = b.process(client, "C", Proc::Thread, 3);
  b.rest(d, 0);
  b.edge(d, 0, 1, {testing::head(exporter, give)},
         {testing::message(Kind::Receive, exporter, give, {testing::of_slot(mine)}),
          testing::component(Kind::Activate, driver)});
  b.edge(d, 1, 2, {}, {testing::slot(Kind::Free, mine)});
  std::vector<ir::Op> last = {testing::message(Kind::Send, exporter, done),
                              testing::component(Kind::Rest, driver)};
  if (twice) last.insert(last.begin(), testing::slot(Kind::Free, mine));
  b.edge(d, 2, 0, {}, last);
  ir::Condition free = testing::when(Cond::Block);
  free.pool = from;
  ir::Op make = testing::slot(Kind::New, theirs);
  make.pool = from;
  b.edge(c, 0, 1, {free}, {make});
  b.edge(c, 1, 2, {}, {testing::message(Kind::Send, importer, give, {testing::of_slot(theirs)})});
  b.edge(c, 2, 0, {testing::head(importer, done)}, {testing::message(Kind::Receive, importer, done)});
  b.system.processes[c].starts_running = true;
  return b;
}

TEST(SystemRun, BlocksTravel) {
  expect_agreement(lending(false));
  EXPECT_TRUE(run_both(lending(false)).run.ends.empty());
  expect_agreement(lending(true));
  EXPECT_TRUE(seen(run_both(lending(true)).run, ir::SystemProperty::Ownership));
}

TEST(SystemRun, TooManyProcessesAreRefused) {
  SystemBuilder b;
  const auto c = b.component("D");
  for (int i = 0; i < 251; ++i) b.rest(b.process(c, "D." + std::to_string(i), Proc::Server, 1), 0);
  const Both both = run_both(b);
  ASSERT_TRUE(both.run.refusal);
  EXPECT_THAT(both.run.refusal->message, ::testing::HasSubstr("too many processes for SPIN: 251"));
}

TEST(Observation, NeedsItsLastLine) {
  std::uint64_t n = 0;
  std::vector<std::pair<unsigned, std::uint64_t>> ended;
  EXPECT_TRUE(read_system_observation({"@configurations 3", "@ended 4 1", "@end"}, n, ended));
  EXPECT_EQ(n, 3u);
  EXPECT_EQ(ended.size(), 1u);
  EXPECT_FALSE(read_system_observation({"@configurations 3", "@ended 4 1"}, n, ended));
  EXPECT_FALSE(read_system_observation({"@configurations 0", "@end"}, n, ended));
  EXPECT_FALSE(read_system_observation({"@end"}, n, ended));
}

}  // namespace
}  // namespace singspin::verify
