// The referee of fair.cpp: judges a run by the words of rule 10, with nothing but the interpreter.
#include <algorithm>

#include "frontend/explore/fair.h"

namespace singspin::explore {
namespace {

class FairCheck {
 public:
  FairCheck(const Interpreter& interpreter, const Run& run) : in_(interpreter), run_(run) {}

  bool is_fair() const {
    if (!run_.loop_start || run_.violation || run_.abandoned) return false;
    if (*run_.loop_start == run_.steps.size()) return in_.may_stay(run_.last());
    return run_.configurations[*run_.loop_start] == run_.last() && serves_everybody() &&
           passes_nothing_over();
  }

 private:
  std::size_t begin() const { return *run_.loop_start; }
  std::size_t end() const { return run_.steps.size(); }
  const ir::Edge& taken(std::size_t i) const { return in_.edge(run_.steps[i]); }

  bool serves_everybody() const {
    for (const ir::ProcessId id : in_.system().processes.ids()) {
      bool served = false;
      for (std::size_t i = begin(); i < end() && !served; ++i) {
        served = run_.steps[i].process == id || !in_.must_move(run_.configurations[i], id);
      }
      if (!served) return false;
    }
    return true;
  }

  bool passes_nothing_over() const {
    for (std::size_t i = begin(); i < end(); ++i) {
      for (const Step& step : in_.enabled(run_.configurations[i])) {
        if (is_passed_event(i, step) && !is_event_over(step)) return false;
        if (is_passed_lock(i, step) && !steps(step.process)) return false;
      }
    }
    return true;
  }

  // The step taken leaves the same place by another event than this one, or by none.
  bool is_passed_event(std::size_t i, const Step& other) const {
    const auto event = in_.edge(other).event;
    return event && other.process == run_.steps[i].process && taken(i).event != event;
  }

  bool is_passed_lock(std::size_t i, const Step& other) const {
    if (other.process == run_.steps[i].process) return false;
    for (const ir::Condition& condition : in_.edge(other).when) {
      if (condition.kind != ir::Condition::Kind::LockFree) continue;
      for (const ir::Op& op : taken(i).ops) {
        if (op.kind == ir::Op::Kind::Acquire && op.lock == condition.lock) return true;
      }
    }
    return false;
  }

  bool steps(ir::ProcessId id) const {
    for (std::size_t i = begin(); i < end(); ++i) {
      if (run_.steps[i].process == id) return true;
    }
    return false;
  }

  // Taken here, or what it would take is gone at some moment of the loop.
  bool is_event_over(const Step& passed) const {
    for (std::size_t i = begin(); i < end(); ++i) {
      if (run_.steps[i].process == passed.process && taken(i).from == in_.edge(passed).from &&
          taken(i).event == in_.edge(passed).event) {
        return true;
      }
      for (const ir::Condition& condition : in_.edge(passed).when) {
        if (is_over(i, condition)) return true;
      }
    }
    return false;
  }

  bool is_over(std::size_t i, const ir::Condition& condition) const {
    using Kind = ir::Condition::Kind;
    const Configuration &before = run_.configurations[i], &after = run_.configurations[i + 1];
    for (const ir::Op& op : taken(i).ops) {
      const bool clears =
          op.kind == ir::Op::Kind::Take || op.kind == ir::Op::Kind::Reset || op.kind == ir::Op::Kind::Cancel;
      if (condition.kind == Kind::Signal && clears && op.signal == condition.signal) return true;
      const bool receives = op.kind == ir::Op::Kind::Receive && op.port == condition.port;
      if ((condition.kind == Kind::Head || condition.kind == Kind::HeadNot) && receives) return true;
    }
    switch (condition.kind) {
      case Kind::Head:
      case Kind::HeadNot:
        return in_.is_closed(after, condition.port) && !in_.is_closed(before, condition.port);
      case Kind::Signal: return !in_.is_pending(after, condition.signal);
      case Kind::PeerGone: {
        const auto& when = taken(i).when;
        return in_.is_closed(after, condition.port) ||
               std::any_of(when.begin(), when.end(), [&](const auto& c) {
                 return c.kind == Kind::PeerGone && c.port == condition.port;
               });
      }
      default: return false;
    }
  }

  const Interpreter& in_;
  const Run& run_;
};

}  // namespace

bool is_fair_lasso(const Interpreter& interpreter, const Run& run) {
  return FairCheck(interpreter, run).is_fair();
}

}  // namespace singspin::explore
