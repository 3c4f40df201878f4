// The formats of `-o FORMAT=PATH`. A new one is a line of the table in formats.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/cli/options.h"
#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::cli {

struct Format {
  std::string_view name;
  // All of the report in one text; null for a format that holds one run.
  std::string (*all)(const document::Document&, const document::Settings&) = nullptr;
  // Row `counterexample` of the report, and the ending of its file in a folder.
  std::string (*one)(const document::Document&, std::size_t counterexample) = nullptr;
  std::string_view ending = {};
};

// `json` is not among them: the report is written as it is.
const std::vector<Format>& formats();
const Format* find_format(std::string_view name);
// `json, gitlab, tap`
std::string format_names();

// What writers may know besides the report, from what is built in.
document::Settings writer_settings(const Options& options);

}  // namespace singspin::cli
