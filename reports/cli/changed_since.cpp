#include "reports/cli/changed_since.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "frontend/project/disk.h"
#include "frontend/project/selection.h"
#include "frontend/source/loader.h"

namespace singspin::cli {

namespace {

namespace fs = std::filesystem;
using source::Span;

bool is_source(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return extension == ".sg" || extension == ".cs";
}

// What is no longer there cannot be asked what it said.
bool is_settings(const std::string& path) {
  const fs::path name = fs::path(path).filename();
  const std::string extension = name.extension().string();
  return name == "singspin.toml" || extension == ".csproj" || extension == ".sgproj";
}

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

// The smallest piece of `now` outside of which the two texts are the same.
Span changed_piece(source::FileId file, std::string_view before, std::string_view now) {
  const auto [a, b] = std::mismatch(before.begin(), before.end(), now.begin(), now.end());
  const auto begin = static_cast<std::size_t>(b - now.begin());
  const std::size_t most = std::min(before.size(), now.size()) - begin;
  std::size_t same = 0;
  while (same < most && before[before.size() - 1 - same] == now[now.size() - 1 - same]) ++same;
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(now.size() - same)};
}

// Text that can reach beyond the contract it stands in: conditions, and places where code starts a
// conversation, which add entry states (rule S5).
bool reaches_far(std::string_view text) {
  return text.find('#') != std::string_view::npos || text.find("NewChannel") != std::string_view::npos;
}

// Text that may move the ends of the contract it stands in.
bool moves_ends(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0 || c == '"' || c == '\'' || c == '*') return true;
  }
  return depth != 0 || text.find("contract") != std::string_view::npos;
}

class Comparison {
 public:
  Comparison(project::Loaded& loaded, const GitRevision& revision) : loaded_(loaded), revision_(revision) {}

  base::Expected<void, GitProblem> run(const std::string& settings) {
    if (!settings.empty() && !is_same_file(settings)) everything_ = true;
    if (const auto compared = compare_files(); !compared) return tl::unexpected(compared.error());
    if (const auto looked = look_for_vanished(); !looked) return tl::unexpected(looked.error());
    spread();
    return {};
  }

  bool is_changed(const sema::Analyzed& c) const {
    return everything_ || !c.contract || c.missing_input || changed_.contains(c.span);
  }

 private:
  bool is_same_file(const std::string& path) const {
    const std::string id = revision_.id_of(project::Disk::canonical(path));
    const auto bytes = source::read_file(path);
    return !id.empty() && bytes && blob_id(*bytes, id) == id;
  }

