// Writing outputs: to standard output, or to a file in one step.
#pragma once

#include <string>
#include <string_view>

#include "frontend/base/expected.h"

namespace singspin::cli {

// A reader that went away (`| head`) is no error.
base::Expected<void> write_stdout(std::string_view text);
// What cannot be said on standard error is lost: there is nobody left to tell.
void write_stderr(std::string_view text);
// `-` is standard output.
base::Expected<void> write_output(const std::string& path, std::string_view text);
// Name of the file for the counterexample `id`, without its ending. `row` keeps cut names apart.
std::string trace_file_name(std::string id, std::size_t row);
// Makes `folder` with its parents; a new state folder gets a `.gitignore` with `*`.
base::Expected<void> make_state_folder(const std::string& folder);

// In the folder of the traces of the last run: their names, in the order of the report.
inline constexpr const char* kTraceIndex = "index";
}  // namespace singspin::cli
