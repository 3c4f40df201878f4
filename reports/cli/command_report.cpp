// report: a saved report in another format.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/source/loader.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/formats.h"
#include "reports/cli/outputs.h"
#include "reports/document/decode.h"

namespace singspin::cli {

namespace {

constexpr int kBadInput = 2, kToolFailure = 4;

}  // namespace

int run_report(const Options& options) {
  const std::string name = options.report == "-" ? "standard input" : options.report;
  const auto text = source::read_file(options.report == "-" ? "/dev/stdin" : options.report);
  if (!text)
    return complain(fmt::format("error[SS0001]: cannot read {}: {}", name, text.error().message), kBadInput);
  const auto document = document::decode(*text);
  if (!document)
    return complain(fmt::format("error[SS0031]: {}: {}", name, document.error().message), kBadInput);
  const std::vector<Output> outputs = outputs_of(options);
  if (std::ranges::any_of(outputs, [](const Output& o) { return o.format == "html"; }))
    return complain("the HTML page is not made of saved reports: use verify -o html=PATH", kBadInput);
  std::vector<std::string> problems = write_formats(*document, outputs, writer_settings(options));
  for (const Output& output : outputs) {
    if (output.format != "json") continue;
    if (const auto written = write_output(output.path, *text); !written)
      problems.push_back(written.error().message);
  }
  for (const std::string& problem : problems) complain(fmt::format("error[SS0904]: {}", problem), 0);
  return problems.empty() ? 0 : kToolFailure;
}

}  // namespace singspin::cli
