#include <gtest/gtest.h>

#include "fixture.h"

namespace singspin::terminal {
namespace {

constexpr std::string_view kSpoolerBlock = R"(error[SS0101]: SpoolerContract can deadlock after 8 steps
  --> contracts/SpoolerContract.sg:15:9
   |
14 |     state RUNNING: one {
   |           ------- both endpoints are here after step 6
15 |         Stop?     -> Stopped! -> IDLE;
   |         ^^^^^ step 7: the importer sends Stop, then waits for Stopped
16 |         Finished! -> IDLE;
   |         ^^^^^^^^^ step 8: the exporter sends Finished before it sees Stop
   |
   = stuck: the importer needs Stopped, but Finished is first in its queue
   =        the exporter is in IDLE, but Stop is first in its queue
   = race:  steps 7 and 8 are independent: each side sends before it has seen the other's message
   = scope: real for any queue length, also if receives have priority in RUNNING (8 steps)

   step     importer                          exporter
            START                             START
    1,2        │◄──────────── Ready ─────────────│   :9
            IDLE                              IDLE
    3,4        │──────────── Print ─────────────►│   :12
    5,6        │◄─────────── Accepted ───────────│   :12
            RUNNING                           RUNNING
    7          │──── Stop ─────►                 │   :15  sent, never received
    8          │                 ◄── Finished ───│   :16  sent, never received
            ✗ RUNNING, after Stop             ✗ IDLE
              needs Stopped                     needs GetStatus or Print
              has   Finished                    has   Stop

   = also violated by the same 8 steps: no-unexpected-message (SS0102)
   = replay:  singspin replay SpoolerContract.deadlock-free
   = explain: singspin explain SS0101
)";

constexpr std::string_view kAsciiChart = R"(   step     importer                          exporter
            START                             START
    1,2        |<------------ Ready -------------|   :9
            IDLE                              IDLE
    3,4        |------------ Print ------------->|   :12
    5,6        |<----------- Accepted -----------|   :12
            RUNNING                           RUNNING
    7          |---- Stop ----->                 |   :15  sent, never received
    8          |                 <-- Finished ---|   :16  sent, never received
            x RUNNING, after Stop             x IDLE
              needs Stopped                     needs GetStatus or Print
              has   Finished                    has   Stop
)";

std::string only_block(const report::Report& report, const Options& options) {
  return render_counterexample(report, report.counterexamples.front(), options);
}

TEST(Counterexample, SpoolerContract) {
  Options options;
  options.replay_hint = true;
  EXPECT_EQ(only_block(spooler_report(), options), kSpoolerBlock);
}

TEST(Counterexample, EndingOfTheInterpreterGivesTheSameBlock) {
  report::Report report = spooler_report();
  report::Counterexample& one = report.counterexamples[0];
  const ir::Contract& contract = report.program.contracts[one.contract];
  one.trace = exec::normalize(contract, one.trace);
  one.ending = exec::explain_ending(contract, one.trace, exec::Fault::Stuck);
  Options options;
  options.replay_hint = true;
  EXPECT_EQ(only_block(report, options), kSpoolerBlock);
}

TEST(Counterexample, AsciiHasTheSameColumns) {
  Options options;
  options.unicode = false;
  options.width = 80;
  const std::string text = only_block(spooler_report(), options);
  EXPECT_NE(text.find(kAsciiChart), std::string::npos) << text;
  for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
}

TEST(Counterexample, NoReplayLineWithoutReplay) {
  const std::string text = only_block(spooler_report(), {});
  EXPECT_EQ(text.find("replay"), std::string::npos);
  EXPECT_TRUE(
      text.ends_with("   = also violated by the same 8 steps: no-unexpected-message (SS0102)\n"
                     "   = explain: singspin explain SS0101\n"));
}

TEST(Counterexample, EightyColumnsHoldTheReport) {
  Options options;
  options.width = 80;
  const std::string text = only_block(spooler_report(), options);
  EXPECT_NE(text.find("   = scope: real for any queue length, also if receives have priority in RUNNING\n"
                      "   =          (8 steps)\n"),
            std::string::npos)
      << text;
}

TEST(Counterexample, LabelsMoveUnderTheirMark) {
  Options options;
  options.width = 60;
  const std::string text = only_block(spooler_report(), options);
  EXPECT_NE(text.find("   |         ^^^^^^^^^\n"
                      "   |         step 8: the exporter sends Finished before it\n"
                      "   |         sees Stop\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("    steps 7 and 8: sent, never received\n"), std::string::npos) << text;
}

TEST(Counterexample, PriorityOutcomeThatDiffersHasItsLine) {
  report::Report report = spooler_report();
  report.counterexamples[0].steps_under_priority.reset();
  for (exec::Verdict& v : report.contracts[0].verdicts) {
    if (v.reading == exec::Reading::Priority) v.status = exec::Status::Proved;
  }
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("   = scope: real for any queue length\n"
                      "   =        not if receives have priority in RUNNING\n"),
            std::string::npos)
      << text;
}

constexpr std::string_view kOffer = R"(contract Offer {
    in message Withdraw(); out message Expire();
    state OPEN: one { Withdraw? -> DONE; Expire! -> DONE; }
    state DONE: one { }
}
)";

