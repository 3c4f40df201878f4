// With the real spin and compilers; skipped where they are missing.
#include "promela/spin/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "promela/spin/outcome.h"

namespace singspin::spin {
namespace {

Statement without_move(Statement statement) {
  statement.move = 0;
  return statement;
}

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two deadlocked states; the nearest is four steps away.
constexpr const char* kDeadlock = R"(mtype = { m_A, m_B };
chan qE = [2] of { mtype }; chan qI = [2] of { mtype };
active proctype P_E() {
S0: if
 :: qI!m_A -> goto S1
 :: qE?m_B -> goto S2
 fi;
S1: if
 :: qE?m_B -> goto S0
 fi;
S2: if
 :: qI!m_B -> goto S0
 fi
}
active proctype P_I() {
T0: if
 :: qE!m_B -> goto T1
 fi;
T1: if
 :: qI?m_A -> goto T0
 fi
}
)";

// Some million states, and a depth of some hundred.
constexpr const char* kLarge = R"(byte a[6];
active [3] proctype P() {
  byte i;
S0: if
 :: a[_pid] < 100 -> goto S1
 fi;
S1: if
 :: d_step { a[_pid] = (a[_pid]+1)%100; i = (i + 3) % 50 } -> goto S0
 :: d_step { a[5-_pid] = (a[5-_pid]+1)%100; i = (i+1) % 50 } -> goto S0
 fi
}
)";

// Every kind of row spin writes into pan.t.
constexpr const char* kManyForms = R"(c_decl { static int cc_n; }
mtype = { m_A, m_B };
chan q = [2] of { mtype, byte };
byte x;
active proctype P() provided (c_expr { (cc_n)>=0 }) {
  byte i;
  i = 1; x = 2;
S0: if
 :: d_step { q!m_A(i); printf("a \"quoted\" %d\n", x) } -> goto S1
 :: atomic { q?m_B(i); x = 3; x = 4 } -> goto S1
 :: c_expr { cc_n
   >= 0 } -> c_code { cc_n++;
     cc_n = cc_n & 3; } -> goto S0
 fi;
S1: do
 :: q?m_A(i) -> printf("b \"quoted\" %d\n", x)
 :: x > 4 -> break
 :: x == 3 -> assert(x == 3)
 od;
 { x = 1 ; goto S2 } unless { x == 7 }
S2: select (i : 1 .. 2);
 for (i : 1 .. 2) { x = i }
}
init { skip; if :: true :: (x > 3 -> 1 : 0) fi }
)";

class Engine : public ::testing::Test {
 protected:
  void SetUp() override {
    tools_ = find_tools();
    if (tools_.spin.empty()) GTEST_SKIP() << "spin is not installed";
    if (tools_.fast_compiler.empty() && tools_.optimizing_compiler.empty()) GTEST_SKIP() << "no C compiler";
  }

  CompileOptions compiler() const {
    CompileOptions options;
    options.optimize = tools_.fast_compiler.empty();
    options.compiler = options.optimize ? tools_.optimizing_compiler : tools_.fast_compiler;
    return options;
  }

  void build(const char* model) { build(model, compiler()); }
  void build(const char* model, const CompileOptions& options) {
    const auto generated = generate(directory_, model, tools_);
    ASSERT_TRUE(generated) << generated.error().message;
    const auto compiled = compile(directory_, options);
    ASSERT_TRUE(compiled) << compiled.error().message;
  }

  SpinOutcome run(const PanOptions& options) {
    return read_outcome(run_process(pan_command(directory_, options)));
  }

  RunDirectory directory_ = std::move(*RunDirectory::create());
  Tools tools_;
};

TEST_F(Engine, FromModelToTrailAndStatements) {
  build(kDeadlock);
  const auto all = run({});
  EXPECT_TRUE(all.complete) << all.cause_text;
  EXPECT_EQ(all.states_stored, 11u);
  EXPECT_EQ(all.errors, 1u);
  EXPECT_EQ(all.pegs.size(), 6u);
  EXPECT_FALSE(directory_.exists(kTrailFile));

  const auto first = run({.stop_at_first_error = true});
  EXPECT_EQ(first.cause, Incomplete::StoppedAtError) << first.cause_text;
  const auto trail = load_trail(directory_);
  ASSERT_TRUE(trail) << trail.error().message;
  const auto statements = load_statements(directory_);
  ASSERT_TRUE(statements) << statements.error().message;
  std::vector<std::string> steps;
  for (const auto& record : trail->records) steps.push_back(statements->at(record.transition).text);
  // The last one was never executed: see the note on breadth-first trails in mapback.
  EXPECT_THAT(steps, ElementsAre("qE!m_B", "qE?m_B", "qI!m_B", "qI!m_A", "qE?m_B"));
}

