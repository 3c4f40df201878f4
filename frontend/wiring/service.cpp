// Handlers and exceptions of a component, expanded over arrays; their static rules (4.7).
#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/handlers.h"
#include "frontend/wiring/scan.h"

namespace singspin::wiring {

namespace {

using annotation::Event;

class Finder {
 public:
  Finder(Build& build, Scope& scope) : build_(build), scope_(scope) {}

  Service run() {
    for (const annotation::Handler& h : scope_.tree->handlers) handler(h);
    for (const annotation::Exception& e : scope_.tree->exceptions) exception(e);
    if (!build_.failed) check_both();
    if (!build_.failed) warn_overlaps();
    return std::move(result_);
  }

 private:
  std::optional<ir::ExprId> guard(const std::vector<Name>& in, const annotation::Expr* when,
                                  const Binders& binders) {
    std::optional<ir::ExprId> result;
    if (!in.empty()) result = in_states(build_, scope_, in);
    if (when != nullptr)
      result = both(build_.system, result, lower_condition(build_, {&scope_, &binders}, *when));
    return result;
  }

  // Variables that stand as indexes in a head: the handler applies where they have the value.
  void with_indexes(const Event& event, const Binders& binders,
                    const std::function<void(const Binders&, std::optional<ir::ExprId>)>& act) {
    std::vector<IndexVariable> indexes;
    const auto add = [&](const Ref& r) { add_index_variables(scope_, binders, r, indexes); };
    for (const auto& m : event.messages) {
      add(m.port);
      std::for_each(m.arguments.begin(), m.arguments.end(), add);
    }
    if (event.kind == Event::Kind::Closed) add(event.ref);
    std::vector<std::pair<Binders, std::optional<ir::ExprId>>> all{{binders, std::nullopt}};
    for (const IndexVariable& index : indexes) {
      const ir::Variable v = build_.system.variables[index.variable];
      std::vector<std::pair<Binders, std::optional<ir::ExprId>>> next;
      for (const auto& [b, test] : all) {
        for (std::int32_t i = std::max(0, v.lowest); i <= std::min(v.highest, index.elements - 1); ++i) {
          next.push_back({b, both(build_.system, test, variable_is(build_.system, index.variable, i))});
          next.back().first.push_back({index.name.text, i, true});
        }
      }
      all = std::move(next);
      if (all.size() > 4096) return build_.too_large(event.span);
    }
    for (const auto& [b, test] : all) act(b, test);
  }

  void handler(const annotation::Handler& h) {
    for (const Binders& bound : bindings(build_, scope_, h.event, {})) {
      with_indexes(h.event, bound, [&](const Binders& binders, std::optional<ir::ExprId> test) {
        const auto what = served(h.event, binders);
        if (!what) return;
        const auto applies = guard(h.in, h.when ? &*h.when : nullptr, binders);
        result_.handlers.push_back({*what, &h, binders, both(build_.system, applies, test)});
      });
    }
  }

  std::optional<Served> served(const Event& event, const Binders& binders) {
    Served result;
    if (event.kind == Event::Kind::Item) {
      const Item* item = build_.find(scope_, event.ref.name, {Item::Kind::Signal}, "message or source");
      const auto row = item == nullptr ? std::nullopt : build_.element(*item, event.ref, binders);
      if (!row) return std::nullopt;
      result.kind = Served::Kind::Source;
      result.signal = {*row};
      const auto kind = build_.system.signals[result.signal].kind;
      if (kind == ir::Signal::Kind::Event || kind == ir::Signal::Kind::Latch) {
        auto* d = build_.report(
            Code::wrong_kind, event.span,
            fmt::format("`{}` is an event, and handlers serve messages and sources", event.ref.name.text),
            "no source");
        if (d != nullptr) d->help = "wait for it in a thread, with `wait` or `select`";
        return std::nullopt;
      }
      return result;
    }
    const bool closing = event.kind == Event::Kind::Closed;
    const Ref& ref = closing ? event.ref : event.messages.front().port;
    const Item* item = build_.find(scope_, ref.name, {Item::Kind::Port}, "port");
    const auto row = item == nullptr ? std::nullopt : build_.element(*item, ref, binders);
    if (!row) return std::nullopt;
    result.kind = closing ? Served::Kind::Closing : Served::Kind::Message;
    result.port = {*row};
    if (closing) return result;
    const auto message = build_.message(result.port, event.messages.front().name, true);
    if (!message) return std::nullopt;
    result.message = *message;
    return result;
  }

