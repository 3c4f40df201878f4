#include "frontend/wiring/declare.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/base/nearest.h"
#include "frontend/wiring/expressions.h"

namespace singspin::wiring {

namespace {

class Declarer {
 public:
  Declarer(Build& build, const annotation::Component& component, source::FileId file)
      : build_(build), system_(build.system), tree_(component) {
    scope_.tree = &component;
    scope_.file = file;
    ir::Component row;
    row.name = std::string(component.name.text);
    row.kind = component.driver ? ir::Component::Kind::Driver : ir::Component::Kind::Env;
    row.loop = component.loop;
    row.span = component.name.span;
    scope_.id = system_.components.add(std::move(row));
  }

  Scope run() {
    for (const auto& p : tree_.ports) port(p);
    states();
    for (const auto& v : tree_.variables) variable(v);
    for (const auto& s : tree_.slots) slot(s);
    for (const auto& l : tree_.locks)
      add(l.name, Item::Kind::Lock, system_.locks.add({scope_.id, text(l.name), l.spin, l.name.span}).value);
    for (const auto& s : tree_.signals) signal(s);
    for (std::size_t i = 0; i < tree_.threads.size(); ++i) thread(tree_.threads[i], i);
    for (std::size_t i = 0; i < tree_.procs.size(); ++i)
      add(tree_.procs[i].name, Item::Kind::Proc, static_cast<std::uint32_t>(i));
    for (std::size_t i = 1; i < tree_.inits.size(); ++i)
      build_.report(Code::duplicate_name, tree_.inits[i].name.span, "a component has one `init`",
                    "the second one");
    races();
    return std::move(scope_);
  }

 private:
  static std::string text(const Name& name) { return std::string(name.text); }
  static std::string element_name(const Name& name, bool array, std::int32_t index) {
    return array ? fmt::format("{}[{}]", name.text, index) : text(name);
  }

  void add(const Name& name, Item::Kind kind, std::uint32_t first, std::uint32_t count = 0) {
    const auto [at, added] = scope_.items.try_emplace(name.text, Item{kind, name.span, first, count, false});
    if (added) return;
    if (auto* d = build_.report(Code::duplicate_name, name.span,
                                fmt::format("`{}` is declared twice in `{}`", name.text, tree_.name.text),
                                "declared again"))
      d->labels.push_back(
          {at->second.span, fmt::format("first declared here, as {}", kind_words(at->second.kind))});
  }

  // All elements of an array have rows one after the other.
  template <class Add>
  void add_elements(const Name& name, Item::Kind kind, std::optional<std::int32_t> count,
                    const Add& add_row) {
    std::uint32_t first = 0;
    for (std::int32_t i = 0; i < count.value_or(1); ++i) {
      const std::uint32_t row = add_row(element_name(name, count.has_value(), i));
      if (i == 0) first = row;
    }
    add(name, kind, first, static_cast<std::uint32_t>(count.value_or(0)));
  }

  std::optional<ir::ContractId> find_contract(const annotation::Port& p) {
    const auto& visible = build_.visible[scope_.file];
    std::vector<std::string_view> candidates;
    const sema::Analyzed* found = nullptr;
    for (const sema::Analyzed& c : build_.analysis.contracts) {
      const bool built_in = p.power && build_.options.built_in == c.span.file;
      if (!built_in && (p.power || !visible.contains(c.span.file))) continue;
      candidates.push_back(c.name);
      const bool own = found == nullptr || (found->span.file != scope_.file && c.span.file == scope_.file);
      if (c.name == p.contract.text && own) found = &c;
    }
    if (found == nullptr) return build_.unknown(p.contract, "contract", candidates), std::nullopt;
    const bool wrong =
        !found->contract || build_.wrong_contracts.contains({found->span.file, found->qualified_name});
    if (!wrong && !found->missing_input && is_deterministic(build_.contract(*found->contract)))
      return found->contract;
    const std::string why = wrong                  ? "has errors"
                            : found->missing_input ? "has a base that is not loaded"
                                                   : "has a state with two transitions of one action";
    auto* d = build_.report(Code::contract_not_usable, p.contract.span,
                            fmt::format("contract `{}` {}", p.contract.text, why), "no machine to follow");
    if (d != nullptr) d->labels.push_back({found->span, "declared here"});
    return std::nullopt;
  }

  void port(const annotation::Port& p) {
    const auto contract = find_contract(p);
    if (!contract) return;
    const ir::Contract& c = build_.contract(*contract);
    ir::StateId start = c.start;
    if (p.state) {
      const auto at = find_state(c, p.state->text);
      if (!at) {
        std::vector<std::string> names;
        for (const auto& s : ir::named_states(c)) names.push_back(s.name);
        build_.unknown(*p.state, fmt::format("state of contract `{}` called", c.name),
                       {names.begin(), names.end()});
      }
      start = at.value_or(start);
    }
    if (ir::has_mixed_states(c))
      build_.report(Code::mixed_choice_port, p.name.span,
                    fmt::format("contract `{}` of port `{}` has states in which both sides may send", c.name,
                                p.name.text),
                    "messages may cross");
    add_elements(p.name, Item::Kind::Port, p.count, [&](std::string name) {
      const ir::Role role = p.exporter ? ir::Role::Exporter : ir::Role::Importer;
      // Every port gets a channel of its own first; join_ports replaces those of connected ones.
      const ir::ChannelId channel = system_.channels.add({name, *contract, start, {}, {}, 1, 1, true});
      return system_.ports.add({scope_.id, name, channel, role, !p.unbound, p.live, p.name.span}).value;
    });
  }