TEST_F(Engine, TrailsOfSimultaneousRunsStayApart) {
  build(kDeadlock);
  std::vector<Command> commands;
  for (const char* folder : {"a", "b"}) {
    ASSERT_TRUE(directory_.make_folder(folder));
    commands.push_back(pan_command(directory_, {.folder = folder, .stop_at_first_error = true}));
  }
  for (const auto& result : run_processes(commands, 2)) EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(load_trail(directory_, "a")->records, load_trail(directory_, "b")->records);
  EXPECT_FALSE(load_trail(directory_));
}

TEST_F(Engine, BothCompilersAgree) {
  if (tools_.fast_compiler.empty() || tools_.optimizing_compiler.empty()) GTEST_SKIP() << "one compiler only";
  build(kDeadlock);
  const auto compiled = compile(
      directory_,
      {.compiler = tools_.optimizing_compiler, .optimize = true, .vector_bytes = 2048, .output = "pan-fast"});
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_THAT(compiled->command,
              HasSubstr(" -w -O1 -DSAFETY -DNOREDUCE -DBFS -DPEG -DVECTORSZ=2048 -o pan-fast pan.c"));
  const auto one = run({});
  const auto other = run({.program = "pan-fast"});
  EXPECT_TRUE(other.complete) << other.cause_text;
  EXPECT_EQ(one.transitions, other.transitions);
  EXPECT_EQ(one.errors, other.errors);
}

// pan -d prints "... -(tr 6)-> ... [id 0 tp 4] [----G] model.pml:5 => qI!m_A".
TEST_F(Engine, StatementsAreThoseOfPanItself) {
  build(kManyForms);
  const auto statements = load_statements(directory_);
  ASSERT_TRUE(statements) << statements.error().message;
  auto command = pan_command(directory_, {});
  command.argv = {command.argv[0], "-d"};
  const auto listing = run_process(command).out;
  unsigned compared = 0;
  for (auto at = listing.find("[id"); at != std::string::npos; at = listing.find("[id", at + 1)) {
    const auto arrow = listing.find(" => ", at) + 4;
    const auto text = listing.substr(arrow, listing.find('\n', arrow) - arrow);
    const auto id = std::stoll(listing.substr(at + 3));
    ASSERT_TRUE(statements->contains(id)) << id;
    EXPECT_EQ(statements->at(id).text, text);
    ++compared;
  }
  EXPECT_GT(compared, 25u);
  EXPECT_EQ(without_move(statements->at(4)), (Statement{0, 5, 9, "D_STEP9"}));
  EXPECT_EQ(without_move(statements->at(11)), (Statement{0, 12, 11, "({c_code3})"}));
  EXPECT_EQ(without_move(statements->at(46)), (Statement{1, 3, 24, "(( ((x>3)) -> (1) : (0) ))"}));
}

TEST_F(Engine, EveryLineOfPanIsUnderstood) {
  build(kManyForms);
  auto command = pan_command(directory_, {});
  std::erase(command.argv, "-n");  // with the list of unreached states
  const auto outcome = read_outcome(run_process(command));
  EXPECT_TRUE(outcome.complete) << outcome.cause_text;
}

TEST_F(Engine, DepthLimit) {
  build(kLarge);
  EXPECT_EQ(run({.depth = 12}).cause, Incomplete::DepthLimit);
}

TEST_F(Engine, TimeLimitLeavesStatistics) {
  build(kLarge);
  const auto outcome = run({.timeout_seconds = 0.3});
  EXPECT_EQ(outcome.cause, Incomplete::TimeLimit) << outcome.cause_text;
  EXPECT_GT(outcome.states_stored, 1000u);
}

TEST_F(Engine, MemoryLimit) {
  auto options = compiler();
  options.memory_megabytes = 10;
  build(kLarge, options);
  EXPECT_EQ(run({.timeout_seconds = 30}).cause, Incomplete::MemoryLimit);
}

