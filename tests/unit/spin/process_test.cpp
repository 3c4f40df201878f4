#include "promela/spin/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace singspin::spin {
namespace {

using ::testing::HasSubstr;

Command shell(std::string script) { return {.argv = {"sh", "-c", std::move(script)}}; }

template <class T>
bool ended_as(const ProcessResult& result) {
  return std::holds_alternative<T>(result.ending);
}

struct Folder {
  Folder() { EXPECT_NE(::mkdtemp(path.data()), nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path = (std::filesystem::temp_directory_path() / "process-XXXXXX").string();
};

// A killed process whose parent is gone takes a moment to vanish.
bool vanishes(pid_t pid) {
  for (int i = 0; i < 200; ++i) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    if (!std::getline(status, text) || text.find(") Z ") != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(Process, Success) {
  const auto result = run_process(shell("echo out; echo err >&2"));
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_GT(result.seconds, 0);
  EXPECT_GT(result.peak_memory_bytes, 0u);
}

TEST(Process, ExitStatus) {
  const auto result = run_process(shell("exit 7"));
  ASSERT_TRUE(ended_as<Exited>(result));
  EXPECT_EQ(std::get<Exited>(result.ending).status, 7);
  EXPECT_FALSE(succeeded(result));
  EXPECT_EQ(ending_text(result.ending), "exit status 7");
}

TEST(Process, Signal) {
  const auto result = run_process(shell("kill -SEGV $$"));
  ASSERT_TRUE(ended_as<Signaled>(result));
  EXPECT_EQ(std::get<Signaled>(result.ending).signal, SIGSEGV);
}

TEST(Process, MissingBinary) {
  const auto result = run_process({.argv = {"no-such-program-here"}});
  ASSERT_TRUE(ended_as<NotStarted>(result));
  EXPECT_EQ(ending_text(result.ending), "cannot run `no-such-program-here`: No such file or directory");
}

TEST(Process, BadDirectory) {
  const auto result = run_process({.argv = {"true"}, .working_directory = "/no/such/folder"});
  ASSERT_TRUE(ended_as<NotStarted>(result));
  EXPECT_EQ(ending_text(result.ending), "cannot run `true`: no folder `/no/such/folder`");
}

TEST(Process, NoProgram) { EXPECT_TRUE(ended_as<NotStarted>(run_process({.argv = {}}))); }

TEST(Process, RunsInTheFolderWithTheVariables) {
  ::setenv("SINGSPIN_TEST_INHERITED", "yes", 1);
  auto command = shell("pwd; echo $SINGSPIN_TEST_INHERITED $SINGSPIN_TEST_ADDED $HOME");
  command.working_directory = "/";
  command.environment = {{"SINGSPIN_TEST_ADDED", "a b"}, {"HOME", "replaced"}};
  EXPECT_EQ(run_process(command).out, "/\nyes a b replaced\n");
}

TEST(Process, ArgumentsAreNotTouchedByAShell) {
  EXPECT_EQ(run_process({.argv = {"printf", "%s|", "a b", "$HOME", "*;"}}).out, "a b|$HOME|*;|");
}

TEST(Process, InputIsEmpty) { EXPECT_EQ(run_process(shell("cat; echo end")).out, "end\n"); }

TEST(Process, WorksWithoutStandardDescriptors) {
  const int saved[] = {::fcntl(0, F_DUPFD_CLOEXEC, 10), ::fcntl(1, F_DUPFD_CLOEXEC, 10),
                       ::fcntl(2, F_DUPFD_CLOEXEC, 10)};
  for (int i = 0; i < 3; ++i) ::close(i);
  const auto result = run_process(shell("cat; echo out; echo err >&2"));
  for (int i = 0; i < 3; ++i) {
    ::dup2(saved[i], i);
    ::close(saved[i]);
  }
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
}

TEST(Process, LeadsAGroupOfItsOwnAndInheritsNoDescriptor) {
  const auto result =
      run_process(shell("ls /proc/self/fd | wc -l; test $(ps -o pgid= -p $$) = $$ && echo leader"));
  EXPECT_EQ(result.out, "4\nleader\n");  // 0, 1, 2 and the folder that ls reads
}

TEST(Process, IgnoredSignalsAreDefaultAgain) {
  const auto before = ::signal(SIGINT, SIG_IGN);
  const auto result = run_process(shell("kill -INT $$; echo survived"));
  ::signal(SIGINT, before);
  EXPECT_TRUE(ended_as<Signaled>(result)) << result.out;
}

TEST(Process, TimeoutKillsGrandchildren) {
  auto command = shell("sleep 100000 & echo $!; wait");
  command.timeout_seconds = 0.2;
  const ProcessResult result = run_process(command);
  EXPECT_TRUE(ended_as<TimedOut>(result));
  EXPECT_TRUE(vanishes(std::stoi(result.out)));
}

TEST(Process, GrandchildThatKeepsThePipesDoesNotHoldUs) {
  const ProcessResult result = run_process(shell("sleep 100000 & echo $!; exit 3"));
  ASSERT_TRUE(ended_as<Exited>(result));
  EXPECT_EQ(std::get<Exited>(result.ending).status, 3);
  EXPECT_TRUE(vanishes(std::stoi(result.out)));
}

TEST(Process, GrandchildOutsideOfTheGroupDoesNotHoldUs) {
  const ProcessResult result = run_process(shell("setsid sleep 100000 & echo $!"));
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(::kill(std::stoi(result.out), SIGKILL), 0);
}

TEST(Process, ClosedPipesDoNotEndTheWait) {
  const auto result = run_process(shell("exec >&- 2>&-; sleep 0.2; exit 5"));
  ASSERT_TRUE(ended_as<Exited>(result));
  EXPECT_EQ(std::get<Exited>(result.ending).status, 5);
}

TEST(Process, OutputFlood) {
  auto command = shell("exec yes");
  command.output_limit_bytes = 100'000;
  command.timeout_seconds = 20;
  const auto result = run_process(command);
  EXPECT_TRUE(ended_as<OutputFlood>(result));
  EXPECT_EQ(result.out.size(), 100'000u);
  EXPECT_LT(result.seconds, 10);
}

TEST(Process, FloodOfAChildThatEndsAtOnce) {
  auto command = shell("printf 123456; printf 78 >&2");
  command.output_limit_bytes = 7;
  const auto result = run_process(command);
  EXPECT_TRUE(ended_as<OutputFlood>(result));
  EXPECT_EQ(result.out + result.err, "1234567");
}

TEST(Process, MuchOutputOnBothPipes) {
  const auto result = run_process(shell("seq 1 200000; seq 1 200000 >&2"));
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(result.out.size(), 1'288'895u);
  EXPECT_EQ(result.out, result.err);
}

TEST(Process, WhatIsPrintedIsToldMeanwhile) {
  auto command = shell("echo one; read wait < pipe; echo two");
  std::string seen;
  int held = -1;
  // The child goes on only after it was heard.
  const std::string folder = ::testing::TempDir() + "/told-" + std::to_string(::getpid());
  ASSERT_EQ(::mkdir(folder.c_str(), 0700), 0);
  ASSERT_EQ(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
  command.working_directory = folder;
  command.on_output = [&](std::string_view out) {
    if (seen.empty()) {
      const int pipe = ::open((folder + "/pipe").c_str(), O_RDWR | O_CLOEXEC);
      ASSERT_EQ(::write(pipe, "go\n", 3), 3);
      held = pipe;
    }
    seen = out;
  };
  const auto result = run_process(command);
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(result.out, "one\ntwo\n");
  EXPECT_TRUE(seen.starts_with("one\n"));
  ::close(held);
  std::filesystem::remove_all(folder);
}

TEST(Process, SoftStopLetsTheChildSpeak) {
  auto command = shell("trap 'echo statistics; exit 0' INT; while :; do sleep 0.05; done");
  command.timeout_seconds = 0.2;
  command.soft_stop = true;
  const auto result = run_process(command);
  EXPECT_TRUE(ended_as<TimedOut>(result));
  EXPECT_THAT(result.out, HasSubstr("statistics"));
  EXPECT_LT(result.seconds, kSoftStopSeconds);
}

TEST(Process, SoftStopOfADeafChildEndsWithAKill) {
  auto command = shell("trap '' INT; while :; do sleep 0.05; done");
  command.timeout_seconds = 0.1;
  command.soft_stop = true;
  const auto result = run_process(command);
  EXPECT_TRUE(ended_as<TimedOut>(result));
  EXPECT_GE(result.seconds, kSoftStopSeconds);
  EXPECT_LT(result.seconds, kSoftStopSeconds + 2);
}

volatile std::sig_atomic_t interrupted_flag = 0;

void set_flag(int) { interrupted_flag = 1; }

// Raises the flag from a signal handler after `milliseconds`, as the user's Ctrl-C does.
void interrupt_after(int milliseconds) {
  interrupted_flag = 0;
  ::signal(SIGALRM, set_flag);
  const itimerval timer{{0, 0}, {0, milliseconds * 1000}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

TEST(Process, Interrupt) {
  interrupt_after(100);
  const auto result = run_process(shell("sleep 100"), &interrupted_flag);
  EXPECT_TRUE(ended_as<Interrupted>(result));
  EXPECT_LT(result.seconds, 2);
}

TEST(Process, InterruptIsSoftIfAsked) {
  interrupt_after(100);
  auto command = shell("trap 'echo statistics; exit 0' INT; while :; do sleep 0.05; done");
  command.soft_stop = true;
  const auto result = run_process(command, &interrupted_flag);
  EXPECT_TRUE(ended_as<Interrupted>(result));
  EXPECT_THAT(result.out, HasSubstr("statistics"));
}

TEST(Process, InterruptSparesTheCommandsThatHaveNotStarted) {
  interrupt_after(100);
  const auto results =
      run_processes({shell("echo a"), shell("sleep 100"), shell("echo c")}, 1, &interrupted_flag);
  EXPECT_TRUE(succeeded(results[0]));
  EXPECT_TRUE(ended_as<Interrupted>(results[1]));
  EXPECT_TRUE(ended_as<Interrupted>(results[2]));
  EXPECT_EQ(results[2].out, "");
}

TEST(Process, AddressSpaceIsLimited) {
  auto command = shell("sleep 0.1; head -c 300000000 /dev/zero | tail -c 299999999 | wc -c");
  command.address_space_bytes = 100 << 20;
  const auto result = run_process(command);
  EXPECT_THAT(result.err, HasSubstr("memory"));
}

TEST(Process, ManyAtATimeInOrder) {
  const Folder folder;
  std::vector<Command> commands;
  for (int i = 0; i < 8; ++i) {
    // Ends only when all eight have begun.
    commands.push_back(shell(fmt::format(
        "cd {0}; touch {1}; until [ $(ls | wc -l) = 8 ]; do sleep 0.01; done; echo {1}", folder.path, i)));
  }
  commands.push_back({.argv = {"no-such-program-here"}});
  const std::vector<ProcessResult> results = run_processes(commands, 8);
  ASSERT_EQ(results.size(), 9u);
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(results[i].out, std::to_string(i) + "\n");
  EXPECT_TRUE(ended_as<NotStarted>(results[8]));
}

TEST(Process, NotMoreJobsThanAllowed) {
  const Folder folder;
  const std::vector<Command> commands(
      3, shell(fmt::format("cd {}; mkdir alone && sleep 0.05 && rmdir alone", folder.path)));
  for (const ProcessResult& result : run_processes(commands, 1)) EXPECT_TRUE(succeeded(result)) << result.err;
  EXPECT_TRUE(run_processes({}, 4).empty());
  EXPECT_TRUE(succeeded(run_processes({shell("true")}, 0).front()));
}

TEST(Process, DeadlinesAreOfEachChild) {
  auto slow = shell("sleep 100");
  slow.timeout_seconds = 0.1;
  const auto results = run_processes({slow, shell("sleep 0.3; echo b")}, 2);
  EXPECT_TRUE(ended_as<TimedOut>(results[0]));
  EXPECT_EQ(results[1].out, "b\n");
}

TEST(Process, LeavesNoDescriptorsAndNoZombies) {
  const auto open_descriptors = [] {
    int count = 0;
    for (int i = 0; i < 256; ++i) count += ::fcntl(i, F_GETFD) != -1;
    return count;
  };
  const int before = open_descriptors();
  run_processes({shell("true"), shell("exit 1"), {.argv = {"no-such-program-here"}}}, 2);
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace singspin::spin
