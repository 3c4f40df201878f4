#include "frontend/exec/verdict.h"

namespace singspin::exec {

std::string property_name(const Verdict& verdict) {
  return verdict.claim.empty() ? std::string(ir::id(verdict.property)) : verdict.claim;
}

std::string_view status_text(Status status) {
  switch (status) {
    case Status::Proved: return "proved";
    case Status::Violated: return "violated";
    case Status::Inconclusive: return "inconclusive";
    case Status::Skipped: return "skipped";
    case Status::Error: return "error";
  }
  UNREACHABLE("status is known");
}

std::string_view strength_text(Strength strength) {
  switch (strength) {
    case Strength::AnyQueueLength: return "any-queue-length";
    case Strength::UpToCapacity: return "up-to-capacity";
  }
  UNREACHABLE("strength is known");
}

bool is_theorem(Basis basis) { return basis >= Basis::AutonomousDeterministic; }

std::string_view basis_text(Basis basis) {
  switch (basis) {
    case Basis::CompleteSearch: return "complete-search";
    case Basis::BoundedSearch: return "bounded-search";
    case Basis::Runs: return "runs";
    case Basis::AutonomousDeterministic: return "autonomous-deterministic";
    case Basis::EqualChoices: return "equal-choices";
    case Basis::TakesTurns: return "takes-turns";
    case Basis::SynchronizableDeterministic: return "synchronizable-deterministic";
  }
  UNREACHABLE("basis is known");
}

std::string_view reason_text(Reason reason) {
  switch (reason) {
    case Reason::TimeLimit: return "time-limit";
    case Reason::MemoryLimit: return "memory-limit";
    case Reason::DepthLimit: return "depth-limit";
    case Reason::QueueLimit: return "queue-limit";
    case Reason::Interrupted: return "interrupted";
    case Reason::NotReached: return "not-reached";
    case Reason::Unsupported: return "unsupported";
    case Reason::MissingInput: return "missing-input";
    case Reason::EngineWarning: return "engine-warning";
    case Reason::EngineFailure: return "engine-failure";
  }
  UNREACHABLE("reason is known");
}

}  // namespace singspin::exec
