#include "reports/formats/terminal/style.h"

#include <fmt/format.h>

namespace singspin::terminal {

namespace {

constexpr Glyphs kUnicode = {"│", "─", "◄", "►", "✗", "↻", "■"};
constexpr Glyphs kAscii = {"|", "-", "<", ">", "x", "*", "#"};

std::string_view sgr(Tone tone) {
  switch (tone) {
    case Tone::Plain: return "";
    case Tone::Error: return "1;31";
    case Tone::Warning: return "33";
    case Tone::Note: return "36";
    case Tone::Location: return "34";
    case Tone::Proved: return "32";
    case Tone::Violated: return "31";
  }
  return "";
}

// RFC 3986: everything but unreserved characters and slashes is escaped.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view kUnreserved =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string out;
  for (const char c : path) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

const Glyphs& Style::glyphs() const { return options_.unicode ? kUnicode : kAscii; }

std::string Style::paint(Tone tone, std::string_view text) const {
  if (!options_.color || tone == Tone::Plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", sgr(tone), text);
}

std::string Style::link(std::string_view path, std::string_view text) const {
  const bool absolute = path.starts_with('/');
  // A link names an absolute path, and deterministic output holds none.
  if (!options_.hyperlinks || options_.deterministic || (!absolute && options_.link_root.empty())) {
    return std::string(text);
  }
  std::string_view root = options_.link_root;
  if (root.ends_with('/')) root.remove_suffix(1);
  const std::string uri = absolute ? fmt::format("file://{}", percent_encoded(path))
                                   : fmt::format("{}/{}", sanitize(root), percent_encoded(path));
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", uri, text);
}

std::string Style::location(const source::SourceMap& sources, source::Span span) const {
  if (span.file.value >= sources.size()) return {};
  const std::string& path = sources.file(span.file).path;
  const source::Position at = sources.position(span.file, span.begin);
  const std::string text = fmt::format("{}:{}:{}", sanitize(path), at.line, at.column);
  return link(path, paint(Tone::Location, text));
}

Tone tone(diagnostics::Severity severity) {
  switch (severity) {
    case diagnostics::Severity::Error: return Tone::Error;
    case diagnostics::Severity::Warning: return Tone::Warning;
    case diagnostics::Severity::Note: return Tone::Note;
  }
  return Tone::Plain;
}

std::string headline(const Style& style, diagnostics::Severity severity, diagnostics::Code code,
                     std::string_view text) {
  const std::string kind =
      fmt::format("{}[{}]", diagnostics::severity_text(severity), diagnostics::code_text(code));
  return fmt::format("{}: {}\n", style.paint(tone(severity), kind), sanitize(text));
}

}  // namespace singspin::terminal
