// A run of a system as reports tell it: what each step did to messages, blocks and locks, and the ids
// that threads, ends, queues and blocks have in every output.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/explore/run.h"

namespace singspin::report {

std::string thread_id(const ir::System& system, ir::ProcessId process);  // `Spooler.jobs`
std::string endpoint_id(const ir::System& system, ir::PortId port);      // `jobs.exp`
std::string queue_id(const ir::System& system, ir::PortId receiver);     // `jobs.imp->jobs.exp`
std::string token_id(const ir::System& system, std::uint32_t block);     // `page#1`
std::string resource_id(const ir::System& system, ir::ComponentId component, std::string_view name);

// A message that a step sends or receives.
struct Passing {
  bool send = false;
  ir::PortId port;  // of the one who acts
  ir::MessageId message;
  ir::StateId from, to;
  std::optional<ir::TransitionId> transition;
  std::uint32_t message_id = 0;
  std::optional<std::uint32_t> sent_at;   // 0-based step; of a receive
  std::optional<std::uint32_t> taken_at;  // of a send: the step that receives it; absent: never
  bool left = false;                      // of a send: still in the queue at the end
  std::vector<std::uint32_t> blocks;      // that travel
};

struct TokenMove {
  std::uint32_t block = 0;
  explore::Owner from, to;
};

struct LockChange {
  ir::LockId lock;
  bool acquired = false;
  ir::ProcessId thread;
};

struct ToldStep {
  explore::Step step;
  std::string_view action;  // `send`, `receive`, `acquire` ... `internal`
  std::vector<Passing> messages;
  std::vector<TokenMove> tokens;
  std::vector<LockChange> locks;
  bool faulty = false;  // the violation: nothing of it happened
};

std::vector<ToldStep> tell(const explore::Interpreter& interpreter, const explore::Run& run);

// The message that a queued block is in: queue and number of the message, counted as in ToldStep.
struct InQueue {
  ir::PortId receiver;
  std::uint32_t message_id = 0;
};
std::optional<InQueue> find_queued(const explore::Interpreter& interpreter, const explore::Run& run,
                                   const std::vector<ToldStep>& steps, std::size_t configuration,
                                   std::uint32_t block);

// What a thread is at: `running`, `waiting`, `resting`, `finished` or `not-started`.
std::string_view activity(const explore::Interpreter& interpreter, const explore::Configuration& at,
                          ir::ProcessId process);

}  // namespace singspin::report
