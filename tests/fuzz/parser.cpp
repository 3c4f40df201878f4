#include "frontend/syntax/parser.h"

#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

// Any tokens give a tree whose names and spans are in the text.
void run_parser(std::string_view bytes) {
  FrontEnd front_end;
  add_text(front_end, bytes);
  const syntax::File& file = front_end.files.front();
  check_tree(front_end.sources, file);
  check_diagnostics(front_end.sources, front_end.diagnostics);
  // Not more messages than tokens: one place is not reported over and over.
  REQUIRE(front_end.diagnostics.list().size() <=
              2 * front_end.tokens.front().tokens.size() + 1 + front_end.sources.line_count(file.id),
          "messages are bounded by the text");
  REQUIRE(!syntax::dump(file, front_end.sources).empty(), "a tree can be printed");
}

}  // namespace singspin::fuzz
