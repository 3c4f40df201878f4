#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/endings.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

constexpr std::size_t kMostNamed = 3;

// `Sample`, `2 x Sample`: equal messages are counted, in the order of the first one.
std::string message_words(const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::size_t>> counted;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(counted, name, &std::pair<std::string, std::size_t>::first);
    if (found == counted.end()) {
      counted.emplace_back(name, 1);
    } else {
      ++found->second;
    }
  }
  if (counted.size() > kMostNamed) return plural(names.size(), "message");
  std::vector<std::string> words;
  for (const auto& [name, count] : counted) {
    words.push_back(count == 1 ? name : fmt::format("{} x {}", count, name));
  }
  return enumerate(words);
}

// `the importer needs Stopped, but Finished is first in its queue`
std::string blocked_words(const RunView& run, const exec::Blocked& blocked) {
  const std::string_view role = ir::role_text(blocked.role);
  const std::string needs = alternatives(run.names(blocked.accepts));
  const std::string head = blocked.head ? run.name(*blocked.head) : "";
  const bool named = run.state(blocked.state).kind == ir::State::Kind::Named;
  const std::string place =
      named || needs.empty() ? "is in " + run.words(blocked.state) : fmt::format("needs {}", needs);
  switch (blocked.cause) {
    case exec::Blocked::Cause::UnexpectedMessage:
      return fmt::format("the {} {}, but {} is first in its queue", role, place, head);
    case exec::Blocked::Cause::EmptyQueue:
      return fmt::format("the {} {}{}, but its queue is empty", role, place,
                         named && !needs.empty() ? " and needs " + needs : "");
    case exec::Blocked::Cause::FullQueue:
      return fmt::format("the {} can only send {}, but the queue of the {} is full", role,
                         alternatives(run.names(blocked.sends)), ir::role_text(ir::other(blocked.role)));
    case exec::Blocked::Cause::Final:
      if (head.empty()) return fmt::format("the {} has finished", role);
      return fmt::format("the {} has finished, but {} is first in its queue", role, head);
  }
  return "";
}

Fact stuck(const RunView& run) {
  Fact fact{"stuck", {}};
  for (const ir::Role role : {ir::Role::Importer, ir::Role::Exporter}) {
    if (const exec::Blocked* blocked = run.blocked(role)) fact.lines.push_back(blocked_words(run, *blocked));
  }
  if (run.ending.kind == exec::Ending::Kind::UnexpectedMessage && run.ending.blocked.size() == 1) {
    const exec::Blocked& blocked = run.ending.blocked.front();
    const std::string head = blocked.head ? run.name(*blocked.head) : "the message";
    fact.lines.push_back(fmt::format("the {} can go on, but {} stays where it is",
                                     ir::role_text(ir::other(blocked.role)), head));
  }
  return fact;
}

// `Expire and Withdraw: both ends have finished`
Fact never_received(const RunView& run) {
  const exec::Configuration& last = run.trace.last();
  const auto finished = [&](ir::Role role) { return run.state(last.state(role)).final; };
  Fact fact{"never received", {}};
  std::vector<std::string> lost;
  ir::Role receiver = ir::Role::Importer;
  for (const exec::Undelivered& message : run.ending.undelivered) {
    if (!finished(message.receiver)) continue;
    lost.push_back(run.name(message.message));
    receiver = message.receiver;
  }
  if (lost.empty()) return fact;
  const std::string messages = message_words(lost);
  if (finished(ir::other(receiver))) {
    fact.lines.push_back(fmt::format("{}: both ends have finished", messages));
  } else {
    fact.lines.push_back(fmt::format("{}: the {} has finished, the {} is in {}", messages,
                                     ir::role_text(receiver), ir::role_text(ir::other(receiver)),
                                     run.words(last.state(ir::other(receiver)))));
  }
  return fact;
}

std::string step_range(std::uint32_t first, std::uint32_t last) {
  if (first == last) return fmt::format("step {}", first + 1);
  return fmt::format("steps {} to {}", first + 1, last + 1);
}

Fact repeats(const RunView& run) {
  Fact fact{"repeats", {}};
  const std::uint32_t start = run.ending.loop_start.value_or(0);
  std::vector<std::string> sent;
  for (std::uint32_t step = start; step < run.size(); ++step) {
    if (run.sends(step)) sent.push_back(run.message(step));
  }
  if (sent.empty()) return fact;
  const std::string messages = sent.size() == 1 ? "one " + sent.front() : message_words(sent);
  fact.lines.push_back(fmt::format("{} can go on for ever, each round adds {} to the {}'s queue",
                                   step_range(start, run.size() - 1), messages,
                                   ir::role_text(ir::other(run.actor(start)))));
  return fact;
}

