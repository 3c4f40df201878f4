// The contract of a trace, from the tables in the file, and its run.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/exec/ending.h"
#include "reports/replay/engine/contract_world.h"
#include "reports/replay/engine/open.h"

namespace singspin::replay {

namespace {

using report::Damage;
using report::SavedTrace;

class Opener {
 public:
  explicit Opener(const SavedTrace& trace) : trace_(trace), material_(std::make_shared<Material>()) {}

  base::Expected<std::unique_ptr<World>, Damage> open() {
    for (const report::SavedSource& source : trace_.sources) material_->sources.add(source.path, source.text);
    const report::SavedContract* saved = find_contract();
    if (saved != nullptr) build(*saved);
    if (!wrong_) execute();
    if (wrong_) return tl::unexpected(*wrong_);
    return contract_world(material_, ir::ContractId{0}, std::move(run_),
                          {exec::kUnlimited, exec::kUnlimited});
  }

 private:
  void fail(std::string place, std::string what) {
    if (!wrong_) wrong_ = Damage{std::move(place), std::move(what)};
  }

  const report::SavedContract* find_contract() {
    for (std::size_t i = 0; i < trace_.contracts.size(); ++i) {
      at_ = fmt::format("contracts[{}]", i);
      if (trace_.contracts[i].qualified_name == trace_.subject) return &trace_.contracts[i];
    }
    fail("subject.name", "is none of the contracts in the file");
    return nullptr;
  }

  source::Span span(const report::Place& place, const std::string& where) {
    if (place.source >= material_->sources.size()) {
      fail(where + ".span.source", "is none of the sources");
      return {};
    }
    const source::FileId file{place.source};
    const std::uint32_t begin = offset(file, place.start);
    return {file, begin, std::max(begin, offset(file, place.end))};
  }

  // Of a column in UTF-16 units; past the end of a line it is the end.
  std::uint32_t offset(source::FileId file, source::Position at) const {
    const std::string_view line = material_->sources.line_text(file, at.line);
    std::uint32_t column = 1, byte = 0;
    while (column < at.column && byte < line.size()) {
      const auto lead = static_cast<unsigned char>(line[byte]);
      const std::uint32_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      column += bytes == 4 ? 2 : 1;
      byte = std::min<std::uint32_t>(byte + bytes, static_cast<std::uint32_t>(line.size()));
    }
    return material_->sources.line_start(file, at.line) + byte;
  }

  template <class Rows, class Id>
  void index(const Rows& rows, std::map<std::string_view, Id>& ids, std::string_view table) {
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const auto& row = rows[i];
      const std::string& name = [&]() -> const std::string& {
        if constexpr (requires { row.id; }) return row.id;
        else return row.name;
      }();
      if (!ids.emplace(name, Id{i}).second) fail(fmt::format("{}.{}[{}]", at_, table, i), "is there twice");
    }
  }

  template <class Id>
  Id find(const std::map<std::string_view, Id>& ids, const std::string& name, const std::string& where) {
    const auto found = ids.find(name);
    if (found != ids.end()) return found->second;
    fail(where, "names nothing in the tables of the contract");
    return Id{0};
  }

  void build(const report::SavedContract& saved) {
    index(saved.states, states_, "states");
    index(saved.messages, messages_, "messages");
    index(saved.transitions, transitions_, "transitions");
    ir::Contract contract;
    contract.name = saved.name;
    contract.qualified_name = saved.qualified_name;
    contract.span = span(saved.place, at_);
    contract.start = find(states_, saved.start, at_ + ".start");
    contract.entries.push_back({contract.start, std::nullopt});
    for (std::size_t i = 0; i < saved.messages.size(); ++i) {
      const report::SavedMessage& row = saved.messages[i];
      contract.messages.add(
          {row.name, row.direction, row.parameters, span(row.place, fmt::format("{}.messages[{}]", at_, i))});
    }
    for (std::size_t i = 0; i < saved.states.size(); ++i) {
      const report::SavedState& row = saved.states[i];
      ir::State state;
      state.id = row.id;
      state.kind = row.named ? ir::State::Kind::Named : ir::State::Kind::Implicit;
      state.final = true;
      state.parent = row.parent;
      state.after = row.after;
      state.span = span(row.place, fmt::format("{}.states[{}]", at_, i));
      contract.states.add(std::move(state));
    }
    for (std::uint32_t i = 0; i < saved.transitions.size() && !wrong_; ++i) {
      const report::SavedTransition& row = saved.transitions[i];
      const std::string where = fmt::format("{}.transitions[{}]", at_, i);
      const ir::StateId from = find(states_, row.from, where + ".from");
      const ir::StateId to = find(states_, row.to, where + ".to");
      const ir::MessageId message = find(messages_, row.message, where + ".message");
      if (wrong_) return;
      contract.transitions.add({from, to, message, row.sign, span(row.place, where)});
      contract.states[from].out.push_back(ir::TransitionId{i});
      contract.states[from].final = false;
    }
    if (!wrong_ && contract.states.empty()) fail(at_ + ".states", "is empty");
    material_->program.contracts.add(std::move(contract));
  }

