// diff: what two versions of contracts can no longer say to each other.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/compat/pair.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/words.h"
#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/contract_world.h"

namespace singspin::cli {

namespace {

constexpr int kViolated = 1, kBadInput = 2, kInconclusive = 3, kToolFailure = 4;
constexpr std::uint32_t kLeastRoom = 2, kMostRoom = 32;

struct Version {
  project::Loaded loaded;
  std::vector<ir::ContractId> contracts;
};

base::Expected<Version> load_version(const std::string& path, const Options& options) {
  project::Input input = options.input;
  input.paths = {path};
  Version version{project::load(input), {}};
  // A contract may break a rule and have a machine all the same; one without a machine is not gone.
  constexpr int kFirstRule = 100;  // smaller codes are about the input
  bool whole = std::ranges::none_of(version.loaded.diagnostics.list(), [](const diagnostics::Diagnostic& d) {
    return d.severity == diagnostics::Severity::Error && static_cast<int>(d.code) < kFirstRule;
  });
  for (const std::size_t row : version.loaded.selected) {
    const sema::Analyzed& contract = version.loaded.analysis.contracts[row];
    if (contract.contract && !contract.missing_input) version.contracts.push_back(*contract.contract);
    else whole = false;
  }
  if (!version.contracts.empty() && whole) return version;
  report_errors(version.loaded, options);
  return base::tool_error(version.contracts.empty() ? "no contract with a machine in " + path
                                                    : "a broken contract in " + path);
}

const ir::Contract& row(const Version& version, ir::ContractId id) {
  return version.loaded.analysis.program.contracts[id];
}

std::string_view fault_words(exec::Fault fault) {
  switch (fault) {
    case exec::Fault::Stuck: return "nobody can go on";
    case exec::Fault::UnspecifiedReception: return "a message comes that is not expected";
    case exec::Fault::OrphanMessage: return "a message is never received";
    case exec::Fault::FinalWithPending: return "a message comes after the end";
  }
  UNREACHABLE("fault is known");
}

class Comparison {
 public:
  Comparison(const Version& old_one, const Version& new_one) : old_(old_one), new_(new_one) {}

  void run() {
    for (const ir::ContractId id : old_.contracts) {
      const ir::Contract& before = row(old_, id);
      const auto after = std::ranges::find_if(new_.contracts, [&](ir::ContractId n) {
        return row(new_, n).qualified_name == before.qualified_name;
      });
      if (after != new_.contracts.end()) compare(before, row(new_, *after));
      else say_gone(before);
    }
    for (const ir::ContractId id : new_.contracts) {
      const ir::Contract& after = row(new_, id);
      const bool known = std::ranges::any_of(old_.contracts, [&](ir::ContractId o) {
        return row(old_, o).qualified_name == after.qualified_name;
      });
      if (!known) text_ += fmt::format("{}   is new\n", after.qualified_name);
    }
  }

  const std::string& text() const { return text_; }
  bool breaks() const { return breaks_; }
  bool is_open() const { return open_; }

 private:
  void say_gone(const ir::Contract& contract) {
    breaks_ = true;
    text_ += fmt::format("{}   breaks\n  the contract is gone\n", contract.qualified_name);
  }

