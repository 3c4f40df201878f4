#include "promela/spin/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace singspin::spin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string recorded(const std::string& name) {
  std::ifstream file(SINGSPIN_TEST_DATA "/recorded/" + name + ".out", std::ios::binary);
  EXPECT_TRUE(file) << name;
  return (std::stringstream() << file.rdbuf()).str();
}

ProcessResult printed(std::string out, std::string err = "", Ending ending = Exited{0}) {
  ProcessResult result;
  result.ending = std::move(ending);
  result.out = std::move(out);
  result.err = std::move(err);
  return result;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ReadProgress, TheLastWholeLineCounts) {
  const std::string text = recorded("resized");
  const auto last = read_progress(text);
  ASSERT_TRUE(last);
  EXPECT_DOUBLE_EQ(last->states, 1e6);
  EXPECT_DOUBLE_EQ(last->megabytes, 83.203);
  EXPECT_DOUBLE_EQ(last->states_per_second, 7e4);
  const auto before = read_progress(text.substr(0, text.find("R=   7e+04")));
  ASSERT_TRUE(before);
  EXPECT_DOUBLE_EQ(before->states, 3.14e5);
}

TEST(ReadProgress, NothingIsGuessed) {
  EXPECT_FALSE(read_progress(""));
  EXPECT_FALSE(read_progress("Depth="));
  EXPECT_FALSE(read_progress("Depth=\n"));
  EXPECT_FALSE(read_progress("Depth= 10 States= 1 Transitions= 4 Memory= 0.2\n"));  // no rate yet
  EXPECT_FALSE(read_progress("Depth= 10 States= many Transitions= 4 Memory= 0.2 t= 1 R= 1\n"));
}

TEST(ReadOutcome, Complete) {
  const auto outcome = read_outcome(printed(recorded("complete")));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
  EXPECT_FALSE(outcome.cause);
  EXPECT_EQ(outcome.errors, 0u);
  EXPECT_EQ(outcome.states_stored, 4u);
  EXPECT_EQ(outcome.states_matched, 1u);
  EXPECT_EQ(outcome.transitions, 5u);
  EXPECT_EQ(outcome.atomic_steps, 0u);
  EXPECT_EQ(outcome.max_depth, 3u);
  EXPECT_EQ(outcome.state_vector_bytes, 36u);
  EXPECT_DOUBLE_EQ(outcome.memory_megabytes, 0.098);
  EXPECT_EQ(outcome.spin_version, "Spin Version 6.5.2 -- 6 December 2019");
  EXPECT_THAT(outcome.observations, ElementsAre("@N 4"));
  ASSERT_EQ(outcome.pegs.size(), 4u);
  EXPECT_EQ(outcome.pegs[2].count, 1u);
  EXPECT_EQ(outcome.pegs[2].transition, 6u);
  EXPECT_EQ(outcome.pegs[2].file, "model.pml");
  EXPECT_EQ(outcome.pegs[2].line, 11u);
}

TEST(ReadOutcome, CompleteWithAListOfUnreachedStates) {
  const auto outcome = read_outcome(printed(recorded("complete_unreached")));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
}

TEST(ReadOutcome, Violated) {
  const auto outcome = read_outcome(printed(recorded("violated")));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
  EXPECT_EQ(outcome.errors, 1u);
  ASSERT_EQ(outcome.findings.size(), 1u);
  EXPECT_EQ(outcome.findings[0].message, "invalid end state");
  EXPECT_EQ(outcome.findings[0].depth, 4u);
  EXPECT_TRUE(read_outcome(printed(recorded("every_trail"))).complete);
  EXPECT_TRUE(read_outcome(printed(recorded("reduced"))).complete);
}

TEST(ReadOutcome, RepeatedMessagesArePrintedOnce) {
  const auto outcome = read_outcome(printed(recorded("assertion")));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
  EXPECT_EQ(outcome.errors, 5u);
  ASSERT_EQ(outcome.findings.size(), 1u);
  EXPECT_EQ(outcome.findings[0].message, "assertion violated (x<2)");
}

TEST(ReadOutcome, OwnMessages) {
  const auto outcome = read_outcome(printed(recorded("own_message")));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
  ASSERT_EQ(outcome.findings.size(), 1u);
  EXPECT_EQ(outcome.findings[0].message, "@UR x is 2");
  EXPECT_EQ(outcome.pegs.front().file, "(null)");
}

