#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

// Any bytes give tokens in order, under any symbols; the positions of the tokens exist.
void run_lexer(std::string_view bytes) {
  source::SourceMap sources;
  const source::FileId file = sources.add("0.sg", bytes);
  for (const syntax::Symbols& symbols : {syntax::Symbols{}, syntax::Symbols{"DEBUG", "TRUE", "X"}}) {
    diagnostics::Diagnostics diagnostics;
    const syntax::Tokens lexed = syntax::lex(sources, file, symbols, diagnostics);
    check_tokens(sources, file, lexed.tokens);
    check_diagnostics(sources, diagnostics);
    REQUIRE(!syntax::dump_tokens(sources, file, lexed.tokens).empty(), "tokens can be printed");
  }
}

}  // namespace singspin::fuzz
