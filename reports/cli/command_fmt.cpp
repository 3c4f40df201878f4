// fmt: contracts in their canonical layout, in place or on standard output.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "frontend/diagnostics/edits.h"
#include "frontend/format/format.h"
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

// One file, read and formatted.
struct Page {
  std::string path;
  std::string raw;
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;  // errors only
  std::size_t contracts = 0;
  std::optional<std::string> text;  // formatted; absent: nothing changes
  std::string bytes;                // the same as the file should hold it
  bool refused = false;             // some contract is left as it is, or the file cannot be written back
  std::string internal_error;
};

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options), display_(terminal_options(options.display, read_environment(STDERR_FILENO))) {
    for (const std::string& define : options.input.defines)
      symbols_.insert(define.substr(0, define.find('=')));
  }

  int standard_input() {
    const auto raw = source::read_file("/dev/stdin");
    if (!raw) return complain("cannot read standard input: " + raw.error().message, kBadInput);
    Page page = read(options_.fmt.stdin_path, *raw);
    tell(page);
    const bool changes = page.text.has_value();
    if (changes && options_.fmt.check) raise(kWouldChange);
    std::string out;
    if (options_.fmt.diff)
      out = page.text ? diagnostics::unified_diff(page.path, text_of(page), *page.text) : "";
    else if (!options_.fmt.check) out = page.bytes;
    return print(out);
  }

  int files() {
    const std::vector<std::string>& named = options_.input.paths;
    const source::FileList list = source::list_sources(named.empty() ? std::vector<std::string>{"."} : named);
    for (const source::LoadProblem& problem : list.problems) unreadable(problem.path, problem.reason);
    for (const std::string& path : list.paths) file(path);
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

  static std::string_view text_of(const Page& page) { return page.sources.file(source::FileId{0}).text; }

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

  void unreadable(const std::string& path, const std::string& reason) {
    diagnostics::Diagnostics problem;
    problem.add_without_place(Code::unreadable_file, fmt::format("cannot read {}: {}", path, reason));
    tell(problem, {});
  }

  // As for check: a file found in a folder counts only if it may hold a contract.
  void file(const std::string& path) {
    std::error_code error;
    const std::filesystem::path canonical = std::filesystem::weakly_canonical(path, error);
    if (!seen_.insert(error ? path : canonical.string()).second) return;  // a link to a file of the run
    const auto raw = source::read_file(path);
    if (!raw) return unreadable(path, raw.error().message);
    const auto is_path = [&](const std::string& p) {
      return std::filesystem::path(p).lexically_normal() == path;
    };
    const bool named = std::any_of(options_.input.paths.begin(), options_.input.paths.end(), is_path);
    const std::string text = source::decode_text(*raw);
    if (!named && text.find("contract") == std::string::npos) return;
    if (text.find('\0') != std::string::npos) {
      if (named || path.ends_with(".sg")) binary(path);
      return;
    }
    finish(read(std::filesystem::path(path).lexically_normal().string(), *raw));
  }

  void binary(const std::string& path) {
    diagnostics::Diagnostics problem;
    problem.add_without_place(Code::binary_file, fmt::format("{} is not a text file", path));
    tell(problem, {});
  }

  Page read(const std::string& path, const std::string& raw) {
    Page page{path, raw, {}, {}, 0, {}, raw, false, {}};
    const source::FileId file = page.sources.add(path, raw);
    diagnostics::Diagnostics found;
    const syntax::Tokens lexed = syntax::lex(page.sources, file, symbols_, found);
    const syntax::File tree = syntax::parse(page.sources, file, lexed.tokens, found);
    page.contracts = tree.contracts.size();
    format::Formatted formatted = format::format(page.sources, file, lexed.tokens, tree, symbols_);
    for (diagnostics::Diagnostic& d : found.list()) {
      if (d.severity == diagnostics::Severity::Error) page.diagnostics.append(std::move(d));
    }
    for (const format::Untouched& untouched : formatted.untouched) {
      page.diagnostics.add(Code::not_formatted, untouched.span,
                           fmt::format("contract {} is left as it is: {}", untouched.name, untouched.reason));
    }
    page.diagnostics.sort();
    page.refused = !formatted.untouched.empty();
    if (!formatted.edits.empty()) prepare(page, formatted.edits);
    return page;
  }

  // The new bytes, unless they would lose something.
  void prepare(Page& page, const std::vector<diagnostics::Edit>& edits) {
    std::string text = format::apply_edits(text_of(page), edits);
    if (const auto lost = format::lost(text_of(page), text, symbols_)) {
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
      if (const auto written = source::rewrite_file(page.path, page.bytes); !written) {
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
  syntax::Symbols symbols_;
  std::set<std::string> seen_;
  int exit_code_ = 0;
  std::size_t contracts_ = 0, changed_ = 0, unchanged_ = 0, refused_ = 0;
  std::string listing_;
  std::string diff_;
};

}  // namespace

int run_fmt(const Options& options) {
  const std::vector<std::string>& paths = options.input.paths;
  const bool dash = std::find(paths.begin(), paths.end(), "-") != paths.end();
  const bool from_stdin = options.fmt.from_stdin || dash;
  if (from_stdin && paths.size() != (dash ? 1u : 0u))
    return complain("standard input is formatted alone, without other files", kBadInput);
  Run run(options);
  return from_stdin ? run.standard_input() : run.files();
}

}  // namespace singspin::cli
