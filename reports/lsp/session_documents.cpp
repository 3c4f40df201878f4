// The open texts of a session: their changes, their analysis, and what follows from both.
#include <fmt/format.h>

#include <algorithm>

#include "reports/lsp/diagnostics.h"
#include "reports/lsp/rename.h"
#include "reports/lsp/session.h"
#include "reports/lsp/uri.h"

namespace singspin::lsp {

Session::OpenDocument* Session::find(const Json& params) {
  const auto uri = read_string(member(params, {"textDocument", "uri"}));
  const auto found = uri ? documents_.find(*uri) : documents_.end();
  return found == documents_.end() ? nullptr : &found->second;
}

// A text that is no file gets a path that no file has: a component cannot hold a slash, a URI does.
Document Session::new_document(const std::string& uri) {
  const auto path = path_of_uri(uri);
  if (path) return {uri, canonical(*path), 0, {}};
  std::string name = uri;
  std::replace(name.begin(), name.end(), '/', '_');
  std::replace(name.begin(), name.end(), '\0', '_');
  return {uri, "/singspin-unsaved/" + name, 0, {}};
}

void Session::did_open(const Json& params, Seconds now) {
  const Json& item = member(params, "textDocument");
  const auto uri = read_string(member(item, "uri"));
  auto text = read_string(member(item, "text"));
  if (!uri || !text) return;
  OpenDocument open{new_document(*uri), nullptr, false, {}, now};
  open.document.version = read_integer(member(item, "version")).value_or(0);
  open.document.text = std::move(*text);
  const std::string path = open.document.path;
  documents_.insert_or_assign(*uri, std::move(open));
  texts_changed(now, path);
}

void Session::did_change(const Json& params, Seconds now) {
  OpenDocument* open = find(params);
  const auto changes = read_changes(member(params, "contentChanges"));
  if (open == nullptr || !changes) return;
  apply(open->document.text, *changes, settings_.encoding);
  open->document.version =
      read_integer(member(params, {"textDocument", "version"})).value_or(open->document.version);
  texts_changed(now, open->document.path);
  open->publish_at = now + settings_.debounce;
}

void Session::did_save(const Json& params, Seconds now) {
  if (OpenDocument* open = find(params)) {
    open->dependencies.clear();
    texts_changed(now, open->document.path);
  }
}

void Session::did_close(const Json& params, Seconds now) {
  OpenDocument* open = find(params);
  if (open == nullptr) return;
  const Document document = std::move(open->document);
  documents_.erase(document.uri);
  workspace_.set_names(document.path, {});  // texts that are no files are gone
  workspace_.refresh(document.path);
  texts_changed(now, document.path);
  send_notification("textDocument/publishDiagnostics",
                    {{"uri", document.uri}, {"diagnostics", Json::array()}});
}

void Session::did_change_watched_files(const Json& params, Seconds now) {
  const Json& changes = member(params, "changes");
  if (!changes.is_array()) return;
  for (const Json& change : changes) {
    const auto uri = read_string(member(change, "uri"));
    const auto path = uri ? path_of_uri(*uri) : std::nullopt;
    if (path) workspace_.refresh(canonical(*path));
  }
  for (auto& [uri, open] : documents_) open.dependencies.clear();
  texts_changed(now);
}

void Session::did_change_folders(const Json& params, Seconds now) {
  std::set<std::string> folders(workspace_.folders().begin(), workspace_.folders().end());
  const auto each = [&](std::string_view name, const auto& act) {
    const Json& list = member(params, {"event", name});
    if (!list.is_array()) return;
    for (const Json& folder : list) {
      const auto uri = read_string(member(folder, "uri"));
      const auto path = uri ? path_of_uri(*uri) : std::nullopt;
      if (path) act(canonical(*path));
    }
  };
  each("removed", [&](const std::string& path) { folders.erase(path); });
  each("added", [&](const std::string& path) { folders.insert(path); });
  workspace_.set_folders({folders.begin(), folders.end()});
  texts_changed(now);
}

void Session::did_change_configuration(const Json& params, Seconds now) {
  read_settings(member(params, {"settings", "singspin"}));
  texts_changed(now);
}

// Analyses that are old are made anew when they are asked for or due.
void Session::texts_changed(Seconds now, const std::string& path) {
  everything_ = nullptr;
  for (auto& [uri, open] : documents_) {
    if (!depends(open, path)) continue;
    open.fresh = false;
    if (!open.publish_at) open.publish_at = now + settings_.debounce;
  }
  if (settings_.verify) verify_at_ = now + settings_.debounce + settings_.verify_delay;
}

// A contract that is missing may be in any text.
bool Session::depends(const OpenDocument& open, const std::string& path) const {
  if (path.empty() || !open.fresh || open.document.path == path || open.snapshot->file(path)) return true;
  return !missing_names(open.snapshot->loaded.files).empty();
}

bool Session::missing_names_appeared() const {
  for (const auto& [uri, open] : documents_) {
    if (open.snapshot == nullptr) continue;
    for (const std::string& name : missing_names(open.snapshot->loaded.files)) {
      if (!workspace_.declaring(name).empty()) return true;
    }
  }
  return false;
}

project::Input Session::input_for(const std::vector<std::string>& paths) {
  project::Input input;
  input.paths = paths;
  input.root = workspace_.folder_of(paths.front());
  const project::Config& file =
      project_files_.settings(input.root.empty() ? folder_around(paths.front()) : input.root);
  input.severities = file.severities;
  input.defines = file.defines;
  input.defines.insert(input.defines.end(), settings_.defines.begin(), settings_.defines.end());
  input.include_folders = settings_.include_folders;
  input.include_folders.insert(input.include_folders.end(), file.include_folders.begin(),
                               file.include_folders.end());
  return input;
}

std::shared_ptr<Snapshot> Session::analyse(const std::vector<std::string>& paths, const Texts& texts) {
  project::Input input = input_for(paths);
  input.overlays = texts;
  for (const auto& [uri, open] : documents_) input.overlays.emplace(open.document.path, open.document.text);
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->symbols = project::symbols_of(input.defines);
  snapshot->loaded = project::load(input);
  diagnostics::Diagnostics& found = snapshot->loaded.diagnostics;
  for (diagnostics::Diagnostic& d : project::unused_suppressions(snapshot->loaded, input.severities, false))
    found.append(std::move(d));
  found.sort();
  snapshot->index = sema::index(snapshot->loaded.files, snapshot->loaded.sources);
  snapshot->encoding = settings_.encoding;
  for (const std::string& path : snapshot->loaded.paths) {
    const auto open = std::find_if(documents_.begin(), documents_.end(), [&](const auto& entry) {
      return entry.second.document.path == canonical(path);
    });
    const bool is_open = open != documents_.end();
    snapshot->uris.push_back(is_open ? open->first : uri_of_path(canonical(path)));
    snapshot->versions.push_back(is_open ? std::optional(open->second.document.version) : std::nullopt);
  }
  return snapshot;
}

const Snapshot& Session::fresh_snapshot(OpenDocument& open) {
  if (open.fresh) return *open.snapshot;
  constexpr int kRounds = 16;  // each adds a level of bases
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::string> paths{open.document.path};
    paths.insert(paths.end(), open.dependencies.begin(), open.dependencies.end());
    open.snapshot = analyse(paths);
    const std::size_t before = open.dependencies.size();
    for (const std::string& name : missing_names(open.snapshot->loaded.files)) {
      for (const std::string& path : workspace_.declaring(name)) open.dependencies.insert(path);
    }
    open.dependencies.erase(open.document.path);
    if (open.dependencies.size() == before) break;
  }
  open.fresh = true;
  const auto file = open.snapshot->file(open.document.path);
  std::set<std::string> names;
  if (file) names = declared_names(open.snapshot->loaded.files[file->value]);
  if (workspace_.set_names(open.document.path, std::move(names))) review_missing_names(open);
  return *open.snapshot;
}

