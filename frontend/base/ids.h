// Strong ids and the tables they index. An id is a row number that cannot be mixed up with the id
// of another table; a Table is a vector that only takes its own ids.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "frontend/base/check.h"

namespace singspin::base {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  auto operator<=>(const Id&) const = default;
};

template <class IdType, class Row>
class Table {
 public:
  IdType add(Row row) {
    rows_.push_back(std::move(row));
    return IdType{static_cast<std::uint32_t>(rows_.size() - 1)};
  }
  Row& operator[](IdType id) {
    CHECK(id.value < rows_.size(), "table row exists");
    return rows_[id.value];
  }
  const Row& operator[](IdType id) const {
    CHECK(id.value < rows_.size(), "table row exists");
    return rows_[id.value];
  }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  bool contains(IdType id) const { return id.value < rows_.size(); }
  // All ids in row order.
  std::vector<IdType> ids() const {
    std::vector<IdType> all;
    all.reserve(rows_.size());
    for (std::uint32_t i = 0; i < rows_.size(); ++i) all.push_back(IdType{i});
    return all;
  }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  bool operator==(const Table&) const = default;

 private:
  std::vector<Row> rows_;
};

}  // namespace singspin::base

template <class Tag>
struct std::hash<singspin::base::Id<Tag>> {
  std::size_t operator()(singspin::base::Id<Tag> id) const noexcept { return id.value; }
};
