#include "reports/report/systems.h"

#include <fmt/format.h>

namespace singspin::report {

using diagnostics::Code;
using ir::SystemProperty;

Code code(SystemProperty property) {
  switch (property) {
    case SystemProperty::DeadlockFree: return Code::deadlock_free;
    case SystemProperty::NoUnexpectedMessage: return Code::no_unexpected_message;
    case SystemProperty::Conformance: return Code::conformance;
    case SystemProperty::UnhandledEvent: return Code::unhandled_event;
    case SystemProperty::OwedReply: return Code::owed_reply;
    case SystemProperty::Ownership: return Code::ownership;
    case SystemProperty::Leak: return Code::leak;
    case SystemProperty::LockDiscipline: return Code::lock_discipline;
    case SystemProperty::BlockingInAtomic: return Code::blocking_in_atomic;
    case SystemProperty::SendAfterClose: return Code::send_after_close;
    case SystemProperty::UnboundPort: return Code::unbound_port;
    case SystemProperty::ThreadReuse: return Code::thread_reuse;
    case SystemProperty::Assertion: return Code::assertion;
    case SystemProperty::StateMapping: return Code::state_mapping;
    case SystemProperty::Race: return Code::race;
    case SystemProperty::User: return Code::user_check;
  }
  UNREACHABLE("property is known");
}

namespace {

std::string_view what(SystemProperty property) {
  switch (property) {
    case SystemProperty::DeadlockFree: return "can deadlock";
    case SystemProperty::NoUnexpectedMessage: return "can meet a message it does not expect";
    case SystemProperty::Conformance: return "can send what its contract does not allow";
    case SystemProperty::UnhandledEvent: return "can meet an event without a handler";
    case SystemProperty::OwedReply: return "can owe a reply for ever";
    case SystemProperty::Ownership: return "can use a block that it does not own";
    case SystemProperty::Leak: return "can lose a block";
    case SystemProperty::LockDiscipline: return "can misuse a lock";
    case SystemProperty::BlockingInAtomic: return "can wait in atomic context";
    case SystemProperty::SendAfterClose: return "can use an end that it has closed";
    case SystemProperty::UnboundPort: return "can use a port whose endpoint has not arrived";
    case SystemProperty::ThreadReuse: return "can spawn a thread that still runs";
    case SystemProperty::Assertion: return "can break an assertion";
    case SystemProperty::StateMapping: return "can rest in a state that does not fit its contract";
    case SystemProperty::Race: return "can access a variable without synchronisation";
    case SystemProperty::User: return "can violate";
  }
  UNREACHABLE("property is known");
}

}  // namespace

std::string sentence(const ir::System& system, const explore::Verdict& verdict) {
  std::string text = fmt::format("{} {}", system.name, what(verdict.property));
  if (verdict.property == SystemProperty::User) text += fmt::format(" {}", verdict.id);
  if (!verdict.run) return text;
  const std::size_t steps = verdict.run->steps.size();
  return text + fmt::format(" after {} step{}", steps, steps == 1 ? "" : "s");
}

}  // namespace singspin::report
