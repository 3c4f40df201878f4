#include "frontend/observe/observer.h"

namespace singspin::observe {

Observer::Observer(const Table& exporter, const Table& importer, Ends ends) : ends_(ends) {
  side(ir::Role::Exporter).table = &exporter;
  side(ir::Role::Importer).table = &importer;
  side(ir::Role::Exporter).recorded = ends == Ends::Both || ends == Ends::ExporterOnly;
  side(ir::Role::Importer).recorded = ends == Ends::Both || ends == Ends::ImporterOnly;
}

std::optional<Problem> Observer::event(ir::Role end, Event e, std::uint64_t line) {
  Side& here = side(end);
  Side& there = side(ir::other(end));
  const Problem now{Fault::NotAllowed, end, e, line};
  const auto because = [&](Fault fault) {
    Problem p = now;
    p.fault = fault;
    return p;
  };
  if (!here.recorded && ends_ != Ends::Either) return because(Fault::NotRecorded);
  // This end is recorded after all, so what the other one received before was not sent.
  if (!here.recorded && there.assumed) return there.assumed;
  here.recorded = true;
  const std::uint32_t target = here.table->next(here.node, e);
  if (target == Table::kNone) return now;
  if (e.action == Action::Receive) {
    if (const auto fault = receive(here, there, now)) return because(*fault);
  } else if (there.recorded || ends_ == Ends::Either) {
    if (there.inbox.size() == kMaxUnderWay) return because(Fault::TooMany);
    there.inbox.push_back({e.message, line});
  }
  here.node = target;
  here.since = line;
  return std::nullopt;
}

std::optional<Fault> Observer::receive(Side& here, const Side& there, const Problem& now) {
  if (here.inbox.empty()) {
    if (there.recorded) return Fault::NotSent;
    if (!here.assumed) {
      here.assumed = now;
      here.assumed->fault = Fault::NotSent;
    }
    return std::nullopt;
  }
  if (here.inbox.front().message != now.event.message) return Fault::OutOfOrder;
  here.inbox.pop_front();
  return std::nullopt;
}

}  // namespace singspin::observe
