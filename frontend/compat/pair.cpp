#include "frontend/compat/pair.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "frontend/exec/key.h"

namespace singspin::compat {

namespace {

ir::MessageId message_in(ir::Contract& contract, const ir::Message& message) {
  for (const ir::MessageId id : contract.messages.ids()) {
    if (contract.messages[id].name == message.name) return id;
  }
  return contract.messages.add(message);
}

source::Span moved(source::Span span, std::uint32_t offset) {
  span.file.value += offset;
  return span;
}

class Explorer {
 public:
  Explorer(const Pair& pair, ir::StateId exporter, ir::StateId importer, std::uint32_t room)
      : contract_(pair.contract), start_{exporter, importer, {}, {}} {
    scope_.entry = exporter;
    scope_.capacity = {room, room};
    out_.sent.resize(contract_.messages.size());
  }

  PairExploration run(const exec::Budget& budget) {
    add(start_, 0, {});
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (i >= budget.configurations) return std::move(out_);
      const exec::Configuration here = nodes_[i].configuration;
      look(here, i);
      out_.cut = out_.cut || exec::is_cut(contract_, scope_, here);
      for (const exec::Step& step : exec::enabled(contract_, scope_, here)) {
        if (exec::is_send(contract_, step))
          out_.sent[contract_.transitions[step.transition].message.value] = true;
        add(exec::apply(contract_, here, step), i, step);
      }
      ++out_.configurations;
    }
    out_.complete = true;
    return std::move(out_);
  }

 private:
  struct Node {
    exec::Configuration configuration;
    std::size_t parent = 0;
    exec::Step step;
  };

  void add(exec::Configuration next, std::size_t parent, const exec::Step& step) {
    if (known_.emplace(exec::key_of(next), nodes_.size()).second)
      nodes_.push_back({std::move(next), parent, step});
  }

  void look(const exec::Configuration& here, std::size_t node) {
    for (const exec::Fault fault : exec::kFaults) {
      auto& found = out_.faults[static_cast<std::size_t>(fault)];
      if (!found && exec::has_fault(contract_, scope_, here, fault)) found = Finding{fault, run_to(node)};
    }
  }

  exec::Trace run_to(std::size_t node) const {
    exec::Trace run;
    run.scope = scope_;
    for (; node != 0; node = nodes_[node].parent) {
      run.steps.push_back(nodes_[node].step);
      run.configurations.push_back(nodes_[node].configuration);
    }
    run.configurations.push_back(start_);
    std::ranges::reverse(run.steps);
    std::ranges::reverse(run.configurations);
    return run;
  }

  const ir::Contract& contract_;
  exec::Configuration start_;
  exec::Scope scope_;
  std::deque<Node> nodes_;
  std::unordered_map<std::string, std::size_t> known_;
  PairExploration out_;
};

}  // namespace

Pair join(const ir::Contract& old_one, const ir::Contract& new_one, std::uint32_t file_offset) {
  Pair pair{old_one, old_one.start, {}};
  ir::Contract& both = pair.contract;
  std::vector<ir::MessageId> messages;
  for (const ir::Message& row : new_one.messages) {
    ir::Message copy = row;
    copy.span = moved(copy.span, file_offset);
    messages.push_back(message_in(both, copy));
  }
  const auto states = static_cast<std::uint32_t>(both.states.size());
  const auto transitions = static_cast<std::uint32_t>(both.transitions.size());
  for (const ir::State& row : new_one.states) {
    ir::State copy = row;
    copy.span = moved(copy.span, file_offset);
    for (ir::TransitionId& id : copy.out) id.value += transitions;
    both.states.add(std::move(copy));
  }
  for (const ir::Transition& row : new_one.transitions) {
    both.transitions.add({{row.from.value + states},
                          {row.to.value + states},
                          messages[row.message.value],
                          row.sign,
                          moved(row.span, file_offset)});
  }
  pair.new_start = {new_one.start.value + states};
  return pair;
}

PairExploration explore(const Pair& pair, ir::StateId exporter, ir::StateId importer, std::uint32_t room,
                        const exec::Budget& budget) {
  return Explorer(pair, exporter, importer, room).run(budget);
}

}  // namespace singspin::compat
