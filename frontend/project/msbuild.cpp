#include "frontend/project/msbuild.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "frontend/project/condition.h"
#include "frontend/source/source_map.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

constexpr int kMaxNesting = 16;  // of imports and of Choose

// Inside a character of several bytes.
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(Disk::canonical(path)).parent_path();
  return parent.generic_string();
}

Evaluation::Evaluation(std::string path, Disk& disk) : disk_(disk), folder_(folder_of(path)) {
  result_.path = std::move(path);
  const fs::path project(result_.path);
  properties_.set("MSBuildProjectDirectory", folder_);
  properties_.set("MSBuildProjectFile", project.filename().string());
  properties_.set("MSBuildProjectName", project.stem().string());
  properties_.set("MSBuildProjectExtension", project.extension().string());
  properties_.set("MSBuildProjectFullPath", folder_ + "/" + project.filename().string());
  properties_.set("ProjectDir", folder_ + "/");
}

ProjectFile Evaluation::run() {
  const Source* project = open(result_.path, nullptr);
  if (project != nullptr) {
    check_document(*project);
    properties_of(*project, project->document.document_element(), 0);
    default_items(*project);
    for (const Place& group : item_groups_) items(*group.source, group.node);
    read_symbols();
  }
  // Errors go first, so that none is lost among a thousand warnings.
  std::stable_partition(result_.problems.begin(), result_.problems.end(), [](const ProjectProblem& p) {
    return diagnostics::info(p.code).severity == diagnostics::Severity::Error;
  });
  if (result_.problems.size() > kMaxProblems) result_.problems.resize(kMaxProblems);
  return std::move(result_);
}

const Evaluation::Source* Evaluation::open(const std::string& path, const Place* imported_at) {
  const auto raw = disk_.read(path);
  const auto fail = [&](const std::string& reason) -> const Source* {
    const std::string message = fmt::format("cannot read {}: {}", path, reason);
    if (imported_at != nullptr) report(Code::project_file, *imported_at, "", message, "imported here");
    else result_.problems.push_back({Code::project_file, std::nullopt, message, {}, {}});
    return nullptr;
  };
  if (!raw) return fail(raw.error().message);
  if ((*raw)->size() > kMaxProjectBytes) return fail("it is larger than 16 MiB, too much for a project file");
  auto source = std::make_unique<Source>();
  source->path = path;
  source->text = source::decode_text(**raw);
  if (source->text.find('\0') != std::string::npos) return fail("it is not a text file");
  if (!parse(*source)) return nullptr;
  return sources_.emplace_back(std::move(source)).get();
}

bool Evaluation::parse(Source& source) {
  const pugi::xml_parse_result parsed = source.document.load_buffer(
      source.text.data(), source.text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  std::string reason = parsed.description();
  auto at = static_cast<std::uint32_t>(std::min<std::size_t>(parsed.offset, source.text.size()));
  if (parsed) {
    const pugi::xml_node root = source.document.document_element();
    if (is(root, "Project")) return true;
    at = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(root.offset_debug(), 0));
    reason = fmt::format("its first element is <{}>, not <Project>", root.name());
  } else {
    reason[0] = static_cast<char>(reason[0] | 0x20);
    // pugixml points behind what it could not read.
    while (at > 0 && at == source.text.size()) --at;
  }
  // It counts bytes; a place is a whole character.
  const auto size = static_cast<std::uint32_t>(source.text.size());
  while (at > 0 && is_continuation(source.text[at])) --at;
  std::uint32_t end = std::min(at + 1, size);
  while (end < size && is_continuation(source.text[end])) ++end;
  result_.problems.push_back({Code::project_file,
                              ProjectPlace{source.path, at, end},
                              fmt::format("not a project file: {}", reason),
                              "understood up to here",
                              {}});
  return false;
}

// Entities of a document type are never expanded, so such a file cannot grow.
void Evaluation::check_document(const Source& source) {
  for (const pugi::xml_node node : source.document.children()) {
    if (node.type() != pugi::node_doctype) continue;
    report(Code::project_ignored, {&source, node}, "<!DOCTYPE",
           "the document type of a project file is not read, its entities are not expanded", "ignored");
  }
}

void Evaluation::properties_of(const Source& source, pugi::xml_node parent, int depth) {
  for (const pugi::xml_node node : parent.children()) {
    if (node.type() != pugi::node_element) continue;
    if (is(node, "PropertyGroup")) {
      if (!holds({&source, node})) continue;
      for (const pugi::xml_node p : node.children()) {
        if (p.type() == pugi::node_element) property(source, p);
      }
    } else if (is(node, "ItemGroup")) {
      item_groups_.push_back({&source, node});
    } else if (is(node, "Import")) {
      import(source, node, depth);
    } else if (is(node, "ImportGroup") && depth < kMaxNesting) {
      if (holds({&source, node})) properties_of(source, node, depth + 1);
    } else if (is(node, "Choose")) {
      choose(source, node, depth);
    }
  }
}

