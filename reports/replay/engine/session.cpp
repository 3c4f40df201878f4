#include "reports/replay/engine/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::replay {

namespace {

tl::unexpected<Refusal> refuse(std::string words) { return tl::unexpected(Refusal{std::move(words)}); }

}  // namespace

Session::Session(std::unique_ptr<World> world, report::SavedTrace saved, std::string text)
    : world_(std::move(world)), saved_(std::move(saved)), id_(saved_->id), text_(std::move(text)) {
  for (report::SavedStep& step : saved_->steps) step.after = {};  // the world has the configurations
}

Session::Session(std::unique_ptr<World> world, std::uint64_t seed)
    : world_(std::move(world)), id_(world_->name() + ".simulation"), simulates_(true) {
  cursor_ = world_->size();
  reseed(seed);
}

void Session::reseed(std::uint64_t seed) {
  seed_ = seed;
  random_.seed(seed);
}

Done Session::go(std::size_t configuration) {
  if (configuration > size())
    return refuse(fmt::format("there is no step {}; the last one is {}", configuration, size()));
  cursor_ = configuration;
  return {};
}

Done Session::move(std::ptrdiff_t steps) {
  const auto target = static_cast<std::ptrdiff_t>(cursor_) + steps;
  if (steps < 0 && cursor_ == 0) return refuse("this is the start");
  if (steps > 0 && at_end()) return refuse("this is the end of the run");
  cursor_ =
      static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(target, 0, static_cast<std::ptrdiff_t>(size())));
  return {};
}

Done Session::seek(bool forward, const std::function<bool(std::size_t)>& test, const std::string& refusal) {
  if (forward) {
    for (std::size_t k = cursor_ + 1; k <= size(); ++k) {
      if (test(k)) return go(k);
    }
  } else {
    for (std::size_t k = cursor_; k-- > 0;) {
      if (test(k)) return go(k);
    }
  }
  return refuse(refusal);
}

std::vector<std::string> Session::who(const std::string& name) const {
  std::vector<std::string> found;
  for (const std::string& line : world_->lifelines()) {
    const bool component = line.size() > name.size() && line.starts_with(name) && line[name.size()] == '.';
    const bool short_name = !world_->is_system() && name.size() >= 3 && line.starts_with(name);
    if (line == name || component || short_name) found.push_back(line);
  }
  return found;
}

Done Session::seek_who(bool forward, const std::string& name) {
  const std::vector<std::string> lines = who(name);
  if (lines.empty())
    return refuse(
        fmt::format("nobody is called {}; there are {}", name, terminal::enumerate(world_->lifelines())));
  const auto test = [&](std::size_t k) {
    return k > 0 && std::ranges::find(lines, world_->step(k).who) != lines.end();
  };
  return seek(forward, test, fmt::format("no {} step of {}", forward ? "later" : "earlier", name));
}

namespace {

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

std::string Session::lower_case_text(std::size_t step) const {
  if (step == 0) return "start";
  const StepView view = world_->step(step);
  std::string text = view.who + " " + view.words;
  for (const std::string& change : changes(*world_, step)) text += " " + change;
  for (const std::string& token : view.tokens) text += " " + token;
  return lower(text);
}

Done Session::seek_text(bool forward, const std::string& text) {
  const std::string wanted = lower(text);
  return seek(
      forward, [&](std::size_t k) { return lower_case_text(k).find(wanted) != std::string::npos; },
      fmt::format("{} occurs in no {} step", text, forward ? "later" : "earlier"));
}

Done Session::seek_condition(bool forward, const Condition& condition) {
  return seek(
      forward, [&](std::size_t k) { return holds(condition, k); },
      fmt::format("no {} configuration satisfies this", forward ? "later" : "earlier"));
}

Done Session::go_on(bool forward) {
  if (breakpoints_.empty()) return refuse("there is no breakpoint; `break CONDITION` sets one");
  const auto test = [&](std::size_t k) {
    return std::ranges::any_of(breakpoints_, [&](const auto& b) { return holds(b.second, k); });
  };
  return seek(forward, test,
              fmt::format("no breakpoint in any {} configuration", forward ? "later" : "earlier"));
}

std::string Session::subject() const {
  if (simulates_ || !saved_) return world_->name() + ": simulation";
  const std::string kind = saved_->claim.kind == "none" ? "recorded run" : saved_->claim.kind;
  return fmt::format("{}: {}", world_->name(), kind);
}

std::optional<std::size_t> Session::decisive() const {
  if (simulates_ || !saved_ || !saved_->end.decisive) return std::nullopt;
  return *saved_->end.decisive;
}

std::vector<std::size_t> Session::race() const {
  if (simulates_ || !saved_) return {};
  return {saved_->end.race.begin(), saved_->end.race.end()};
}

Done Session::branch() {
  if (simulates_) return refuse("this is a simulation already");
  simulates_ = true;
  id_ = world_->name() + ".simulation";
  return {};
}

Done Session::take(std::size_t choice) {
  if (!simulates_) return refuse("a recorded run has its steps; `branch` leaves it here");
  const std::size_t count = world_->count_enabled(cursor_);
  if (count == 0) return refuse("no step is possible here");
  if (choice >= count)
    return refuse(fmt::format("there is no choice {}; the last one is {}", choice + 1, count));
  world_->take(cursor_, choice);
  std::erase_if(marks_, [&](const auto& mark) { return mark.second > cursor_; });
  ++cursor_;
  return {};
}

// Not std::uniform_int_distribution, whose numbers differ between libraries.
Done Session::random(std::size_t steps) {
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t count = simulates_ ? world_->count_enabled(cursor_) : 1;
    if (count == 0 && i > 0) return {};
    if (auto done = take(count == 0 ? 0 : random_() % count); !done) return done;
  }
  return {};
}

Done Session::run_until(const Condition& condition, std::size_t most) {
  for (std::size_t i = 0; i < most; ++i) {
    if (simulates_ && world_->count_enabled(cursor_) == 0)
      return refuse(fmt::format("no step is possible after {} steps, and the condition never held", i));
    if (auto done = random(1); !done) return done;
    if (holds(condition, cursor_)) return {};
  }
  return refuse(fmt::format("the condition did not hold within {} steps", most));
}

}  // namespace singspin::replay
