// A trace file as plain values: what it says, not yet whether that is true. Names are those of the file;
// nothing is resolved. Readers of the format give it, `reports/replay` executes it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::report {

// What is wrong with a saved file, and where: `steps[6].after.queues`, or a line and column.
struct Damage {
  std::string place;
  std::string what;
};

// A piece of one of the sources of a file; the end is exclusive.
struct Place {
  std::uint32_t source = 0;  // row of SavedTrace::sources
  source::Position start, end;
  bool operator==(const Place&) const = default;
};

struct SavedSource {
  std::string path;
  std::string sha256;  // of the bytes on disk
  std::uint64_t bytes = 0;
  std::string text;
};

// Contracts that singspin brings along are sources, too, but no files.
inline bool is_built_in(const SavedSource& source) { return source.path.starts_with("built-in/"); }

struct SavedMessage {
  std::string name;
  std::optional<ir::Direction> direction;
  std::vector<ir::Parameter> parameters;
  Place place;
};

struct SavedState {
  std::string id;
  bool named = true;
  bool final = false;
  std::string parent, after;
  Place place;
};

struct SavedTransition {
  std::string id, from, to, message;
  ir::Sign sign = ir::Sign::Send;
  Place place;
};

struct SavedQueue {
  std::string id, from, to;
  std::optional<std::uint64_t> capacity;
};

struct SavedContract {
  std::string name, qualified_name, start;
  Place place;
  std::vector<SavedQueue> queues;
  std::vector<SavedMessage> messages;
  std::vector<SavedState> states;
  std::vector<SavedTransition> transitions;
};

struct SavedChannel {
  std::string id, contract;
  std::vector<SavedQueue> queues;
};

// How the texts were read, where that is not what every run does.
struct SavedSettings {
  std::vector<std::string> symbols;
  std::uint32_t tokens = 2;
  std::optional<std::uint32_t> queue;
};

struct SavedSystem {
  std::string name;
  std::vector<std::string> components;
  std::vector<SavedChannel> channels;
};

struct SavedOwner {
  std::string kind, component, slot, queue;
  std::optional<std::uint64_t> message_id;
  bool operator==(const SavedOwner&) const = default;
};

struct SavedThread {
  std::string activity, waits_for;
  std::optional<Place> place;
  bool operator==(const SavedThread&) const = default;
};

// Values as they are printed: `true`, `3`, `IDLE`.
struct SavedComponent {
  std::string state;
  std::map<std::string, std::string> variables;
  bool operator==(const SavedComponent&) const = default;
};

struct SavedConfiguration {
  std::map<std::string, std::string> states;
  std::map<std::string, std::vector<std::string>> queues;
  std::map<std::string, SavedComponent> components;
  std::map<std::string, SavedThread> threads;
  std::map<std::string, SavedOwner> tokens;
  std::map<std::string, std::optional<std::string>> locks;
  std::map<std::string, bool> events;
  bool operator==(const SavedConfiguration&) const = default;
};

struct SavedTokenMove {
  std::string token;
  SavedOwner from, to;
};

struct SavedLockChange {
  std::string lock, change, thread;
};

struct SavedStep {
  std::string component, thread, action, channel, endpoint, queue, message, transition, from, to, detail;
  std::optional<std::uint64_t> message_id, sent_at;
  std::vector<SavedTokenMove> tokens;
  std::vector<SavedLockChange> locks;
  Place place;
  SavedConfiguration after;
};

struct SavedClaim {
  std::string kind, property, code, message;
  std::optional<Place> place;
};

struct SavedBlocked {
  std::string component, thread, endpoint, state, cause, waits_for_kind, waits_for, waits_for_from;
  std::optional<std::string> head;
  std::vector<std::string> accepts, sends;
  std::optional<Place> place;
};

struct SavedUndelivered {
  std::string message, queue;
  std::uint64_t message_id = 0, sent_at = 0;
};

struct SavedEnd {
  std::string kind;
  std::vector<SavedBlocked> blocked;
  std::vector<std::string> cycle;
  std::vector<SavedUndelivered> undelivered;
  std::vector<std::string> leaked, held;
  std::optional<std::uint64_t> decisive;  // 1-based, as are the steps of `race`
  std::vector<std::uint64_t> race;
};

struct SavedTrace {
  std::string id;
  std::string tool_version;
  bool is_system = false;
  std::string subject;  // qualified name
  SavedClaim claim;
  SavedConfiguration initial;
  std::vector<SavedStep> steps;
  std::optional<std::uint64_t> loop_start;
  SavedEnd end;
  bool shortest = false;
  std::vector<SavedSource> sources;
  std::vector<SavedContract> contracts;
  std::optional<SavedSystem> system;
  SavedSettings settings;
};

}  // namespace singspin::report
