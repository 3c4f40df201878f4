// fmt: contracts in their canonical layout, in place or on standard output.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "frontend/diagnostics/edits.h"
#include "frontend/format/format.h"
#include "frontend/project/read.h"
#include "frontend/source/loader.h"
#include "frontend/source/rewrite.h"
#include "frontend/syntax/parser.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/terminal_info.h"

namespace singspin::cli {

using diagnostics::Code;

namespace {

constexpr int kWouldChange = 1, kBadInput = 2, kToolFailure = 4;

// One text, read and formatted.
struct Page {
  std::string path;
  std::string_view raw;
  const source::SourceMap& sources;
  source::FileId file;
  diagnostics::Diagnostics diagnostics;  // errors only
  std::size_t contracts = 0;
  std::optional<std::string> text;  // formatted; absent: nothing changes
  std::string bytes;                // the same as the file should hold it
  bool refused = false;             // some contract is left as it is, or the file cannot be written back
  std::string internal_error;
};

bool formats_standard_input(const Options& options) {
  const std::vector<std::string>& paths = options.input.paths;
  return options.fmt.from_stdin || std::find(paths.begin(), paths.end(), "-") != paths.end();
}

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options), display_(terminal_options(options.display, read_environment(STDERR_FILENO))) {}

  int standard_input() {
    const auto raw = source::read_file("/dev/stdin");
    if (!raw) return complain("cannot read standard input: " + raw.error().message, kBadInput);
    const syntax::Symbols symbols = project::symbols_of(options_.input.defines);
    source::SourceMap sources;
    const source::FileId file = sources.add(options_.fmt.stdin_path, *raw);
    diagnostics::Diagnostics found;
    const syntax::Tokens lexed = syntax::lex(sources, file, symbols, found);
    const syntax::File tree = syntax::parse(sources, file, lexed.tokens, found);
    Page page{options_.fmt.stdin_path, *raw, sources, file, {}, 0, {}, *raw, false, {}};
    layout(page, lexed.tokens, tree, symbols, found.list());
    tell(page);
    const bool changes = page.text.has_value();
    if (changes && options_.fmt.check) raise(kWouldChange);
    std::string out;
    if (options_.fmt.diff)
      out = page.text ? diagnostics::unified_diff(page.path, text_of(page), *page.text) : "";
    else if (!options_.fmt.check) out = page.bytes;
    return print(out);
  }

  // As for check, but places are shown from here: that is where a diff is for.
  int files() {
    project::Input input = options_.input;
    input.root = ".";
    const project::ParsedTexts read = project::read_texts(input);
    tell(errors_of(read.problems.list()), read.sources);
    for (const project::ParsedText& text : read.texts) {
      // A file of a folder may be there for a `NewChannel`.
      if (source::decode_text(*text.raw).find("contract") == std::string::npos && !is_named(text.path))
        continue;
      const bool far = !is_named(text.path) && std::filesystem::path(text.path).is_absolute();
      const std::string path = far ? read.sources.file(text.file).path
                                   : std::filesystem::path(text.path).lexically_normal().string();
      Page page{path, *text.raw, read.sources, text.file, {}, 0, {}, *text.raw, false, {}};
      layout(page, text.tokens, text.tree, text.symbols, text.diagnostics);
      finish(page);
    }
    if (contracts_ == 0 && exit_code_ == 0) {
      diagnostics::Diagnostics nothing;
      nothing.add_without_place(Code::nothing_found, "no contract found to format");
      tell(nothing, {});
    }
    const bool quiet = options_.display.verbosity < 0;
    if (options_.fmt.diff) {  // the diff alone goes to standard output
      if (!quiet) write_stderr(totals());
      return print(diff_);
    }
    return print(quiet ? "" : listing_ + totals());
  }

 private:
  void raise(int code) {
    const auto rank = [](int c) { return c == kToolFailure ? 3 : c == kBadInput ? 2 : c; };
    if (rank(code) > rank(exit_code_)) exit_code_ = code;
  }

  int print(const std::string& text) {
    const auto written = write_stdout(text);
    return written ? exit_code_ : complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
  }

  static std::string_view text_of(const Page& page) { return page.sources.file(page.file).text; }

  static diagnostics::Diagnostics errors_of(const std::vector<diagnostics::Diagnostic>& list) {
    diagnostics::Diagnostics errors;
    for (const diagnostics::Diagnostic& d : list) {
      if (d.severity == diagnostics::Severity::Error) errors.append(d);
    }
    return errors;
  }

