// Counterexamples of systems.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/document/stand_alone.h"
#include "reports/formats/json/system_parts.h"

namespace singspin::json {

namespace {

using explore::Interpreter;
using explore::Waiting;
using report::SystemCounterexample;
using report::ToldStep;

struct SystemRun {
  const Interpreter& in;
  const SystemCounterexample& row;
  const explore::Verdict* verdict;  // null: a recorded simulation, evidence of nothing
  std::vector<ToldStep> steps;
  const SourceIndex& sources;
  const ir::System& system() const { return in.system(); }
};

bool is_eventual(const ir::System& system, const explore::Verdict& v) {
  if (v.property == ir::SystemProperty::OwedReply) return true;
  if (!v.check) return false;
  const auto kind = system.checks[*v.check].kind;
  return kind == ir::Check::Kind::LeadsTo || kind == ir::Check::Kind::Progress;
}

std::string claim_kind(const ir::System& system, const explore::Verdict& v) {
  switch (v.property) {
    case ir::SystemProperty::DeadlockFree: return "deadlock";
    case ir::SystemProperty::NoUnexpectedMessage: return "unexpected-message";
    case ir::SystemProperty::User: return is_eventual(system, v) ? "liveness" : "assertion";
    case ir::SystemProperty::Conformance:
    case ir::SystemProperty::UnhandledEvent:
    case ir::SystemProperty::OwedReply:
    case ir::SystemProperty::Ownership:
    case ir::SystemProperty::Leak:
    case ir::SystemProperty::LockDiscipline:
    case ir::SystemProperty::BlockingInAtomic:
    case ir::SystemProperty::SendAfterClose:
    case ir::SystemProperty::UnboundPort:
    case ir::SystemProperty::ThreadReuse:
    case ir::SystemProperty::Assertion:
    case ir::SystemProperty::StateMapping:
    case ir::SystemProperty::Race: return std::string(ir::id(v.property));
  }
  UNREACHABLE("property is known");
}

void put_message(Json& out, const SystemRun& run, const report::Passing& p) {
  const ir::Contract& contract = run.in.contract(p.port);
  const ir::Port& port = run.system().ports[p.port];
  out["channel"] = run.system().channels[port.channel].name;
  out["endpoint"] = report::endpoint_id(run.system(), p.port);
  out["queue"] = report::queue_id(run.system(), p.send ? run.in.peer(p.port) : p.port);
  out["message"] = contract.messages[p.message].name;
  out["messageId"] = p.message_id;
  if (p.sent_at) out["sentAt"] = *p.sent_at + 1;
  CHECK(p.transition, "a message that passes follows its contract");
  out["transition"] = ir::transition_text(*p.transition);
  out["from"] = contract.states[p.from].id;
  out["to"] = contract.states[p.to].id;
}

Json step(const SystemRun& run, std::size_t i) {
  const ToldStep& told = run.steps[i];
  const ir::Edge& edge = run.in.edge(told.step);
  const ir::Process& process = run.system().processes[told.step.process];
  Json out = Json::object({{"index", i + 1},
                           {"component", run.system().components[process.component].name},
                           {"thread", report::thread_id(run.system(), told.step.process)},
                           {"action", told.action}});
  const bool passes = told.action == "send" || told.action == "receive";
  if (passes && !told.messages.empty()) put_message(out, run, told.messages.front());
  if (!told.tokens.empty()) {
    Json& tokens = out["tokens"] = Json::array();
    for (const report::TokenMove& move : told.tokens) {
      tokens.push_back(Json::object({{"token", report::token_id(run.system(), move.block)},
                                     {"from", owner(run.in, run.row.run, run.steps, i, move.block)},
                                     {"to", owner(run.in, run.row.run, run.steps, i + 1, move.block)}}));
    }
  }
  if (!told.locks.empty()) {
    Json& locks = out["locks"] = Json::array();
    for (const report::LockChange& change : told.locks) {
      const ir::Lock& lock = run.system().locks[change.lock];
      locks.push_back(Json::object({{"lock", report::resource_id(run.system(), lock.component, lock.name)},
                                    {"change", change.acquired ? "acquired" : "released"},
                                    {"thread", report::thread_id(run.system(), change.thread)}}));
    }
  }
  if (!edge.action.empty()) out["detail"] = told.faulty ? "the violation: " + edge.action : edge.action;
  else if (told.faulty) out["detail"] = "the violation";
  out["span"] = run.sources.span(edge.span);
  out["after"] = system_configuration(run.in, run.row.run, run.steps, told.faulty ? i : i + 1, run.sources);
  return out;
}

std::string_view cause_text(Waiting::Cause cause) {
  switch (cause) {
    case Waiting::Cause::Message: return "empty-queue";
    case Waiting::Cause::Lock: return "lock";
    case Waiting::Cause::Signal: return "event";
    case Waiting::Cause::Thread: return "join";
    case Waiting::Cause::Other: return "other";
  }
  UNREACHABLE("cause is known");
}

Json waits_for(const SystemRun& run, const Waiting& row) {
  const ir::System& system = run.system();
  Json out = Json::object();
  if (row.lock)
    out = {{"kind", "lock"},
           {"name",
            report::resource_id(system, system.locks[*row.lock].component, system.locks[*row.lock].name)}};
  else if (row.signal)
    out = {{"kind", "event"},
           {"name", report::resource_id(system, system.signals[*row.signal].component,
                                        system.signals[*row.signal].name)}};
  else if (row.cause == Waiting::Cause::Message && row.port && !row.accepts.empty())
    out = {{"kind", "message"}, {"name", run.in.contract(*row.port).messages[row.accepts.front()].name}};
  else if (row.cause == Waiting::Cause::Thread && !row.whom.empty())
    out = {{"kind", "thread"}, {"name", report::thread_id(system, row.whom.front())}};
  else return out;
  if (!row.whom.empty()) out["from"] = report::thread_id(system, row.whom.front());
  return out;
}

Json blocked(const SystemRun& run, const Waiting& row) {
  const ir::System& system = run.system();
  const ir::Process& process = system.processes[row.process];
  Json out = Json::object({{"component", system.components[process.component].name},
                           {"thread", report::thread_id(system, row.process)}});
  std::string_view cause = cause_text(row.cause);
  if (row.port) {
    const auto& at = run.row.run.last();
    const ir::Contract& contract = run.in.contract(*row.port);
    const auto queue = run.in.queue(at, *row.port);
    out["endpoint"] = report::endpoint_id(system, *row.port);
    out["state"] = contract.states[run.in.node(at, *row.port)].id;
    out["head"] = queue.empty() ? Json(nullptr) : Json(contract.messages[queue.front().message].name);
    Json& accepts = out["accepts"] = Json::array();
    for (const ir::MessageId m : row.accepts) accepts.push_back(contract.messages[m].name);
    if (!queue.empty() && row.cause == Waiting::Cause::Message) cause = "unexpected-message";
  }
  out["cause"] = cause;
  if (Json waits = waits_for(run, row); !waits.empty()) out["waitsFor"] = std::move(waits);
  out["span"] = run.sources.span(process.locations[row.location].span);
  return out;
}

Json undelivered(const SystemRun& run) {
  Json out = Json::array();
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    for (const report::Passing& p : run.steps[i].messages) {
      if (!p.send || !p.left) continue;
      out.push_back(Json::object({{"messageId", p.message_id},
                                  {"message", run.in.contract(p.port).messages[p.message].name},
                                  {"queue", report::queue_id(run.system(), run.in.peer(p.port))},
                                  {"sentAt", i + 1}}));
    }
  }
  return out;
}

Json end(const SystemRun& run) {
  const ir::System& system = run.system();
  if (run.verdict == nullptr) return Json::object({{"kind", "stop"}});
  Json out = Json::object(
      {{"kind", is_eventual(system, *run.verdict) ? "lasso" : claim_kind(system, *run.verdict)}});
  Json& stuck = out["blocked"] = Json::array();
  const auto& why = run.row.explanation;
  if (why) {
    for (const Waiting& row : why->blocked) stuck.push_back(blocked(run, row));
  }
  if (why && why->cycle.size() >= 2) {
    Json& cycle = out["cycle"] = Json::array();
    for (const ir::ProcessId id : why->cycle) cycle.push_back(report::thread_id(system, id));
  }
  out["undelivered"] = undelivered(run);
  if (run.row.run.violation && run.verdict->property == ir::SystemProperty::Leak &&
      run.row.run.violation->block)
    out["leaked"] = Json::array({report::token_id(system, *run.row.run.violation->block)});
  if (why && !why->locks.empty()) {
    Json& held = out["held"] = Json::array();
    for (const explore::HeldLock& lock : why->locks)
      held.push_back(
          report::resource_id(system, system.locks[lock.lock].component, system.locks[lock.lock].name));
  }
  if (why && why->decisive) out["decisiveStep"] = *why->decisive + 1;
  if (why && why->race.size() >= 2) {
    Json& race = out["race"] = Json::array();
    for (const std::uint32_t i : why->race) race.push_back(i + 1);
  }
  return out;
}

source::Span main_span(const SystemRun& run) {
  if (run.row.explanation) return run.row.explanation->main;
  return run.steps.empty() ? run.system().span : run.in.edge(run.steps.back().step).span;
}

const explore::Verdict* verdict_of(const report::Report& report, const SystemCounterexample& row) {
  if (row.verdicts.empty()) return nullptr;
  const auto found = std::find_if(report.systems.begin(), report.systems.end(),
                                  [&](const auto& r) { return r.system == row.system; });
  CHECK(found != report.systems.end(), "a counterexample violates a property");
  return &found->verdicts[row.verdicts.front()].verdict;
}

Json claim(const SystemRun& run) {
  if (run.verdict == nullptr) return Json::object({{"kind", "none"}});
  return Json::object({{"kind", claim_kind(run.system(), *run.verdict)},
                       {"property", run.verdict->id},
                       {"code", diagnostics::code_text(report::code(run.verdict->property))},
                       {"message", run.row.message},
                       {"span", run.sources.span(main_span(run))}});
}

}  // namespace

