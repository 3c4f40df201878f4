// Counterexamples: what `counterexamples` of a report and a trace file share, and the trace file.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/formats/json/parts.h"

namespace singspin::json {

namespace {

using exec::Blocked;
using exec::Ending;

// Everything one run refers to while it is written.
struct Run {
  const ir::Contract& contract;
  const report::Counterexample& counterexample;
  const SourceIndex& sources;

  const std::string& state(ir::StateId id) const { return contract.states[id].id; }
  const std::string& message(ir::MessageId id) const { return contract.messages[id].name; }
  Json messages(const std::vector<ir::MessageId>& ids) const {
    Json out = Json::array();
    for (const ir::MessageId id : ids) out.push_back(message(id));
    return out;
  }
};

std::string_view claim_kind(ir::Property property) {
  switch (property) {
    case ir::Property::DeadlockFree: return "deadlock";
    case ir::Property::NoUnexpectedMessage: return "unexpected-message";
    case ir::Property::NoOrphanMessage: return "orphan-message";
    case ir::Property::QueuesBounded: return "unbounded-queue";
    case ir::Property::StatesReachable: return "unreachable-state";  // has no run
    case ir::Property::CanFinish: return "cannot-finish";
    case ir::Property::ReturnsToStart: return "cannot-return";
    case ir::Property::User: return "assertion";  // "liveness" if the run goes round
  }
  UNREACHABLE("property is known");
}

std::string_view end_kind(Ending::Kind kind) {
  switch (kind) {
    case Ending::Kind::Deadlock: return "deadlock";
    case Ending::Kind::UnexpectedMessage: return "unexpected-message";
    case Ending::Kind::OrphanMessage: return "orphan-message";
    case Ending::Kind::UnboundedQueue: return "unbounded-queue";
    case Ending::Kind::CannotFinish: return "cannot-finish";
    case Ending::Kind::CannotReturn: return "cannot-return";
    case Ending::Kind::Claim: return "assertion";  // "lasso" if the run goes round
  }
  UNREACHABLE("kind of ending is known");
}

std::string_view cause_text(Blocked::Cause cause) {
  switch (cause) {
    case Blocked::Cause::UnexpectedMessage: return "unexpected-message";
    case Blocked::Cause::EmptyQueue: return "empty-queue";
    case Blocked::Cause::FullQueue: return "full-queue";
    case Blocked::Cause::Final: return "final";
  }
  UNREACHABLE("cause is known");
}

Json configuration(const Run& run, const exec::Configuration& at) {
  return Json::object(
      {{"states", Json::object({{"exp", run.state(at.exporter)}, {"imp", run.state(at.importer)}})},
       {"queues", Json::object({{queue_id(ir::Role::Exporter), run.messages(at.to_exporter)},
                                {queue_id(ir::Role::Importer), run.messages(at.to_importer)}})}});
}

// The main location (output specification, section 4); a run without steps has only its start.
source::Span main_span(const Run& run) {
  const exec::Trace& trace = run.counterexample.trace;
  const auto step = exec::main_step(run.counterexample.ending, trace);
  if (!step) return run.contract.states[trace.scope.entry].span;
  return run.contract.transitions[trace.steps[*step].transition].span;
}

Json claim(const Run& run) {
  // A recorded simulation is evidence of nothing.
  if (run.counterexample.properties.empty()) return Json::object({{"kind", "none"}});
  const ir::Property property = run.counterexample.properties.front();
  const bool round = property == ir::Property::User && run.counterexample.ending.loop_start;
  return Json::object({{"kind", round ? "liveness" : claim_kind(property)},
                       {"property", report::property_name(run.counterexample, property)},
                       {"code", diagnostics::code_text(ir::code(property))},
                       {"message", run.counterexample.message},
                       {"span", run.sources.span(main_span(run))}});
}

Json step(const Run& run, std::size_t index, const exec::StepLink& link) {
  const exec::Trace& trace = run.counterexample.trace;
  const exec::Step& row = trace.steps[index];
  const ir::Transition& transition = run.contract.transitions[row.transition];
  const bool send = exec::is_send(run.contract, row);
  const std::string_view endpoint = ir::endpoint_id(row.actor);
  Json out = Json::object({{"index", index + 1},
                           {"component", endpoint},
                           {"action", send ? "send" : "receive"},
                           {"endpoint", endpoint},
                           {"queue", queue_id(send ? ir::other(row.actor) : row.actor)},
                           {"message", run.message(transition.message)},
                           {"messageId", link.message_id}});
  if (!send) {
    CHECK(link.peer.has_value(), "a receive has its send");
    out["sentAt"] = *link.peer + 1;
  }
  out["transition"] = ir::transition_text(row.transition);
  out["from"] = run.state(transition.from);
  out["to"] = run.state(transition.to);
  // `loop` cannot say it: configurations of a growing queue are never equal.
  const bool grows = run.counterexample.ending.kind == Ending::Kind::UnboundedQueue;
  if (grows && run.counterexample.ending.loop_start == index)
    out["detail"] = "the steps from here on can repeat for ever";
  out["span"] = run.sources.span(transition.span);
  out["after"] = configuration(run, trace.configurations[index + 1]);
  return out;
}

Json steps(const Run& run) {
  const exec::Trace& trace = run.counterexample.trace;
  const std::vector<exec::StepLink> links = exec::link_steps(run.contract, trace);
  Json out = Json::array();
  for (std::size_t i = 0; i < trace.steps.size(); ++i) out.push_back(step(run, i, links[i]));
  return out;
}

Json blocked(const Run& run, const Blocked& row) {
  const std::string_view endpoint = ir::endpoint_id(row.role);
  return Json::object({{"component", endpoint},
                       {"endpoint", endpoint},
                       {"state", run.state(row.state)},
                       {"head", row.head ? Json(run.message(*row.head)) : Json(nullptr)},
                       {"accepts", run.messages(row.accepts)},
                       {"sends", run.messages(row.sends)},
                       {"cause", cause_text(row.cause)},
                       {"span", run.sources.span(run.contract.states[row.state].span)}});
}

Json undelivered(const Run& run, const exec::Undelivered& row) {
  return Json::object({{"messageId", row.message_id},
                       {"message", run.message(row.message)},
                       {"queue", queue_id(row.receiver)},
                       {"sentAt", row.sent_at + 1}});
}

Json end(const Run& run) {
  if (run.counterexample.properties.empty()) return Json::object({{"kind", "stop"}});
  const Ending& ending = run.counterexample.ending;
  const bool round = ending.kind == Ending::Kind::Claim && ending.loop_start;
  Json out = Json::object({{"kind", round ? "lasso" : end_kind(ending.kind)}});
  Json& stuck = out["blocked"] = Json::array();
  for (const Blocked& row : ending.blocked) stuck.push_back(blocked(run, row));
  Json& left = out["undelivered"] = Json::array();
  for (const exec::Undelivered& row : ending.undelivered) left.push_back(undelivered(run, row));
  if (ending.decisive) out["decisiveStep"] = *ending.decisive + 1;
  if (ending.race.empty()) return out;
  Json& race = out["race"] = Json::array();
  for (const std::uint32_t index : ending.race) race.push_back(index + 1);
  return out;
}

// Inherited rows lie in the files of the base contracts.
std::vector<source::FileId> files_of(const ir::Contract& contract) {
  std::vector<source::FileId> files = {contract.span.file};
  for (const ir::Message& row : contract.messages) files.push_back(row.span.file);
  for (const ir::State& row : contract.states) files.push_back(row.span.file);
  for (const ir::Transition& row : contract.transitions) files.push_back(row.span.file);
  return files;
}

}  // namespace

exec::Capacity capacity_of(const report::Report& report, ir::ContractId contract) {
  const auto found =
      std::find_if(report.contracts.begin(), report.contracts.end(),
                   [&](const report::ContractReport& row) { return row.contract == contract; });
  return found == report.contracts.end() ? exec::Capacity{} : found->capacity;
}

Json trace_body(const ir::Contract& contract, const report::Counterexample& counterexample,
                const SourceIndex& sources) {
  const Run run{contract, counterexample, sources};
  Json out = Json::object({{"format", "singspin-trace"},
                           {"formatVersion", kFormatVersion},
                           {"id", counterexample.id},
                           {"subject", subject(contract.qualified_name, counterexample.variant)},
                           {"claim", claim(run)},
                           {"initial", configuration(run, counterexample.trace.configurations.front())},
                           {"steps", steps(run)},
                           {"loop", nullptr},
                           {"end", end(run)}});
  const Ending& ending = counterexample.ending;
  if (ending.kind == Ending::Kind::Claim && ending.loop_start)
    out["loop"] = Json::object({{"start", *ending.loop_start}});
  if (counterexample.shortest) out["shortest"] = true;
  out["validated"] = true;  // exec::Trace exists only if it was executed
  return out;
}

std::string render_trace(const report::Report& report, std::size_t counterexample, const Options& options) {
  CHECK(counterexample < report.counterexamples.size(), "the counterexample exists");
  const report::Counterexample& run = report.counterexamples[counterexample];
  const ir::Contract& machine = report.program.contracts[run.contract];
  const SourceIndex sources(report.sources, files_of(machine));
  Json out = trace_body(machine, run, sources);
  out["tool"] = tool(report.tool, options);
  out["sources"] = sources.files(true, options);
  out["contracts"] =
      Json::array({contract(machine, run.variant, capacity_of(report, run.contract), sources)});
  return layout(out);
}

}  // namespace singspin::json