TEST_F(Engine, VectorSize) {
  const auto* model = "chan q = [200] of { int, int };\nactive proctype P() { q!1,2 }\n";
  build(model);
  const auto small = run({});
  EXPECT_EQ(small.cause, Incomplete::ModelFault);
  EXPECT_THAT(small.cause_text, HasSubstr("VECTORSZ"));
  auto options = compiler();
  options.vector_bytes = 4096;
  build(model, options);
  EXPECT_TRUE(run({}).complete);
}

TEST_F(Engine, ModelsReadTheEnvironment) {
  build(
      "c_code { \\#include <stdlib.h>\n static int chosen(void) { return atoi(getenv(\"CHOICE\")); } }\n"
      "active proctype P() { c_expr { (chosen)() == 3 } -> skip }\n");
  EXPECT_EQ(run({.environment = {{"CHOICE", "3"}}}).errors, 0u);
  EXPECT_EQ(run({.environment = {{"CHOICE", "4"}}}).errors, 1u);
}

TEST_F(Engine, SyntaxErrorsAreFailures) {
  ASSERT_TRUE(directory_.write("pan.c", "stale"));
  const auto generated = generate(directory_, "active proctype P() { goto }\n", tools_);
  ASSERT_FALSE(generated);
  EXPECT_EQ(generated.error().kind, Failure::Failed);
  EXPECT_THAT(generated.error().message,
              HasSubstr("`spin -Pcat -o3 -a model.pml`: exit status 1: spin: model.pml:1, Error"));
  EXPECT_FALSE(directory_.exists("pan.c"));
}

TEST_F(Engine, RemarksAreFailuresOfTheirOwn) {
  const auto generated = generate(
      directory_, "active proctype P() { int unused; skip }\nltl a { true }\nltl b { true }\n", tools_);
  ASSERT_FALSE(generated);
  EXPECT_EQ(generated.error().kind, Failure::Warning);
}

TEST_F(Engine, CompilerErrorsAreKept) {
  ASSERT_TRUE(directory_.write("pan.c", "int main(void) { return undeclared; }\n"));
  const auto compiled = compile(directory_, compiler());
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, Failure::Failed);
  EXPECT_THAT(compiled.error().message, HasSubstr("undeclared"));
}

TEST_F(Engine, LimitsOfTheTools) {
  const volatile std::sig_atomic_t interrupted = 1;
  EXPECT_EQ(generate(directory_, kLarge, tools_, {}, &interrupted).error().kind, Failure::Interrupted);
  EXPECT_EQ(generate(directory_, kLarge, tools_, {.timeout_seconds = 0}).error().kind, Failure::TimedOut);
}

TEST(EngineWithoutTools, Missing) {
  auto directory = std::move(*RunDirectory::create());
  EXPECT_EQ(generate(directory, "", {}).error().kind, Failure::Missing);
  EXPECT_EQ(compile(directory, {}).error().kind, Failure::Missing);
  EXPECT_EQ(compile(directory, {.compiler = "/no/such/cc"}).error().kind, Failure::Missing);
}

TEST(EngineWithoutTools, PanCommand) {
  auto directory = std::move(*RunDirectory::create());
  const auto command = pan_command(directory, {.folder = "a", .hash_log2 = 20, .depth = 1ull << 40});
  EXPECT_THAT(command.argv, ElementsAre(directory.path() + "/pan", "-w20", "-m1073741823", "-c0", "-n"));
  EXPECT_EQ(command.working_directory, directory.path() + "/a");
  EXPECT_TRUE(command.soft_stop);
  EXPECT_THAT(verifier_defines({.vector_bytes = 2048, .memory_megabytes = 7}),
              ElementsAre("-DSAFETY", "-DNOREDUCE", "-DBFS", "-DPEG", "-DVECTORSZ=2048", "-DMEMLIM=7"));
}

TEST(EngineWithoutTools, ASilentToolThatWritesNothing) {
  auto directory = std::move(*RunDirectory::create());
  ASSERT_TRUE(directory.write("fake", "#!/bin/sh\nexit 0\n"));
  ASSERT_EQ(::chmod(directory.path_of("fake").c_str(), 0700), 0);
  const auto generated = generate(directory, "", {.spin = directory.path_of("fake")});
  ASSERT_FALSE(generated);
  EXPECT_THAT(generated.error().message, HasSubstr("wrote no pan.c"));
}

}  // namespace
}  // namespace singspin::spin