void Evaluation::property(const Source& source, pugi::xml_node node) {
  const Place at{&source, node};
  if (!holds(at)) return;
  properties_.set("MSBuildThisFileDirectory", folder_of(source.path) + "/");
  Expansion value = properties_.expand(node.text().get());
  if (value.too_long) {
    report(Code::project_ignored, at, "", fmt::format("property {} grows beyond 64 KiB", local_name(node)),
           "cut off");
  }
  // A property that extends itself starts from nothing.
  if (is(node, "DefineConstants")) value.text = properties_.expand_all(node.text().get());
  properties_.set(local_name(node), std::move(value.text));
}

void Evaluation::import(const Source& source, pugi::xml_node node, int depth) {
  const Place at{&source, node};
  if (!holds(at)) return;
  const std::string_view written = attribute(node, "Project");
  properties_.set("MSBuildThisFileDirectory", folder_of(source.path) + "/");
  const PathAnswer answer = resolve_path(properties_.expand(written), folder_of(source.path), disk_);
  const bool again = std::any_of(sources_.begin(), sources_.end(), [&](const auto& s) {
    return Disk::canonical(s->path) == Disk::canonical(answer.path);
  });
  if (again) return;  // MSBuild ignores a second import as well
  if (disk_.is_file(answer.path) && depth < kMaxNesting && sources_.size() < kMaxImports) {
    const Source* imported = open(fs::path(answer.path).lexically_normal().string(), &at);
    if (imported != nullptr) properties_of(*imported, imported->document.document_element(), depth + 1);
    return;
  }
  // The build system's own files list no sources.
  if (written.starts_with("$(MSBuild") && !answer.found) return;
  auto& problem =
      report(Code::project_import, at, written,
             fmt::format("{} is not followed: {}", written,
                         answer.found ? "imports are nested too deeply" : "there is no such file"),
             "not followed");
  problem.notes.push_back("properties and items of that file are not known");
}

// The first branch that holds; one that is not understood holds.
void Evaluation::choose(const Source& source, pugi::xml_node node, int depth) {
  if (depth >= kMaxNesting) return;
  for (const pugi::xml_node branch : node.children()) {
    const bool taken = (is(branch, "When") && holds({&source, branch})) || is(branch, "Otherwise");
    if (taken) return properties_of(source, branch, depth + 1);
  }
}

void Evaluation::read_symbols() {
  std::string constants = properties_.expand_all("$(DefineConstants)");
  std::replace_if(
      constants.begin(), constants.end(), [](char c) { return std::strchr(", \t\r\n", c) != nullptr; }, ';');
  for (std::string_view constant : split_list(constants)) {
    constant = constant.substr(0, constant.find('='));
    if (is_word(constant)) result_.symbols.emplace(constant);
  }
}

bool Evaluation::holds(const Place& at) {
  const std::string_view condition = attribute(at.node, "Condition");
  if (condition.find_first_not_of(" \t\r\n") == std::string_view::npos) return true;
  properties_.set("MSBuildThisFileDirectory", folder_of(at.source->path) + "/");
  const auto exists = [&](const std::string& path) {
    return resolve_path(properties_.expand(path), folder_, disk_).found;
  };
  const std::optional<bool> value = evaluate_condition(condition, properties_, exists);
  if (!value) {
    report(Code::project_condition, at, condition,
           fmt::format("condition `{}` is not understood and taken as true", condition), "not understood");
  }
  return value.value_or(true);
}

// The text inside the element's tag if it stands there as written, else the element's name.
ProjectPlace Evaluation::place(const Place& at, std::string_view text) const {
  const std::string& all = at.source->text;
  const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at.node.offset_debug(), 0));
  const std::size_t close = std::min(all.find('>', begin), all.size());
  const std::size_t found =
      text.empty() ? std::string::npos : std::string_view(all).substr(0, close).find(text, begin);
  const std::size_t from = found == std::string::npos ? begin : found;
  const std::size_t length = found == std::string::npos ? std::strlen(at.node.name()) : text.size();
  return {at.source->path, static_cast<std::uint32_t>(from),
          static_cast<std::uint32_t>(std::min(from + length, all.size()))};
}

ProjectProblem& Evaluation::report(Code code, const Place& at, std::string_view text, std::string message,
                                   std::string label) {
  return result_.problems.emplace_back(
      ProjectProblem{code, place(at, text), std::move(message), std::move(label), {}});
}

}  // namespace singspin::project
