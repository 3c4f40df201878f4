// A contract as a state machine: tables, folded edges and the sentence of every step.
#include <algorithm>

#include "reports/formats/html/parts.h"
#include "reports/graph/graph.h"
#include "reports/story/story.h"

namespace singspin::html {

namespace {

std::string_view direction(const ir::Message& row) {
  if (!row.direction) return "both";
  return *row.direction == ir::Direction::In ? "in" : "out";
}

std::string parameters(const ir::Message& row) {
  std::string out;
  for (const ir::Parameter& p : row.parameters) {
    out += out.empty() ? "" : ", ";
    out += p.type;
    if (!p.name.empty()) out += (p.type.empty() ? "" : " ") + p.name;
  }
  return out;
}

std::string_view turn(const ir::Contract& contract, ir::StateId state) {
  switch (graph::turn(contract, state)) {
    case graph::Turn::Nobody: return "nobody";
    case graph::Turn::Importer: return "importer";
    case graph::Turn::Exporter: return "exporter";
    case graph::Turn::Either: return "either";
  }
  UNREACHABLE("turn is known");
}

class MachineWriter {
 public:
  MachineWriter(const ir::Contract& contract, const source::SourceMap& sources)
      : contract_(contract), sources_(sources) {}

  std::string write() {
    out_.open_object();
    out_.text("name", contract_.name).number("start", contract_.start.value);
    out_.key("messages").open_array();
    for (const ir::Message& row : contract_.messages) message(row);
    out_.close_array().key("states").open_array();
    for (const ir::StateId id : contract_.states.ids()) state(id);
    out_.close_array().key("transitions").open_array();
    for (const ir::TransitionId id : contract_.transitions.ids()) transition(id);
    out_.close_array();
    graph();
    return out_.close_object().take();
  }

 private:
  void message(const ir::Message& row) {
    out_.open_object().text("name", row.name).text("direction", direction(row));
    if (!row.parameters.empty()) out_.text("parameters", parameters(row));
    put_place(out_.key("at"), sources_, row.span);
    out_.close_object();
  }

  void state(ir::StateId id) {
    const ir::State& row = contract_.states[id];
    out_.open_object().text("id", row.id).text("words", ir::state_words(row));
    if (row.kind == ir::State::Kind::Named) out_.boolean("named", true);
    if (row.final) out_.boolean("final", true);
    out_.text("turn", turn(contract_, id));
    put_place(out_.key("at"), sources_, row.span);
    out_.close_object();
  }

  // `sign` is the exporter's: ! or ?. `told`: what the exporter and the importer do with it, each a sentence
  // and its reason.
  void transition(ir::TransitionId id) {
    const ir::Transition& row = contract_.transitions[id];
    out_.open_object().number("from", row.from.value).number("to", row.to.value);
    out_.number("message", row.message.value).text("sign", row.sign == ir::Sign::Send ? "!" : "?");
    out_.key("told").open_array();
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      const story::Sentence told = story::tell(contract_, id, role);
      out_.open_array().text(told.what).text(told.why).close_array();
    }
    put_place(out_.close_array().key("at"), sources_, row.span);
    out_.close_object();
  }

  void actions(const graph::Label& label) {
    for (const graph::Part& part : label.parts) {
      if (part.alternatives.empty()) out_.number(part.action.value);
      for (const graph::Label& one : part.alternatives) actions(one);
    }
  }

  void graph() {
    const graph::Graph graph = graph::make_graph(contract_, graph::Folding::Folded);
    out_.key("nodes").open_array();
    for (const graph::Node& row : graph.nodes) {
      out_.open_object().number("state", row.state.value);
      if (row.entry) out_.boolean("entry", true);
      if (!row.reachable) out_.boolean("unreachable", true);
      out_.close_object();
    }
    out_.close_array().key("edges").open_array();
    for (const graph::Edge& row : graph.edges) {
      out_.open_object().number("from", row.from.value).number("to", row.to.value).key("labels").open_array();
      for (const graph::Label& label : row.labels) {
        out_.open_object().text("text", graph::label_text(contract_, label)).key("actions").open_array();
        actions(label);
        out_.close_array().close_object();
      }
      out_.close_array().close_object();
    }
    out_.close_array();
  }

  const ir::Contract& contract_;
  const source::SourceMap& sources_;
  JsonText out_;
};

}  // namespace

std::string machine_data(const ir::Contract& contract, const source::SourceMap& sources) {
  return MachineWriter(contract, sources).write();
}

Machines::Machines(const report::Report& report) {
  for (const report::ContractReport& row : report.contracts) add(row.contract);
  for (const report::SystemReport& row : report.systems) {
    for (const ir::Channel& channel : report.systems_found[row.system].channels) add(channel.contract);
  }
}

void Machines::add(ir::ContractId contract) {
  if (rows_.emplace(contract, contracts_.size()).second) contracts_.push_back(contract);
}

}  // namespace singspin::html
