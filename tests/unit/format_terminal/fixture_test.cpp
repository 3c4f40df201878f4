#include "fixture.h"

namespace singspin::terminal {

source::Span find(const source::SourceMap& sources, source::FileId file, std::string_view word, int nth) {
  const std::string& text = sources.file(file).text;
  std::size_t place = text.find(word);
  for (; nth > 0 && place != std::string::npos; --nth) place = text.find(word, place + 1);
  EXPECT_NE(place, std::string::npos) << word;
  if (place == std::string::npos) place = 0;
  return {file, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(place + word.size())};
}

ir::StateId Builder::named(std::string name, source::Span span) {
  ir::State state;
  state.id = std::move(name);
  state.span = span;
  return contract.states.add(state);
}

ir::StateId Builder::implicit(ir::StateId parent, std::string after, source::Span span) {
  ir::State state;
  state.kind = ir::State::Kind::Implicit;
  state.parent = contract.states[parent].id;
  state.id = state.parent + "/" + after;
  state.after = std::move(after);
  state.span = span;
  return contract.states.add(state);
}

ir::MessageId Builder::message(std::string name, source::Span span) {
  return contract.messages.add({std::move(name), {}, {}, span});
}

ir::TransitionId Builder::step(ir::StateId from, std::string_view action, ir::StateId to, int nth) {
  const std::string_view name = action.substr(0, action.size() - 1);
  ir::Transition transition{
      from, to, {}, action.back() == '!' ? ir::Sign::Send : ir::Sign::Receive, at(action, nth)};
  for (const ir::MessageId id : contract.messages.ids()) {
    if (contract.messages[id].name == name) transition.message = id;
  }
  const ir::TransitionId id = contract.transitions.add(transition);
  contract.states[from].out.push_back(id);
  return id;
}

ir::Contract Builder::finish() {
  for (ir::State& state : contract.states) state.final = state.out.empty();
  contract.entries = {{contract.start, {}}};
  EXPECT_EQ(ir::validate(contract), "");
  return contract;
}

exec::Step exporter(std::uint32_t transition) { return {ir::Role::Exporter, ir::TransitionId{transition}}; }
exec::Step importer(std::uint32_t transition) { return {ir::Role::Importer, ir::TransitionId{transition}}; }

exec::Trace run_of(const ir::Contract& contract, const std::vector<exec::Step>& steps,
                   exec::Reading reading) {
  exec::Scope scope;
  scope.entry = contract.start;
  scope.reading = reading;
  const auto trace = exec::execute(contract, scope, steps);
  EXPECT_TRUE(trace.has_value());
  return trace ? *trace : exec::Trace{scope, {}, {exec::initial(scope)}};
}

exec::Verdict verdict(ir::Property property, exec::Status status, exec::Strength strength) {
  exec::Verdict one;
  one.property = property;
  one.severity = diagnostics::info(ir::code(property)).severity;
  one.status = status;
  one.strength = strength;
  one.exhaustive = true;
  one.capacity = {2, 2};
  one.statistics.configurations = 11;
  one.statistics.longest_queue = 2;
  one.statistics.elapsed_seconds = 0.3;
  return one;
}

report::Report proved_report(std::string_view path, std::string_view text, std::string name) {
  report::Report report;
  const source::FileId file = report.sources.add(std::string(path), text);
  Builder builder(report.sources, file, std::move(name));
  builder.named("OPEN", builder.at("OPEN"));
  const ir::ContractId id = report.program.contracts.add(builder.finish());
  report::ContractReport contract{id, {}, {}, {}, {2, 2}};
  for (const ir::Property property : ir::kProperties) {
    contract.verdicts.push_back(verdict(property, exec::Status::Proved));
    contract.counterexamples.emplace_back();
    contract.diagnostics.emplace_back();
  }
  report.contracts.push_back(contract);
  return report;
}

namespace {

ir::Contract spooler_contract(const source::SourceMap& sources, source::FileId file) {
  Builder b(sources, file, "SpoolerContract");
  for (const char* name :
       {"Ready", "GetStatus", "Status", "Print", "Accepted", "Stop", "Stopped", "Finished"}) {
    const source::Span declared = b.at(std::string("message ") + name + "(");
    b.message(name, {file, declared.begin + 8, declared.end - 1});
  }
  const auto state_name = [&](const std::string& name) {
    const source::Span span = b.at("state " + name + ":");
    return source::Span{file, span.begin + 6, span.end - 1};
  };
  const ir::StateId start = b.named("START", state_name("START"));
  const ir::StateId idle = b.named("IDLE", state_name("IDLE"));
  const ir::StateId status = b.implicit(idle, "GetStatus", b.at("GetStatus?"));
  const ir::StateId print = b.implicit(idle, "Print", b.at("Print?"));
  const ir::StateId running = b.named("RUNNING", state_name("RUNNING"));
  const ir::StateId stop = b.implicit(running, "Stop", b.at("Stop?"));
  b.contract.states[running].mixed = ir::MixedForm::ReceivesFirst;
  b.step(start, "Ready!", idle);
  b.step(idle, "GetStatus?", status);
  b.step(status, "Status!", idle);
  b.step(idle, "Print?", print);
  b.step(print, "Accepted!", running);
  b.step(running, "Stop?", stop);
  b.step(stop, "Stopped!", idle);
  b.step(running, "Finished!", idle);
  return b.finish();
}

exec::Ending spooler_ending(const ir::Contract& c, const exec::Trace& trace) {
  const ir::MessageId get_status{1}, print{3}, stop{5}, stopped{6}, finished{7};
  const auto cause = exec::Blocked::Cause::UnexpectedMessage;
  exec::Ending ending;
  ending.blocked = {{ir::Role::Importer, trace.last().importer, finished, {stopped}, {}, cause},
                    {ir::Role::Exporter, trace.last().exporter, stop, {get_status, print}, {}, cause}};
  ending.undelivered = {{3, stop, ir::Role::Exporter, 6}, {4, finished, ir::Role::Importer, 7}};
  ending.race = {6, 7};
  ending.decisive = 7;
  EXPECT_EQ(c.states[trace.last().importer].id, "RUNNING/Stop");
  return ending;
}

}  // namespace

report::Report spooler_report() {
  report::Report report;
  const source::FileId file = report.sources.add("contracts/SpoolerContract.sg", kSpooler);
  const ir::ContractId id = report.program.contracts.add(spooler_contract(report.sources, file));
  const ir::Contract& contract = report.program.contracts[id];

  report::Counterexample one;
  one.contract = id;
  one.properties = {ir::Property::DeadlockFree, ir::Property::NoUnexpectedMessage};
  one.trace = run_of(contract, {exporter(0), importer(0), importer(3), exporter(3), exporter(4), importer(4),
                                importer(5), exporter(7)});
  one.ending = spooler_ending(contract, one.trace);
  one.reading = exec::Reading::Free;
  one.steps_under_priority = 8;
  one.id = "SpoolerContract.deadlock-free";
  one.message = "SpoolerContract can deadlock after 8 steps";
  report.counterexamples.push_back(one);

  report::ContractReport verdicts{id, {}, {}, {}, {2, 2}};
  for (const exec::Reading reading : {exec::Reading::Free, exec::Reading::Priority}) {
    for (const ir::Property property : ir::kProperties) {
      const bool violated = property <= ir::Property::NoUnexpectedMessage;
      exec::Verdict v = verdict(property, violated ? exec::Status::Violated : exec::Status::Proved);
      v.reading = reading;
      if (violated) v.trace = one.trace;
      verdicts.verdicts.push_back(v);
      verdicts.counterexamples.push_back(violated ? std::optional<std::size_t>(0) : std::nullopt);
      verdicts.diagnostics.emplace_back();
    }
  }
  report.contracts.push_back(verdicts);
  return report;
}

std::string without_colours(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace singspin::terminal
