#include "promela/spin/pan_text.h"

#include <algorithm>
#include <charconv>

namespace singspin::spin {
namespace {

// `$` stands for a number, a final `*` for the rest of the line.
struct Form {
  std::string_view text;
  Item item;
};

constexpr Form kForms[] = {
    {"+ Breadth-First Search", Item::Harmless},
    {"+ Partial Order Reduction", Item::Harmless},
    {"+ Compression", Item::Harmless},
    {"Full statespace search for:", Item::Heading},
    {"never claim - (none specified)", Item::NoClaim},
    {"assertion violations +", Item::AssertionsChecked},
    // Runs with a claim.
    {"pan: ltl formula *", Item::Harmless},
    {"never claim + (*", Item::Claim},
    {"assertion violations + (if within scope of claim)", Item::AssertionsChecked},
    {"acceptance cycles + (fairness enabled)", Item::CyclesChecked},
    {"acceptance cycles + (fairness disabled)", Item::CyclesChecked},
    {"invalid end states - (disabled by never claim)", Item::EndStatesOff},
    {"cycle checks - (disabled by -DSAFETY)", Item::Harmless},
    {"invalid end states +", Item::EndStatesChecked},
    {"invalid end states - (disabled by -E flag)", Item::EndStatesIgnored},
    {"State-vector $ byte, depth reached $, errors: $", Item::Vector},
    {"$ states, stored", Item::Stored},
    {"$ states, stored ($ visited)", Item::Stored},
    {"$ nominal states (stored-atomic)", Item::Harmless},
    {"$ states, matched", Item::Matched},
    {"$ transitions (= stored+matched)", Item::Transitions},
    {"$ transitions (= visited+matched)", Item::Transitions},
    {"$ atomic steps", Item::AtomicSteps},
    {"hash conflicts: $ (resolved)", Item::Harmless},
    {"Stats on memory usage (in Megabytes):", Item::Harmless},
    {"$ equivalent memory usage for states (stored*(State-vector + overhead))", Item::Harmless},
    {"$ actual memory usage for states", Item::Harmless},
    {"$ actual memory usage for states (compression: $%)", Item::Harmless},
    {"$ actual memory usage for states (less than 1k)", Item::Harmless},
    {"state-vector as stored = $ byte + $ byte overhead", Item::Harmless},
    {"$ memory used for hash table (-w$)", Item::Harmless},
    {"$ memory used for DFS stack (-m$)", Item::Harmless},
    {"$ other (proc and chan stacks)", Item::Harmless},
    {"$ memory lost to fragmentation", Item::Harmless},
    {"$ total actual memory usage", Item::Memory},
    {"$ memory usage (Mbyte)", Item::Memory},
    {"unreached in proctype *", Item::UnreachedBlock},
    {"unreached in init", Item::UnreachedBlock},
    {"Peg Counts (transitions executed):", Item::PegBlock},
    {"$ trans $ *", Item::Peg},
    {"Depth= $ States= $ Transitions= $ Memory= $", Item::Harmless},
    {"Depth= $ States= $ Transitions= $ Memory= $ t= $ R= $", Item::Harmless},
    {"pan: resizing hashtable to -w$.. done", Item::Harmless},
    {"pan: wrote *", Item::Harmless},
    {"pan: elapsed time $ seconds", Item::Elapsed},
    {"pan: rate $ states/second", Item::Harmless},
    {"pan: avg transition delay $ usec", Item::Harmless},
    // These follow a memory limit, which has its own tell-tale.
    {"$ bytes used", Item::Harmless},
    {"$ bytes more needed", Item::Harmless},
    {"$ bytes limit", Item::Harmless},
    {"hint: to reduce memory, recompile with", Item::Harmless},
    {"-DCOLLAPSE # good, fast compression, or", Item::Harmless},
    {"-DMA=$ # better/slower compression, or", Item::Harmless},
    {"-DHC # hash-compaction, approximation", Item::Harmless},
    {"-DBITSTATE # supertrace, approximation", Item::Harmless},
};

bool take_number(std::string_view& line, std::vector<double>& numbers) {
  if (line.starts_with(' ')) line.remove_prefix(1);  // a padded number after a sign such as "-w"
  double value = 0;
  auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc()) return false;
  if (end[-1] == '.') --end;  // "-w14.. done" is the number 14
  numbers.push_back(value);
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return true;
}

std::optional<ReadLine> match(std::string_view line, const Form& form) {
  ReadLine result{form.item, {}, {}};
  for (const char sign : form.text) {
    if (sign == '*') {
      result.rest = line;
      return line.empty() ? std::nullopt : std::optional(result);
    }
    if (sign == '$') {
      if (!take_number(line, result.numbers)) return std::nullopt;
      continue;
    }
    if (!line.starts_with(sign)) return std::nullopt;
    line.remove_prefix(1);
  }
  return line.empty() ? std::optional(result) : std::nullopt;
}

struct TellTale {
  std::string_view text;
  Incomplete cause;
};

constexpr TellTale kTellTales[] = {
    {"VECTORSZ", Incomplete::ModelFault},
    {"too many processes", Incomplete::ModelFault},
    {"too many queues", Incomplete::ModelFault},
    {"max search depth too small", Incomplete::DepthLimit},
    {"depth limit reached", Incomplete::DepthLimit},
    {"MEMLIM", Incomplete::MemoryLimit},
    {"out of memory", Incomplete::MemoryLimit},
    {"out of non-shared memory", Incomplete::MemoryLimit},
    {"Interrupted", Incomplete::Interrupted},
    {"Time limit", Incomplete::TimeLimit},
    {"Bit statespace search", Incomplete::NotExhaustive},
    {"Hash-Compact", Incomplete::NotExhaustive},
    {"hash factor:", Incomplete::NotExhaustive},
    {"bits set per state", Incomplete::NotExhaustive},
    {"hash array", Incomplete::NotExhaustive},
    {"hash table is full", Incomplete::NotExhaustive},
    {"states lost", Incomplete::NotExhaustive},
    {"Search incomplete", Incomplete::NotExhaustive},
    {"Scheduling Restriction", Incomplete::NotExhaustive},
    // Also said after most of the above, which then are the cause.
    {"Search not completed", Incomplete::StoppedAtError},
};

}  // namespace

ReadLine read_line(std::string_view line) {
  for (const auto& form : kForms)
    if (auto result = match(line, form)) return *result;
  return {};
}

std::string squeezed(std::string_view line) {
  std::string text;
  for (const char sign : line) {
    const bool blank = sign == ' ' || sign == '\t' || sign == '\r';
    if (!blank) text += sign;
    else if (!text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

std::optional<Incomplete> tell_tale(std::string_view line) {
  const auto found = std::ranges::find_if(
      kTellTales, [&](const TellTale& tale) { return line.find(tale.text) != std::string_view::npos; });
  return found == std::end(kTellTales) ? std::nullopt : std::optional(found->cause);
}

bool is_violation(std::string_view message) {
  // The generated code writes array indexes that are right by construction.
  if (message.starts_with("assertion violated - invalid array index")) return false;
  return message == "invalid end state" || message.starts_with("assertion violated ") || message.starts_with('@');
}

}  // namespace singspin::spin
