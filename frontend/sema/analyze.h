// Trees to the IR. The only producer of ir::Program: a contract without a machine to analyse is
// left out and has an error or a missing-input warning. Knows no SPIN and no output formats.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/ir.h"
#include "frontend/sema/names.h"
#include "frontend/syntax/ast.h"

namespace singspin::sema {

// A declared contract in source order and, if there is one, its row in the program.
struct Analyzed {
  std::string name;  // simple
  std::string qualified_name;
  source::Span span;  // of the name
  std::optional<ir::ContractId> contract;
  bool missing_input = false;  // no machine because a base is not loaded
};

struct Analysis {
  ir::Program program;
  std::vector<Analyzed> contracts;
};

// Resolves, checks every static rule of section 7 and folds. The files must belong to `sources`.
// The rows of `contracts` are those of the files in their order. A source may stand in several files,
// one for each compilation that has it.
Analysis analyze(std::span<const syntax::File> files, const source::SourceMap& sources,
                 diagnostics::Diagnostics& diagnostics, const Compilations& compilations = {});

}  // namespace singspin::sema
