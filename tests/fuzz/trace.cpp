// A trace file: any bytes are damaged at a place or a run that every command can look at.
#include "reports/formats/json/read_trace.h"
#include "reports/replay/engine/open.h"
#include "reports/replay/lines/command.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

void check_run(const replay::World& world) {
  const std::size_t rows = world.rows(0).size();
  for (std::size_t k = 0; k <= world.size(); ++k) {
    REQUIRE(world.rows(k).size() == rows, "every configuration has the same rows");
    REQUIRE(world.enabled(k).size() == world.count_enabled(k), "enabled steps are counted");
  }
}

// What a simulation saves can be read again.
void check_saved(replay::Session& session) {
  replay::Answer saved = replay::command(session, "save x", {});
  REQUIRE(saved.ok && saved.write, "every run can be saved");
  const auto again = json::read_trace(saved.write->text);
  REQUIRE(again.has_value(), "a saved run is a trace");
  REQUIRE(replay::open_trace(*again).has_value(), "a saved run can be executed");
}

}  // namespace

void run_trace(std::string_view bytes) {
  auto trace = json::read_trace(bytes);
  if (!trace) {
    REQUIRE(!trace.error().what.empty(), "damage has words");
    return;
  }
  auto world = replay::open_trace(*trace);
  if (!world) {
    REQUIRE(!world.error().place.empty() && !world.error().what.empty(), "damage has a place and words");
    return;
  }
  check_run(**world);
  replay::Session session(std::move(*world), std::move(*trace), std::string(bytes));
  for (const char* line : {"last", "why", "msc", "story", "state", "queues", "tokens", "locks", "diff", "source",
                           "back 2", "find a", "race", "until deadlock", "export mermaid x", "branch", "random 5"}) {
    const replay::Answer answer = replay::command(session, line, {});
    REQUIRE(!answer.text.empty(), "every command answers");
    REQUIRE(session.cursor() <= session.size(), "the cursor stays in the run");
  }
  check_saved(session);
}

}  // namespace singspin::fuzz
