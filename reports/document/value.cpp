#include "reports/document/value.h"

#include <fmt/format.h>

namespace singspin::document {

namespace {

const Json& nothing() {
  static const Json value;
  return value;
}

}  // namespace

std::string Value::place() const {
  if (parent_ == nullptr) return "";
  const std::string before = parent_->place();
  if (name_.data() == nullptr) return fmt::format("{}[{}]", before, index_);
  return before.empty() ? std::string(name_) : fmt::format("{}.{}", before, name_);
}

void Value::fail(std::string_view words) const {
  if (damage_->first) return;
  const std::string where = place();
  damage_->first = where.empty() ? std::string(words) : fmt::format("{}: {}", where, words);
}

bool Value::expect(bool holds, std::string_view what) const {
  if (!holds) fail(fmt::format("expected {}", what));
  return holds;
}

bool Value::has(const char* name) const { return json_->is_object() && json_->contains(name); }

Value Value::at(const char* name) const& {
  if (expect(json_->is_object(), "an object")) {
    const auto found = json_->find(name);
    if (found != json_->end()) return Value(*found, *damage_, *this, std::string_view(name));
    fail(fmt::format("{} is missing", name));
  }
  return Value(nothing(), *damage_, *this, std::string_view(name));
}

std::string Value::text() const {
  return expect(json_->is_string(), "a text") ? json_->get<std::string>() : std::string{};
}

bool Value::boolean() const { return expect(json_->is_boolean(), "true or false") && json_->get<bool>(); }

std::uint64_t Value::number(std::uint64_t least, std::uint64_t most) const {
  if (!expect(json_->is_number_unsigned(), "a whole number")) return least;
  const auto number = json_->get<std::uint64_t>();
  if (number >= least && number <= most) return number;
  fail(fmt::format("{} is not between {} and {}", number, least, most));
  return least;
}

std::uint32_t Value::small(std::uint32_t least) const {
  return static_cast<std::uint32_t>(number(least, UINT32_MAX / 2));
}

double Value::seconds() const {
  if (!expect(json_->is_number() && json_->get<double>() >= 0, "a number of seconds")) return 0;
  return json_->get<double>();
}

std::size_t Value::size() const { return expect(json_->is_array(), "an array") ? json_->size() : 0; }

std::string Value::text_or(const char* name, std::string_view otherwise) const {
  return has(name) ? at(name).text() : std::string(otherwise);
}

bool Value::flag(const char* name) const { return has(name) && at(name).boolean(); }

std::optional<std::uint64_t> Value::maybe_number(const char* name) const {
  if (!has(name)) return std::nullopt;
  return at(name).number();
}

std::vector<std::string> Value::texts(const char* name) const {
  std::vector<std::string> all;
  each(name, [&](const Value& one) { all.push_back(one.text()); });
  return all;
}

}  // namespace singspin::document
