#include "promela/print/tables.h"

#include <fmt/format.h>

namespace singspin::pml {

namespace {

std::string array(std::string_view name, const std::vector<int>& values) {
  std::string out = fmt::format("static const int {}[] = {{", name);
  constexpr std::size_t kPerLine = 20;
  for (std::size_t i = 0; i < values.size(); ++i)
    out += fmt::format("{}{},", i % kPerLine == 0 ? "\n" : "", values[i]);
  return out + "0};\n";  // never empty
}

// One node per block of each process, in the order of the processes.
struct Nodes {
  std::vector<int> final, sends, restrained, receive_at, receive;
};

void add_node(Nodes& nodes, const Machine& machine, const Block& block) {
  int sends = 0, restrained = 0;
  nodes.receive_at.push_back(static_cast<int>(nodes.receive.size()));
  for (const Option& option : block.options) {
    if (option.action == Option::Action::Receive) {
      nodes.receive.push_back(static_cast<int>(message_number(machine, option.message)));
    } else {
      sends = 1;
      if (option.restraint) restrained = 1;
    }
  }
  nodes.final.push_back(block.final ? 1 : 0);
  nodes.sends.push_back(sends);
  nodes.restrained.push_back(restrained);
}

}  // namespace

std::string print_tables(const Model& model, const BlockOfState& blocks) {
  Nodes nodes;
  std::vector<int> first_node, node, process;
  for (const Machine& machine : model.machines) {
    for (const Process* p : {&machine.exporter, &machine.importer}) {
      first_node.push_back(static_cast<int>(nodes.final.size()));
      for (const Block& block : p->blocks) add_node(nodes, machine, block);
    }
  }
  nodes.receive_at.push_back(static_cast<int>(nodes.receive.size()));
  for (std::size_t p = 0; p < blocks.size(); ++p) {
    process.push_back(static_cast<int>(node.size()));
    for (const int block : blocks[p]) node.push_back(block < 0 ? -1 : first_node[p] + block);
  }
  std::string out = fmt::format("#define SS_FIRST_PROCESS {}\n", model.machines.size() > 1 ? 1 : 0);
  out += array("ss_final", nodes.final) + array("ss_sends", nodes.sends) +
         array("ss_restrained", nodes.restrained);
  out += array("ss_receive_at", nodes.receive_at) + array("ss_receive", nodes.receive);
  return out + array("ss_node", node) + array("ss_process", process);
}

}  // namespace singspin::pml
