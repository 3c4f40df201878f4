// Trees of annotations to systems: which files make one system, what names mean, static errors and
// warnings (section 4.7), and the expansion of all sugar and all rules into ir::System.
// Promises: every system given passes ir::validate; a system with an error is left out.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "frontend/annotation/ast.h"
#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/system.h"
#include "frontend/sema/analyze.h"

namespace singspin::wiring {

// A file with annotations and the files that it imports, contracts and annotations alike.
struct Source {
  const annotation::File* file = nullptr;
  std::vector<source::FileId> imports;
};

struct Options {
  std::optional<std::uint32_t> queue;      // fixed capacity of queues that have no exact one
  std::uint32_t tokens = 2;                // blocks of each pool
  std::optional<source::FileId> built_in;  // where DriverPower is declared, if a port needs it
};

// The text of the contracts that need no import (4.4).
extern const std::string_view kBuiltInContracts;

std::vector<ir::System> wire(std::span<const Source> sources, const sema::Analysis& analysis,
                             const source::SourceMap& source_map, const Options& options,
                             diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::wiring
