#include "frontend/explore/store.h"

#include <algorithm>

namespace singspin::explore {
namespace {

constexpr std::size_t kGrain = 4;
constexpr std::size_t kChunk = std::size_t{1} << 20;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint32_t hash_of(const std::uint8_t* bytes, std::size_t length) {
  constexpr std::uint64_t kA = 0xa0761d6478bd642fu, kB = 0xe7037ed1a0b428dbu;
  std::uint64_t hash = mix(length ^ kA, kB), word = 0;
  for (; length >= 8; bytes += 8, length -= 8) {
    std::memcpy(&word, bytes, 8);
    hash = mix(hash ^ word ^ kA, kB);
  }
  word = 0;
  std::memcpy(&word, bytes, length);
  return static_cast<std::uint32_t>(mix(hash ^ word ^ kA, kB));
}

}  // namespace

Store::Store(const Layout& layout) : layout_(&layout), scratch_(layout.size), table_(1024, 0) {
  chunk_ = std::max(kChunk, (layout.size + kGrain) / kGrain * kGrain);
}

// The fixed part, then of each queue the cells in use: what is fixed says how many.
std::size_t Store::pack(const std::uint8_t* bytes) {
  std::memcpy(scratch_.data(), bytes, layout_->fixed);
  std::size_t length = layout_->fixed;
  for (const QueueLayout& queue : layout_->queues) {
    const std::size_t used = std::size_t{get(bytes, queue.length)} * queue.cell_bytes();
    std::memcpy(scratch_.data() + length, bytes + queue.cells, used);
    length += used;
  }
  return length;
}

const std::uint8_t* Store::packed(Node node) const {
  const std::size_t place = std::size_t{places_[node]} * kGrain;
  return chunks_[place / chunk_].get() + place % chunk_;
}

void Store::read(Node node, std::uint8_t* bytes) const {
  const std::uint8_t* from = packed(node);
  std::memcpy(bytes, from, layout_->fixed);
  from += layout_->fixed;
  for (const QueueLayout& queue : layout_->queues) {
    const std::size_t used = std::size_t{get(bytes, queue.length)} * queue.cell_bytes();
    std::memcpy(bytes + queue.cells, from, used);
    std::memset(bytes + queue.cells + used, 0, queue.capacity * queue.cell_bytes() - used);
    from += used;
  }
}

void Store::keep(std::size_t length) {
  if (chunks_.empty() || used_ + length > chunk_) {
    chunks_.push_back(std::make_unique<std::uint8_t[]>(chunk_));
    used_ = 0;
  }
  std::memcpy(chunks_.back().get() + used_, scratch_.data(), length);
  const std::size_t place = (chunks_.size() - 1) * chunk_ + used_;
  CHECK(place / kGrain <= 0xffffffffu, "configurations stay below 16 GiB");
  places_.push_back(static_cast<std::uint32_t>(place / kGrain));
  used_ = (used_ + length + kGrain - 1) / kGrain * kGrain;
}

void Store::grow() {
  std::vector<std::uint64_t> old(table_.size() * 2, 0);
  old.swap(table_);
  const std::size_t mask = table_.size() - 1;
  for (const std::uint64_t entry : old) {
    if (entry == 0) continue;
    std::size_t slot = (entry >> 32) & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = entry;
  }
}

Store::Added Store::add(const std::uint8_t* bytes) {
  const std::size_t length = pack(bytes);
  const std::uint64_t hash = hash_of(scratch_.data(), length);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    if (table_[slot] >> 32 != hash) continue;
    const Node node = static_cast<Node>(table_[slot]) - 1;
    const std::uint8_t* other = packed(node);
    // Equal in the fixed part means equal in length.
    if (std::memcmp(other, scratch_.data(), layout_->fixed) != 0) continue;
    if (std::memcmp(other, scratch_.data(), length) == 0) return {node, false};
  }
  const Node node = size();
  table_[slot] = hash << 32 | (std::uint64_t{node} + 1);
  keep(length);
  if (std::uint64_t{size()} * 3 > table_.size() * 2) grow();
  return {node, true};
}

std::uint64_t Store::memory() const {
  return chunks_.size() * chunk_ + places_.memory() + table_.size() * sizeof(std::uint64_t);
}

}  // namespace singspin::explore
