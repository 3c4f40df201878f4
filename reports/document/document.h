// A report as its JSON says it: what `verify` has just found, or what a file has kept. All formats for other
// programs are pure functions of it, so both give the same bytes.
// Promises: every index and every span points to something; texts are UTF-8. Knows no file and no clock.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace singspin::document {

using Json = nlohmann::ordered_json;

// 1-based, columns in UTF-16 units, end exclusive.
struct Position {
  std::uint32_t line = 1, column = 1;
  auto operator<=>(const Position&) const = default;
};
struct Span {
  std::size_t input = 0;  // row of Document::inputs
  Position start, end;
  auto operator<=>(const Span&) const = default;
};

struct Input {
  std::string path;  // relative, forward slashes
  std::string sha256;
  std::uint64_t bytes = 0;
  std::optional<std::string> text;  // of every file that a counterexample passes
};

enum class Status : std::uint8_t { Proved, Violated, Inconclusive, Skipped, Error };
enum class Severity : std::uint8_t { Error, Warning, Note };

struct Verdict {
  std::string property, code;
  Severity severity = Severity::Error;  // what a violation counts as
  Status status = Status::Proved;
  bool suppressed = false;
  std::string strength, engine, reason, detail, search;  // empty: absent
  bool priority = false;                                 // the reading that does not decide
  std::optional<std::uint64_t> capacity;
  std::vector<std::string> assumptions, owed;
  std::optional<std::uint64_t> configurations, longest_queue;
  std::optional<double> elapsed_seconds;
  std::optional<std::size_t> counterexample;  // row of Document::counterexamples
  std::vector<std::size_t> diagnostics;       // rows of Document::diagnostics
};

struct State {
  std::string id;
  bool implicit = false;  // inside of a sequence
  bool final = false;
  std::optional<Span> span;
};

struct Transition {
  std::string id, from, to, message;
  bool in = false;  // `m?`: the exporter receives it
  std::optional<Span> span;
};

// A contract or a system: what verdicts are about.
struct Subject {
  bool is_system = false;
  std::string name;       // as people say it, with its reading if there are several
  std::string qualified;  // the same, with its namespaces
  std::optional<Span> span;
  bool verified = false;  // has verdicts
  std::vector<Verdict> verdicts;
  // Of contracts.
  std::string start;
  std::vector<std::string> messages;
  std::vector<State> states;
  std::vector<Transition> transitions;
  // Of systems: ids of threads, names of contracts that channels follow.
  std::vector<std::string> threads, contracts;
  const Json* json = nullptr;  // its tables
};

struct Step {
  std::uint32_t index = 0;  // 1-based
  std::string component, thread, action, channel, endpoint, queue, message, transition, from, to, detail;
  std::optional<std::uint32_t> message_id, sent_at;
  Span span;
  const Json* json = nullptr;   // the whole step
  const Json* after = nullptr;  // the configuration it leads to
};

struct Counterexample {
  std::string id;
  bool is_system = false;
  std::size_t subject = 0;                    // row of Document::contracts or systems
  std::string qualified;                      // name of its subject, as there
  std::string kind, property, code, message;  // of the claim
  Span span;                                  // its main location
  const Json* initial = nullptr;
  std::vector<Step> steps;
  std::optional<std::uint32_t> loop_start;
  std::string end_kind;
  std::vector<std::uint32_t> race;  // steps, 1-based
  std::optional<std::uint32_t> decisive;
  std::string text;            // the block for people: ASCII, 80 columns
  const Json* json = nullptr;  // the whole of it

  const Json& last() const { return steps.empty() ? *initial : *steps.back().after; }
};

struct Diagnostic {
  std::string code, rule, message, subject, help;
  Severity severity = Severity::Error;
  std::optional<Span> span;
  std::vector<std::pair<Span, std::string>> labels;
  std::vector<std::string> notes;
  bool suppressed = false;
  std::string text;  // the block for people: ASCII, 80 columns
};

struct Summary {
  std::size_t contracts = 0, systems = 0;
  std::size_t proved = 0, violated = 0, inconclusive = 0, skipped = 0, error = 0;
  std::size_t errors = 0, warnings = 0, notes = 0;
};

struct Document {
  std::string tool_version, engine_name, engine_version;
  std::optional<std::string> started_at;
  std::optional<double> elapsed_seconds;
  std::vector<std::string> arguments;
  int exit_code = 0;
  std::string outcome;
  bool interrupted = false;
  std::vector<Input> inputs;
  std::vector<Subject> contracts, systems;
  std::vector<Counterexample> counterexamples;
  std::vector<Diagnostic> diagnostics;
  Summary summary;
  std::shared_ptr<const Json> json;  // what all the pointers point into

  const Subject& subject_of(const Counterexample& run) const {
    return (run.is_system ? systems : contracts)[run.subject];
  }
};

std::string_view text(Status status);      // `proved`
std::string_view text(Severity severity);  // `error`

}  // namespace singspin::document