// `from here no run ends the conversation; it can still enter Busy and Paused`
Fact trapped(const RunView& run) {
  const bool finish = run.ending.kind == exec::Ending::Kind::CannotFinish;
  const std::string goal = finish ? "ends the conversation" : "leads back to the start";
  const std::string when = run.size() == 0 ? "" : "from here ";
  std::vector<std::string> names;
  for (const ir::StateId s : run.ending.ahead) names.push_back(run.words(s));
  std::string places;
  if (names.size() > kMostNamed)
    places = fmt::format("; it can still enter {}", plural(names.size(), "state"));
  else if (!names.empty()) places = "; it can still enter " + enumerate(names);
  return {"trapped", {fmt::format("{}no run {}{}", when, goal, places)}};
}

// What was asked for, and how the run goes on.
void add_claim(const RunView& run, std::vector<Fact>& all) {
  all.push_back({"asked", {sanitize(run.counterexample.claim_text)}});
  if (!run.ending.loop_start) return;
  const std::uint32_t start = *run.ending.loop_start;
  all.push_back({"repeats", {fmt::format("{} can go on for ever", step_range(start, run.size() - 1))}});
}

Fact race(const RunView& run) {
  if (run.ending.race.size() != 2) return {"race", {}};
  const std::string steps =
      fmt::format("steps {} and {} are independent", run.ending.race[0] + 1, run.ending.race[1] + 1);
  const char* why = run.is_race_of_sends() ? ": each side sends before it has seen the other's message" : "";
  return {"race", {steps + why}};
}

const exec::Verdict* priority_verdict(const RunView& run) {
  if (run.counterexample.properties.empty()) return nullptr;
  for (const report::ContractReport& one : run.report.contracts) {
    if (one.contract != run.counterexample.contract) continue;
    for (const exec::Verdict& verdict : one.verdicts) {
      if (verdict.property == run.counterexample.properties.front() &&
          verdict.entry == run.trace.scope.entry && verdict.reading == exec::Reading::Priority) {
        return &verdict;
      }
    }
  }
  return nullptr;
}

// The outcome if the documented priority of mixed states is taken for granted.
void add_priority(const RunView& run, std::vector<std::string>& lines) {
  if (!run.counterexample.reading) return;
  const std::string priority = priority_words(run.contract);
  if (run.counterexample.reading == exec::Reading::Priority) {
    lines.push_back("only if " + priority);
  } else if (run.counterexample.steps_under_priority) {
    lines.front() +=
        fmt::format(", also if {} ({})", priority, plural(*run.counterexample.steps_under_priority, "step"));
  } else if (const exec::Verdict* verdict = priority_verdict(run)) {
    if (verdict->status == exec::Status::Proved) lines.push_back("not if " + priority);
    if (verdict->status == exec::Status::Inconclusive) lines.push_back("not decided if " + priority);
  }
}

Fact scope(const RunView& run) {
  const std::string queues = run.counterexample.real_for_any_queue_length
                                 ? "real for any queue length"
                                 : fmt::format("found with queues of up to {}",
                                               plural(run.report.options.queue_capacity, "message"));
  const ir::StateId entry = run.trace.scope.entry;
  const std::string start =
      entry == run.contract.start ? "" : ", for endpoints that start in " + run.words(entry);
  Fact fact{"scope", {queues + start}};
  add_priority(run, fact.lines);
  return fact;
}

}  // namespace

std::string priority_words(const ir::Contract& contract) {
  const auto in_states = [&](ir::MixedForm form) {
    std::vector<std::string> names;
    for (const ir::State& state : contract.states) {
      if (state.mixed == form) names.push_back(sanitize(ir::state_words(state)));
    }
    return names.size() > kMostNamed ? plural(names.size(), "state") : enumerate(names);
  };
  const std::string receives = in_states(ir::MixedForm::ReceivesFirst);
  const std::string sends = in_states(ir::MixedForm::SendsFirst);
  if (receives.empty() && sends.empty()) return "the documented priority holds";
  if (sends.empty()) return "receives have priority in " + receives;
  if (receives.empty()) return "sends have priority in " + sends;
  return fmt::format("receives have priority in {} and sends in {}", receives, sends);
}

std::vector<Fact> ending_facts(const RunView& run) {
  std::vector<Fact> all;
  switch (run.ending.kind) {
    case exec::Ending::Kind::Deadlock:
    case exec::Ending::Kind::UnexpectedMessage: all.push_back(stuck(run)); break;
    case exec::Ending::Kind::OrphanMessage: all.push_back(never_received(run)); break;
    case exec::Ending::Kind::UnboundedQueue: all.push_back(repeats(run)); break;
    case exec::Ending::Kind::CannotFinish:
    case exec::Ending::Kind::CannotReturn: all.push_back(trapped(run)); break;
    case exec::Ending::Kind::Claim: add_claim(run, all); break;
  }
  all.push_back(race(run));
  all.push_back(scope(run));
  std::erase_if(all, [](const Fact& fact) { return fact.lines.empty(); });
  return all;
}

}  // namespace singspin::terminal
