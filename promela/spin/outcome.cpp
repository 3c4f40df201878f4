#include "promela/spin/outcome.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "frontend/base/overloaded.h"
#include "promela/spin/pan_text.h"

namespace singspin::spin {
namespace {

constexpr std::size_t kShownLine = 200;
constexpr double kExact = 99'999'999;  // pan prints counts with eight digits

// When several things went wrong the first of these is named: a fault of the model makes every other
// remark worthless, while a limit is the expected reason for a search that is not completed.
constexpr Incomplete kRanks[] = {Incomplete::ModelFault,     Incomplete::Crashed,
                                 Incomplete::UnknownText,    Incomplete::NotExhaustive,
                                 Incomplete::MemoryLimit,    Incomplete::TimeLimit,
                                 Incomplete::Interrupted,    Incomplete::DepthLimit,
                                 Incomplete::StoppedAtError, Incomplete::MissingStatistics};

std::ptrdiff_t rank(Incomplete cause) { return std::ranges::find(kRanks, cause) - std::begin(kRanks); }

std::uint64_t count_of(double value) { return value > 0 && value < 1e18 ? std::llround(value) : 0; }

template <class Number>
bool whole_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

class Reader {
 public:
  explicit Reader(Search search) : search_(search) {}

  SpinOutcome read(const ProcessResult& result) {
    each_line(result.out, [this](std::string_view line) { read_output(line); });
    each_line(result.err, [this](std::string_view line) { read_error(line); });
    check_completeness();
    check_agreement();
    check_ending(result.ending);
    outcome_.complete = !outcome_.cause;
    return std::move(outcome_);
  }

