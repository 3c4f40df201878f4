// A run that can be looked at from any of its configurations, and continued: of a contract or of a system,
// behind one face. Every step in it was executed by an interpreter. Knows no cursor, no commands, no screen.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reports/report/report.h"
#include "reports/report/saved_trace.h"
#include "reports/story/story.h"

namespace singspin::replay {

// What a world is made of. Interpreters keep pointers into it, so it does not move.
struct Material {
  source::SourceMap sources;
  ir::Program program;
  std::vector<ir::System> systems;
  report::SavedSettings settings;
};

// One line of a configuration.
struct Row {
  enum class Group : std::uint8_t { State, Queue, Token, Lock, Event, Variable, Thread };
  Group group = Group::State;
  std::string id;                     // `imp`, `imp->exp`, `Spooler.tray`
  std::string name;                   // for people: `importer`, `importer->exporter`, `tray`
  std::string value;                  // `IDLE, after Print`, `empty`, `Spooler.jobs`
  std::vector<std::string> messages;  // Queue: first to be received first
  std::string raw;                    // State: the id of the state
  bool operator==(const Row&) const = default;
};

// A step, done or possible.
struct StepView {
  std::string who;     // lifeline: `importer`, `Spooler.jobs`
  std::string action;  // `send`, `receive`, `acquire`, ...
  std::string words;   // `sends Print`, `acquires tray`
  bool sends = false, receives = false;
  std::string message;
  std::string partner;  // lifeline at the other side; empty if nobody is known
  source::Span span;
  std::vector<std::string> tokens;  // that change their owner
  bool faulty = false;              // the violation: nothing of it happened
};

struct Choice {
  StepView step;
  std::vector<Row> after;
};

class World {
 public:
  virtual ~World() = default;

  virtual const source::SourceMap& sources() const = 0;
  virtual std::string name() const = 0;
  virtual bool is_system() const = 0;
  virtual std::size_t size() const = 0;  // steps
  // 1-based: the one that leads to configuration `index`.
  virtual StepView step(std::size_t index) const = 0;
  // What it did, and why it was allowed.
  virtual story::Sentence sentence(std::size_t index) const = 0;
  // In a fixed order, the same for all configurations.
  virtual std::vector<Row> rows(std::size_t configuration) const = 0;
  // In a fixed order: `importer`, `exporter`; of a system all threads.
  virtual std::vector<std::string> lifelines() const = 0;

  virtual std::size_t count_enabled(std::size_t configuration) const = 0;
  virtual std::vector<Choice> enabled(std::size_t configuration) const = 0;
  // A sentence for each participant that cannot move and is not at rest.
  virtual std::vector<std::string> waits(std::size_t configuration) const = 0;
  virtual bool is_deadlock(std::size_t configuration) const = 0;
  // Whether the configuration shows what a claim of this kind is about; absent: one configuration cannot.
  virtual std::optional<bool> shows(const std::string& claim_kind, std::size_t configuration) const = 0;
  // Why nothing can follow although steps are possible: the run broke a rule. Empty: it did not.
  virtual std::string ending(std::size_t configuration) const = 0;
  // Messages that a queue holds at most; absent: no bound.
  virtual std::optional<std::uint32_t> capacity(const std::string& queue) const = 0;
  // Forgets what comes after `configuration`, then takes its nth enabled step.
  virtual void take(std::size_t configuration, std::size_t choice) = 0;

  // The configuration as a trace file has it.
  virtual report::SavedConfiguration saved(std::size_t configuration) const = 0;
  // The first `steps` steps as a report with one run that is evidence of nothing.
  virtual report::Report recording(std::size_t steps) const = 0;
};

// `contracts/SpoolerContract.sg:12`
std::string place_words(const source::SourceMap& sources, source::Span span);

}  // namespace singspin::replay
