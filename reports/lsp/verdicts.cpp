#include "reports/lsp/verdicts.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <exception>
#include <set>

namespace singspin::lsp {

namespace {

std::string key_of(const Snapshot& snapshot, const ir::Contract& contract) {
  return fmt::format("{} {}", snapshot.loaded.paths[contract.span.file.value], contract.qualified_name);
}

std::string hash_of(const ir::Contract& contract) { return source::sha256_hex(machine_text(contract)); }

std::string scope_words(const exec::Verdict& v) {
  switch (v.strength) {
    case exec::Strength::AnyQueueLength: return "for any queue length";
    case exec::Strength::UpToCapacity:
      return fmt::format("with queues of {} to the importer and {} to the exporter", v.capacity.to_importer,
                         v.capacity.to_exporter);
  }
  UNREACHABLE("every strength has words");
}

std::string status_words(const exec::Verdict& v) {
  std::string text(exec::status_text(v.status));
  switch (v.status) {
    case exec::Status::Proved: return text + ", " + scope_words(v);
    case exec::Status::Violated:
      return v.trace ? fmt::format("{} after {} steps", text, v.trace->steps.size()) : text;
    case exec::Status::Inconclusive:
    case exec::Status::Skipped:
    case exec::Status::Error:
      return fmt::format("{}: {}", text, v.detail.empty() ? exec::reason_text(v.reason) : v.detail);
  }
  UNREACHABLE("every status has words");
}

}  // namespace

std::string machine_text(const ir::Contract& contract) {
  std::string text = fmt::format("start {}\n", contract.start.value);
  for (const ir::Entry& entry : contract.entries) text += fmt::format("entry {}\n", entry.state.value);
  for (const ir::Message& m : contract.messages)
    text += fmt::format("message {} {}\n", m.name, m.direction ? static_cast<int>(*m.direction) : -1);
  for (const ir::State& s : contract.states) {
    text += fmt::format("state {} {} {} {}\n", s.id, static_cast<int>(s.kind), s.final,
                        static_cast<int>(s.mixed));
  }
  for (const ir::Transition& t : contract.transitions) {
    text += fmt::format("{} {} {} {}\n", t.from.value, t.to.value, t.message.value, static_cast<int>(t.sign));
  }
  for (const ir::InlinedState& s : contract.inlined) {
    text += fmt::format("inlined {}", s.name);
    for (const ir::StateId at : s.at) text += fmt::format(" {}", at.value);
    for (const ir::TransitionId via : s.via) text += fmt::format(" t{}", via.value);
    text += '\n';
  }
  return text;
}

// The free reading decides; the priority reading is named only where it says something else.
VerdictText verdict_text(const VerifyResult& result, const ir::Contract& contract) {
  VerdictText text;
  std::set<std::string> said;
  for (const exec::Verdict& v : result.verdicts) {
    if (v.status == exec::Status::Error && !result.problems.empty()) continue;  // the problem says more
    text.verified = true;
    std::string line = fmt::format("`{}`: {}", exec::property_name(v), status_words(v));
    if (v.entry != contract.start) line += fmt::format(" (from {})", contract.states[v.entry].id);
    if (!said.insert(line).second) continue;
    if (v.reading == exec::Reading::Priority) line += " (priority reading)";
    text.lines.push_back(std::move(line));
  }
  for (const std::string& problem : result.problems) text.lines.push_back("engine: " + problem);
  return text;
}

Verdicts::Verdicts(Verify verify, std::function<void()> wake)
    : verify_(std::move(verify)), wake_(std::move(wake)) {}

Verdicts::~Verdicts() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
    stop_ = 1;
  }
  changed_.notify_one();
  thread_.join();
}

void Verdicts::want(const std::vector<VerifyJob>& jobs) {
  if (!verify_) return;
  waiting_.clear();
  bool still_wanted = false;
  for (const VerifyJob& job : jobs) {
    const ir::Contract& contract = job.snapshot->loaded.analysis.program.contracts[job.contract];
    Job next{job, key_of(*job.snapshot, contract), hash_of(contract)};
    const auto known = results_.find(next.key);
    if (known != results_.end() && known->second.machine == next.machine) continue;
    if (running_ && !stopping_ && running_->key == next.key && running_->machine == next.machine)
      still_wanted = true;
    else waiting_.push_back(std::move(next));
  }
  if (running_ && !still_wanted) stop_running();
  if (!running_) start_next();
}

// The job stays `running_` until the thread says that it has ended; who wants it again has it run again.
void Verdicts::stop_running() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  stop_ = SIGTERM;
}

void Verdicts::start_next() {
  if (waiting_.empty()) return;
  running_ = std::move(waiting_.front());
  stopping_ = false;
  waiting_.erase(waiting_.begin());
  {
    const std::lock_guard lock(mutex_);
    handed_over_ = running_;
    stop_ = 0;
  }
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_one();
}

void Verdicts::collect() {
  std::optional<VerdictText> text;
  {
    const std::lock_guard lock(mutex_);
    if (!is_finished_) return;
    text = std::exchange(finished_, std::nullopt);
    is_finished_ = false;
  }
  if (text) results_[running_->key] = {running_->machine, std::move(*text)};
  running_.reset();
  start_next();
}

KnownVerdict Verdicts::find(const Snapshot& snapshot, ir::ContractId id) const {
  const ir::Contract& contract = snapshot.loaded.analysis.program.contracts[id];
  const std::string key = key_of(snapshot, contract), machine = hash_of(contract);
  KnownVerdict known;
  const auto same = [&](const Job& job) { return job.key == key && job.machine == machine; };
  known.running = (running_ && same(*running_)) || std::any_of(waiting_.begin(), waiting_.end(), same);
  const auto found = results_.find(key);
  if (found == results_.end()) return known;
  known.text = found->second.text;
  known.current = found->second.machine == machine;
  return known;
}

void Verdicts::run() {
  // Signals belong to the thread that talks to the editor.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return quit_ || handed_over_; });
    if (quit_) return;
    const Job job = *std::exchange(handed_over_, std::nullopt);
    lock.unlock();
    const project::Loaded& loaded = job.what.snapshot->loaded;
    VerifyResult result;
    try {
      result = verify_(loaded, job.what.contract, &stop_);
    } catch (const std::exception& error) {  // libraries throw when memory runs out
      result.problems.push_back(error.what());
    }
    lock.lock();
    if (!result.interrupted)
      finished_ = verdict_text(result, loaded.analysis.program.contracts[job.what.contract]);
    is_finished_ = true;
    lock.unlock();
    wake_();
  }
}

}  // namespace singspin::lsp
