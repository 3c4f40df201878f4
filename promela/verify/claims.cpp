#include "promela/verify/claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/exec/ahead.h"
#include "promela/lower/lower.h"
#include "promela/print/print.h"
#include "promela/verify/model_run.h"

namespace singspin::verify {

using claims::Claim;
using exec::Reason;
using exec::Status;
using exec::Verdict;

namespace {

class ClaimRunner {
 public:
  ClaimRunner(const BatchContext& context, const MachineFacts& facts, const std::vector<const Claim*>& claims)
      : context_(context),
        facts_(facts),
        contract_(context.program.contracts[facts.machine.contract]),
        claims_(claims),
        model_({context.options, context.tools, context.interrupted, context.engine}) {}

  ClaimResults run() {
    for (const Claim* claim : claims_) results_.verdicts.push_back(start(*claim));
    const Verdict whole = open_verdict(contract_, facts_, context_.options);
    if (whole.status != Status::Proved) return leave_all(whole), std::move(results_);
    leave_long_ones();
    if (claims_.empty()) return std::move(results_);
    if (prepare()) search();
    else fail(*model_.failure());
    return std::move(results_);
  }

 private:
  Verdict start(const Claim& claim) const {
    Verdict v;
    v.property = ir::Property::User;
    v.claim = claim.name;
    v.severity = diagnostics::info(ir::code(v.property)).severity;
    v.capacity = facts_.run.capacity;
    v.entry = facts_.machine.scope.entry;
    v.fair = !claims::is_about_configurations(claim);
    if (ir::has_mixed_states(contract_)) v.reading = exec::Reading::Free;
    return v;
  }

  Verdict& verdict(std::size_t claim) { return results_.verdicts[rows_[claim]]; }

  bool never_cut() const { return facts_.run.observation && facts_.run.observation->cut == 0; }

  void leave_all(const Verdict& whole) {
    for (Verdict& v : results_.verdicts) {
      v.status = whole.status;
      v.reason = whole.reason;
      v.detail = whole.detail;
    }
  }
  void fail(const std::string& message) {
    for (std::size_t i = 0; i < claims_.size(); ++i)
      leave_open(verdict(i), Status::Error, Reason::EngineFailure, message);
  }
  void fail(const spin::Failure& failure) {
    const Reason reason = reason_of(failure);
    const bool limit = reason != Reason::EngineFailure;
    for (std::size_t i = 0; i < claims_.size(); ++i)
      leave_open(verdict(i), limit ? Status::Inconclusive : Status::Error, reason, failure.message);
  }
  static void leave_open(Verdict& v, Status status, Reason reason, std::string detail) {
    v.status = status;
    v.reason = reason;
    v.detail = std::move(detail);
  }

  void leave_long_ones() {
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (lower::fits_spin(*claims_[i])) rows_.push_back(i);
      else
        leave_open(results_.verdicts[i], Status::Inconclusive, Reason::Unsupported,
                   "the formula has more than the 2,000 characters that SPIN reads: split the check");
    }
    std::vector<const Claim*> kept;
    for (const std::size_t row : rows_) kept.push_back(claims_[row]);
    claims_ = std::move(kept);
  }

  bool prepare() {
    const exec::Scope& scope = facts_.machine.scope;
    const lower::Request request{&contract_, scope.entry, false, scope.capacity.to_importer,
                                 scope.capacity.to_exporter};
    const pml::Model model = lower::lower_claims(request, claims_, context_.sources);
    const pml::Printed printed = pml::print(model);
    if (!model_.generate(printed.text)) return false;
    auto identity = mapback::identify(printed, model_.statements());
    if (!identity) return model_.fail(identity.error());
    identity_ = std::move(*identity);
    return model_.compile({.claims = true});
  }

  // Depth first: the stack holds a state of the product of contract, claim, idling and fairness counters.
  std::uint64_t depth() const {
    constexpr std::uint64_t kLeast = 10'000, kProduct = 100;
    const std::uint64_t wanted = std::max(kLeast, facts_.run.outcome.states_stored * kProduct);
    return std::min(wanted, std::max(context_.options.depth_limit, kLeast));
  }

  void search() {
    std::vector<spin::PanOptions> searches;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      spin::PanOptions options = model_.pan_options();
      options.folder = fmt::format("claim-{}", i + 1);
      options.acceptance = true;
      if (claims_.size() > 1) options.claim = fmt::format("claim_{}", i + 1);
      options.fair = results_.verdicts[i].fair;
      options.stop_at_first_error = true;
      options.depth = depth();
      if (const auto made = model_.make_folder(options.folder); !made)
        return fail({spin::Failure::Failed, made.error().message});
      searches.push_back(std::move(options));
    }
    const auto runs = model_.search(searches);
    for (std::size_t i = 0; i < runs.size(); ++i) judge(i, runs[i]);
  }

