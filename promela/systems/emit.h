// ir::System to Promela: one proctype per process, one label per location, one option per edge, each an
// indivisible step; a process `watch` sees standstills, mappings and checks. The text of a verification
// is the text people read, line for line, plus an observer (prelude/system_observer.pml).
// Promises: deterministic; a configuration of the system is a state of the model and the other way round
// while `over` is 0. Knows nothing of the interpreter, which is its referee.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "frontend/ir/system.h"
#include "frontend/source/source_map.h"

namespace singspin::systems {

// What a line that can be executed stands for.
struct SystemLine {
  enum class Kind : std::uint8_t { Edge, End, Deadlock, Mapping, Check };
  Kind kind = Kind::Edge;
  std::size_t line = 0;  // 1-based
  ir::ProcessId process;
  ir::EdgeId edge;
  std::uint32_t choice = 0;
  std::size_t row = 0;  // of System::mappings or System::checks
  source::Span span;
  std::string action;
};

struct PrintedProcess {
  std::optional<ir::ProcessId> process;  // absent: the process `watch`
  std::vector<SystemLine> lines;         // in the order of the text
};

// A value of `over`, which ends a run: values are those of SPIN.
struct RunEnd {
  enum class Kind : std::uint8_t { Abandoned, Property, Check };
  Kind kind = Kind::Property;
  ir::SystemProperty property = ir::SystemProperty::DeadlockFree;
  std::size_t check = 0;
  unsigned value = 0;
};

struct PrintedSystem {
  std::string text;
  std::vector<PrintedProcess> processes;  // in the order of the text, which is SPIN's
  std::vector<RunEnd> ends;
  std::uint64_t vector_bytes = 0;  // the state vector is not larger
};

// The system needs more than SPIN can do, or something Promela cannot say.
struct Refusal {
  std::string message;
};

// `observed`: for a verification run; otherwise the model people read.
base::Expected<PrintedSystem, Refusal> emit(const ir::Program& program, const ir::System& system,
                                            const source::SourceMap& sources, bool observed);

}  // namespace singspin::systems
