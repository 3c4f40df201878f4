#include "frontend/annotation/anchoring.h"
#include "frontend/annotation/parser.h"
#include "frontend/carrier/variants.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"
#include "frontend/wiring/wiring.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

// Masking moves nothing: same length, same line ends, and every other byte is kept or blank.
void check_masked(const std::string& text, const std::string& masked) {
  REQUIRE(masked.size() == text.size(), "masking keeps the length");
  for (std::size_t i = 0; i < text.size(); ++i)
    REQUIRE(masked[i] == text[i] || (masked[i] == ' ' && text[i] != '\n' && text[i] != '\r'),
            "masking keeps lines");
}

void run_as(std::string_view bytes, carrier::Kind kind) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add(kind == carrier::Kind::StandAlone ? "text.drv" : "text.c", bytes);
  const carrier::Carrier carrier = carrier::split(sources, file, kind, diagnostics);
  check_masked(sources.file(file).text, carrier.annotations);
  check_masked(sources.file(file).text, carrier.code);
  carrier::TestedNames tested;
  const std::string text =
      carrier::select_variant(carrier.annotations, file, {{"V", "1"}}, tested, diagnostics);
  check_masked(carrier.annotations, text);
  const syntax::Tokens tokens = syntax::lex_masked(text, file, diagnostics);
  const annotation::Parsed parsed = annotation::parse(sources, file, tokens.tokens, diagnostics);
  annotation::check_anchors(parsed.file, carrier, sources, diagnostics);
  const std::vector<syntax::File> files{syntax::parse(sources, file, parsed.contracts, diagnostics)};
  check_tree(sources, files.front());
  const sema::Analysis analysis = sema::analyze(files, sources, diagnostics);
  const std::vector<wiring::Source> all{{&parsed.file, {}}};
  for (const ir::System& system : wiring::wire(all, analysis, sources, {}, diagnostics)) {
    REQUIRE(ir::validate(analysis.program, system).empty(), "a system is valid");
    REQUIRE(!ir::dump(analysis.program, system, sources).empty(), "a system can be printed");
  }
  check_diagnostics(sources, diagnostics);
}

}  // namespace

// Any bytes give a valid system or none, as a model of their own and as comments of source code.
void run_annotation(std::string_view bytes) {
  run_as(bytes, carrier::Kind::StandAlone);
  run_as(bytes, carrier::Kind::Comments);
}

}  // namespace singspin::fuzz
