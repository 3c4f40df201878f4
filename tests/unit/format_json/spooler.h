// The contract and the counterexample of the output specification, built by hand: these tests need
// neither the parser nor the search.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "reports/report/report.h"
#include "tests/unit/spooler_text.h"

namespace singspin::testing {

// Builds rows from words in the lines of the source.
class ContractBuilder {
 public:
  ContractBuilder(const source::SourceMap& sources, source::FileId file) : sources_(sources), file_(file) {}

  source::Span span(std::uint32_t line, std::string_view word) const {
    const std::size_t column = sources_.line_text(file_, line).find(word);
    CHECK(column != std::string_view::npos, "the word stands in its line");
    const auto begin = static_cast<std::uint32_t>(sources_.line_start(file_, line) + column);
    return {file_, begin, begin + static_cast<std::uint32_t>(word.size())};
  }
  void message(std::uint32_t line, std::string name, ir::Direction direction,
               std::vector<ir::Parameter> p = {}) {
    const source::Span at = span(line, " " + name + "(");
    contract.messages.add({std::move(name), direction, std::move(p), {at.file, at.begin + 1, at.end - 1}});
  }
  void named(std::uint32_t line, const std::string& name) {
    contract.states.add({name, ir::State::Kind::Named, false, {}, {}, {}, span(line, name), {}});
  }
  void implicit(std::uint32_t line, const std::string& parent, const std::string& after,
                std::string_view action) {
    contract.states.add(
        {parent + "/" + after, ir::State::Kind::Implicit, false, {}, parent, after, span(line, action), {}});
  }
  void transition(std::uint32_t line, std::string_view from, std::string_view action, std::string_view to) {
    const auto sign = action.back() == '!' ? ir::Sign::Send : ir::Sign::Receive;
    const auto id = contract.transitions.add(
        {state(from), state(to), message(action.substr(0, action.size() - 1)), sign, span(line, action)});
    contract.states[state(from)].out.push_back(id);
  }
  ir::StateId state(std::string_view name) const {
    for (const ir::StateId id : contract.states.ids()) {
      if (contract.states[id].id == name) return id;
    }
    CHECK(false, "the state exists");
  }
  ir::MessageId message(std::string_view name) const {
    for (const ir::MessageId id : contract.messages.ids()) {
      if (contract.messages[id].name == name) return id;
    }
    CHECK(false, "the message exists");
  }

  ir::Contract contract;

 private:
  const source::SourceMap& sources_;
  source::FileId file_;
};

inline ContractBuilder spooler_contract(const source::SourceMap& sources, source::FileId file) {
  using enum ir::Direction;
  ContractBuilder b(sources, file);
  b.contract.name = b.contract.qualified_name = "SpoolerContract";
  b.contract.span = b.span(2, "SpoolerContract");
  b.message(3, "Ready", Out);
  b.message(4, "GetStatus", In);
  b.message(4, "Status", Out, {{"pages", "int", ir::Parameter::Kind::Value}});
  b.message(5, "Print", In, {{"job", "char[]! in ExHeap", ir::Parameter::Kind::ExHeap}});
  b.message(5, "Accepted", Out);
  b.message(6, "Stop", In);
  b.message(6, "Stopped", Out);
  b.message(7, "Finished", Out);
  b.named(9, "START");
  b.named(10, "IDLE");
  b.implicit(11, "IDLE", "GetStatus", "GetStatus?");
  b.implicit(12, "IDLE", "Print", "Print?");
  b.named(14, "RUNNING");
  b.implicit(15, "RUNNING", "Stop", "Stop?");
  b.contract.states[b.state("RUNNING")].mixed = ir::MixedForm::ReceivesFirst;
  b.transition(9, "START", "Ready!", "IDLE");
  b.transition(11, "IDLE", "GetStatus?", "IDLE/GetStatus");
  b.transition(11, "IDLE/GetStatus", "Status!", "IDLE");
  b.transition(12, "IDLE", "Print?", "IDLE/Print");
  b.transition(12, "IDLE/Print", "Accepted!", "RUNNING");
  b.transition(15, "RUNNING", "Stop?", "RUNNING/Stop");
  b.transition(15, "RUNNING/Stop", "Stopped!", "IDLE");
  b.transition(16, "RUNNING", "Finished!", "IDLE");
  b.contract.start = b.state("START");
  b.contract.entries = {{b.contract.start, {}}};
  return b;
}

// The run that takes `steps` from `entry`; no step is checked.
inline exec::Trace make_trace(const ir::Contract& contract, ir::StateId entry,
                              const std::vector<exec::Step>& steps) {
  exec::Trace trace{{entry}, steps, {{entry, entry, {}, {}}}};
  for (const exec::Step& step : steps) {
    const ir::Transition& row = contract.transitions[step.transition];
    exec::Configuration next = trace.configurations.back();
    const bool exporter = step.actor == ir::Role::Exporter;
    (exporter ? next.exporter : next.importer) = row.to;
    if (ir::sender(row.sign) == step.actor) {
      (exporter ? next.to_importer : next.to_exporter).push_back(row.message);
    } else {
      exec::Queue& inbox = exporter ? next.to_exporter : next.to_importer;
      inbox.erase(inbox.begin());
    }
    trace.configurations.push_back(std::move(next));
  }
  return trace;
}

inline exec::Trace spooler_trace(const ContractBuilder& b) {
  constexpr auto kExp = ir::Role::Exporter;
  constexpr auto kImp = ir::Role::Importer;
  return make_trace(b.contract, b.contract.start,
                    {{kExp, {0}},
                     {kImp, {0}},
                     {kImp, {3}},
                     {kExp, {3}},
                     {kExp, {4}},
                     {kImp, {4}},
                     {kImp, {5}},
                     {kExp, {7}}});
}

inline exec::Ending spooler_ending(const ContractBuilder& b) {
  using enum exec::Blocked::Cause;
  exec::Ending ending;
  ending.blocked = {{ir::Role::Importer,
                     b.state("RUNNING/Stop"),
                     b.message("Finished"),
                     {b.message("Stopped")},
                     {},
                     UnexpectedMessage},
                    {ir::Role::Exporter,
                     b.state("IDLE"),
                     b.message("Stop"),
                     {b.message("GetStatus"), b.message("Print")},
                     {},
                     UnexpectedMessage}};
  ending.undelivered = {{3, b.message("Stop"), ir::Role::Exporter, 6},
                        {4, b.message("Finished"), ir::Role::Importer, 7}};
  ending.race = {6, 7};
  ending.decisive = 7;
  return ending;
}

inline report::Counterexample spooler_counterexample(const ContractBuilder& b, ir::ContractId contract) {
  report::Counterexample run;
  run.contract = contract;
  run.properties = {ir::Property::DeadlockFree, ir::Property::NoUnexpectedMessage};
  run.trace = spooler_trace(b);
  run.ending = spooler_ending(b);
  run.reading = exec::Reading::Free;
  run.steps_under_priority = 8;
  run.shortest = true;
  run.id = "SpoolerContract.deadlock-free";
  run.message = "SpoolerContract can deadlock after 8 steps";
  return run;
}

}  // namespace singspin::testing
