// What a writer of reports may know besides the report.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace singspin::document {

struct Settings {
  bool passed_too = false;  // SARIF: what was proved and what is open, too
  // The long explanation of a code, in Markdown; empty for a code of a later version.
  std::function<std::string(std::string_view code)> explain = [](std::string_view) { return std::string(); };
};

}  // namespace singspin::document