 private:
  template <class Function>
  static void each_line(std::string_view text, Function function) {
    while (!text.empty()) {
      const auto line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), line.size() + 1));
      function(line);
    }
  }

  void note(Incomplete cause, std::string_view text) {
    if (outcome_.cause && rank(*outcome_.cause) <= rank(cause)) return;
    outcome_.cause = cause;
    outcome_.cause_text = text.substr(0, kShownLine);
  }

  // Pan's error and observation lines first: they hold words of the model, which are no tell-tales.
  void read_output(std::string_view line) {
    if (read_unreached(line)) return;
    if (line.starts_with('@')) return outcome_.observations.emplace_back(line), void();
    if (read_finding(line)) return;
    const auto text = squeezed(line);
    if (text.empty() || read_version(text)) return;
    if (const auto cause = tell_tale(text)) note(*cause, text);
    else take(read_line(text), text);
  }

  void read_error(std::string_view line) {
    const auto text = squeezed(line);
    if (!text.empty()) note(tell_tale(text).value_or(Incomplete::UnknownText), text);
  }

  // \tmodel.pml:14, state 15, "-end-"   and at last   \t(1 of 15 states)
  // The statement in quotes may be C code of several lines.
  bool read_unreached(std::string_view line) {
    if (open_quote_) return open_quote_ = !line.ends_with('"'), true;
    if (!in_unreached_) return false;
    if (line.starts_with("\t(") && line.ends_with(" states)")) return in_unreached_ = false, true;
    const auto state = line.find(", state ");
    if (!line.starts_with('\t') || state == std::string_view::npos) return false;
    open_quote_ = line.find(", \"", state) != std::string_view::npos && !line.ends_with('"');
    return true;
  }

  // pan:K: message (at depth N)
  bool read_finding(std::string_view line) {
    std::uint64_t number = 0;
    const auto colon = line.find(": ", 4);
    if (!line.starts_with("pan:") || colon == std::string_view::npos ||
        !whole_number(line.substr(4, colon - 4), number))
      return false;
    const auto message_end = line.rfind(" (at depth ");
    std::int64_t depth = 0;
    if (message_end == std::string_view::npos || message_end < colon + 2 || !line.ends_with(')') ||
        !whole_number(line.substr(message_end + 11, line.size() - message_end - 12), depth))
      return false;
    add_finding(line.substr(colon + 2, message_end - colon - 2), depth, line);
    return true;
  }

  void add_finding(std::string_view message, std::int64_t depth, std::string_view line) {
    ++messages_;
    const bool cycle = search_ == Search::Claim && message == "acceptance cycle";
    if (cycle || is_violation(message))
      outcome_.findings.push_back(
          {std::string(message), static_cast<std::uint64_t>(std::max<std::int64_t>(depth, 0))});
    else note(message == "depth limit reached" ? Incomplete::DepthLimit : Incomplete::ModelFault, line);
  }

  bool read_version(std::string_view text) {
    if (!text.starts_with("(Spin Version ") || !text.ends_with(')')) return false;
    if (!outcome_.spin_version.empty()) note(Incomplete::UnknownText, "a second summary");
    outcome_.spin_version = text.substr(1, text.size() - 2);
    return true;
  }

  void take(const ReadLine& line, std::string_view text) {
    if (std::ranges::any_of(line.numbers, [](double n) { return !std::isfinite(n); })) {
      // Rates may be anything, counts may not.
      if (line.item != Item::Harmless) return note(Incomplete::UnknownText, text);
    }
    ++seen_[static_cast<std::size_t>(line.item)];
    const auto number = [&](std::size_t i) { return count_of(line.numbers[i]); };
    switch (line.item) {
      case Item::Harmless:
      case Item::Heading:
      case Item::NoClaim:
      case Item::Claim:
      case Item::CyclesChecked:
      case Item::EndStatesOff:
      case Item::AssertionsChecked:
      case Item::PegBlock:
      case Item::Elapsed: return;
      case Item::EndStatesChecked:
      case Item::EndStatesIgnored:
        // What the run was not asked for is as good as unknown.
        if ((line.item == Item::EndStatesIgnored) != (search_ == Search::OwnErrors))
          note(Incomplete::UnknownText, text);
        return;
      case Item::Vector:
        outcome_.state_vector_bytes = number(0);
        outcome_.max_depth = number(1);
        outcome_.errors = number(2);
        return;
      case Item::Stored:
        outcome_.states_stored = number(0);
        visited_ = number(line.numbers.size() - 1);
        return;
      case Item::Matched: outcome_.states_matched = number(0); return;
      case Item::Transitions: outcome_.transitions = number(0); return;
      case Item::AtomicSteps: outcome_.atomic_steps = number(0); return;
      case Item::Memory: outcome_.memory_megabytes = line.numbers[0]; return;
      case Item::UnreachedBlock: in_unreached_ = true; return;
      case Item::Peg: return add_peg(line, text);
      case Item::Unknown: return note(Incomplete::UnknownText, text);
    }
  }

  void add_peg(const ReadLine& line, std::string_view text) {
    const auto colon = line.rest.rfind(':');
    PegCount peg{count_of(line.numbers[0]), static_cast<unsigned>(count_of(line.numbers[1])), {}, 0};
    if (count(Item::PegBlock) != 1 || colon == std::string_view::npos ||
        !whole_number(line.rest.substr(colon + 1), peg.line))
      return note(Incomplete::UnknownText, text);
    peg.file = line.rest.substr(0, colon);
    outcome_.pegs.push_back(std::move(peg));
  }

  unsigned count(Item item) const { return seen_[static_cast<std::size_t>(item)]; }

  void require_once(Item item, std::string_view name) {
    if (count(item) == 0) note(Incomplete::MissingStatistics, fmt::format("pan printed no {}", name));
    if (count(item) > 1) note(Incomplete::UnknownText, fmt::format("pan printed twice: {}", name));
  }

  void check_completeness() {
    if (outcome_.spin_version.empty()) note(Incomplete::MissingStatistics, "pan printed no version");
    require_once(Item::Heading, "heading `Full statespace search for:`");
    const bool claim = search_ == Search::Claim;
    if (claim) {
      require_once(Item::Claim, "line `never claim +`");
      require_once(Item::CyclesChecked, "line `acceptance cycles +`");
      require_once(Item::EndStatesOff, "line `invalid end states -`");
    } else {
      require_once(Item::NoClaim, "line `never claim - (none specified)`");
      if (search_ == Search::EndStates) require_once(Item::EndStatesChecked, "line `invalid end states +`");
      else require_once(Item::EndStatesIgnored, "line `invalid end states - (disabled by -E flag)`");
    }
    const bool foreign = claim ? count(Item::NoClaim) + count(Item::EndStatesChecked) > 0
                               : count(Item::Claim) + count(Item::CyclesChecked) + count(Item::EndStatesOff) > 0;
    if (foreign || (search_ == Search::EndStates && count(Item::EndStatesIgnored) > 0))
      note(Incomplete::UnknownText, "pan did not search for what it was asked for");
    require_once(Item::AssertionsChecked, "line `assertion violations +`");
    require_once(Item::Vector, "line `errors: N`");
    require_once(Item::Stored, "number of stored states");
    require_once(Item::Matched, "number of matched states");
    require_once(Item::Transitions, "number of transitions");
    require_once(Item::AtomicSteps, "number of atomic steps");
    require_once(Item::Memory, "memory usage");
    require_once(Item::Elapsed, "elapsed time");
    if (in_unreached_) note(Incomplete::MissingStatistics, "the list of unreached states has no end");
  }

  void check_agreement() {
    if (count(Item::Vector) != 1) return;
    if (messages_ > outcome_.errors || (messages_ == 0) != (outcome_.errors == 0))
      note(Incomplete::UnknownText,
           fmt::format("pan counted {} errors and printed {} messages", outcome_.errors, messages_));
    if (outcome_.cause == Incomplete::StoppedAtError && outcome_.errors == 0)
      note(Incomplete::UnknownText, outcome_.cause_text + " (no reason given)");
    const auto sum = visited_ + outcome_.states_matched;
    if (static_cast<double>(sum) <= kExact && sum != outcome_.transitions)
      note(Incomplete::UnknownText,
           fmt::format("{} transitions are not {} states and matches", outcome_.transitions, sum));
  }

  // A child that we stopped may have been cut off in the middle of a line.
  void stopped(Incomplete cause, const Ending& ending) {
    if (outcome_.cause == Incomplete::ModelFault) return;
    outcome_.cause = cause;
    outcome_.cause_text = ending_text(ending);
  }

  void check_ending(const Ending& ending) {
    std::visit(
        base::Overloaded{[&](const Exited& exited) {
                           if (exited.status != 0) note(Incomplete::Crashed, "pan: " + ending_text(ending));
                         },
                         [&](const Signaled&) { note(Incomplete::Crashed, "pan: " + ending_text(ending)); },
                         [&](const TimedOut&) { stopped(Incomplete::TimeLimit, ending); },
                         [&](const spin::Interrupted&) { stopped(Incomplete::Interrupted, ending); },
                         [&](const OutputFlood&) { stopped(Incomplete::Crashed, ending); },
                         [&](const NotStarted&) { stopped(Incomplete::Crashed, ending); }},
        ending);
  }

  Search search_;
  SpinOutcome outcome_;
  std::array<unsigned, kItemCount> seen_ = {};
  std::uint64_t messages_ = 0;
  std::uint64_t visited_ = 0;  // stored, or more if some states are visited without being stored
  bool in_unreached_ = false;
  bool open_quote_ = false;
};

}  // namespace

