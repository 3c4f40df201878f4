// The project file `singspin.toml`: settings that a team shares. The only place that knows TOML.
// Promises: whatever the file holds, it gives a value or diagnostics with their places, never both
// half. Knows nothing of a command line, which is stronger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/diagnostics/severities.h"
#include "frontend/source/source_map.h"

namespace singspin::project {

struct Config {
  std::string path;                          // empty: there is no file
  diagnostics::Severities severities;        // [severity] RULE = "LEVEL"
  std::vector<std::string> defines;          // [input] define
  std::vector<std::string> include_folders;  // [input] include, relative to the file
  // [verify]
  std::vector<std::string> properties;
  std::optional<std::uint32_t> queue;
  std::optional<double> time_seconds;
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::uint64_t> depth;
  std::optional<std::uint32_t> jobs;
  std::optional<bool> inconclusive_ok;
};

// The nearest `singspin.toml` from `folder` upwards, not above the git top level and without one not
// above `folder`; empty if there is none.
std::string find_config(const std::string& folder);

// Reads the file at `path`; `root` makes the paths that people see relative. What is wrong with it goes
// to `diagnostics`: SS0001, SS0038, SS0039.
Config read_config(const std::string& path, const std::string& root, source::SourceMap& sources,
                   diagnostics::Diagnostics& diagnostics);

// The same with the bytes of the file at hand; `shown` is what people see as its path.
Config parse_config(const std::string& path, std::string shown, std::string_view raw,
                    source::SourceMap& sources, diagnostics::Diagnostics& diagnostics);

// The number of bytes that `4096`, `512M` or `4G` means; nullopt for anything else.
std::optional<std::uint64_t> parse_size(std::string_view text);

}  // namespace singspin::project
