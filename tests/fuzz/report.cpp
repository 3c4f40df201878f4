// Saved reports: whatever can be read can be written in every format, and readers take it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "reports/document/decode.h"
#include "reports/document/findings.h"
#include "reports/document/text.h"
#include "reports/formats/github/github.h"
#include "reports/formats/gitlab/gitlab.h"
#include "reports/formats/itf/itf.h"
#include "reports/formats/junit/junit.h"
#include "reports/formats/markdown/markdown.h"
#include "reports/formats/sarif/sarif.h"
#include "reports/formats/tap/tap.h"
#include "reports/formats/trace/trace.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

using document::Document;
using nlohmann::json;

void check_lines(std::string_view text) {
  REQUIRE(text.empty() || text.ends_with('\n'), "a text ends with a line end");
  while (!text.empty()) {
    const document::CodePoint c = document::first_code_point(text);
    REQUIRE(c.value != 0xfffd || c.bytes == 3, "a text is UTF-8");
    REQUIRE(c.value == '\n' || c.value >= 0x20, "no control character gets out");
    text.remove_prefix(c.bytes);
  }
}

void check_gitlab(const Document& document, const document::Settings& settings) {
  const json out = json::parse(gitlab::render(document, settings));
  std::set<std::string> seen;
  for (const json& one : out) {
    REQUIRE(seen.insert(one.at("fingerprint")).second, "fingerprints are unique");
    REQUIRE(one.at("location").at("lines").at("begin") >= 1, "lines begin with 1");
  }
  REQUIRE(out.size() == document::findings(document).size(), "every finding is told");
}

void check_sarif(const Document& document, const document::Settings& settings) {
  const std::string text = sarif::render(document, settings);
  REQUIRE(text.size() <= 10'000'000, "a SARIF log has at most 10 MB");
  const json run = json::parse(text).at("runs").at(0);
  const json& rules = run.at("tool").at("driver").at("rules");
  for (const json& result : run.at("results")) {
    REQUIRE(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"),
            "rules are where results say");
    REQUIRE(result.at("locations").size() == 1, "every result has a place");
    for (const json& way : result.value("graphTraversals", json::array()))
      REQUIRE(way.at("runGraphIndex") < run.at("graphs").size(), "ways go through graphs");
  }
}

void check_github(const Document& document, const document::Settings& settings) {
  const std::string text = github::render(document, settings);
  check_lines(text);
  REQUIRE(std::count(text.begin(), text.end(), '\n') <= 30, "at most ten of each kind");
}

void check_junit(const Document& document, const document::Settings& settings) {
  const std::string text = junit::render(document, settings);
  check_lines(text);
  REQUIRE(text.size() <= 30'000'000, "a JUnit file has at most 30 MB");
  REQUIRE(text.find("]]>") == std::string::npos, "no end of a section");
}

void check_runs(const Document& document) {
  for (std::size_t i = 0; i < document.counterexamples.size(); ++i) {
    const json trace = json::parse(trace::render(document, i));
    REQUIRE(trace.at("format") == "singspin-trace" && trace.contains("contracts"), "a trace stands alone");
    const json states = json::parse(itf::render(document, i)).at("states");
    REQUIRE(states.size() == document.counterexamples[i].steps.size() + 1,
            "a state before and after each step");
  }
}

}  // namespace

void run_report(std::string_view bytes) {
  const auto document = document::decode(bytes);
  if (!document) {
    REQUIRE(!document.error().message.empty(), "damage has a name");
    return;
  }
  document::Settings settings;
  settings.passed_too = bytes.size() % 2 == 0;
  check_gitlab(*document, settings);
  check_sarif(*document, settings);
  check_github(*document, settings);
  check_junit(*document, settings);
  check_lines(tap::render(*document, settings));
  const std::string summary = markdown::render(*document, settings);
  check_lines(summary);
  REQUIRE(summary.size() <= (1u << 20), "a summary has at most 1 MiB");
  check_runs(*document);
}

}  // namespace singspin::fuzz