  void states() {
    if (tree_.states.empty()) return;
    ir::Variable v;
    v.component = scope_.id;
    v.name = "state";
    v.kind = ir::Variable::Kind::State;
    v.highest = static_cast<std::int32_t>(tree_.states.size()) - 1;
    v.span = tree_.states.front().name.span;
    for (std::size_t i = 0; i < tree_.states.size(); ++i) {
      v.names.push_back(text(tree_.states[i].name));
      add(tree_.states[i].name, Item::Kind::State, static_cast<std::uint32_t>(i));
    }
    system_.components[scope_.id].state = system_.variables.add(std::move(v));
  }

  void variable(const annotation::Variable& v) {
    ir::Variable row;
    row.component = scope_.id;
    row.lowest = v.lowest;
    row.highest = v.highest;
    row.is_bool = v.kind == annotation::Variable::Kind::Bool;
    row.span = v.name.span;
    for (std::size_t i = 0; i < v.values.size(); ++i) value(v.values[i], i, row);
    if (v.lowest > v.highest) {
      build_.report(Code::bad_range, v.type, "this range is empty", "the lower bound comes first");
      return;
    }
    row.initial = v.lowest;
    if (v.initial) initial(v, row);
    add_elements(v.name, Item::Kind::Variable, v.count, [&](std::string name) {
      ir::Variable element = row;
      element.name = std::move(name);
      return system_.variables.add(std::move(element)).value;
    });
  }
  // Two enumerations may share a value if it has the same number in both.
  void value(const Name& name, std::size_t number, ir::Variable& row) {
    const auto known = scope_.items.find(name.text);
    const bool in_this = std::find(row.names.begin(), row.names.end(), name.text) != row.names.end();
    const bool shared = known != scope_.items.end() && known->second.kind == Item::Kind::Value &&
                        known->second.first == number;
    row.names.push_back(text(name));
    if (!shared || in_this) add(name, Item::Kind::Value, static_cast<std::uint32_t>(number));
  }
  void initial(const annotation::Variable& v, ir::Variable& row) {
    const auto value = constant(*v.initial, row);
    if (!value) {
      build_.report(Code::bad_range, v.initial->span,
                    "the first value is a number, `true`, `false` or a value of the enumeration",
                    "not a constant");
    } else if (*value < row.lowest || *value > row.highest) {
      build_.report(Code::bad_range, v.initial->span, fmt::format("`{}` cannot hold this value", v.name.text),
                    "out of range");
    } else {
      row.initial = *value;
    }
  }
  static std::optional<std::int32_t> constant(const annotation::Expr& e, const ir::Variable& row) {
    using Kind = annotation::Expr::Kind;
    if (e.kind == Kind::Number) return e.value;
    if (e.kind == Kind::Negate) {
      const auto inner = constant(e.operands.front(), row);
      return inner ? std::optional(-*inner) : std::nullopt;
    }
    if (e.kind != Kind::Item || e.ref.indexed) return std::nullopt;
    const auto found = std::find(row.names.begin(), row.names.end(), e.ref.name.text);
    if (found == row.names.end()) return std::nullopt;
    return static_cast<std::int32_t>(found - row.names.begin());
  }

  void slot(const annotation::Slot& s) {
    add_elements(s.name, Item::Kind::Slot, s.count, [&](std::string name) {
      return system_.slots.add({scope_.id, std::move(name), s.keep, s.name.span}).value;
    });
  }

  void signal(const annotation::Signal& s) {
    const auto kind = [&] {
      switch (s.kind) {
        case annotation::Signal::Kind::Event: return ir::Signal::Kind::Event;
        case annotation::Signal::Kind::Latch: return ir::Signal::Kind::Latch;
        case annotation::Signal::Kind::Irq: return ir::Signal::Kind::Irq;
        case annotation::Signal::Kind::ArmedIrq: return ir::Signal::Kind::ArmedIrq;
        case annotation::Signal::Kind::Timer: return ir::Signal::Kind::Timer;
        case annotation::Signal::Kind::Unplug: return ir::Signal::Kind::Unplug;
      }
      UNREACHABLE("kind is known");
    };
    add(s.name, Item::Kind::Signal,
        system_.signals.add({scope_.id, text(s.name), kind(), s.name.span}).value);
  }

  void thread(const annotation::Thread& t, std::size_t row) {
    if (tree_.loop)
      build_.report(Code::thread_in_loop, t.name.span,
                    fmt::format("`{}` runs on a work loop and has no threads of its own", tree_.name.text),
                    "a thread");
    add(t.name, Item::Kind::Thread, static_cast<std::uint32_t>(row));
  }

  void races() {
    for (const Name& name : tree_.races) {
      const Item* item = build_.find(scope_, name, {Item::Kind::Variable}, "variable");
      if (item == nullptr) continue;
      for (std::uint32_t i = 0; i < std::max(1u, item->count); ++i)
        system_.variables[{item->first + i}].race = true;
    }
  }

  Build& build_;
  ir::System& system_;
  const annotation::Component& tree_;
  Scope scope_;
};

}  // namespace

void declare(Build& build, const annotation::Component& component, source::FileId file) {
  if (const Scope* other = build.find_scope(component.name.text)) {
    if (auto* d = build.report(Code::duplicate_name, component.name.span,
                               fmt::format("component `{}` is declared twice", component.name.text),
                               "declared again"))
      d->labels.push_back({other->tree->name.span, "first declared here"});
    return;
  }
  build.scopes.push_back(Declarer(build, component, file).run());
}

}  // namespace singspin::wiring