SpinOutcome read_outcome(const ProcessResult& result, Search search) { return Reader(search).read(result); }

std::optional<PanProgress> read_progress(std::string_view out) {
  const std::size_t end = out.rfind('\n');  // the line behind it may not be complete
  const std::size_t begin = end == out.npos ? out.npos : out.rfind("Depth=", end);
  if (begin == out.npos) return std::nullopt;
  const std::string line = squeezed(out.substr(begin, out.find('\n', begin) - begin));
  const std::vector<double> numbers = read_line(line).numbers;
  if (numbers.size() != 6) return std::nullopt;  // depth, states, transitions, memory, time, rate
  return PanProgress{numbers[1], numbers[3], numbers[5]};
}

const char* incomplete_text(Incomplete cause) {
  switch (cause) {
    case Incomplete::TimeLimit: return "time limit";
    case Incomplete::MemoryLimit: return "memory limit";
    case Incomplete::DepthLimit: return "depth limit";
    case Incomplete::StoppedAtError: return "stopped at the first error";
    case Incomplete::Interrupted: return "interrupted";
    case Incomplete::NotExhaustive: return "search not exhaustive";
    case Incomplete::ModelFault: return "fault of the model";
    case Incomplete::UnknownText: return "unknown text from pan";
    case Incomplete::MissingStatistics: return "statistics missing";
    case Incomplete::Crashed: return "pan crashed";
  }
  return "";
}

}  // namespace singspin::spin
