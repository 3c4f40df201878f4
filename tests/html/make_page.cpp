// Writes an HTML report of a sample to standard output: `make_page hostile` with names that try to be markup,
// `make_page long N` with a run of N steps. The page test and the benchmark open them.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "reports/formats/html/html.h"
#include "tests/unit/format_json/sample.h"

namespace {

using namespace singspin;

constexpr const char* kHostile =
    "<img src=x "
    "onerror=\"hacked=1\"></script><script>hacked=1</script><!--\xe2\x80\xa8\x1b[31m\xe2\x80\xae\xff'\"&amp;";

// Every name and text of the report gets the hostile words in front.
report::Report hostile_report() {
  const std::string words = kHostile;
  report::Report out = testing::sample_report();
  ir::Contract& contract = out.program.contracts[{0}];
  contract.name = contract.qualified_name = words;
  for (const ir::StateId id : contract.states.ids()) {
    contract.states[id].id = words + contract.states[id].id;
    contract.states[id].parent = words + contract.states[id].parent;
  }
  for (const ir::MessageId id : contract.messages.ids()) contract.messages[id].name += words;
  for (diagnostics::Diagnostic& row : out.diagnostics) {
    row.message += words;
    row.label = row.help = words;
    row.notes = {words};
  }
  out.counterexamples[0].message += words;
  out.counterexamples[0].id = words;
  out.counterexamples[0].claim = words;
  out.contracts[0].variant = {words, std::vector<std::string>{words}};
  out.counterexamples[0].variant = out.contracts[0].variant;
  out.run.arguments = {words};
  out.engine.version = words;
  out.sources.add(words, words);
  return out;
}

// Rounds of GetStatus and Status, then the deadlock of the spooler.
report::Report long_report(std::size_t steps) {
  report::Report out = testing::sample_report();
  report::Counterexample& run = out.counterexamples[0];
  const std::vector<exec::Step> shown = run.trace.steps;
  std::vector<exec::Step> all = {shown[0], shown[1]};
  using enum ir::Role;
  while (all.size() + shown.size() + 2 <= steps)
    all.insert(all.end(), {{Importer, {1}}, {Exporter, {1}}, {Exporter, {2}}, {Importer, {2}}});
  all.insert(all.end(), shown.begin() + 2, shown.end());
  const std::size_t last = all.size() - 1;
  const auto trace = exec::execute(out.program.contracts[{0}], run.trace.scope, all);
  CHECK(trace.has_value(), "the long run can be executed");
  run.trace = *trace;
  run.ending.race = {static_cast<std::uint32_t>(last - 1), static_cast<std::uint32_t>(last)};
  run.ending.decisive = static_cast<std::uint32_t>(last);
  run.ending.undelivered[0].sent_at = static_cast<std::uint32_t>(last - 1);
  run.ending.undelivered[1].sent_at = static_cast<std::uint32_t>(last);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc > 1 ? argv[1] : "";
  if (kind != "hostile" && kind != "long") return 2;
  const report::Report report = kind == "hostile"
                                    ? hostile_report()
                                    : long_report(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000);
  const std::string words = kind == "hostile" ? kHostile : "the text for people";
  const html::Words told{words, [&](diagnostics::Code) { return words; },
                         [&](std::size_t) {
                           return std::vector<html::Fact>{{words, {words, words}}};
                         },
                         [&](std::size_t) { return words; }};
  html::write(report, told, {},
              [](std::string_view part) { std::fwrite(part.data(), 1, part.size(), stdout); });
  return 0;
}