  void judge(std::size_t i, const spin::ProcessResult& result) {
    Verdict& v = verdict(i);
    const spin::SpinOutcome outcome = spin::read_outcome(result, spin::Search::Claim);
    v.statistics.states_stored = outcome.states_stored;
    v.statistics.states_matched = outcome.states_matched;
    v.statistics.transitions = outcome.transitions;
    v.statistics.max_depth = outcome.max_depth;
    v.statistics.elapsed_seconds = result.seconds;
    v.exhaustive = outcome.complete;
    if (!outcome.findings.empty()) return take_run(i);
    if (!outcome.complete) {
      const Reason reason = reason_of(*outcome.cause);
      const bool engine = reason == Reason::EngineFailure;
      return leave_open(v, engine ? Status::Error : Status::Inconclusive, reason, outcome.cause_text);
    }
    v.strength = never_cut() ? exec::Strength::AnyQueueLength : exec::Strength::UpToCapacity;
    const bool never_reached = claims_[i]->kind == Claim::Kind::Reachable;
    v.status = never_reached ? Status::Violated : Status::Proved;
    if (never_reached) add_finding(*claims_[i], v);
    compare(i, std::nullopt);
  }

  // SPIN saw a run that violates the formula. It counts once it was executed and judged here.
  void take_run(std::size_t i) {
    Verdict& v = verdict(i);
    const Claim& claim = *claims_[i];
    const auto trail = model_.trail(fmt::format("claim-{}", i + 1));
    if (!trail) return distrust(v, trail.error().message);
    // Queues without limit: what is a fair run there is one for any queue length.
    exec::Scope scope = facts_.machine.scope;
    scope.capacity = {exec::kUnlimited, exec::kUnlimited};
    const mapback::Target target{&contract_, scope, 0, 1};
    const auto lasso = mapback::map_back_lasso(target, identity_, *trail);
    if (!lasso && !never_cut())
      return leave_open(v, Status::Inconclusive, Reason::QueueLimit,
                        "a run exists only because a send was held back");
    if (!lasso) return distrust(v, lasso.error().message);
    const bool reachable = claim.kind == Claim::Kind::Reachable;
    if (!shows(claim, *lasso)) return distrust(v, "the run of the trail does not decide the check");
    v.exhaustive = true;
    v.strength = exec::Strength::AnyQueueLength;
    v.status = reachable ? Status::Proved : Status::Violated;
    if (!reachable) {
      v.trace = lasso->trace;
      v.loop_start = lasso->loop_start;
      v.shortest = false;
    }
    compare(i, lasso->trace);
  }

  bool shows(const Claim& claim, const mapback::Lasso& lasso) const {
    if (claim.kind != Claim::Kind::Reachable) return !claims::holds(claim, contract_, lasso.word);
    return std::any_of(lasso.word.moments.begin(), lasso.word.moments.end(), [&](const claims::Moment& m) {
      return claims::holds(claim, contract_, {{m}, 0});
    });
  }

  void distrust(Verdict& v, const std::string& why) {
    results_.problems.push_back(fmt::format("{}: {}: {}", contract_.name, v.claim, why));
    leave_open(v, Status::Error, Reason::EngineFailure, why);
  }

  // Where a configuration decides, the interpreter looks at all of them, breadth first: it must agree, and
  // its run is a shortest one.
  void compare(std::size_t i, const std::optional<exec::Trace>& found) {
    const Claim& claim = *claims_[i];
    Verdict& v = verdict(i);
    if (!claims::is_about_configurations(claim)) return;
    Claim now = claim;
    const bool reachable = claim.kind == Claim::Kind::Reachable;
    if (!reachable) now.nodes.pop_back();
    bool complete = false;
    const auto shortest = exec::shortest_run_to(
        contract_, facts_.machine.scope, {context_.options.explorer_budget},
        [&](const exec::Configuration& c) {
          return claims::holds(now, contract_, {{{c, {}}}, 0}) == reachable;
        },
        complete);
    if (!complete) return;
    if (shortest.has_value() != found.has_value()) {
      results_.disagreements.push_back(fmt::format("{}: {}", contract_.name, v.claim));
      v.trace.reset();
      v.findings.clear();
      return leave_open(v, Status::Error, Reason::EngineFailure, "SPIN and the interpreter disagree");
    }
    if (!v.trace) return;
    v.trace = shortest;
    v.loop_start.reset();
    v.shortest = true;
  }

  void add_finding(const Claim& claim, Verdict& v) {
    diagnostics::Diagnostic d;
    d.code = ir::code(v.property);
    d.severity = v.severity;
    d.span = claim.span;
    d.message = fmt::format("no run of {} gets where {} asks", contract_.name, claim.name);
    d.label = "never the case";
    d.subject = contract_.qualified_name;
    v.findings.push_back(results_.findings.size());
    results_.findings.push_back(std::move(d));
  }

  const BatchContext& context_;
  const MachineFacts& facts_;
  const ir::Contract& contract_;
  std::vector<const Claim*> claims_;  // in the end those that SPIN is asked
  std::vector<std::size_t> rows_;     // of the results for them
  ClaimResults results_;
  ModelRun model_;
  mapback::Identity identity_;
};

}  // namespace

ClaimResults verify_claims(const BatchContext& context, const MachineFacts& facts,
                           const std::vector<const Claim*>& claims) {
  return ClaimRunner(context, facts, claims).run();
}

}  // namespace singspin::verify
