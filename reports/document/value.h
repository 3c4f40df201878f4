// A value of a JSON text and the way to it. The first thing that is wrong is kept, everything read after
// it is empty; so readers need no error handling of their own. Internal to the readers of reports.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/document/document.h"

namespace singspin::document {

struct Damage {
  std::optional<std::string> first;
};

class Value {
 public:
  Value(const Json& json, Damage& damage) : json_(&json), damage_(&damage) {}

  const Json& json() const { return *json_; }
  bool is_null() const { return json_->is_null(); }
  bool has(const char* name) const;
  // The member; damage if it is missing. It knows its place only as long as this value lives.
  Value at(const char* name) const&;
  Value at(const char* name) const&& = delete;

  std::string text() const;
  bool boolean() const;
  std::uint64_t number(std::uint64_t least = 0, std::uint64_t most = kLargest) const;
  std::uint32_t small(std::uint32_t least = 0) const;
  double seconds() const;
  std::size_t size() const;  // of an array

  // Members that may be absent.
  std::string text_or(const char* name, std::string_view otherwise = {}) const;
  bool flag(const char* name) const;
  std::optional<std::uint64_t> maybe_number(const char* name) const;
  std::vector<std::string> texts(const char* name) const;

  // `of` gets the elements of the array `name`; an absent one has none.
  template <class Function>
  void each(const char* name, Function of) const {
    if (has(name)) at(name).each(of);
  }
  template <class Function>
  void each(Function of) const {
    if (!expect(json_->is_array(), "an array")) return;
    for (std::size_t i = 0; i < json_->size() && !damage_->first; ++i)
      of(Value((*json_)[i], *damage_, *this, i));
  }
  // `of` gets name and value of every member of an object.
  template <class Function>
  void members(Function of) const {
    if (!expect(json_->is_object(), "an object")) return;
    for (auto it = json_->begin(); it != json_->end() && !damage_->first; ++it)
      of(it.key(), Value(it.value(), *damage_, *this, it.key()));
  }

  // Damage here, unless there was one before: `PLACE: WORDS`.
  void fail(std::string_view words) const;
  std::string place() const;

  static constexpr std::uint64_t kLargest = (1ull << 53) - 1;  // what every reader of JSON can hold

 private:
  Value(const Json& json, Damage& damage, const Value& parent, std::size_t index)
      : json_(&json), damage_(&damage), parent_(&parent), index_(index) {}
  Value(const Json& json, Damage& damage, const Value& parent, std::string_view name)
      : json_(&json), damage_(&damage), parent_(&parent), name_(name) {}
  bool expect(bool holds, std::string_view what) const;

  const Json* json_;
  Damage* damage_;
  const Value* parent_ = nullptr;  // lives on the stack of who reads
  std::string_view name_;
  std::size_t index_ = 0;
};

}  // namespace singspin::document
