// One replay or simulation: a run, a cursor in it, and what is remembered. All that the two faces, lines and
// screen, have in common. Knows no commands, no keys, no terminal.
#pragma once

#include <functional>
#include <map>
#include <random>

#include "reports/replay/engine/world.h"
#include "reports/report/saved_trace.h"

namespace singspin::replay {

// A wish that cannot be fulfilled, in words.
struct Refusal {
  std::string words;
};
using Done = base::Expected<void, Refusal>;

// What is looked for in configurations: `deadlock`, `importer in IDLE`, `queue imp->exp has Stop`,
// `lock tray free`, `token page#1 at Printer`.
struct Condition {
  enum class Kind : std::uint8_t { Deadlock, In, Empty, Full, Has, Held, Free, At };
  Kind kind = Kind::Deadlock;
  std::string id;     // of a row
  std::string value;  // state, message or owner
};

class Session {
 public:
  // A recorded run; `saved` is what its file says beyond the steps, `text` its bytes.
  Session(std::unique_ptr<World> world, report::SavedTrace saved, std::string text);
  // A simulation that begins with the run of `world`.
  explicit Session(std::unique_ptr<World> world, std::uint64_t seed);

  const World& world() const { return *world_; }
  std::size_t cursor() const { return cursor_; }
  std::size_t size() const { return world_->size(); }
  bool simulates() const { return simulates_; }
  const std::string& id() const { return id_; }
  const report::SavedTrace* recorded() const { return saved_ ? &*saved_ : nullptr; }
  const std::string& text() const { return text_; }
  std::uint64_t seed() const { return seed_; }
  bool at_end() const { return cursor_ == size(); }

  Done go(std::size_t configuration);
  Done move(std::ptrdiff_t steps);
  // The next step (forward or back) for which `test` holds.
  Done seek(bool forward, const std::function<bool(std::size_t)>& test, const std::string& refusal);
  Done seek_who(bool forward, const std::string& who);
  Done seek_text(bool forward, const std::string& text);
  Done seek_condition(bool forward, const Condition& condition);
  base::Expected<Condition, Refusal> parse_condition(const std::string& text) const;
  bool holds(const Condition& condition, std::size_t configuration) const;
  void mark(const std::string& name) { marks_[name] = cursor_; }
  const std::map<std::string, std::size_t>& marks() const { return marks_; }
  // Breakpoints: conditions that `go_on` stops at.
  std::vector<std::pair<std::string, Condition>>& breakpoints() { return breakpoints_; }
  Done go_on(bool forward);
  // Who is meant by `importer`, `imp`, a component or a thread; lifelines.
  std::vector<std::string> who(const std::string& name) const;
  // `deadlock`, or how the recorded claim is called; for the head of the screen.
  std::string subject() const;
  std::optional<std::size_t> decisive() const;  // 1-based step
  std::vector<std::size_t> race() const;

  // Leaves the recorded run here; what follows is chosen.
  Done branch();
  Done take(std::size_t choice);
  Done random(std::size_t steps);
  void reseed(std::uint64_t seed);
  Done run_until(const Condition& condition, std::size_t most);

 private:
  std::string lower_case_text(std::size_t step) const;

  std::unique_ptr<World> world_;
  std::optional<report::SavedTrace> saved_;
  std::string id_, text_;
  std::size_t cursor_ = 0;
  bool simulates_ = false;
  std::map<std::string, std::size_t> marks_;
  std::vector<std::pair<std::string, Condition>> breakpoints_;
  std::uint64_t seed_ = 0;
  std::mt19937_64 random_;
};

// The step line of section 7: `step 3/8  importer sends Print  importer=IDLE, after Print  exporter=IDLE`.
std::string step_line(const Session& session, std::size_t configuration);
// What the step changed, as the step line tells it; of a contract both states.
std::vector<std::string> changes(const World& world, std::size_t configuration);
// Who waits for what; elsewhere: which steps are possible and why others cannot move.
std::vector<std::string> why(const Session& session, std::size_t configuration);

}  // namespace singspin::replay
