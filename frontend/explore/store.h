// Memory for many configurations: each once, its bytes cut off behind the messages that wait.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "frontend/explore/layout.h"

namespace singspin::explore {

// A vector that grows by pieces, so that growing never copies what it has.
template <class T>
class Pieces {
 public:
  void push_back(T value) {
    if (size_ == pieces_.size() * kPiece) pieces_.push_back(std::make_unique<T[]>(kPiece));
    pieces_[size_ / kPiece][size_ % kPiece] = value;
    ++size_;
  }
  T& operator[](std::uint64_t i) { return pieces_[i / kPiece][i % kPiece]; }
  const T& operator[](std::uint64_t i) const { return pieces_[i / kPiece][i % kPiece]; }
  std::uint64_t size() const { return size_; }
  std::uint64_t memory() const { return pieces_.size() * kPiece * sizeof(T); }

 private:
  static constexpr std::uint64_t kPiece = 1 << 14;
  std::vector<std::unique_ptr<T[]>> pieces_;
  std::uint64_t size_ = 0;
};

using Node = std::uint32_t;  // number of a configuration, in the order they were found

class Store {
 public:
  explicit Store(const Layout& layout);
  struct Added {
    Node node = 0;
    bool fresh = false;
  };
  // `bytes`: all of Layout::size.
  Added add(const std::uint8_t* bytes);
  void read(Node node, std::uint8_t* bytes) const;
  const std::uint8_t* packed(Node node) const;  // starts with the first Layout::fixed bytes
  Node size() const { return static_cast<Node>(places_.size()); }
  std::uint64_t memory() const;

 private:
  std::size_t pack(const std::uint8_t* bytes);
  void keep(std::size_t length);
  void grow();

  const Layout* layout_;
  std::vector<std::uint8_t> scratch_;
  std::vector<std::unique_ptr<std::uint8_t[]>> chunks_;
  std::size_t used_ = 0;              // bytes of the last chunk
  std::size_t chunk_ = 0;             // bytes of every chunk
  Pieces<std::uint32_t> places_;      // where a configuration starts, in units of kGrain bytes
  std::vector<std::uint64_t> table_;  // open addressing: hash above, node plus one below; 0: free
};

}  // namespace singspin::explore
