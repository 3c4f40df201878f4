// The project files singspin.toml of the folders that an editor works in, read as `check` reads them.
// Whatever they hold is what was saved; an editor that has one open does not show it to the server.
#pragma once

#include "frontend/project/config.h"
#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

class ProjectFiles {
 public:
  // What holds in a folder, read anew from the disk; the defaults if there is no file. While a file has
  // mistakes, what it said before goes on to hold.
  const project::Config& settings(const std::string& folder);
  // The parameters of publishDiagnostics for project files of which something new is to be told.
  std::vector<Json> news(Encoding encoding);

 private:
  struct File {
    project::Config good;
    source::SourceMap sources;  // of the text that `problems` is about
    diagnostics::Diagnostics problems;
    Json told = Json::array();
  };
  std::map<std::string, std::string> nearest_;  // by folder; empty: none
  std::map<std::string, File> files_;           // by path
};

}  // namespace singspin::lsp
