#include "reports/cli/formats.h"

#include <algorithm>

#include "codes_md.h"
#include "frontend/diagnostics/diagnostic.h"
#include "reports/formats/github/github.h"
#include "reports/formats/gitlab/gitlab.h"
#include "reports/formats/itf/itf.h"
#include "reports/formats/junit/junit.h"
#include "reports/formats/markdown/markdown.h"
#include "reports/formats/sarif/sarif.h"
#include "reports/formats/tap/tap.h"
#include "reports/formats/terminal/explain.h"
#include "reports/formats/trace/trace.h"

namespace singspin::cli {

const std::vector<Format>& formats() {
  static const std::vector<Format> kFormats = {
      {.name = "sarif", .all = sarif::render},
      {.name = "junit", .all = junit::render},
      {.name = "gitlab", .all = gitlab::render},
      {.name = "html"},  // made of the report itself: reports/cli/html_report.cpp
      {.name = "github", .all = github::render},
      {.name = "md", .all = markdown::render},
      {.name = "tap", .all = tap::render},
      {.name = "trace", .one = trace::render, .ending = ".trace.json"},
      {.name = "itf", .one = itf::render, .ending = ".itf.json"},
  };
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto found = std::ranges::find(formats(), name, &Format::name);
  return found == formats().end() ? nullptr : &*found;
}

std::string format_names() {
  std::string names = "json";
  for (const Format& format : formats()) names += ", " + std::string(format.name);
  return names;
}

document::Settings writer_settings(const Options& options) {
  document::Settings settings;
  settings.passed_too = options.verify.sarif_all;
  settings.explain = [](std::string_view code) -> std::string {
    static const std::vector<terminal::Explanation> kAll = terminal::read_explanations(embedded::codes_md);
    for (const terminal::Explanation& one : kAll) {
      if (diagnostics::code_text(one.code) == code) return one.markdown;
    }
    return "";
  };
  return settings;
}

}  // namespace singspin::cli
