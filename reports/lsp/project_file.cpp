#include "reports/lsp/project_file.h"

#include "reports/lsp/diagnostics.h"
#include "reports/lsp/uri.h"

namespace singspin::lsp {

const project::Config& ProjectFiles::settings(const std::string& folder) {
  static const project::Config kDefaults;
  std::string& nearest = nearest_[folder];
  const std::string before = std::exchange(nearest, project::find_config(folder));
  if (const auto gone = files_.find(before); gone != files_.end() && before != nearest)
    gone->second.problems = {};
  if (nearest.empty()) return kDefaults;
  File& file = files_[nearest];
  file.sources = {};
  file.problems = {};
  project::Config now = project::read_config(nearest, "", file.sources, file.problems);
  if (!file.problems.has_errors()) file.good = std::move(now);
  return file.good;
}

std::vector<Json> ProjectFiles::news(Encoding encoding) {
  std::vector<Json> list;
  for (auto& [path, file] : files_) {
    Snapshot text;
    text.loaded.sources = std::move(file.sources);
    text.uris = {uri_of_path(path)};
    text.encoding = encoding;
    Json diagnostics = Json::array();
    for (const diagnostics::Diagnostic& d : file.problems.list())
      diagnostics.push_back(diagnostic_json(text, d));
    file.sources = std::move(text.loaded.sources);
    if (diagnostics == file.told) continue;
    file.told = diagnostics;
    list.push_back({{"uri", text.uris.front()}, {"diagnostics", std::move(diagnostics)}});
  }
  return list;
}

}  // namespace singspin::lsp
