#include "reports/replay/engine/system_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::replay {

using explore::Interpreter;
using explore::Waiting;

namespace {

// How often a lock, signal or variable of the system has this name.
std::size_t count_named(const ir::System& system, const std::string& name) {
  std::size_t count = 0;
  for (const ir::Lock& row : system.locks) count += row.name == name;
  for (const ir::Signal& row : system.signals) count += row.name == name;
  for (const ir::Variable& row : system.variables)
    count += row.kind == ir::Variable::Kind::Data && row.name == name;
  return count;
}

std::string value_words(const ir::Variable& variable, std::int32_t number) {
  if (variable.is_bool) return number != 0 ? "true" : "false";
  const auto row = static_cast<std::size_t>(number - variable.lowest);
  return row < variable.names.size() ? variable.names[row] : std::to_string(number);
}

// `out.imp` where both ends of the channel and no other channel are called so.
std::string short_endpoint(const ir::System& system, ir::PortId id) {
  const ir::Port& port = system.ports[id];
  const ir::Channel& channel = system.channels[port.channel];
  const auto is_called = [&](const ir::Channel& c) {
    return system.ports[c.exporter].name == port.name || system.ports[c.importer].name == port.name ||
           c.name == port.name;
  };
  const bool same = system.ports[channel.exporter].name == system.ports[channel.importer].name;
  if (!same || std::ranges::count_if(system.channels, is_called) != 1) return report::endpoint_id(system, id);
  return fmt::format("{}.{}", port.name, ir::endpoint_id(port.role));
}

void add_channels(const Interpreter& in, const explore::Configuration& at, std::vector<Row>& rows) {
  const ir::System& system = in.system();
  for (const ir::PortId id : system.ports.ids()) {
    const ir::State& state = in.contract(id).states[in.node(at, id)];
    const std::string name = report::endpoint_id(system, id);
    const char* closed = in.is_closed(at, id) ? ", closed" : "";
    rows.push_back(
        {Row::Group::State, name, short_endpoint(system, id), ir::state_words(state) + closed, {}, state.id});
  }
  for (const ir::PortId id : system.ports.ids()) {
    const std::string name = report::queue_id(system, id);
    const std::string words =
        fmt::format("{}->{}", short_endpoint(system, in.peer(id)), short_endpoint(system, id));
    Row row{Row::Group::Queue, name, words, "empty", {}, ""};
    for (const explore::QueuedMessage& m : in.queue(at, id))
      row.messages.push_back(in.contract(id).messages[m.message].name);
    if (!row.messages.empty()) row.value = terminal::join(row.messages, ", ");
    rows.push_back(std::move(row));
  }
}

// Where a block is: `Spooler.page`, `on its way to Printer`, `free`.
std::string owner_words(const Interpreter& in, const explore::Configuration& at, std::uint32_t block) {
  const ir::System& system = in.system();
  const explore::Owner owner = in.owner(at, block);
  switch (owner.kind) {
    case ir::OwnerKind::Nobody: return "free";
    case ir::OwnerKind::Hardware: return "hardware";
    case ir::OwnerKind::Component:
      for (const ir::SlotId slot : system.slots.ids()) {
        const ir::Slot& row = system.slots[slot];
        if (in.block(at, slot) == block && row.component == owner.component)
          return report::resource_id(system, row.component, row.name);
      }
      return system.components[owner.component].name;
    case ir::OwnerKind::Transit:
      for (const ir::PortId port : system.ports.ids()) {
        for (const explore::QueuedMessage& m : in.queue(at, port)) {
          if (std::ranges::find(m.blocks, block) != m.blocks.end())
            return "on its way to " + system.components[system.ports[port].component].name;
        }
      }
      return "on its way";
  }
  UNREACHABLE("owner is known");
}

void add_resources(const Interpreter& in, const explore::Configuration& at, std::vector<Row>& rows) {
  const ir::System& system = in.system();
  for (std::uint32_t block = 0; block < system.blocks(); ++block) {
    const std::string name = report::token_id(system, block);
    rows.push_back({Row::Group::Token, name, name, owner_words(in, at, block), {}, ""});
  }
  const auto add = [&](Row::Group group, const auto& row, std::string value) {
    rows.push_back({group,
                    report::resource_id(system, row.component, row.name),
                    short_name(system, row.component, row.name),
                    std::move(value),
                    {},
                    ""});
  };
  for (const ir::LockId id : system.locks.ids()) {
    const auto holder = in.holder(at, id);
    add(Row::Group::Lock, system.locks[id], holder ? report::thread_id(system, *holder) : "free");
  }
  for (const ir::SignalId id : system.signals.ids())
    add(Row::Group::Event, system.signals[id], in.is_pending(at, id) ? "pending" : "not pending");
  for (const ir::VariableId id : system.variables.ids()) {
    const ir::Variable& variable = system.variables[id];
    const std::string value = value_words(variable, in.value(at, id));
    if (variable.kind == ir::Variable::Kind::Data) add(Row::Group::Variable, variable, value);
    if (variable.kind == ir::Variable::Kind::State) {
      const std::string name = system.components[variable.component].name;
      rows.push_back({Row::Group::State, name, name, value, {}, value});
    }
  }
}

}  // namespace

