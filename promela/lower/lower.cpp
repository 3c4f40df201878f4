#include "promela/lower/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace singspin::lower {

namespace {

std::string place(const source::SourceMap& sources, source::Span span) {
  const auto at = sources.position(span.file, span.begin);
  return fmt::format("{}:{}", sources.file(span.file).path, at.line);
}

std::string trimmed_line(const source::SourceMap& sources, source::Span span) {
  std::string_view line = sources.line_text(span.file, sources.position(span.file, span.begin).line);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return std::string(line);
}

class MachineLowering {
 public:
  MachineLowering(const Request& request, std::size_t index, const source::SourceMap& sources)
      : request_(request),
        contract_(*request.contract),
        index_(index),
        sources_(sources),
        block_of_(contract_.states.size()) {}

  pml::Machine run() {
    find_blocks();
    find_messages();
    pml::Machine machine;
    machine.title = fmt::format("contract {}  {}", contract_.qualified_name, place(sources_, contract_.span));
    if (request_.entry != contract_.start)
      machine.title += fmt::format(", entered in {}", contract_.states[request_.entry].id);
    if (request_.priority) machine.title += ", priority in mixed states";
    for (const ir::MessageId m : used_) machine.messages.push_back(contract_.messages[m].name);
    machine.to_importer = request_.to_importer;
    machine.to_exporter = request_.to_exporter;
    machine.exporter = process(ir::Role::Exporter);
    machine.importer = process(ir::Role::Importer);
    return machine;
  }

 private:
  // The entry first, then every other state in source order: unreachable ones too, so that the
  // reader finds the whole contract.
  void find_blocks() {
    states_.push_back(request_.entry);
    for (const ir::StateId s : contract_.states.ids()) {
      if (s != request_.entry) states_.push_back(s);
    }
    for (std::size_t i = 0; i < states_.size(); ++i) block_of_[states_[i].value] = i;
  }

  void find_messages() {
    for (const ir::Transition& t : contract_.transitions) message_index_.emplace(t.message, 0);
    for (auto& [message, row] : message_index_) {
      row = used_.size();
      used_.push_back(message);
    }
  }

  pml::Process process(ir::Role role) const {
    pml::Process result{role, {}};
    for (const ir::StateId s : states_) result.blocks.push_back(block(role, s));
    return result;
  }

  pml::Block block(ir::Role role, ir::StateId id) const {
    const ir::State& state = contract_.states[id];
    pml::Block result;
    result.label = state.id;
    result.final = state.final;
    result.origin = {index_, role, id, std::nullopt};
    result.comment.push_back(
        fmt::format("{}: {}", place(sources_, state.span), trimmed_line(sources_, state.span)));
    for (const ir::TransitionId t : state.out) result.options.push_back(option(role, id, t));
    return result;
  }

  pml::Option option(ir::Role role, ir::StateId from, ir::TransitionId id) const {
    const ir::Transition& t = contract_.transitions[id];
    pml::Option result;
    result.action = ir::sender(t.sign) == role ? pml::Option::Action::Send : pml::Option::Action::Receive;
    result.to_importer = t.sign == ir::Sign::Send;
    result.message = message_index_.at(t.message);
    result.target = block_of_[t.to.value];
    result.origin = {index_, role, from, id};
    if (result.action == pml::Option::Action::Send) result.restraint = restraint(role, from);
    return result;
  }

  // Receives first restrains the exporter, sends first the importer (S19).
  std::optional<pml::Restraint> restraint(ir::Role role, ir::StateId from) const {
    const ir::State& state = contract_.states[from];
    const auto restrained =
        state.mixed == ir::MixedForm::ReceivesFirst ? ir::Role::Exporter : ir::Role::Importer;
    if (!request_.priority || state.mixed == ir::MixedForm::NotMixed || restrained != role)
      return std::nullopt;
    pml::Restraint result;
    for (const ir::TransitionId t : state.out) {
      const ir::Transition& row = contract_.transitions[t];
      const std::size_t message = message_index_.at(row.message);
      const bool listed = std::find(result.unless_head.begin(), result.unless_head.end(), message) !=
                          result.unless_head.end();
      if (ir::sender(row.sign) != role && !listed) result.unless_head.push_back(message);
    }
    return result;
  }

  const Request& request_;
  const ir::Contract& contract_;
  std::size_t index_;
  const source::SourceMap& sources_;
  std::vector<ir::StateId> states_;
  std::vector<std::size_t> block_of_;
  std::map<ir::MessageId, pml::MessageIndex> message_index_;
  std::vector<ir::MessageId> used_;
};

}  // namespace

pml::Model lower(const std::vector<Request>& requests, const source::SourceMap& sources, bool observed) {
  pml::Model model;
  model.observed = observed;
  model.header.push_back("The exporter and the importer of a channel contract, joined by two queues.");
  std::map<const ir::Contract*, std::size_t> sets;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    pml::Machine machine = MachineLowering(requests[i], i, sources).run();
    machine.message_set = sets.emplace(requests[i].contract, sets.size()).first->second;
    model.machines.push_back(std::move(machine));
  }
  return model;
}

}  // namespace singspin::lower
