#include "reports/cli/repairs.h"

#include <algorithm>
#include <map>
#include <set>

#include "frontend/diagnostics/edits.h"
#include "frontend/exec/ending.h"
#include "frontend/exec/explore.h"
#include "frontend/repair/repair.h"

namespace singspin::cli {

namespace {

// A repair is a courtesy: it must not cost much more than what was asked for.
constexpr std::size_t kMostPerContract = 12;
constexpr std::size_t kMostPerRun = 60;
constexpr exec::Budget kBudget{20'000};

bool is_error_property(ir::Property property) {
  return diagnostics::info(ir::code(property)).severity == diagnostics::Severity::Error;
}

exec::Fault fault_at_end(const ir::Contract& c, const exec::Trace& trace) {
  for (const exec::Fault fault : exec::kFaults) {
    if (exec::has_fault(c, trace.scope, trace.last(), fault)) return fault;
  }
  return exec::Fault::Stuck;
}

// The mixed states that racing steps of the counterexamples leave.
std::set<ir::StateId> racing_states(const ir::Contract& c, const verify::ContractResult& result) {
  std::set<ir::StateId> states;
  for (const exec::Verdict& v : result.verdicts) {
    if (v.status != exec::Status::Violated || !v.trace || v.property == ir::Property::QueuesBounded) continue;
    const exec::Trace trace = exec::normalize(c, *v.trace);
    for (const std::uint32_t step : exec::explain_ending(c, trace, fault_at_end(c, trace)).race) {
      const ir::StateId from = c.transitions[trace.steps[step].transition].from;
      const ir::State& state = c.states[from];
      if (state.mixed != ir::MixedForm::NotMixed && state.kind == ir::State::Kind::Named) states.insert(from);
    }
  }
  return states;
}

// What runs come to, by name; the same in the repaired contract or more.
struct Reached {
  std::set<std::string> states;
  std::set<std::string> messages;
  bool sound = true;  // all queues are bounded and no configuration has a fault
};

Reached explore_all(const ir::Contract& c) {
  Reached reached;
  for (const exec::Reading reading : {exec::Reading::Free, exec::Reading::Priority}) {
    if (reading == exec::Reading::Priority && !ir::has_mixed_states(c)) continue;
    for (const ir::Entry& entry : c.entries) {
      const exec::CapacitySearch search = exec::find_capacity(c, {entry.state, reading, {}}, kBudget);
      const exec::Exploration& found = search.exploration;
      reached.sound = reached.sound && search.exact &&
                      std::ranges::none_of(found.faults, [](const auto& run) { return run.has_value(); });
      for (const ir::StateId s : c.states.ids()) {
        const bool named = c.states[s].kind == ir::State::Kind::Named;
        if (named && (found.exporter_at[s.value] || found.importer_at[s.value]))
          reached.states.insert(c.states[s].id);
      }
      for (const ir::TransitionId t : c.transitions.ids()) {
        if (found.sent[t.value]) reached.messages.insert(c.messages[c.transitions[t].message].name);
      }
    }
  }
  return reached;
}

// A candidate as the front end reads it.
struct Edited {
  ir::ContractId original;
  diagnostics::Fix fix;
  project::Loaded loaded;
  ir::ContractId contract;
};

// What has an error, such as an undeclared message, is proved to be nothing (SPIN would not see it).
bool has_errors(const project::Loaded& loaded, const std::string& qualified_name) {
  return std::ranges::any_of(loaded.diagnostics.list(), [&](const diagnostics::Diagnostic& d) {
    return d.severity == diagnostics::Severity::Error && (d.subject == qualified_name || d.subject.empty());
  });
}

class Repairer {
 public:
  Repairer(const project::Loaded& loaded, const project::Input& input,
           const volatile std::sig_atomic_t* interrupted)
      : loaded_(loaded), input_(input), interrupted_(interrupted) {}

  // The first candidate that the explorer finds sound.
  std::optional<Edited> repair(std::size_t row, const verify::ContractResult& result) {
    const syntax::Contract* tree = tree_of(row);
    const ir::Contract& machine = loaded_.analysis.program.contracts[result.contract];
    if (tree == nullptr) return std::nullopt;
    const repair::Subject subject{machine, *tree, loaded_.sources};
    const Reached before = explore_all(machine);
    std::size_t tried = 0;
    for (repair::Candidate& candidate : candidates(subject, result)) {
      const bool stopped = interrupted_ != nullptr && *interrupted_ != 0;
      if (stopped || ++tried > kMostPerContract || ++loads_ > kMostPerRun) break;
      auto edited = read(row, result.contract, std::move(candidate.fix));
      if (edited && is_good(before, machine, *edited)) return edited;
    }
    return std::nullopt;
  }

 private:
  // Where a source is read in several ways, nobody knows which of them an edit is for.
  const syntax::Contract* tree_of(std::size_t row) const {
    const syntax::Contract* found = nullptr;
    for (const syntax::File& file : loaded_.files) {
      for (const syntax::Contract& c : file.contracts) {
        if (c.name.span != loaded_.analysis.contracts[row].span) continue;
        if (found != nullptr) return nullptr;
        found = &c;
      }
    }
    return found;
  }

  // For the states where the messages race, and for all in which messages may cross.
  static std::vector<repair::Candidate> candidates(const repair::Subject& subject,
                                                   const verify::ContractResult& result) {
    const std::set<ir::StateId> racing = racing_states(subject.machine, result);
    std::set<ir::StateId> all = racing;
    for (const ir::StateId s : repair::unresolved_states(subject.machine)) all.insert(s);
    std::vector<repair::Candidate> list;
    const auto add = [&](const std::set<ir::StateId>& states) {
      const bool can = std::ranges::all_of(
          states, [&](ir::StateId s) { return repair::editable(subject, s) == repair::Editable::Yes; });
      if (states.empty() || !can) return;
      for (repair::Candidate& c : repair::candidates(subject, {states.begin(), states.end()}))
        list.push_back(std::move(c));
    };
    add(racing);
    if (all != racing) add(all);
    std::stable_sort(list.begin(), list.end());
    return list;
  }

  // Through the whole front end, as if the user had written it.
  std::optional<Edited> read(std::size_t row, ir::ContractId original, diagnostics::Fix fix) {
    const source::FileId file = fix.edits.front().span.file;
    project::Input input = input_;
    input.overlays[project::Disk::canonical(loaded_.paths[file.value])] =
        diagnostics::apply_edits(loaded_.sources.file(file).text, fix.edits);
    Edited edited{original, std::move(fix), project::load(input, &cache_), {}};
    const auto contract = find(edited.loaded, loaded_.analysis.contracts[row], loaded_.variants[row]);
    if (!contract) return std::nullopt;
    edited.contract = *contract;
    return edited;
  }

  static std::optional<ir::ContractId> find(const project::Loaded& loaded, const sema::Analyzed& was,
                                            const project::Variant& variant) {
    std::optional<ir::ContractId> found;
    for (std::size_t i = 0; i < loaded.analysis.contracts.size(); ++i) {
      const sema::Analyzed& one = loaded.analysis.contracts[i];
      if (one.qualified_name != was.qualified_name || loaded.variants[i] != variant) continue;
      if (found || !one.contract || one.missing_input) return std::nullopt;
      found = one.contract;
    }
    return found;
  }

  bool is_good(const Reached& before, const ir::Contract& machine, const Edited& edited) const {
    const ir::Contract& repaired = edited.loaded.analysis.program.contracts[edited.contract];
    if (has_errors(edited.loaded, machine.qualified_name)) return false;
    const Reached after = explore_all(repaired);
    return after.sound && std::ranges::includes(after.states, before.states) &&
           std::ranges::includes(after.messages, before.messages);
  }

  const project::Loaded& loaded_;
  const project::Input& input_;
  const volatile std::sig_atomic_t* interrupted_;
  project::Cache cache_;
  std::size_t loads_ = 0;
};

// The repaired contracts of several readings of the sources, and the checks in them, as one program with
// texts of its own.
class Collection {
 public:
  ir::ContractId add(const Edited& edited) {
    ir::Contract c = edited.loaded.analysis.program.contracts[edited.contract];
    std::map<source::FileId, source::FileId> moved;
    const auto move = [&](source::Span& span) {
      const auto [place, fresh] = moved.try_emplace(span.file);
      if (fresh) {
        const source::SourceFile& file = edited.loaded.sources.file(span.file);
        place->second = sources.add(file.path, file.text);
      }
      span.file = place->second;
    };
    move(c.span);
    for (ir::Message& row : c.messages) move(row.span);
    for (ir::State& row : c.states) move(row.span);
    for (ir::Transition& row : c.transitions) move(row.span);
    for (ir::InlinedState& row : c.inlined) move(row.span);
    for (ir::Entry& row : c.entries) {
      if (row.declared_at) move(*row.declared_at);
    }
    const ir::ContractId id = program.contracts.add(std::move(c));
    for (claims::Claim claim : edited.loaded.claims) {
      if (claim.contract != edited.contract) continue;
      claim.contract = id;
      move(claim.span);
      claims.push_back(std::move(claim));
    }
    return id;
  }

  ir::Program program;
  std::vector<claims::Claim> claims;
  source::SourceMap sources;
};

bool is_proved(const verify::ContractResult& result) {
  return std::ranges::all_of(result.verdicts, [](const exec::Verdict& v) {
    if (!is_error_property(v.property)) return true;
    return v.status == exec::Status::Proved && v.strength == exec::Strength::AnyQueueLength;
  });
}

bool is_broken(const ir::Contract& c, const verify::ContractResult& result) {
  return ir::has_mixed_states(c) && std::ranges::any_of(result.verdicts, [](const exec::Verdict& v) {
           return v.status == exec::Status::Violated && is_error_property(v.property) && v.trace;
         });
}

}  // namespace

std::vector<Repaired> find_repairs(const project::Loaded& loaded, const verify::Results& results,
                                   const project::Input& input, const verify::Options& options,
                                   const spin::Tools& tools, const volatile std::sig_atomic_t* interrupted,
                                   const verify::Memory* memory) {
  Repairer repairer(loaded, input, interrupted);
  std::vector<Edited> edited;
  for (const std::size_t row : loaded.selected) {
    const auto id = loaded.analysis.contracts[row].contract;
    const auto result =
        std::ranges::find_if(results.contracts, [&](const auto& r) { return id && r.contract == *id; });
    if (result == results.contracts.end() || !is_broken(loaded.analysis.program.contracts[*id], *result))
      continue;
    if (auto one = repairer.repair(row, *result)) edited.push_back(std::move(*one));
  }
  if (edited.empty()) return {};
  Collection collection;
  std::vector<ir::ContractId> ids;
  for (const Edited& one : edited) ids.push_back(collection.add(one));
  verify::Options all = options;
  all.properties.clear();
  all.queue_capacity.reset();
  all.end_at.clear();  // what was found before must not keep a proof from being complete
  all.keep_files = all.keep_output = all.referee = false;
  const verify::Results proofs = verify::verify(collection.program, ids, collection.claims, collection.sources, all, tools,
                                                interrupted, {}, memory);
  std::vector<Repaired> repaired;
  for (std::size_t i = 0; i < proofs.contracts.size() && proofs.problems.empty(); ++i) {
    if (is_proved(proofs.contracts[i])) repaired.push_back({edited[i].original, std::move(edited[i].fix)});
  }
  return repaired;
}

}  // namespace singspin::cli
