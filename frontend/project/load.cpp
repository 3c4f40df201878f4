#include "frontend/project/load.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "frontend/source/loader.h"
#include "frontend/syntax/allow.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

// The nearest folder above with `.git`, else the working directory.
std::string default_root() {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  for (fs::path folder = here; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) return folder.string();
    if (folder == folder.parent_path()) break;
  }
  return here.string();
}

bool is_binary(std::string_view text) { return text.find('\0') != std::string_view::npos; }

class Loader {
 public:
  explicit Loader(const Input& input) : input_(input), root_(root_folder(input)) {
    for (const std::string& define : input.defines) symbols_.insert(define.substr(0, define.find('=')));
  }

  Loaded run() {
    const std::vector<std::string> paths =
        input_.paths.empty() ? std::vector<std::string>{"."} : input_.paths;
    const source::FileList list = source::list_sources(drop_unsaved(paths));
    for (const source::LoadProblem& problem : list.problems) unreadable(problem.path, problem.reason);
    for (const std::string& path : list.paths) add(path, is_named(path));
    loaded_.named_files = loaded_.files.size();
    add_missing();
    const std::size_t before = loaded_.diagnostics.list().size();
    loaded_.analysis = sema::analyze(loaded_.files, loaded_.sources, loaded_.diagnostics);
    drop_foreign(before);
    select();
    drop_deselected();
    explain_broken_bases();
    apply_severities();
    loaded_.diagnostics.sort();
    return std::move(loaded_);
  }

 private:
  bool is_named(const std::string& path) const {
    return std::any_of(input_.paths.begin(), input_.paths.end(),
                       [&](const std::string& p) { return fs::path(p).lexically_normal() == path; });
  }

  // Adds the named texts that an editor holds and returns the other paths. Such a file may be new, or
  // deleted behind the editor's back.
  std::vector<std::string> drop_unsaved(std::vector<std::string> paths) {
    std::erase_if(paths, [&](const std::string& path) {
      const bool held = input_.overlays.contains(path);
      if (held) add(path, true);
      return held;
    });
    return paths;
  }

  void unreadable(const std::string& path, const std::string& reason) {
    loaded_.diagnostics.add_without_place(Code::unreadable_file,
                                          fmt::format("cannot read {}: {}", path, reason));
  }