std::string short_name(const ir::System& system, ir::ComponentId component, const std::string& name) {
  return count_named(system, name) == 1 ? name : report::resource_id(system, component, name);
}

std::vector<Row> system_rows(const Interpreter& in, const explore::Configuration& at) {
  std::vector<Row> rows;
  add_channels(in, at, rows);
  add_resources(in, at, rows);
  for (const ir::ProcessId id : in.system().processes.ids()) {
    const ir::Location& here = in.system().processes[id].locations[in.location(at, id)];
    const std::string name = report::thread_id(in.system(), id);
    rows.push_back(
        {Row::Group::Thread, name, name, here.activity.empty() ? "running" : here.activity, {}, ""});
  }
  return rows;
}

std::string step_words(const Interpreter& in, const report::ToldStep& told) {
  if (!told.messages.empty()) {
    const report::Passing& passing = told.messages.front();
    return fmt::format("{} {} on {}", passing.send ? "sends" : "receives",
                       in.contract(passing.port).messages[passing.message].name,
                       in.system().ports[passing.port].name);
  }
  constexpr std::pair<std::string_view, std::string_view> kVerbs[] = {
      {"acquire", "acquires"}, {"release", "releases"}, {"free", "frees"},    {"use", "uses"},
      {"give", "gives"},       {"take", "takes"},       {"wait", "waits"},    {"signal", "signals"},
      {"fire", "fires"},       {"spawn", "spawns"},     {"join", "joins"},    {"close", "closes"},
      {"choose", "chooses"},   {"arm", "arms"},         {"cancel", "cancels"}};
  const std::string& text = in.edge(told.step).action;
  const std::string verb = text.substr(0, text.find(' '));
  for (const auto& [base, third] : kVerbs) {
    if (verb == base) return std::string(third) + text.substr(verb.size());
  }
  if (text.ends_with(" fires")) return text;
  return text.empty() ? "goes on" : "does " + text;
}

namespace {

std::string needs(const Interpreter& in, const Waiting& w) {
  const ir::System& system = in.system();
  switch (w.cause) {
    case Waiting::Cause::Lock: {
      const ir::Lock& lock = system.locks[*w.lock];
      std::string words = "lock " + short_name(system, lock.component, lock.name);
      if (!w.whom.empty())
        words += fmt::format(", which {} holds", report::thread_id(system, w.whom.front()));
      return words;
    }
    case Waiting::Cause::Signal: {
      const ir::Signal& signal = system.signals[*w.signal];
      return short_name(system, signal.component, signal.name);
    }
    case Waiting::Cause::Thread:
      return w.whom.empty() ? "a thread" : report::thread_id(system, w.whom.front());
    case Waiting::Cause::Message: {
      std::vector<std::string> names;
      for (const ir::MessageId m : w.accepts) names.push_back(in.contract(*w.port).messages[m].name);
      std::string words = names.empty() ? "a message" : terminal::alternatives(names);
      if (w.whom.size() == 1) words += " from " + report::thread_id(system, w.whom.front());
      return words;
    }
    case Waiting::Cause::Other: break;
  }
  const std::string& activity = system.processes[w.process].locations[w.location].activity;
  return activity.empty() ? "something" : activity;
}

}  // namespace

std::vector<std::string> wait_words(const Interpreter& in, const explore::Explanation& explanation) {
  std::vector<std::string> lines;
  for (const Waiting& w : explanation.blocked)
    lines.push_back(fmt::format("{} waits for {}", report::thread_id(in.system(), w.process), needs(in, w)));
  return lines;
}

std::string violation_words(const ir::System& system, const explore::Violation& violation) {
  std::string words = fmt::format("the step violates {}", ir::id(violation.property));
  if (violation.block) words += fmt::format(" ({})", report::token_id(system, *violation.block));
  return words;
}

std::optional<ir::ProcessId> port_user(const ir::System& system, ir::PortId port, ir::MessageId message,
                                       bool sends) {
  const auto kind = sends ? ir::Op::Kind::Send : ir::Op::Kind::Receive;
  std::optional<ir::ProcessId> found;
  for (const ir::ProcessId id : system.processes.ids()) {
    const auto& edges = system.processes[id].edges;
    const bool uses = std::any_of(edges.begin(), edges.end(), [&](const ir::Edge& edge) {
      return std::any_of(edge.ops.begin(), edge.ops.end(), [&](const ir::Op& op) {
        return op.kind == kind && op.port == port && op.message == message;
      });
    });
    if (uses && found) return std::nullopt;
    if (uses) found = id;
  }
  return found;
}

}  // namespace singspin::replay