std::vector<ir::ContractId> contracts_of(const ir::System& system) {
  std::vector<ir::ContractId> ids;
  for (const ir::Channel& channel : system.channels) {
    if (std::find(ids.begin(), ids.end(), channel.contract) == ids.end()) ids.push_back(channel.contract);
  }
  return ids;
}

Json system_trace_body(const report::Report& report, const SystemCounterexample& row,
                       const SourceIndex& sources) {
  const ir::System& system = report.systems_found[row.system];
  const Interpreter in(report.program, system);
  const explore::Verdict* verdict = verdict_of(report, row);
  const SystemRun run{in, row, verdict, report::tell(in, row.run), sources};
  Json out = Json::object({{"format", "singspin-trace"},
                           {"formatVersion", kFormatVersion},
                           {"id", row.id},
                           {"subject", Json::object({{"kind", "system"}, {"name", system.name}})}});
  out["claim"] = claim(run);
  out["initial"] = system_configuration(in, row.run, run.steps, 0, sources);
  Json& steps = out["steps"] = Json::array();
  for (std::size_t i = 0; i < run.steps.size(); ++i) steps.push_back(step(run, i));
  out["loop"] = row.run.loop_start ? Json::object({{"start", *row.run.loop_start}}) : Json(nullptr);
  out["end"] = end(run);
  if (row.shortest) out["shortest"] = true;
  out["validated"] = true;  // explore::Run exists only if it was executed
  return out;
}

std::string render_system_trace(const report::Report& report, std::size_t counterexample,
                                const Options& options) {
  CHECK(counterexample < report.system_counterexamples.size(), "the counterexample exists");
  const SystemCounterexample& row = report.system_counterexamples[counterexample];
  const ir::System& found = report.systems_found[row.system];
  const SourceIndex sources(report.sources);
  Json out = system_trace_body(report, row, sources);
  out["tool"] = tool(report.tool, options);
  out["sources"] = sources.files(true, options);
  Json& contracts = out["contracts"] = Json::array();
  for (const ir::ContractId id : contracts_of(found))
    contracts.push_back(contract(report.program.contracts[id], {}, capacity_of(report, id), sources));
  out["system"] = system(report.program, found, report.options, sources);
  return document::stand_alone(std::move(out));
}

}  // namespace singspin::json