  // A file found in a folder counts only if it may hold a contract; a named one always does.
  void add(const std::string& path, bool named) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(path, error);
    if (!seen_.insert(error ? path : canonical.string()).second) return;
    const auto overlay = input_.overlays.find(canonical.string());
    auto raw = overlay == input_.overlays.end() ? source::read_file(path) : overlay->second;
    if (!raw) return unreadable(path, raw.error().message);
    const std::string text = source::decode_text(*raw);
    const bool may_declare = text.find("contract") != std::string::npos;
    if (!named && !may_declare) return;
    const std::string shown = source::shown_path(path, root_);
    if (is_binary(text)) {
      if (named || fs::path(path).extension() == ".sg") {
        loaded_.diagnostics.add_without_place(Code::binary_file, fmt::format("{} is not a text file", shown));
      }
      return;
    }
    parse(shown, *raw, path);
  }

  void parse(const std::string& shown, std::string_view raw, const std::string& path) {
    const source::FileId id = loaded_.sources.add(shown, raw);
    syntax::Tokens tokens = syntax::lex(loaded_.sources, id, symbols_, loaded_.diagnostics);
    loaded_.files.push_back(syntax::parse(loaded_.sources, id, tokens.tokens, loaded_.diagnostics));
    syntax::find_suppressions(loaded_.sources, loaded_.files.back(), tokens.tokens, symbols_,
                              loaded_.suppressions, loaded_.diagnostics);
    loaded_.tokens.push_back(std::move(tokens.tokens));
    loaded_.paths.push_back(path);
  }

  // Section 6: missing contracts are looked for in the -I folders, then beside the named files. Files
  // found so are read until nothing is missing that they could give.
  void add_missing() {
    std::set<std::string> asked;
    for (bool grown = true; grown;) {
      grown = false;
      for (const std::string& name : missing_names()) {
        if (!asked.insert(name).second) continue;
        const std::size_t before = loaded_.files.size();
        const std::size_t reported = loaded_.diagnostics.list().size();
        for (const std::string& path : candidates(name)) add(path, false);
        drop_foreign(reported);
        grown = grown || loaded_.files.size() > before;
      }
    }
  }

  // Simple names that the contracts so far refer to and nobody declares.
  std::set<std::string> missing_names() const {
    std::set<std::string> declared, wanted;
    for (const syntax::File& file : loaded_.files) {
      for (const syntax::Contract& c : file.contracts) {
        declared.emplace(c.name.text);
        if (c.base) wanted.emplace(c.base->parts.back().text);
        for (const syntax::Message& m : c.messages) {
          for (const syntax::Parameter& p : m.parameters) {
            const auto& parts = p.type.name.parts;
            const bool endpoint =
                parts.size() > 1 && (parts.back().text == "Exp" || parts.back().text == "Imp");
            if (endpoint) wanted.emplace(parts[parts.size() - 2].text);
          }
        }
      }
    }
    for (const std::string& name : declared) wanted.erase(name);
    return wanted;
  }

  // Files that contain the name, in the -I folders and in the folders of the files read so far.
  std::vector<std::string> candidates(const std::string& name) const {
    std::vector<std::string> files = source::list_sources(input_.include_folders).paths;
    std::set<std::string> folders;
    for (const std::string& path : loaded_.paths) folders.insert(fs::path(path).parent_path().string());
    for (const std::string& folder : folders) {
      std::error_code error;
      for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end; !error && it != end;
           it.increment(error)) {
        const fs::path extension = it->path().extension();
        if ((extension == ".sg" || extension == ".cs") && it->is_regular_file(error))
          files.push_back(it->path().lexically_normal().string());
      }
    }
    std::sort(files.begin(), files.end());
    std::erase_if(files, [&](const std::string& path) {
      const auto text = source::read_file(path);
      return !text || text->find(name) == std::string::npos;
    });
    return files;
  }

  bool is_foreign(const diagnostics::Diagnostic& d) const {
    return d.span && d.span->file.value >= loaded_.named_files;
  }

  // Files that were only looked into for a base are not what the run is about.
  void drop_foreign(std::size_t first) {
    auto& list = loaded_.diagnostics.list();
    list.erase(std::remove_if(list.begin() + static_cast<std::ptrdiff_t>(first), list.end(),
                              [&](const auto& d) { return is_foreign(d); }),
               list.end());
  }

  bool matches(const sema::Analyzed& contract) const {
    if (input_.contracts.empty()) return true;
    return std::any_of(input_.contracts.begin(), input_.contracts.end(), [&](const std::string& glob) {
      return fnmatch(glob.c_str(), contract.name.c_str(), 0) == 0 ||
             fnmatch(glob.c_str(), contract.qualified_name.c_str(), 0) == 0;
    });
  }

  // The errors of a base that the run is not about are not shown: then this is all that is said.
  void explain_broken_bases() {
    if (loaded_.diagnostics.has_errors()) return;
    for (diagnostics::Diagnostic& d : loaded_.diagnostics.list()) {
      if (d.code != Code::broken_base) continue;
      d.severity = diagnostics::Severity::Error;
      d.help = fmt::format("`singspin check {}` shows them",
                           loaded_.sources.file(d.labels.front().span.file).path);
    }
  }

  // Neither a chosen severity nor a comment hides that a contract is not verified.
  void apply_severities() {
    std::set<std::string_view> not_verified;
    for (const sema::Analyzed& c : loaded_.analysis.contracts) {
      if (!c.contract) not_verified.insert(c.qualified_name);
    }
    const auto is_fixed = [&](const diagnostics::Diagnostic& d) {
      return d.severity == diagnostics::Severity::Error && not_verified.contains(d.subject);
    };
    auto& list = loaded_.diagnostics.list();
    for (diagnostics::Diagnostic& d : list) {
      if (!is_fixed(d)) loaded_.suppressions.apply(d);
    }
    std::erase_if(list, [&](const auto& d) { return input_.severities.is_off(d.code) && !is_fixed(d); });
    for (diagnostics::Diagnostic& d : list) {
      if (!is_fixed(d)) d.severity = input_.severities.effective(d.code, d.severity);
    }
  }

  // What `--contract` leaves out is not what the run is about either.
  void drop_deselected() {
    if (input_.contracts.empty()) return;
    std::vector<source::Span> left_out;
    std::set<source::Span> names;
    for (const std::size_t row : loaded_.selected) names.insert(loaded_.analysis.contracts[row].span);
    for (const syntax::File& file : loaded_.files) {
      for (const syntax::Contract& c : file.contracts) {
        if (!names.contains(c.name.span)) left_out.push_back(c.span);
      }
    }
    std::erase_if(loaded_.diagnostics.list(), [&](const diagnostics::Diagnostic& d) {
      return d.span && std::any_of(left_out.begin(), left_out.end(), [&](source::Span s) {
               return s.file == d.span->file && s.begin <= d.span->begin && d.span->begin < s.end;
             });
    });
  }

  void select() {
    for (std::size_t i = 0; i < loaded_.analysis.contracts.size(); ++i) {
      const sema::Analyzed& contract = loaded_.analysis.contracts[i];
      if (contract.span.file.value < loaded_.named_files && matches(contract)) loaded_.selected.push_back(i);
    }
    if (!loaded_.selected.empty()) return;
    const bool unknown_name = !input_.contracts.empty() && !loaded_.analysis.contracts.empty();
    if (loaded_.diagnostics.has_errors() && !unknown_name) return;
    const std::string where = fmt::format(
        "{}", fmt::join(input_.paths.empty() ? std::vector<std::string>{"."} : input_.paths, ", "));
    auto& d = loaded_.diagnostics.add_without_place(
        Code::nothing_found, unknown_name ? fmt::format("no contract in {} is called {}", where,
                                                        fmt::join(input_.contracts, " or "))
                                          : fmt::format("no contract found in {}", where));
    if (!unknown_name) d.notes.push_back("folders are searched for contracts in *.sg and *.cs files");
  }

  const Input& input_;
  std::string root_;
  syntax::Symbols symbols_;
  Loaded loaded_;
  std::set<std::string> seen_;
};

}  // namespace

std::string root_folder(const Input& input) { return input.root.empty() ? default_root() : input.root; }

Loaded load(const Input& input) { return Loader(input).run(); }

}  // namespace singspin::project
