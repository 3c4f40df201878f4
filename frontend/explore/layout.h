// Where each part of a configuration stands in its bytes. Fixed for one system, computed once: numbers
// take as many bytes as their ranges need, queues stand last so that unused cells can be cut off.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "frontend/ir/system.h"

namespace singspin::explore {

// An unsigned number of 0 (always 0), 1, 2 or 4 bytes.
struct Field {
  std::uint32_t at = 0;
  std::uint8_t width = 0;
};

inline std::uint32_t get(const std::uint8_t* bytes, Field field) {
  if (field.width == 1) return bytes[field.at];
  if (field.width == 0) return 0;
  std::uint32_t value = 0;
  std::memcpy(&value, bytes + field.at, field.width);
  return value;
}
inline void set(std::uint8_t* bytes, Field field, std::uint32_t value) {
  if (field.width == 1) bytes[field.at] = static_cast<std::uint8_t>(value);
  else std::memcpy(bytes + field.at, &value, field.width);
}

// A queue: its length, then `capacity` cells of a message and the blocks that travel with it. Cells
// behind the length are 0, so that equal configurations have equal bytes.
struct QueueLayout {
  Field length;
  std::uint32_t cells = 0;  // where the first cell starts
  std::uint32_t capacity = 0;
  std::uint8_t message_width = 1, block_width = 1;
  std::uint32_t blocks = 0;  // at most, of one message
  std::uint32_t cell_bytes() const { return message_width + blocks * block_width; }
  Field message(std::uint32_t cell) const { return {cells + cell * cell_bytes(), message_width}; }
  // Holds the block's number plus one; 0: none.
  Field block(std::uint32_t cell, std::uint32_t nth) const {
    return {cells + cell * cell_bytes() + message_width + nth * block_width, block_width};
  }
};

// Bits of Layout::signals and Layout::flags.
inline constexpr std::uint32_t kPending = 1, kArmed = 2;
inline constexpr std::uint32_t kClosed = 1, kBound = 2;

// Values of Layout::owners; from kFirstComponent on the component's number is added.
inline constexpr std::uint32_t kNobody = 0, kHardware = 1, kTransit = 2, kFirstComponent = 3;

// Tables are indexed by the ids of the system.
struct Layout {
  Layout(const ir::Program& program, const ir::System& system);

  std::vector<Field> locations, running, atomic;   // by process; running: threads only
  std::vector<Field> variables, readers, writers;  // by variable; value minus lowest; race counters
  std::vector<Field> signals;                      // kPending, kArmed
  std::vector<Field> holders;                      // by lock: process plus one, 0: free
  std::vector<Field> slots;                        // block plus one, 0: empty
  std::vector<Field> owners;                       // by block
  std::vector<Field> active;                       // by component
  std::vector<Field> nodes, flags;                 // by port; kClosed, kBound
  std::vector<QueueLayout> queues;                 // by port: what waits for that end
  std::uint32_t fixed = 0;                         // bytes before the first cell of a queue
  std::uint32_t size = 0;

 private:
  Field number(std::uint64_t highest);
  void add_processes(const ir::System& system);
  void add_data(const ir::System& system);
  void add_ports(const ir::Program& program, const ir::System& system);
};

}  // namespace singspin::explore
