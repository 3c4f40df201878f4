// What an idle process does with events: handlers, `ignore`, `defer`, and what is left over (rule 4).
#pragma once

#include "frontend/wiring/body.h"

namespace singspin::wiring {

// A handler, `ignore` or `defer` for one message of one port, one source or one closing.
struct Served {
  enum class Kind : std::uint8_t { Message, Source, Closing };
  Kind kind = Kind::Message;
  ir::PortId port;
  ir::MessageId message;
  ir::SignalId signal;
  auto operator<=>(const Served&) const = default;
};

struct ServedHandler {
  Served what;
  const annotation::Handler* handler = nullptr;
  Binders binders;
  std::optional<ir::ExprId> applies;  // absent: always
};

struct ServedException {
  Served what;
  const annotation::Exception* exception = nullptr;
  std::optional<ir::ExprId> applies;
};

struct Service {
  std::vector<ServedHandler> handlers;
  std::vector<ServedException> exceptions;
};

// All handlers of a component, one for each element of arrays, in textual order.
Service find_service(Build& build, Scope& scope);

// A process that is idle at `idle` and serves all events that `serves` takes.
class HandlerBuilder {
 public:
  HandlerBuilder(Build& build, Scope& scope, ProcessBuilder& process, const Service& service, bool atomic)
      : build_(build),
        system_(build.system),
        scope_(scope),
        process_(process),
        service_(service),
        atomic_(atomic) {}

  // Serves one port (`source` false) or one source by its row, or everything.
  void serve_all(ir::LocationId idle);
  void serve_port(ir::LocationId idle, ir::PortId port);
  void serve_source(ir::LocationId idle, ir::SignalId signal);

 private:
  void serve(ir::LocationId idle, const Served& what);
  void handler(ir::LocationId idle, const ServedHandler& h);
  void begin(ir::LocationId idle, const ServedHandler& h, ir::LocationId body);
  ir::LocationId end(ir::LocationId idle, const annotation::Handler& h);
  void left_over(ir::LocationId idle, const Served& what);
  std::set<Served> events_of(ir::PortId port) const;
  ir::VariableId closing_seen(ir::PortId port);

  Build& build_;
  ir::System& system_;
  Scope& scope_;
  ProcessBuilder& process_;
  const Service& service_;
  bool atomic_;
  std::map<Served, std::uint32_t> events_;
};

}  // namespace singspin::wiring
