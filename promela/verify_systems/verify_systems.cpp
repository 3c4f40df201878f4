#include "promela/verify_systems/verify_systems.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "promela/verify/judge.h"

namespace singspin::verify {

namespace {

using diagnostics::Code;
using exec::Reason;
using exec::Status;
using Clock = std::chrono::steady_clock;

class SystemsVerifier {
 public:
  SystemsVerifier(const ir::Program& program, const source::SourceMap& sources, const Options& options,
                  const spin::Tools& tools, const volatile std::sig_atomic_t* interrupted)
      : program_(program), options_(options), interrupted_(interrupted), context_{program,
                                                                                  sources,
                                                                                  options,
                                                                                  tools,
                                                                                  interrupted,
                                                                                  results_.engine} {}

  void add(std::size_t row, const ir::System& system) {
    const explore::Interpreter interpreter(program_, system);
    const explore::Decision decision = explore::decide(interpreter, limits());
    const SystemRun run = is_interrupted()
                              ? not_started()
                              : run_system(context_, interpreter, decision.exploration.graph.size());
    SystemResult result;
    result.system = row;
    result.bounds = decision.bounds;
    result.strength = explore::strength_words(interpreter);
    result.statistics = statistics(decision, run);
    result.exhaustive = decision.exhaustive() || run.complete();
    const std::string difference = compare_engines(decision, run);
    if (!difference.empty())
      add_problem(Code::engine_disagreement,
                  fmt::format("SPIN and the interpreter disagree about {}: {}", system.name, difference));
    if (!run.trace_problem.empty())
      add_problem(Code::trail_mismatch, fmt::format("{}: {}", system.name, run.trace_problem));
    note_problems(run);
    for (const explore::Verdict& verdict : decision.verdicts)
      result.verdicts.push_back(judge(system, verdict, decision, run, difference));
    results_.systems.push_back(std::move(result));
  }

  SystemResults finish() {
    results_.interrupted = is_interrupted();
    return std::move(results_);
  }
  bool is_interrupted() const { return interrupted_ != nullptr && *interrupted_ != 0; }

 private:
  static SystemRun not_started() {
    SystemRun run;
    run.failure = spin::Failure{spin::Failure::Interrupted, "not started"};
    return run;
  }

  explore::Limits limits() const {
    explore::Limits limits;
    limits.memory_bytes = options_.memory_limit_bytes;
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
                                        std::min(options_.time_limit_seconds, 1e6)));
    limits.stop = [this, end]() -> std::optional<Reason> {
      if (is_interrupted()) return Reason::Interrupted;
      if (Clock::now() >= end) return Reason::TimeLimit;
      return std::nullopt;
    };
    return limits;
  }

  static exec::Statistics statistics(const explore::Decision& decision, const SystemRun& run) {
    exec::Statistics s = decision.statistics;
    if (!decision.exhaustive()) s = {};
    if (!run.complete()) return s;
    s.configurations = *run.configurations;
    s.states_stored = run.outcome.states_stored;
    s.states_matched = run.outcome.states_matched;
    s.transitions = run.transitions;
    s.memory_bytes = static_cast<std::uint64_t>(run.outcome.memory_megabytes * 1024 * 1024);
    s.state_vector_bytes = run.outcome.state_vector_bytes;
    s.elapsed_seconds = run.seconds;
    return s;
  }

  SystemVerdict judge(const ir::System& system, const explore::Verdict& known,
                      const explore::Decision& decision, const SystemRun& run,
                      const std::string& difference) const {
    SystemVerdict v{known, is_safety(system, known) ? DecidedBy::Both : DecidedBy::Explorer, {}, {}};
    if (known.run && known.status == Status::Violated)
      v.explanation = explore::explain(decision.exploration.graph, known, shown_owed(known));
    if (!difference.empty()) return open(std::move(v), Reason::EngineFailure, difference);
    if (run.refusal) return refused(std::move(v), run.refusal->message);
    if (!run.complete()) return undecided(std::move(v), run);
    if (!run.trace_problem.empty()) return open(std::move(v), Reason::EngineFailure, run.trace_problem);
    if (decision.exhaustive()) return v;
    return v.engine == DecidedBy::Both ? by_spin(std::move(v), run, system) : limited(std::move(v));
  }

  // Which of the owed replies the run of the verdict is for.
  static std::size_t shown_owed(const explore::Verdict& known) {
    for (std::size_t i = 0; i < known.owed.size(); ++i) {
      if (known.owed[i].run.steps == known.run->steps) return i;
    }
    return 0;
  }

  // A run that the interpreter executed is real, whoever else could not look.
  SystemVerdict refused(SystemVerdict v, const std::string& message) const {
    if (v.verdict.status == Status::Violated && v.verdict.run) {
      v.engine = DecidedBy::Explorer;
      return v;
    }
    return open(std::move(v), Reason::Unsupported, message);
  }