struct Sample {
  const char* name;
  Incomplete cause;
  const char* text;
};

class ReadRecorded : public ::testing::TestWithParam<Sample> {};

TEST_P(ReadRecorded, IsIncomplete) {
  const auto outcome = read_outcome(printed(recorded(GetParam().name)));
  EXPECT_FALSE(outcome.complete);
  EXPECT_EQ(outcome.cause, GetParam().cause) << outcome.cause_text;
  EXPECT_THAT(outcome.cause_text, HasSubstr(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    Samples, ReadRecorded,
    ::testing::Values(Sample{"first_error", Incomplete::StoppedAtError, "Warning: Search not completed"},
                      Sample{"depth_limit", Incomplete::DepthLimit, "error: max search depth too small"},
                      Sample{"resized", Incomplete::DepthLimit, "error: max search depth too small"},
                      Sample{"depth_error", Incomplete::DepthLimit, "depth"},
                      Sample{"memory_limit", Incomplete::MemoryLimit, "pan: reached -DMEMLIM bound"},
                      Sample{"out_of_memory", Incomplete::MemoryLimit, "pan: out of memory"},
                      Sample{"interrupted", Incomplete::Interrupted, "Interrupted"},
                      Sample{"vector_size", Incomplete::ModelFault, "VECTORSZ"},
                      Sample{"model_fault", Incomplete::ModelFault, "ref to uninitialized chan name"},
                      Sample{"bitstate", Incomplete::NotExhaustive, "Bit statespace search for:"},
                      Sample{"hash_compact", Incomplete::NotExhaustive, "Hash-Compact 4 search for:"}),
    [](const auto& sample) { return std::string(sample.param.name); });

TEST(ReadOutcome, CountsSurviveAStop) {
  const auto outcome = read_outcome(printed(recorded("first_error")));
  EXPECT_EQ(outcome.states_stored, 11u);
  ASSERT_EQ(outcome.findings.size(), 1u);
}

// Lines that must not go unnoticed, put into a good recording.
class TellTaleLine : public ::testing::TestWithParam<std::pair<const char*, Incomplete>> {};

TEST_P(TellTaleLine, IsNoticedOnEitherStream) {
  const auto [line, cause] = GetParam();
  const auto good = recorded("complete");
  for (const auto& result : {printed(line + ("\n" + good)), printed(good + line + "\n"),
                             printed(replaced(good, "Stats on", line + std::string("\nStats on")))}) {
    const auto outcome = read_outcome(result);
    EXPECT_FALSE(outcome.complete);
    EXPECT_EQ(outcome.cause, cause) << outcome.cause_text;
    EXPECT_THAT(outcome.cause_text, Not(IsEmpty()));
  }
  EXPECT_FALSE(read_outcome(printed(good, line)).complete);
}

using enum Incomplete;
INSTANTIATE_TEST_SUITE_P(
    Table, TellTaleLine,
    ::testing::ValuesIn(std::vector<std::pair<const char*, Incomplete>>{
        {"error: max search depth too small", DepthLimit},
        {"pan: reached -DMEMLIM bound", MemoryLimit},
        {"pan: out of memory", MemoryLimit},
        {"pan: resizing hashtable to -w14.. pan: out of memory", MemoryLimit},
        {"Depth=      10 States= 1.81e+03 Interrupted", Interrupted},
        {"Time limit of    1 minutes exceeded", TimeLimit},
        {"hash factor: 6.30518 (best if > 100.)", NotExhaustive},
        {"hash table is full", NotExhaustive},
        {"12 states lost (lack of space)", NotExhaustive},
        {"Warning: Search incomplete", NotExhaustive},
        {"\t+ Scheduling Restriction (-L2)", NotExhaustive},
        {"Bit statespace search for:", NotExhaustive},
        {"Hash-Compact 4 search for:", NotExhaustive},
        {"pan: error, VECTORSZ too small, recompile pan.c with -DVECTORSZ=N with N>136", ModelFault},
        {"pan: error: too many processes -- current max is 6 procs (-DNFAIR=2)", ModelFault},
        {"pan:1: aborting (at depth 3)", ModelFault},
        {"pan:1: too many queues (at depth 3)", ModelFault},
        {"pan:1: error, partial order reduction invalid (at depth 3)", ModelFault},
        {"pan:1: wrong nr of msg fields in rcv (at depth 3)", ModelFault},
        {"pan:1: block in d_step seq (at depth 3)", ModelFault},
        {"pan:1: assertion violated - invalid array index (at depth 3)", ModelFault},
        {"pan:1: invalid end state or so (at depth 3)", ModelFault},
        {"pan:1: acceptance cycle (at depth 3)", ModelFault},
        {"pan:1: @own message (at depth x)", UnknownText},
        {"pan:x: invalid end state (at depth 3)", UnknownText},
        {"pan:1: invalid end state (at depth 3)", UnknownText},  // but `errors: 0`
        {"Warning: Search not completed", UnknownText},          // but no reason
        {"Full statespace search for:", UnknownText},
        {"(Spin Version 6.5.2 -- 6 December 2019)", UnknownText},
        {"        4 states, stored", UnknownText},
        {"State-vector 36 byte, depth reached 3, errors: 0", UnknownText},
        {"invalid end states\t- (disabled by -E flag)", UnknownText},
        {"warning: never claim + accept labels requires -a flag to fully verify", UnknownText},
        {"warning: use of rendezvous with BFS does not preserve all invalid endstates", UnknownText},
        {"\t+ Reverse Transition Ordering", UnknownText},
        {"3 lost messages", UnknownText},
        {"pan: cannot create model.pml.trail", UnknownText},
        {"pan: error writing trailfile", UnknownText},
        {"queue 3 was deleted", UnknownText},
        {"nonsense", UnknownText},
        {"  3", UnknownText},
        {"\x01\xff", UnknownText},
    }));

TEST(ReadOutcome, KnownNotesAreHarmless) {
  const auto good = recorded("complete");
  for (const char* line :
       {"pan: resizing hashtable to -w14..  done", "pan: wrote model.pml1.trail", "@anything Interrupted",
        "Depth=      10 States= 1.81e+03 Transitions= 4.92e+03 Memory=     0.293\t",
        "Depth=      30 States= 3.14e+05 Transitions= 1.15e+06 Memory=    27.051\tt=     0.72 R=   4e+05",
        "pan: rate       inf states/second", "pan: avg transition delay 0.5 usec",
        "   32.108\tactual memory usage for states (compression: 63.55%)",
        "         \tstate-vector as stored = 20 byte + 28 byte overhead",
        "    1.900\tmemory lost to fragmentation", "   42.108\tother (proc and chan stacks)"}) {
    const auto outcome = read_outcome(printed(line + ("\n" + good)));
    EXPECT_TRUE(outcome.complete) << line << ": " << outcome.cause_text;
  }
}

TEST(ReadOutcome, EveryMissingLineIsNoticed) {
  const auto good = recorded("complete");
  for (const char* line : {"(Spin Version 6.5.2 -- 6 December 2019)\n", "Full statespace search for:\n",
                           "\tnever claim         \t- (none specified)\n", "\tassertion violations\t+\n",
                           "\tinvalid end states\t+\n", "State-vector 36 byte, depth reached 3, errors: 0\n",
                           "        4 states, stored\n", "        1 states, matched\n",
                           "        5 transitions (= stored+matched)\n", "        0 atomic steps\n",
                           "    0.098\ttotal actual memory usage\n", "pan: elapsed time 0 seconds\n",
                           "Peg Counts (transitions executed):\n"})
    EXPECT_FALSE(read_outcome(printed(replaced(good, line, ""))).complete) << line;
}

// Wherever the text of a run is cut, it is not taken for a whole one. After the elapsed time only
// observations follow, which the caller counts.
TEST(ReadOutcome, EveryTruncationIsNoticed) {
  for (const char* name : {"complete", "complete_unreached", "violated", "assertion"}) {
    const auto good = recorded(name);
    const auto end = good.find(" seconds", good.find("pan: elapsed time"));
    for (std::size_t length = 0; length < end; ++length)
      ASSERT_FALSE(read_outcome(printed(good.substr(0, length))).complete) << name << ": " << length;
  }
}

TEST(ReadOutcome, Empty) {
  const auto outcome = read_outcome(printed(""));
  EXPECT_EQ(outcome.cause, MissingStatistics);
}

TEST(ReadOutcome, DisabledChecksAreNotComplete) {
  const auto good = recorded("complete");
  EXPECT_FALSE(read_outcome(printed(replaced(good, "invalid end states\t+",
                                             "invalid end states\t- (disabled by -E flag)")))
                   .complete);
  EXPECT_FALSE(read_outcome(printed(replaced(good, "invalid end states\t+",
                                             "invalid end states\t- (disabled by never claim)")))
                   .complete);
  EXPECT_FALSE(read_outcome(printed(replaced(good, "assertion violations\t+",
                                             "assertion violations\t- (disabled by -A flag)")))
                   .complete);
  EXPECT_FALSE(read_outcome(printed(replaced(good, "- (none specified)", "+ (p1)"))).complete);
}

// A run that was asked to ignore end states must say that it did.
TEST(ReadOutcome, EndStatesAreIgnoredOnlyWhereThatWasAsked) {
  const std::string good = recorded("complete");
  const std::string ignored =
      replaced(good, "invalid end states\t+", "invalid end states\t- (disabled by -E flag)");
  EXPECT_TRUE(read_outcome(printed(good)).complete);
  EXPECT_TRUE(read_outcome(printed(ignored), Search::OwnErrors).complete);
  EXPECT_FALSE(read_outcome(printed(ignored)).complete);
  EXPECT_FALSE(read_outcome(printed(good), Search::OwnErrors).complete);
}

TEST(ReadOutcome, NumbersMustAgree) {
  const auto good = recorded("complete");
  EXPECT_EQ(read_outcome(printed(replaced(good, "errors: 0", "errors: 1"))).cause, UnknownText);
  EXPECT_EQ(read_outcome(printed(replaced(good, "5 transitions", "6 transitions"))).cause, UnknownText);
  EXPECT_EQ(read_outcome(printed(replaced(good, "5 transitions", "nan transitions"))).cause, UnknownText);
}

TEST(ReadOutcome, LargeNumbersAreRounded) {
  auto text = replaced(recorded("complete"), "        4 states, stored", "1.1453387e+08 states, stored");
  text = replaced(text, "        5 transitions", "1.1453388e+08 transitions");
  const auto outcome = read_outcome(printed(text));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
  EXPECT_EQ(outcome.states_stored, 114'533'870u);
}

TEST(ReadOutcome, UnreachedCodeMayHaveSeveralLines) {
  const auto good = recorded("complete_unreached");
  const std::string code =
      "\tmodel.pml:3, state 3, \"{ a = 1;\nInterrupted out of memory\n }\"\n\t(1 of 9 states)";
  EXPECT_TRUE(read_outcome(printed(replaced(good, "\t(1 of 9 states)", code))).complete);
  EXPECT_FALSE(
      read_outcome(printed(replaced(good, "\t(1 of 9 states)", "nonsense\n\t(1 of 9 states)"))).complete);
  EXPECT_FALSE(read_outcome(printed(replaced(good, "\t(1 of 9 states)", "\tstate 3, \"{ a"))).complete);
}

TEST(ReadOutcome, EndingsThatAreNoSuccess) {
  const auto good = recorded("complete");
  const auto cause = [&](Ending ending) { return read_outcome(printed(good, "", std::move(ending))).cause; };
  EXPECT_EQ(cause(Exited{1}), Crashed);
  EXPECT_EQ(cause(Signaled{9}), Crashed);
  EXPECT_EQ(cause(TimedOut{}), TimeLimit);
  EXPECT_EQ(cause(spin::Interrupted{}), Incomplete::Interrupted);
  EXPECT_EQ(cause(OutputFlood{}), Crashed);
  EXPECT_EQ(cause(NotStarted{"reason"}), Crashed);
}

TEST(ReadOutcome, AStoppedRunMayEndAnywhere) {
  const auto text = recorded("interrupted");
  for (std::size_t length = 0; length <= text.size(); length += 7) {
    const auto outcome = read_outcome(printed(text.substr(0, length), "", TimedOut{}));
    ASSERT_EQ(outcome.cause, TimeLimit);
    ASSERT_EQ(outcome.cause_text, "time limit");
  }
}

TEST(ReadOutcome, AFaultOutranksALimit) {
  const auto text = "pan:1: block in d_step seq (at depth 3)\n" + recorded("interrupted");
  EXPECT_EQ(read_outcome(printed(text, "", TimedOut{})).cause, ModelFault);
}

TEST(ReadOutcome, EachCauseHasWords) {
  for (const auto cause : {TimeLimit, MemoryLimit, DepthLimit, StoppedAtError, Incomplete::Interrupted,
                           NotExhaustive, ModelFault, UnknownText, MissingStatistics, Crashed})
    EXPECT_NE(std::string(incomplete_text(cause)), "");
}

}  // namespace
}  // namespace singspin::spin