report::Report offer_report() {
  report::Report report;
  const source::FileId file = report.sources.add("offer.sg", kOffer);
  Builder b(report.sources, file, "Offer");
  b.message("Withdraw", b.at("Withdraw"));
  b.message("Expire", b.at("Expire"));
  const ir::StateId open = b.named("OPEN", b.at("OPEN")), done = b.named("DONE", b.at("DONE", 2));
  b.step(open, "Withdraw?", done);
  b.step(open, "Expire!", done);
  const ir::ContractId id = report.program.contracts.add(b.finish());
  report::Counterexample one;
  one.contract = id;
  one.properties = {ir::Property::NoOrphanMessage};
  one.trace = run_of(report.program.contracts[id], {importer(0), exporter(1)});
  one.ending.kind = exec::Ending::Kind::OrphanMessage;
  one.ending.undelivered = {{0, {0}, ir::Role::Exporter, 0}, {1, {1}, ir::Role::Importer, 1}};
  one.ending.race = {0, 1};
  one.message = "Offer can finish with messages that are never received, after 2 steps";
  report.counterexamples.push_back(one);
  return report;
}

TEST(Counterexample, OrphanMessages) {
  EXPECT_EQ(only_block(offer_report(), {}),
            R"(error[SS0103]: Offer can finish with messages that are never received, after 2 steps
  --> offer.sg:3:23
   |
 3 |     state OPEN: one { Withdraw? -> DONE; Expire! -> DONE; }
   |           ----        ^^^^^^^^^          ^^^^^^^
   |           both endpoints start here
   |                       step 1: the importer sends Withdraw and has finished
   |                                          step 2: the exporter sends Expire before it sees
   |                                          Withdraw
   |
   = never received: Withdraw and Expire: both ends have finished
   = race:           steps 1 and 2 are independent: each side sends before it has seen the other's
   =                   message
   = scope:          real for any queue length

   step     importer                          exporter
            OPEN                              OPEN
    1          │── Withdraw ───►                 │   :3   sent, never received
            DONE                              OPEN
    2          │                 ◄─── Expire ────│   :3   sent, never received
            ✗ DONE (finished)                 ✗ DONE (finished)
              has   Expire                      has   Withdraw

   = explain: singspin explain SS0103
)");
}

constexpr std::string_view kTwice = R"(contract Twice {
    in message Job(); out message Accepted(); out message Refused();
    state IDLE: one {
        Job? -> Accepted! -> IDLE;
        Job? -> Refused! -> IDLE;
    }
}
)";