  SystemVerdict undecided(SystemVerdict v, const SystemRun& run) const {
    const auto [reason, words] = why(run);
    const bool failed = reason == Reason::EngineFailure;
    if (!failed && v.verdict.status == Status::Violated && v.verdict.run) {
      v.engine = DecidedBy::Explorer;
      return v;
    }
    return open(std::move(v), reason, words);
  }

  // The explorer came to its limit, SPIN did not.
  SystemVerdict by_spin(SystemVerdict v, const SystemRun& run, const ir::System& system) const {
    v.engine = DecidedBy::Spin;
    for (const SeenEnd& seen : run.ends) {
      const bool same =
          v.verdict.property == ir::SystemProperty::User
              ? seen.end.kind == systems::RunEnd::Kind::Check && seen.end.check == v.verdict.check
              : seen.end.kind == systems::RunEnd::Kind::Property && seen.end.property == v.verdict.property;
      if (!same) continue;
      if (!v.verdict.run) v.verdict.run = seen.run;
      const bool wanted =
          v.verdict.check && system.checks[*v.verdict.check].kind == ir::Check::Kind::Reachable;
      v.verdict.status = wanted ? Status::Proved : Status::Violated;
      return v;
    }
    const bool wanted = v.verdict.check && system.checks[*v.verdict.check].kind == ir::Check::Kind::Reachable;
    v.verdict.status = wanted ? Status::Violated : Status::Proved;
    return v;
  }

  SystemVerdict limited(SystemVerdict v) const {
    if (v.verdict.status == Status::Violated) return v;
    return open(std::move(v), v.verdict.reason,
                "the graph of all configurations is too large to look for fair runs");
  }

  SystemVerdict open(SystemVerdict v, Reason reason, std::string detail) const {
    v.verdict.status = reason == Reason::EngineFailure ? Status::Error : Status::Inconclusive;
    v.verdict.reason = reason;
    v.verdict.run.reset();
    v.explanation.reset();
    v.verdict.owed.clear();
    v.detail = std::move(detail);
    const std::string words = limit_advice(reason, options_);
    if (!words.empty()) v.detail += (v.detail.empty() ? "" : "; ") + words;
    return v;
  }

  static std::pair<Reason, std::string> why(const SystemRun& run) {
    if (run.failure) return {reason_of(*run.failure), run.failure->message};
    if (run.outcome.cause) return {reason_of(*run.outcome.cause), run.outcome.cause_text};
    return {Reason::EngineFailure, "the observer of the model did not report"};
  }

  void note_problems(const SystemRun& run) {
    if (run.outcome.cause == spin::Incomplete::UnknownText)
      add_problem(Code::engine_warning, "SPIN says something unknown: " + run.outcome.cause_text);
    if (!run.failure) return;
    if (run.failure->kind == spin::Failure::Warning) add_problem(Code::engine_warning, run.failure->message);
    else if (is_spin_limit(*run.failure)) add_problem(Code::limit_reached, run.failure->message);
    else if (run.failure->kind == spin::Failure::Missing || run.failure->kind == spin::Failure::Failed)
      add_problem(Code::engine_missing, run.failure->message);
  }

  void add_problem(Code code, const std::string& message) {
    const std::string first = message.substr(0, message.find('\n'));
    for (const diagnostics::Diagnostic& d : results_.problems) {
      if (d.message == first) return;
    }
    diagnostics::Diagnostics one;
    diagnostics::Diagnostic& d = one.add_without_place(code, first);
    if (message.starts_with("there is no")) d.help = "`singspin doctor` shows which tools are found";
    results_.problems.push_back(one.list().front());
  }

  const ir::Program& program_;
  const Options& options_;
  const volatile std::sig_atomic_t* interrupted_;
  SystemResults results_;
  SystemContext context_;
};

}  // namespace

std::string_view text(DecidedBy engine) {
  switch (engine) {
    case DecidedBy::Both: return "spin+explorer";
    case DecidedBy::Spin: return "spin";
    case DecidedBy::Explorer: return "explorer";
  }
  UNREACHABLE("engine is known");
}

SystemResults verify_systems(const ir::Program& program, const std::vector<ir::System>& systems,
                             const source::SourceMap& sources, const Options& options,
                             const spin::Tools& tools, const volatile std::sig_atomic_t* interrupted,
                             const SystemProgress& progress) {
  SystemsVerifier verifier(program, sources, options, tools, interrupted);
  for (std::size_t i = 0; i < systems.size(); ++i) {
    if (progress) progress(i, systems.size(), systems[i]);
    verifier.add(i, systems[i]);
  }
  return verifier.finish();
}

}  // namespace singspin::verify
