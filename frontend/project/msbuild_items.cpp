// The items of a project file: sources, references, and the lists and patterns that name them.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "frontend/project/msbuild.h"
#include "frontend/project/wildcard.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

void Evaluation::items(const Source& source, pugi::xml_node group) {
  if (!holds({&source, group})) return;
  for (const pugi::xml_node node : group.children()) {
    if (node.type() != pugi::node_element) continue;
    const Place at{&source, node};
    if (is(node, "Compile") && holds(at)) compile_item(at);
    if (is(node, "ProjectReference") && holds(at)) reference_item(at);
  }
}

void Evaluation::compile_item(const Place& at) {
  const std::vector<std::string> removed = patterns(at, attribute(at.node, "Remove"));
  if (!removed.empty()) {
    std::erase_if(result_.sources, [&](const ListedFile& file) {
      const bool gone = std::any_of(removed.begin(), removed.end(),
                                    [&](const std::string& p) { return matches_wildcard(p, file.path); });
      if (gone) listed_.erase(Disk::canonical(file.path));
      return gone;
    });
  }
  const std::vector<std::string> excluded = patterns(at, attribute(at.node, "Exclude"));
  for (const std::string_view item : split_list(attribute(at.node, "Include")))
    add_matches(at, item, excluded);
}

void Evaluation::add_matches(const Place& at, std::string_view item,
                             const std::vector<std::string>& excluded) {
  const auto is_excluded = [&](const std::string& path) {
    return std::any_of(excluded.begin(), excluded.end(),
                       [&](const std::string& p) { return matches_wildcard(p, path); });
  };
  for (const Expansion& part : expand_list(at, item)) {
    const PathAnswer answer = resolve_path(part, folder_, disk_);
    if (!has_wildcard(answer.path)) {
      if (is_excluded(answer.path)) continue;
      if (answer.found && disk_.is_file(answer.path)) add_source(answer.path, place(at, item));
      else report_missing(at, item, answer, "lists");
      continue;
    }
    if (!answer.found) continue;  // a pattern may match nothing
    Walk walk = expand_wildcard(answer.path, disk_);
    if (!walk.complete) {
      report(Code::project_file, at, item,
             fmt::format("{} looks at more than {} files and folders", item, kMaxWalk), "too wide");
    }
    for (std::string& path : walk.files) {
      if (!is_excluded(path)) add_source(std::move(path), place(at, item));
    }
  }
}

void Evaluation::add_source(std::string path, ProjectPlace at) {
  if (listed_.insert(Disk::canonical(path)).second)
    result_.sources.push_back({fs::path(path).lexically_normal().string(), std::move(at)});
}

void Evaluation::reference_item(const Place& at) {
  for (const std::string_view item : split_list(attribute(at.node, "Include"))) {
    for (const Expansion& part : expand_list(at, item)) {
      const PathAnswer answer = resolve_path(part, folder_, disk_);
      if (!answer.found || !disk_.is_file(answer.path)) report_missing(at, item, answer, "refers to");
      else result_.references.push_back({answer.path, place(at, item)});
    }
  }
}

// Projects that name an SDK compile every *.cs file without saying so.
void Evaluation::default_items(const Source& source) {
  const pugi::xml_node root = source.document.document_element();
  const bool off = equal_ignoring_case(properties_.expand_all("$(EnableDefaultCompileItems)"), "false") ||
                   equal_ignoring_case(properties_.expand_all("$(EnableDefaultItems)"), "false");
  if (attribute(root, "Sdk").empty() || off) return;
  add_matches({&source, root}, "**/*.cs", {folder_ + "/bin/**", folder_ + "/obj/**"});
}

std::vector<Expansion> Evaluation::expand_list(const Place& at, std::string_view list) {
  std::vector<Expansion> result;
  for (const std::string_view item : split_list(list)) {
    if (item.find("@(") != std::string_view::npos || item.find("%(") != std::string_view::npos ||
        item.find("$([") != std::string_view::npos) {
      report(Code::project_ignored, at, item,
             fmt::format("`{}` is computed by the build and not known here", item), "left out");
      continue;
    }
    const Expansion whole = properties_.expand(item);
    if (whole.too_long) {
      report(Code::project_file, at, item, fmt::format("`{}` expands to too much text", item), "cut off");
      continue;
    }
    for (const std::string_view part : split_list(whole.text)) {
      Expansion one{std::string(part), {}, false};
      for (const std::string& name : whole.undefined) {
        if (part.find("$(" + name + ")") != std::string_view::npos) one.undefined.push_back(name);
      }
      // A macro may have come in with a property that was set from it.
      if (one.undefined.empty() && part.starts_with("$(")) {
        one.undefined.emplace_back(part.substr(2, std::min(part.find(')'), part.size()) - 2));
      }
      result.push_back(std::move(one));
    }
  }
  return result;
}

std::vector<std::string> Evaluation::patterns(const Place& at, std::string_view list) {
  std::vector<std::string> result;
  for (const Expansion& part : expand_list(at, list))
    result.push_back(resolve_path(part, folder_, disk_).path);
  return result;
}

void Evaluation::report_missing(const Place& at, std::string_view written, const PathAnswer& answer,
                                std::string_view what) {
  if (result_.problems.size() > kMaxProblems) return;
  auto& problem = report(Code::project_item_missing, at, written,
                         fmt::format("the project {} {}, which {}", what, written,
                                     answer.found ? "is no file" : "does not exist"),
                         answer.found ? "no file" : "no such file");
  if (answer.found) return;
  for (const std::string& name : answer.undefined) {
    problem.notes.push_back(
        fmt::format("$({}) is not defined, and neither {} nor a folder above it makes the path exist", name,
                    fs::path(folder_).filename().string()));
  }
  if (answer.undefined.empty()) problem.notes.push_back("there is none with other letter case either");
}

}  // namespace singspin::project