report::Report twice_report() {
  report::Report report;
  const source::FileId file = report.sources.add("twice.sg", kTwice);
  Builder b(report.sources, file, "Twice");
  for (const char* name : {"Job", "Accepted", "Refused"}) b.message(name, b.at(name));
  const ir::StateId idle = b.named("IDLE", b.at("IDLE"));
  const ir::StateId accept = b.implicit(idle, "Job", b.at("Job?"));
  const ir::StateId refuse = b.implicit(idle, "Job", b.at("Job?", 1));
  b.step(idle, "Job?", accept);
  b.step(accept, "Accepted!", idle);
  b.step(idle, "Job?", refuse, 1);
  b.step(refuse, "Refused!", idle);
  const ir::ContractId id = report.program.contracts.add(b.finish());
  const ir::Contract& contract = report.program.contracts[id];
  report::Counterexample one;
  one.contract = id;
  one.properties = {ir::Property::NoUnexpectedMessage};
  one.trace = run_of(contract, {importer(0), exporter(2), exporter(3)});
  one.ending = exec::explain_ending(contract, one.trace, exec::Fault::UnspecifiedReception);
  one.message = "in Twice a message can arrive that is not expected, after 3 steps";
  report.counterexamples.push_back(one);
  return report;
}

TEST(Counterexample, WithoutRace) {
  EXPECT_EQ(only_block(twice_report(), {}),
            R"(error[SS0102]: in Twice a message can arrive that is not expected, after 3 steps
  --> twice.sg:5:9
   |
 3 |     state IDLE: one {
   |           ---- the exporter waits here for Job
 4 |         Job? -> Accepted! -> IDLE;
   |         ---- step 1: the importer sends Job and goes on here
   |         after this the importer waits for Accepted
 5 |         Job? -> Refused! -> IDLE;
   |         ^^^^    -------- step 3: the exporter sends Refused, never received
   |         step 2: the exporter receives Job and goes on here
   |
   = stuck: the importer needs Accepted, but Refused is first in its queue
   =        the exporter is in IDLE and needs Job, but its queue is empty
   = scope: real for any queue length

   step     importer                          exporter
            IDLE                              IDLE
    1,2        │───────────── Job ──────────────►│   :4
    3          │                 ◄─── Refused ───│   :5   sent, never received
            ✗ IDLE, after Job                 ✗ IDLE
              needs Accepted                    needs Job
              has   Refused                     has   no message

   = explain: singspin explain SS0102
)");
}

constexpr std::string_view kFeed = R"(contract Feed {
    in message Subscribe(); out message Sample();
    state IDLE: one { Subscribe? -> LIVE; }
    state LIVE: one { Sample! -> LIVE; }
}
)";

report::Report feed_report(std::uint32_t rounds) {
  report::Report report;
  const source::FileId file = report.sources.add("feed.sg", kFeed);
  Builder b(report.sources, file, "Feed");
  b.message("Subscribe", b.at("Subscribe"));
  b.message("Sample", b.at("Sample"));
  const ir::StateId idle = b.named("IDLE", b.at("IDLE")), live = b.named("LIVE", b.at("LIVE", 1));
  b.step(idle, "Subscribe?", live);
  b.step(live, "Sample!", live);
  const ir::ContractId id = report.program.contracts.add(b.finish());
  std::vector<exec::Step> steps{importer(0), exporter(0)};
  for (std::uint32_t i = 0; i < rounds; ++i) {
    steps.push_back(exporter(1));
    steps.push_back(importer(1));
  }
  steps.push_back(exporter(1));
  report::Counterexample one;
  one.contract = id;
  one.properties = {ir::Property::QueuesBounded};
  one.trace = run_of(report.program.contracts[id], steps);
  one.ending.kind = exec::Ending::Kind::UnboundedQueue;
  one.ending.loop_start = static_cast<std::uint32_t>(steps.size() - 1);
  one.message = "the queue of the importer of Feed can grow without end";
  report.counterexamples.push_back(one);
  return report;
}

TEST(Counterexample, UnboundedQueue) {
  EXPECT_EQ(only_block(feed_report(0), {}),
            R"(error[SS0104]: the queue of the importer of Feed can grow without end
  --> feed.sg:4:23
   |
 4 |     state LIVE: one { Sample! -> LIVE; }
   |                       ^^^^^^^ step 3: the exporter sends Sample, again and again
   |
   = repeats: step 3 can go on for ever, each round adds one Sample to the importer's queue
   = scope:   real for any queue length

   step     importer                          exporter
            IDLE                              IDLE
    1,2        │────────── Subscribe ───────────►│   :3
            LIVE                              LIVE
  ↻ 3          │                 ◄─── Sample ────│   :4   stays in the queue
            ✗ LIVE                              LIVE
              queue grows for ever              goes on with step 3

   = explain: singspin explain SS0104
)");
}

