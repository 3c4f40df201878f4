#include "frontend/project/search.h"

#include <algorithm>
#include <filesystem>

namespace singspin::project {

namespace fs = std::filesystem;

const ProjectFile& ProjectFiles::get(const std::string& path) {
  const std::string key = Disk::canonical(path);
  const auto known = files_.find(key);
  if (known != files_.end()) return known->second;
  return files_.emplace(key, read_project(path, disk_)).first->second;
}

std::vector<const ProjectFile*> ProjectFiles::with_references(const std::string& path) {
  std::vector<const ProjectFile*> all{&get(path)};
  std::set<const ProjectFile*> seen{all.front()};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const ListedFile& reference : all[i]->references) {
      const ProjectFile* next = &get(reference.path);
      if (seen.insert(next).second) all.push_back(next);
    }
  }
  return all;
}

namespace {

std::string parent(const std::string& path) { return fs::path(path).parent_path().string(); }

std::vector<Candidate> plain(const std::vector<std::string>& paths) {
  std::vector<Candidate> all;
  for (const std::string& path : paths) all.push_back({path, {}});
  return all;
}

}  // namespace

std::vector<Candidate> Search::in_include_folders(const std::string& name) {
  std::vector<Candidate> all;
  for (const std::string& folder : include_folders_) {
    for (Candidate& c : plain(index_.below_folder(folder, name))) all.push_back(std::move(c));
  }
  return all;
}

std::vector<Candidate> Search::beside(const std::string& file, const std::string& name) {
  return plain(index_.in_folder(parent(file), name));
}

// The nearest project that has the name, or all of the same folder that have it.
std::vector<Candidate> Search::in_projects(const std::string& file, const std::string& name) {
  std::vector<Candidate> all;
  std::string folder;
  for (const std::string& path : projects_of(file)) {
    if (!all.empty() && parent(path) != folder) break;
    folder = parent(path);
    for (const ProjectFile* project : projects_.with_references(path)) {
      for (const ListedFile& source : project->sources) {
        if (index_.declares(source.path, name)) all.push_back({source.path, project->symbols});
      }
    }
  }
  return all;
}

const std::vector<std::string>& Search::projects_of(const std::string& file) {
  const std::string canonical = Disk::canonical(file);
  const auto [at, added] = projects_of_.try_emplace(canonical);
  if (!added) return at->second;
  const fs::path root(root_);
  for (fs::path folder = fs::path(canonical).parent_path();; folder = folder.parent_path()) {
    add_projects_in(folder.string(), canonical, at->second);
    const fs::path inside = folder.lexically_relative(root);
    const bool above = inside.empty() || *inside.begin() == ".." || folder == root;
    if (above || folder == folder.parent_path()) break;
  }
  return at->second;
}

void Search::add_projects_in(const std::string& folder, const std::string& file,
                             std::vector<std::string>& found) {
  for (const FolderEntry& entry : disk_.list(folder)) {
    if (!entry.is_file || !is_project_path(entry.name)) continue;
    const std::string path = (fs::path(folder) / entry.name).string();
    const auto& sources = projects_.get(path).sources;
    if (std::any_of(sources.begin(), sources.end(),
                    [&](const ListedFile& s) { return Disk::canonical(s.path) == file; }))
      found.push_back(path);
  }
}

}  // namespace singspin::project