  bool is_named(const std::string& path) const {
    const std::vector<std::string>& named = options_.input.paths;
    return std::any_of(named.begin(), named.end(), [&](const std::string& p) {
      return std::filesystem::path(p).lexically_normal() == path;
    });
  }

  void tell(const diagnostics::Diagnostics& diagnostics, const source::SourceMap& sources) {
    for (const diagnostics::Diagnostic& d : diagnostics.list()) {
      write_stderr(terminal::render_diagnostic(d, sources, display_) + "\n");
      raise(kBadInput);
    }
  }
  void tell(const Page& page) {
    tell(page.diagnostics, page.sources);
    if (page.internal_error.empty()) return;
    complain(fmt::format("internal error: {} is left as it is: {}", page.path, page.internal_error), 0);
    raise(kToolFailure);
  }

  void layout(Page& page, const std::vector<syntax::Token>& tokens, const syntax::File& tree,
              const syntax::Symbols& symbols, const std::vector<diagnostics::Diagnostic>& found) {
    page.contracts = tree.contracts.size();
    page.diagnostics = errors_of(found);
    const format::Formatted formatted = format::format(page.sources, page.file, tokens, tree, symbols);
    for (const format::Untouched& untouched : formatted.untouched) {
      page.diagnostics.add(Code::not_formatted, untouched.span,
                           fmt::format("contract {} is left as it is: {}", untouched.name, untouched.reason));
    }
    page.diagnostics.sort();
    page.refused = !formatted.untouched.empty();
    if (!formatted.edits.empty()) prepare(page, formatted.edits, symbols);
  }

  // The new bytes, unless they would lose something.
  void prepare(Page& page, const std::vector<diagnostics::Edit>& edits, const syntax::Symbols& symbols) {
    std::string text = format::apply(text_of(page), edits);
    if (const auto lost = format::lost(text_of(page), text, symbols)) {
      page.internal_error = *lost;
      return;
    }
    auto bytes = source::encode_like(page.raw, text);
    if (!bytes) {
      page.refused = true;
      page.diagnostics.add_without_place(
          Code::not_rewritable, fmt::format("cannot format {}: {}", page.path, bytes.error().message));
      return;
    }
    page.bytes = std::move(*bytes);
    page.text = std::move(text);
  }

  void finish(const Page& page) {
    contracts_ += page.contracts;
    tell(page);
    if (!page.text) {
      ++(page.refused || !page.internal_error.empty() ? refused_ : unchanged_);
      return;
    }
    if (options_.fmt.diff) diff_ += diagnostics::unified_diff(page.path, text_of(page), *page.text);
    if (!options_.fmt.check && !options_.fmt.diff) {
      if (const auto written = source::rewrite_file(page.path, page.raw, page.bytes); !written) {
        complain(fmt::format("error[SS0904]: {}", written.error().message), 0);
        raise(kToolFailure);
        ++refused_;
        return;
      }
    }
    ++changed_;
    listing_ += terminal::sanitize(page.path) + "\n";
    if (options_.fmt.check) raise(kWouldChange);
  }

  std::string totals() const {
    const bool writes = !options_.fmt.check && !options_.fmt.diff;
    const auto files = [](std::size_t n) { return fmt::format("{} file{}", n, n == 1 ? "" : "s"); };
    std::string text =
        fmt::format("{} {}, {} unchanged", files(changed_), writes ? "changed" : "would change", unchanged_);
    if (refused_ > 0) text += fmt::format(", {} not formatted", refused_);
    return text + "\n";
  }

  const Options& options_;
  terminal::Options display_;
  int exit_code_ = 0;
  std::size_t contracts_ = 0, changed_ = 0, unchanged_ = 0, refused_ = 0;
  std::string listing_;
  std::string diff_;
};

}  // namespace

int run_fmt(const Options& options) {
  const std::vector<std::string>& paths = options.input.paths;
  if (formats_standard_input(options) && paths.size() != (options.fmt.from_stdin ? 0u : 1u))
    return complain("standard input is formatted alone, without other files", kBadInput);
  Run run(options);
  return formats_standard_input(options) ? run.standard_input() : run.files();
}

// An editor takes what comes back for its text.
int pass_standard_input(const Options& options, int exit_code) {
  const bool wanted = formats_standard_input(options) && !options.fmt.check && !options.fmt.diff;
  const auto raw = wanted ? source::read_file("/dev/stdin") : base::Expected<std::string>("");
  if (!raw) return complain("cannot read standard input: " + raw.error().message, kBadInput);
  const auto written = write_stdout(*raw);
  return written ? exit_code
                 : complain(fmt::format("error[SS0904]: {}", written.error().message), kToolFailure);
}

}  // namespace singspin::cli
