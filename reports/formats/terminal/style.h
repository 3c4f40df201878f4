// Colours, links and glyphs of the terminal report. With colours off every function returns its
// text unchanged, so layout is done on plain text and colour comes last.
// Knows the options and nothing of what is printed.
#pragma once

#include <string>
#include <string_view>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/source/source_map.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::terminal {

// Only the 16 standard colours, so that themes of terminals work.
enum class Tone : std::uint8_t { Plain, Error, Warning, Note, Location, Proved, Violated };

struct Glyphs {
  std::string_view lifeline, dash, left, right, bad, loop, step;
};

class Style {
 public:
  explicit Style(const Options& options) : options_(options) {}

  unsigned width() const { return options_.width; }
  const Glyphs& glyphs() const;
  std::string paint(Tone tone, std::string_view text) const;
  // `path:line:column` of a place, coloured and linked; the path is sanitized.
  std::string location(const source::SourceMap& sources, source::Span span) const;

 private:
  std::string link(std::string_view path, std::string_view text) const;

  const Options& options_;
};

Tone tone(diagnostics::Severity severity);

// `error[SS0101]: text`, with its line end.
std::string headline(const Style& style, diagnostics::Severity severity, diagnostics::Code code,
                     std::string_view text);

}  // namespace singspin::terminal
