// The long explanation of a diagnostic code, as `singspin explain CODE` prints it.
// Promises: pure; the Markdown text (frontend/diagnostics/codes.md) is an argument, so that whoever
// has it, from a file or built in, can use it. Whether the contracts of that text behave as it says
// is not known here: tests/explain executes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::terminal {

struct Explanation {
  diagnostics::Code code;
  // The section without its heading, for people: what only the tests need (hidden contracts, hidden
  // lines, the attributes of fences) is left out. SARIF and HTML take it as it is.
  std::string markdown;
};

// All sections in the order of the text. Sections that name no code are left out.
std::vector<Explanation> read_explanations(std::string_view codes_md);

// A heading with rule id, kind and severity, then prose and contracts. Prose keeps the lines of the
// text and is wrapped anew only where they do not fit; contracts are never wrapped.
std::string render_explanation(const Explanation& explanation, unsigned width);

// Both for one code; nullopt if the text has no section for it.
std::optional<std::string> explain(std::string_view codes_md, diagnostics::Code code, unsigned width);

}  // namespace singspin::terminal