  // Without an index every element is meant.
  void exception(const annotation::Exception& e) {
    const auto add = [&](const Event& event) {
      const auto what = served(event, {});
      if (!what) return;
      if (e.ignore && what->kind == Served::Kind::Message) check_resources(e, *what);
      result_.exceptions.push_back({*what, &e, guard(e.in, nullptr, {})});
    };
    if (e.event.messages.empty()) return add(e.event);
    Event event = e.event;
    Ref& port = event.messages.front().port;
    const auto found = scope_.items.find(port.name.text);
    const bool all = found != scope_.items.end() && found->second.count > 0 && (!port.indexed || port.index);
    if (!all) return add(event);
    port.indexed = true;
    port.index.reset();
    for (std::uint32_t i = 0; i < found->second.count; ++i) {
      port.number = static_cast<std::int32_t>(i);
      add(event);
    }
  }

  void check_resources(const annotation::Exception& e, const Served& what) {
    const ir::Message& m = build_.contract(what.port).messages[what.message];
    if (resources(m).empty()) return;
    if (auto* d = build_.report(Code::ignore_resource, e.event.span,
                                fmt::format("`{}` carries blocks or endpoints and cannot be ignored", m.name),
                                "they would be lost"))
      d->labels.push_back({m.span, "declared here"});
  }

  // 4.7: `on p.M in A` (without `when`) together with `defer` or `ignore` naming the same state.
  void check_both() {
    for (const ServedHandler& h : result_.handlers) {
      if (h.handler->when) continue;
      for (const ServedException& e : result_.exceptions) {
        if (e.what != h.what) continue;
        for (const Name& state : e.exception->in) {
          const bool same = std::any_of(h.handler->in.begin(), h.handler->in.end(),
                                        [&](const Name& n) { return n.text == state.text; });
          if (!same) continue;
          auto* d = build_.report(Code::handled_and_excepted, state.span,
                                  fmt::format("in `{}` this event has a handler and is {} as well",
                                              state.text, e.exception->ignore ? "ignored" : "deferred"),
                                  "never reached");
          if (d != nullptr) d->labels.push_back({h.handler->span, "handled here"});
        }
      }
    }
  }

  static bool share_state(const annotation::Handler& a, const annotation::Handler& b) {
    if (a.in.empty() || b.in.empty()) return true;
    return std::any_of(a.in.begin(), a.in.end(), [&](const Name& x) {
      return std::any_of(b.in.begin(), b.in.end(), [&](const Name& y) { return x.text == y.text; });
    });
  }
  // Two guards may exclude each other; a handler without one applies whatever the other says.
  bool may_overlap(const ServedHandler& a, const ServedHandler& b) const {
    const bool both_guarded = a.handler->when && b.handler->when;
    const bool same_guard = both_guarded && build_.sources.text(a.handler->when->span) ==
                                                build_.sources.text(b.handler->when->span);
    return (!both_guarded || same_guard) && share_state(*a.handler, *b.handler);
  }
  void warn_overlaps() {
    std::map<Served, std::vector<const ServedHandler*>> by_event;
    for (const ServedHandler& h : result_.handlers) by_event[h.what].push_back(&h);
    for (const auto& entry : by_event) {
      const std::vector<const ServedHandler*>& handlers = entry.second;  // clang 14 captures no binding
      for (std::size_t i = 1; i < handlers.size(); ++i) {
        const auto other = std::find_if(
            handlers.begin(), handlers.begin() + static_cast<std::ptrdiff_t>(i), [&](const ServedHandler* h) {
              return h->handler != handlers[i]->handler && may_overlap(*h, *handlers[i]);
            });
        if (other == handlers.begin() + static_cast<std::ptrdiff_t>(i)) continue;
        auto* d =
            build_.report(Code::overlapping_handlers, handlers[i]->handler->span,
                          "another handler may apply to the same event: either may run", "also applies");
        if (d != nullptr) d->labels.push_back({(*other)->handler->span, "the other one"});
      }
    }
  }

  Build& build_;
  Scope& scope_;
  Service result_;
};

}  // namespace

Service find_service(Build& build, Scope& scope) { return Finder(build, scope).run(); }

}  // namespace singspin::wiring
