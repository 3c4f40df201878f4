// The project file `singspin.toml`.
#include "frontend/project/config.h"
#include "tests/fuzz/fixes.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

constexpr const char* kPath = "/fuzz.tree/singspin.toml";

// What the documentation promises about values, whatever the file says.
void check_values(const project::Config& config) {
  REQUIRE(!config.queue || (*config.queue >= 1 && *config.queue <= 255), "queue is in its range");
  REQUIRE(!config.time_seconds || (*config.time_seconds >= 0.001 && *config.time_seconds <= 1e6),
          "time is in its range");
  REQUIRE(!config.memory_bytes || *config.memory_bytes > 0, "memory is in its range");
  REQUIRE(!config.depth || (*config.depth >= 1 && *config.depth <= 1'000'000'000), "depth is in its range");
  REQUIRE(!config.jobs || (*config.jobs >= 1 && *config.jobs <= 256), "jobs is in its range");
  for (const std::string& name : config.defines) REQUIRE(!name.empty(), "a symbol has letters");
  for (const diagnostics::CodeInfo& code : diagnostics::all_codes()) {
    if (config.severities.is_off(code.code))
      REQUIRE(diagnostics::refusal(code.code, diagnostics::Level::Off).empty(),
              "what must be seen is not off");
  }
}

bool is_empty(const project::Config& config) {
  return config.defines.empty() && config.include_folders.empty() && config.properties.empty() &&
         !config.queue && !config.time_seconds && !config.memory_bytes && !config.depth && !config.jobs &&
         !config.inconclusive_ok;
}

// A size is what its digits and its unit say, or nothing.
void check_size(std::string_view text) {
  const auto bytes = project::parse_size(text);
  if (!bytes) return;
  REQUIRE(*bytes > 0 && text.front() >= '0' && text.front() <= '9', "a size begins with its number");
  REQUIRE(project::parse_size(std::to_string(*bytes)) == bytes, "a size can be written in bytes");
}

}  // namespace

void run_settings(std::string_view bytes) {
  FrontEnd front_end;
  const project::Config config =
      project::parse_config(kPath, "singspin.toml", bytes, front_end.sources, front_end.diagnostics);
  check_diagnostics(front_end.sources, front_end.diagnostics);
  check_values(config);
  for (const diagnostics::Diagnostic& d : front_end.diagnostics.list()) {
    if (d.code == diagnostics::Code::config_syntax)
      REQUIRE(is_empty(config) && front_end.diagnostics.list().size() == 1, "what is no TOML sets nothing");
  }
  apply_fixes(front_end.sources, front_end.diagnostics, diagnostics::FixChoice::All);
  check_size(bytes.substr(0, bytes.find('\n')));
}

}  // namespace singspin::fuzz