  // What is true of old with old or new with new is no matter of compatibility.
  void compare(const ir::Contract& before, const ir::Contract& after) {
    const auto offset = static_cast<std::uint32_t>(old_.loaded.sources.size());
    const compat::Pair pair = compat::join(before, after, offset);
    const std::uint32_t room = std::max({room_of(before), room_of(after), kLeastRoom});
    // Queues grow until no send waits for room, so that nothing hides behind their length.
    const auto explore = [&](ir::StateId exporter, ir::StateId importer) {
      compat::PairExploration found = compat::explore(pair, exporter, importer, room, {});
      for (std::uint32_t more = room * 2; found.complete && found.cut && more <= kMostRoom; more *= 2)
        found = compat::explore(pair, exporter, importer, more, {});
      return found;
    };
    const auto old_old = explore(pair.old_start, pair.old_start),
               new_new = explore(pair.new_start, pair.new_start);
    std::string words;
    bool broken = false;
    const auto one = [&](const char* who, ir::StateId exporter, ir::StateId importer) {
      const compat::PairExploration mixed = explore(exporter, importer);
      if (!mixed.complete)
        words += fmt::format("  {}: not decided within {} configurations\n", who, mixed.configurations);
      else if (mixed.cut)
        words += fmt::format("  {}: not decided for queues of more than {} messages\n", who, kMostRoom);
      open_ = open_ || !mixed.complete || mixed.cut;
      const compat::Finding* shortest = nullptr;
      for (const exec::Fault fault : exec::kFaults) {
        const auto i = static_cast<std::size_t>(fault);
        if (!mixed.faults[i] || old_old.faults[i] || new_new.faults[i]) continue;
        if (shortest == nullptr || mixed.faults[i]->run.steps.size() < shortest->run.steps.size())
          shortest = &*mixed.faults[i];
      }
      if (shortest != nullptr) words += conversation(pair, who, *shortest);
      broken = broken || shortest != nullptr;
      words += lost(pair, who, old_old, mixed);
    };
    one("old importer, new exporter", pair.new_start, pair.old_start);
    one("new importer, old exporter", pair.old_start, pair.new_start);
    breaks_ = breaks_ || broken;
    const bool open = words.find(": not decided ") != std::string::npos;
    text_ += fmt::format("{}   {}\n{}", after.qualified_name,
                         broken ? "breaks"
                         : open ? "not decided"
                                : "compatible",
                         words);
  }

  static std::uint32_t room_of(const ir::Contract& contract) {
    const exec::CapacitySearch search =
        exec::find_capacity(contract, {contract.start, exec::Reading::Free, {}}, {});
    return search.exact ? std::max(search.capacity.to_importer, search.capacity.to_exporter) : kLeastRoom;
  }

  // A shortest run that goes wrong, step by step, and who needs what at its end.
  std::string conversation(const compat::Pair& pair, const char* who, const compat::Finding& finding) const {
    auto material = std::make_shared<replay::Material>();
    for (const project::Loaded* loaded : {&old_.loaded, &new_.loaded}) {
      for (std::uint32_t i = 0; i < loaded->sources.size(); ++i) {
        const source::SourceFile& file = loaded->sources.file(source::FileId{i});
        material->sources.add(file.path, file.text);
      }
    }
    material->program.contracts.add(pair.contract);
    const auto world =
        replay::contract_world(material, ir::ContractId{0}, finding.run, finding.run.scope.capacity);
    std::string text = fmt::format("  {}: {}\n", who, fault_words(finding.fault));
    for (std::size_t k = 1; k <= world->size(); ++k) {
      const replay::StepView step = world->step(k);
      text += fmt::format("    {}  the {} {}   {}\n", k, step.who, step.words,
                          replay::place_words(world->sources(), step.span));
    }
    for (const std::string& line : world->waits(world->size())) text += fmt::format("    the {}\n", line);
    return text;
  }

  // Messages that two old ends can exchange and this pair never does.
  static std::string lost(const compat::Pair& pair, const char* who, const compat::PairExploration& before,
                          const compat::PairExploration& mixed) {
    std::vector<std::string> names;
    for (const ir::MessageId id : pair.contract.messages.ids()) {
      if (before.sent[id.value] && !mixed.sent[id.value]) names.push_back(pair.contract.messages[id].name);
    }
    if (names.empty() || !mixed.complete) return "";
    return fmt::format("  {}: never sent any more: {}\n", who, terminal::enumerate(names));
  }

  const Version& old_;
  const Version& new_;
  std::string text_;
  bool breaks_ = false, open_ = false;
};

}  // namespace

int run_diff(const Options& options) {
  const auto before = load_version(options.diff_paths[0], options);
  if (!before) return complain(before.error().message, kBadInput);
  const auto after = load_version(options.diff_paths[1], options);
  if (!after) return complain(after.error().message, kBadInput);
  Comparison comparison(*before, *after);
  comparison.run();
  std::string text;
  for (std::string_view rest = comparison.text(); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    text += terminal::sanitize(line) + "\n";
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  if (const auto written = write_stdout(text); !written)
    return complain(written.error().message, kToolFailure);
  if (!options.fail_on_break) return 0;
  return comparison.breaks() ? kViolated : comparison.is_open() ? kInconclusive : 0;
}

}  // namespace singspin::cli
