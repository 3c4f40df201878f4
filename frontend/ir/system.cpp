#include "frontend/ir/system.h"

namespace singspin::ir {

std::string_view id(SystemProperty property) {
  switch (property) {
    case SystemProperty::DeadlockFree: return "deadlock-free";
    case SystemProperty::NoUnexpectedMessage: return "no-unexpected-message";
    case SystemProperty::Conformance: return "conformance";
    case SystemProperty::UnhandledEvent: return "unhandled-event";
    case SystemProperty::OwedReply: return "owed-reply";
    case SystemProperty::Ownership: return "ownership";
    case SystemProperty::Leak: return "leak";
    case SystemProperty::LockDiscipline: return "lock-discipline";
    case SystemProperty::BlockingInAtomic: return "blocking-in-atomic";
    case SystemProperty::SendAfterClose: return "send-after-close";
    case SystemProperty::UnboundPort: return "unbound-port";
    case SystemProperty::ThreadReuse: return "thread-reuse";
    case SystemProperty::Assertion: return "assertion";
    case SystemProperty::StateMapping: return "state-mapping";
    case SystemProperty::Race: return "race";
    case SystemProperty::User: return "user";
  }
  UNREACHABLE("property is known");
}

std::uint32_t System::blocks() const {
  std::uint32_t count = 0;
  for (const Pool& pool : pools) count += pool.count;
  return count;
}

}  // namespace singspin::ir