  base::Expected<void, GitProblem> compare_files() {
    std::vector<std::size_t> differing;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < loaded_.paths.size(); ++i) {
      const std::string& path = loaded_.paths[i];
      if (is_same_file(path)) continue;
      const std::string id = revision_.id_of(project::Disk::canonical(path));
      if (!is_source(path)) everything_ = true;  // a project file
      else if (id.empty()) compare(file_id(i), "");
      else differing.push_back(i), ids.push_back(id);
    }
    const auto before = revision_.contents(ids);
    if (!before) return tl::unexpected(before.error());
    for (std::size_t i = 0; i < ids.size(); ++i) compare(file_id(differing[i]), (*before)[i]);
    return {};
  }

  static source::FileId file_id(std::size_t i) { return {static_cast<std::uint32_t>(i)}; }

  void compare(source::FileId file, const std::string& raw_before) {
    const std::string& now = loaded_.sources.file(file).text;
    std::string before = source::decode_text(raw_before);
    if (before == now) return;
    if (without_returns(before) == without_returns(now)) return;  // line ends are converted
    const Span piece = changed_piece(file, before, now);
    const std::string_view old_piece =
        std::string_view(before).substr(piece.begin, before.size() - (now.size() - piece.end) - piece.begin);
    const std::string_view new_piece = std::string_view(now).substr(piece.begin, piece.end - piece.begin);
    if (reaches_far(old_piece) || reaches_far(new_piece)) everything_ = true;
    mark(piece, moves_ends(old_piece) || moves_ends(new_piece));
  }

  // A change inside of one contract is of that contract; any other may be of all in the file, and of
  // what the names in other files mean.
  void mark(Span piece, bool moves) {
    std::vector<Span> here;
    bool inside = false;
    for (const sema::Analyzed& c : loaded_.analysis.contracts) {
      if (c.span.file != piece.file) continue;
      here.push_back(c.span);
      const auto whole = span_of(c.span);
      const bool renames = piece.begin <= c.span.end && piece.end >= c.span.begin;
      if (moves || renames || !whole || whole->begin >= piece.begin || piece.end >= whole->end) continue;
      changed_.insert(c.span);
      inside = true;
    }
    if (inside) return;
    changed_.insert(here.begin(), here.end());
    names_ = true;
  }

  // The whole contract of which this is the name.
  std::optional<Span> span_of(Span name) const {
    for (const syntax::File& file : loaded_.files) {
      if (file.id != name.file) continue;
      for (const syntax::Contract& c : file.contracts) {
        if (c.name.span == name) return c.span;
      }
    }
    return std::nullopt;
  }

  // A contract that is gone may have been the base of one whose text is the same.
  base::Expected<void, GitProblem> look_for_vanished() {
    std::vector<std::string> ids;
    for (const auto& [path, id] : revision_.files()) {
      std::error_code error;
      const bool vanished = !fs::exists(fs::symlink_status(revision_.top() + "/" + path, error));
      if (vanished && is_source(path)) ids.push_back(id);
      else if (vanished && is_settings(path)) everything_ = true;
    }
    const auto texts = revision_.contents(ids);
    if (!texts) return tl::unexpected(texts.error());
    for (const std::string& text : *texts) {
      names_ = names_ || text.find("contract") != std::string::npos;
      everything_ = everything_ || text.find("NewChannel") != std::string::npos;
    }
    return {};
  }

  // Who depends on a changed contract is changed.
  void spread() {
    for (bool more = true; more;) {
      more = false;
      std::set<std::string> names;
      for (const sema::Analyzed& c : loaded_.analysis.contracts) {
        if (is_changed(c)) names.insert(c.name);
      }
      for (const sema::Analyzed& c : loaded_.analysis.contracts) {
        if (is_changed(c) || !depends_on(c, names)) continue;
        changed_.insert(c.span);
        more = true;
      }
    }
  }

  // Simple names: two contracts of one name may be taken for each other, which only verifies more.
  bool depends_on(const sema::Analyzed& analyzed, const std::set<std::string>& names) const {
    const ir::Contract& c = loaded_.analysis.program.contracts[*analyzed.contract];
    const auto is_named = [&](const std::string& name) {
      return names_ || names.contains(name.substr(name.rfind('.') + 1));
    };
    if (!c.base.empty() && is_named(c.base)) return true;
    for (const ir::Message& m : c.messages) {
      for (const ir::Parameter& p : m.parameters) {
        if (p.kind != ir::Parameter::Kind::Endpoint) continue;
        const bool mentions = names_ || std::any_of(names.begin(), names.end(), [&](const auto& name) {
                                return p.type.find(name) != std::string::npos;
                              });
        if (mentions) return true;
      }
    }
    return false;
  }

  project::Loaded& loaded_;
  const GitRevision& revision_;
  std::set<Span> changed_;   // by the name of the contract
  bool everything_ = false;  // settings, symbols or entry states may be others
  bool names_ = false;       // names may mean other contracts
};

}  // namespace

base::Expected<std::size_t, GitProblem> drop_unchanged(project::Loaded& loaded, const std::string& folder,
                                                       const std::string& settings,
                                                       const std::string& revision) {
  const auto opened = GitRevision::open(folder, revision);
  if (!opened) return tl::unexpected(opened.error());
  Comparison comparison(loaded, *opened);
  if (const auto compared = comparison.run(settings); !compared) return tl::unexpected(compared.error());
  const std::size_t before = loaded.selected.size();
  std::erase_if(loaded.selected,
                [&](std::size_t row) { return !comparison.is_changed(loaded.analysis.contracts[row]); });
  project::drop_deselected(loaded);
  return before - loaded.selected.size();
}

}  // namespace singspin::cli
