// One value of a document that is being read, and the way to it: so that whatever is wrong can be named.
// Internal to formats/json.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "reports/report/saved_trace.h"

namespace singspin::json {

// The first thing that is wrong wins; after it every question gets an empty answer.
class Node {
 public:
  using Json = nlohmann::ordered_json;
  Node(const Json& value, std::string_view name, std::optional<report::Damage>& damage)
      : value_(value), key_(name), damage_(damage) {}

  const Json& value() const { return value_; }
  bool is_damaged() const { return damage_.has_value(); }
  void fail(std::string what) const {
    if (!damage_) damage_ = report::Damage{path(), std::move(what)};
  }
  std::string path() const {
    if (up_ == nullptr) return std::string(key_);
    const std::string above = up_->path();
    if (key_.data() == nullptr) return above + "[" + std::to_string(index_) + "]";
    return above.empty() ? std::string(key_) : above + "." + std::string(key_);
  }

  // A member; absent (or null, if `null_too`) is damage for `at`, nothing for `find`.
  Node at(std::string_view key) const {
    if (auto found = find(key)) return *found;
    if (value_.is_object()) fail("has no member `" + std::string(key) + "`");
    return {nothing(), key, *this};
  }
  std::optional<Node> find(std::string_view key) const {
    if (!value_.is_object()) {
      fail("is not an object");
      return std::nullopt;
    }
    const auto found = value_.find(key);
    if (found == value_.end()) return std::nullopt;
    return Node(*found, key, *this);
  }
  template <class F>
  void each(F&& visit) const {
    if (!value_.is_array()) return fail("is not an array");
    for (std::size_t i = 0; i < value_.size() && !is_damaged(); ++i) visit(Node(value_[i], i, *this));
  }
  // Every member of an object.
  template <class F>
  void members(F&& visit) const {
    if (!value_.is_object()) return fail("is not an object");
    for (auto item = value_.begin(); item != value_.end() && !is_damaged(); ++item)
      visit(item.key(), Node(*item, item.key(), *this));
  }

  std::string text() const {
    if (value_.is_string()) return value_.get<std::string>();
    fail("is not a string");
    return {};
  }
  bool flag() const {
    if (value_.is_boolean()) return value_.get<bool>();
    fail("is neither true nor false");
    return false;
  }
  std::uint64_t number(std::uint64_t lowest, std::uint64_t highest) const {
    if (!value_.is_number_unsigned()) {
      fail("is not a whole number");
      return lowest;
    }
    const auto number = value_.get<std::uint64_t>();
    if (number >= lowest && number <= highest) return number;
    fail("is not from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return lowest;
  }
  std::string text_or_empty(std::string_view key) const {
    const auto found = find(key);
    return found ? found->text() : std::string();
  }

 private:
  Node(const Json& value, std::string_view key, const Node& up)
      : value_(value), up_(&up), key_(key), damage_(up.damage_) {}
  Node(const Json& value, std::size_t index, const Node& up)
      : value_(value), up_(&up), index_(index), damage_(up.damage_) {}
  static const Json& nothing() {
    static const Json none;
    return none;
  }

  const Json& value_;
  const Node* up_ = nullptr;
  std::string_view key_;  // data() is null: an element of an array
  std::size_t index_ = 0;
  std::optional<report::Damage>& damage_;
};

}  // namespace singspin::json