// Texts that miss a name that is declared now are looked at again at once.
void Session::review_missing_names(const OpenDocument& but) {
  for (auto& [uri, open] : documents_) {
    if (&open == &but || !open.fresh || missing_names(open.snapshot->loaded.files).empty()) continue;
    open.fresh = false;
    open.publish_at = 0;
  }
}

const Snapshot& Session::whole_workspace() {
  if (everything_) return *everything_;
  constexpr Seconds kNoLimit = 1e9;
  workspace_.scan(kNoLimit);
  std::set<std::string> paths;
  for (auto& [uri, open] : documents_) {
    fresh_snapshot(open);
    paths.insert(open.document.path);
    paths.insert(open.dependencies.begin(), open.dependencies.end());
  }
  for (std::string& path : workspace_.files()) paths.insert(std::move(path));
  if (paths.empty()) paths.insert("/dev/null");
  everything_ = analyse({paths.begin(), paths.end()});
  return *everything_;
}

bool Session::rename_keeps_meaning(const Snapshot& before, const WorkspaceEdit& edit) {
  Texts texts;
  std::vector<std::string> paths;  // all as texts, so that the files keep their numbers
  for (std::size_t i = 0; i < before.uris.size(); ++i) {
    const source::SourceFile& file = before.loaded.sources.file(before.loaded.files[i].id);
    const auto edits = edit.find(before.uris[i]);
    paths.push_back(canonical(before.loaded.paths[i]));
    texts[paths.back()] = edits == edit.end()
                              ? file.text
                              : edited(file.text, file.line_starts, edits->second.edits, settings_.encoding);
  }
  return same_meaning(before.index, analyse(paths, texts)->index);
}

void Session::publish(OpenDocument& open) {
  open.publish_at.reset();
  const Snapshot& snapshot = fresh_snapshot(open);
  Json list = Json::array();
  if (const auto file = snapshot.file(open.document.path)) {
    list = file_diagnostics(snapshot, *file);
  } else {
    for (const diagnostics::Diagnostic& d : snapshot.loaded.diagnostics.list()) {
      if (d.code == diagnostics::Code::binary_file) list.push_back(diagnostic_json(snapshot, d));
    }
  }
  for (Json& news : project_files_.news(settings_.encoding))
    send_notification("textDocument/publishDiagnostics", std::move(news));
  send_notification(
      "textDocument/publishDiagnostics",
      {{"uri", open.document.uri}, {"version", open.document.version}, {"diagnostics", std::move(list)}});
}

// The contracts of the open texts. Those with missing parts have no machine to verify.
void Session::start_verification(Seconds) {
  verify_at_.reset();
  std::vector<VerifyJob> jobs;
  for (auto& [uri, open] : documents_) {
    fresh_snapshot(open);
    const auto file = open.snapshot->file(open.document.path);
    if (!file) continue;
    for (const sema::Analyzed& contract : open.snapshot->loaded.analysis.contracts) {
      if (contract.span.file == *file && contract.contract && !contract.missing_input)
        jobs.push_back({open.snapshot, *contract.contract});
    }
  }
  verdicts_.want(jobs);
}

}  // namespace singspin::lsp
