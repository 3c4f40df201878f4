// The formatter changes layout and nothing else, and what it wrote it leaves alone.
#include "frontend/format/format.h"
#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

struct Once {
  std::string before, after;
};

Once format_once(std::string_view bytes) {
  FrontEnd front_end;
  add_text(front_end, bytes);
  const source::FileId file = front_end.files.front().id;
  const std::string& text = front_end.sources.file(file).text;
  const format::Formatted formatted =
      format::format(front_end.sources, file, front_end.tokens.front().tokens, front_end.files.front(), {});
  std::uint32_t behind = 0;
  for (const diagnostics::Edit& edit : formatted.edits) {
    check_span(front_end.sources, edit.span);
    REQUIRE(edit.span.begin >= behind, "edits are in order and apart");
    REQUIRE(text.substr(edit.span.begin, edit.span.end - edit.span.begin) != edit.new_text,
            "edits change something");
    behind = edit.span.end;
  }
  for (const format::Untouched& untouched : formatted.untouched) {
    check_span(front_end.sources, untouched.span);
    REQUIRE(!untouched.reason.empty(), "there is a reason to leave a contract as it is");
  }
  return {text, format::apply(text, formatted.edits)};
}

// All that is left if layout is taken away: white space, to which the no-break space and a byte order mark
// belong, and the `;` that may be missing or too many.
std::string without_layout(std::string_view text) {
  constexpr std::string_view kWide[] = {"\xc2\xa0", "\xef\xbb\xbf"};
  std::string result;
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = c == ' ' || (c >= '\t' && c <= '\r') || c == ';' ? 1 : 0;
    for (const std::string_view wide : kWide) {
      if (text.starts_with(wide)) length = wide.size();
    }
    if (length == 0) result += c;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

}  // namespace

void run_formatter(std::string_view bytes) {
  const Once first = format_once(bytes);
  REQUIRE(without_layout(first.before) == without_layout(first.after), "formatting changes layout only");
  REQUIRE(!format::lost(first.before, first.after, {}), "formatting loses no token and no comment");
  const Once second = format_once(first.after);
  REQUIRE(second.before == second.after, "formatting what was formatted changes nothing");
}

}  // namespace singspin::fuzz
