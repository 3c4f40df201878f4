// Verification behind the editor's back: one thread, one contract at a time, newest texts first. Results
// are kept as lines of text for the machine they belong to, so an edit of a comment does not make a
// verdict old and an edit of a state does.
#pragma once

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "frontend/exec/verdict.h"
#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

struct VerifyResult {
  std::vector<exec::Verdict> verdicts;
  std::vector<std::string> problems;  // of the engines, such as a missing SPIN
  bool interrupted = false;
};
// Verifies one contract; ends soon after `*stop` is not 0. Called on another thread.
using Verify = std::function<VerifyResult(const project::Loaded& loaded, ir::ContractId contract,
                                          const volatile std::sig_atomic_t* stop)>;

// The machine of a contract as text without places: equal texts have equal verdicts.
std::string machine_text(const ir::Contract& contract);

// A result for people.
struct VerdictText {
  std::vector<std::string> lines;  // one for each verdict and problem; what both readings say is said once
  bool verified = false;           // false: the engines failed and there is no verdict at all
};
VerdictText verdict_text(const VerifyResult& result, const ir::Contract& contract);

struct VerifyJob {
  std::shared_ptr<const Snapshot> snapshot;
  ir::ContractId contract;
};

// What is known about a contract.
struct KnownVerdict {
  VerdictText text;      // without lines: nothing yet
  bool current = false;  // of the machine that was asked for
  bool running = false;
};

class Verdicts {
 public:
  // `wake` is called on the other thread when a job has ended; `collect` is due then.
  Verdicts(Verify verify, std::function<void()> wake);
  ~Verdicts();
  Verdicts(const Verdicts&) = delete;
  Verdicts& operator=(const Verdicts&) = delete;

  // The contracts that matter now, most important first. A running job that is none of them is stopped.
  void want(const std::vector<VerifyJob>& jobs);
  // Takes results and starts the next job.
  void collect();
  KnownVerdict find(const Snapshot& snapshot, ir::ContractId contract) const;

 private:
  struct Job {
    VerifyJob what;
    std::string key;      // file and contract
    std::string machine;  // hash of machine_text
  };
  struct Result {
    std::string machine;
    VerdictText text;
  };
  void start_next();
  void stop_running();
  void run();  // the thread

  Verify verify_;
  std::function<void()> wake_;
  std::map<std::string, Result> results_;  // by key
  std::vector<Job> waiting_;
  std::optional<Job> running_;
  bool stopping_ = false;  // it was told to end
  // Shared with the thread, under the mutex; the stop flag is of the type that the runner of processes polls.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Job> handed_over_;
  std::optional<VerdictText> finished_;  // none if it was stopped
  bool is_finished_ = false;
  bool quit_ = false;
  volatile std::sig_atomic_t stop_ = 0;
  std::thread thread_;
};

}  // namespace singspin::lsp