TEST(Counterexample, LoopOfSeveralSteps) {
  report::Report report = feed_report(1);
  report.counterexamples[0].ending.loop_start = 2;
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("   = repeats: steps 3 to 5 can go on for ever, each round adds 2 x Sample to"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n  ↻ 3,4        │"), std::string::npos) << text;
}

TEST(Counterexample, OtherFilesAreNamedInTheMargin) {
  report::Report report = spooler_report();
  const source::FileId base = report.sources.add("contracts/Base.sg", "Ready! -> IDLE\n");
  ir::Contract& contract = report.program.contracts[{0}];
  contract.transitions[{0}].span = {base, 0, 6};
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("Ready ─────────────│   Base.sg:1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("│   :15  sent, never received\n"), std::string::npos) << text;
}

TEST(Counterexample, FinishedWithMessagesPending) {
  report::Report report = offer_report();
  report::Counterexample& one = report.counterexamples[0];
  one.trace = run_of(report.program.contracts[{0}], {importer(0)});
  one.trace.configurations.back().to_importer = {{1}};
  one.ending.race.clear();
  one.ending.undelivered = {{0, {0}, ir::Role::Exporter, 0}, {1, {1}, ir::Role::Importer, 9}};
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("   = never received: Expire: the importer has finished, the exporter is in OPEN\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("            ✗ DONE (finished)                   OPEN\n"
                      "              has   Expire                      can go on\n"
                      "                                                has   Withdraw\n"),
            std::string::npos)
      << text;
}

TEST(Counterexample, LongRunsAreFolded) {
  const std::string text = only_block(feed_report(60), {});
  EXPECT_NE(text.find("    3,4        │◄──────────── Sample ────────────│   :4\n"
                      "            ... 96 steps ...\n"
                      "    101,102    │◄──────────── Sample ────────────│   :4\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  ↻ 123"), std::string::npos);
}

TEST(Counterexample, FoldKeepsTheRace) {
  report::Report report = feed_report(60);
  report.counterexamples[0].ending.race = {40, 42};
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("steps ...\n    41,42 "), std::string::npos) << text;
  EXPECT_NE(text.find("    43,44 "), std::string::npos) << text;
}

TEST(Counterexample, ShortRunsAtEveryLength) {
  report::Report report = spooler_report();
  report::Counterexample& one = report.counterexamples[0];
  const exec::Trace full = one.trace;
  one.ending.race.clear();
  one.ending.decisive.reset();
  for (std::size_t length = 0; length <= full.steps.size(); ++length) {
    one.trace.steps.assign(full.steps.begin(), full.steps.begin() + length);
    one.trace.configurations.assign(full.configurations.begin(), full.configurations.begin() + length + 1);
    one.ending.loop_start.reset();
    EXPECT_FALSE(only_block(report, {}).empty());
    for (std::uint32_t loop = 0; loop <= length; ++loop) {
      one.ending.kind = exec::Ending::Kind::UnboundedQueue;
      one.ending.loop_start = loop;
      EXPECT_FALSE(only_block(report, {}).empty());
    }
    one.ending.kind = exec::Ending::Kind::UnexpectedMessage;
  }
}

TEST(Counterexample, OnePartyThatCanGoOn) {
  report::Report report = spooler_report();
  report::Counterexample& one = report.counterexamples[0];
  one.ending.kind = exec::Ending::Kind::UnexpectedMessage;
  one.ending.blocked.erase(one.ending.blocked.begin());
  const std::string text = only_block(report, {});
  EXPECT_NE(text.find("   = stuck: the exporter is in IDLE, but Stop is first in its queue\n"
                      "   =        the importer can go on, but Stop stays where it is\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("            RUNNING, after Stop"), std::string::npos) << text;
}

}  // namespace
}  // namespace singspin::terminal