  const ir::Contract& contract() const { return material_->program.contracts[ir::ContractId{0}]; }

  void compare(std::size_t index, const report::SavedConfiguration& said) {
    report::SavedConfiguration expected = said;
    const report::SavedConfiguration real = saved_configuration(contract(), run_.configurations[index]);
    expected.components = {};  // contracts have none of the rest
    const std::string differs = difference(said, real);
    if (!differs.empty())
      fail(place_of_configuration(index) + "." + differs, "is not what the steps lead to");
  }

  void execute() {
    const auto start = trace_.initial.states.find("exp");
    if (start == trace_.initial.states.end()) return fail("initial.states", "has no member `exp`");
    run_.scope.entry = find(states_, start->second, "initial.states.exp");
    if (wrong_) return;
    run_.configurations.push_back(exec::initial(run_.scope));
    compare(0, trace_.initial);
    for (std::size_t i = 0; i < trace_.steps.size() && !wrong_; ++i) step(i);
    if (!wrong_) check_links();
    if (!wrong_ && trace_.loop_start && run_.configurations[*trace_.loop_start] != run_.last())
      fail("loop.start", "is not where the run ends");
  }

  void step(std::size_t i) {
    const report::SavedStep& said = trace_.steps[i];
    const std::string where = fmt::format("steps[{}]", i);
    if (said.component != "exp" && said.component != "imp")
      return fail(where + ".component", "is neither `exp` nor `imp`");
    const auto role = said.component == "exp" ? ir::Role::Exporter : ir::Role::Importer;
    const exec::Step step{role, find(transitions_, said.transition, where + ".transition")};
    if (wrong_) return;
    if (!exec::is_enabled(contract(), run_.scope, run_.last(), step))
      return fail(where, fmt::format("the {} cannot take {} here", ir::role_text(role), said.transition));
    const ir::Transition& row = contract().transitions[step.transition];
    const bool sends = exec::is_send(contract(), step);
    const ir::Role receiver = sends ? ir::other(role) : role;
    const auto check = [&](const std::string& text, std::string_view real, const char* member) {
      if (text != real) fail(where + "." + member, fmt::format("is not {}, as the transition says", real));
    };
    check(said.action, sends ? "send" : "receive", "action");
    check(said.endpoint, ir::endpoint_id(role), "endpoint");
    check(said.queue, receiver == ir::Role::Exporter ? "imp->exp" : "exp->imp", "queue");
    check(said.message, contract().messages[row.message].name, "message");
    check(said.from, contract().states[row.from].id, "from");
    check(said.to, contract().states[row.to].id, "to");
    span(said.place, where);
    if (wrong_) return;
    run_.configurations.push_back(exec::apply(contract(), run_.last(), step));
    run_.steps.push_back(step);
    compare(i + 1, said.after);
  }

  // Receives belong to the sends that the file says.
  void check_links() {
    const std::vector<exec::StepLink> links = exec::link_steps(contract(), run_);
    for (std::size_t i = 0; i < links.size(); ++i) {
      const report::SavedStep& said = trace_.steps[i];
      if (said.message_id != links[i].message_id)
        return fail(fmt::format("steps[{}].messageId", i), fmt::format("is not {}", links[i].message_id));
      if (said.sent_at && (!links[i].peer || *said.sent_at != *links[i].peer + 1))
        return fail(fmt::format("steps[{}].sentAt", i), "is not the step of the send");
    }
  }

  const SavedTrace& trace_;
  std::shared_ptr<Material> material_;
  std::string at_;  // `contracts[0]`
  std::map<std::string_view, ir::StateId> states_;
  std::map<std::string_view, ir::MessageId> messages_;
  std::map<std::string_view, ir::TransitionId> transitions_;
  exec::Trace run_;
  std::optional<Damage> wrong_;
};

}  // namespace

base::Expected<std::unique_ptr<World>, Damage> open_contract(const SavedTrace& trace) {
  return Opener(trace).open();
}

}  // namespace singspin::replay
