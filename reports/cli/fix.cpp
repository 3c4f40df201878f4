#include "reports/cli/fix.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>

#include "frontend/diagnostics/edits.h"
#include "frontend/source/loader.h"
#include "frontend/source/rewrite.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"

namespace singspin::cli {

namespace {

constexpr int kMostRounds = 20;

std::string canonical(const std::string& path) {
  std::error_code error;
  const auto result = std::filesystem::weakly_canonical(path, error);
  return error ? path : result.string();
}

class Fixer {
 public:
  Fixer(const project::Input& input, bool all)
      : input_(input), choice_(all ? diagnostics::FixChoice::All : diagnostics::FixChoice::Safe) {}

  Fixed run() {
    fixed_.loaded = project::load(input_);
    for (int round = 0; round < kMostRounds && one_round(); ++round) fixed_.loaded = project::load(input_);
    for (auto& [path, file] : files_) {
      if (file.before != file.after) fixed_.files.push_back(std::move(file));
    }
    return std::move(fixed_);
  }

 private:
  // Files found beside the named ones are not the user's to change.
  std::vector<source::FileId> changeable() const {
    std::vector<source::FileId> ids;
    for (std::uint32_t i = 0; i < fixed_.loaded.named_files; ++i) {
      if (!refused_.contains(canonical(fixed_.loaded.paths[i]))) ids.push_back(source::FileId{i});
    }
    return ids;
  }

  // False if there was nothing to fix.
  bool one_round() {
    const project::Loaded& now = fixed_.loaded;
    const auto chosen = diagnostics::choose_fixes(now.diagnostics.list(), choice_, changeable());
    std::map<source::FileId, std::vector<diagnostics::Edit>> edits;
    for (const diagnostics::ChosenFix& c : chosen) {
      for (const diagnostics::Edit& e : c.fix->edits) edits[e.span.file].push_back(e);
    }
    std::set<source::FileId> done;
    for (const auto& [id, list] : edits) {
      if (change(id, list)) done.insert(id);
    }
    for (const diagnostics::ChosenFix& c : chosen) {
      const source::Span at = c.fix->edits.front().span;
      if (!done.contains(at.file)) continue;
      fixed_.applied.push_back({c.diagnostic->code, c.fix->title, now.sources.file(at.file).path,
                                now.sources.position(at.file, at.begin)});
    }
    return !chosen.empty();
  }

  bool change(source::FileId id, const std::vector<diagnostics::Edit>& edits) {
    const std::string& path = fixed_.loaded.paths[id.value];
    const source::SourceFile& source = fixed_.loaded.sources.file(id);
    const std::string key = canonical(path);
    if (!files_.contains(key)) {
      const auto raw = source::read_file(path);
      if (!raw) return refuse(key, source.path, raw.error().message);
      if (source::sha256_hex(*raw) != source.sha256)
        return refuse(key, source.path, "it was changed meanwhile");
      files_[key] = {path, source.path, *raw, *raw};
    }
    ChangedFile& file = files_[key];
    auto bytes = source::encode_like(file.before, diagnostics::apply_edits(source.text, edits));
    if (!bytes) return refuse(key, source.path, bytes.error().message);
    file.after = std::move(*bytes);
    input_.overlays[key] = file.after;
    return true;
  }

  bool refuse(const std::string& key, const std::string& shown, const std::string& reason) {
    refused_.insert(key);
    fixed_.problems.push_back(fmt::format("cannot fix {}: {}", shown, reason));
    return false;
  }

  project::Input input_;
  diagnostics::FixChoice choice_;
  Fixed fixed_;
  std::map<std::string, ChangedFile> files_;  // by canonical path
  std::set<std::string> refused_;
};

bool complain_about(const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) complain(fmt::format("error[SS0904]: {}", problem), 4);
  return !problems.empty();
}

}  // namespace

Fixed fix_sources(const project::Input& input, bool all) { return Fixer(input, all).run(); }

bool write_fixes(const Fixed& fixed) {
  std::vector<std::string> problems = fixed.problems;
  for (const ChangedFile& file : fixed.files) {
    const auto written = source::rewrite_file(file.path, file.before, file.after);
    if (!written) problems.push_back(written.error().message);
  }
  return !complain_about(problems);
}

int print_diff(const Fixed& fixed, int exit_code) {
  std::string text;
  for (const ChangedFile& file : fixed.files) {
    text += diagnostics::unified_diff(file.shown, source::decode_text(file.before),
                                      source::decode_text(file.after));
  }
  const auto written = write_stdout(text);
  if (!written) return complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
  if (complain_about(fixed.problems)) return 4;
  return exit_code == 0 && !fixed.files.empty() ? 1 : exit_code;
}

}  // namespace singspin::cli
