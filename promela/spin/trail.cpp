#include "promela/spin/trail.h"

#include <fmt/core.h>

#include <charconv>
#include <optional>

namespace singspin::spin {
namespace {

// number ":" number ":" number, and nothing else
std::optional<TrailRecord> read_record(std::string_view line) {
  TrailRecord record;
  const char* const end = line.data() + line.size();
  const char* at = line.data();
  for (auto* number : {&record.depth, &record.process, &record.transition}) {
    if (number != &record.depth && (at == end || *at++ != ':')) return std::nullopt;
    const auto [next, error] = std::from_chars(at, end, *number);
    if (error != std::errc()) return std::nullopt;
    at = next;
  }
  return at == end ? std::optional(record) : std::nullopt;
}

base::Expected<void> add(Trail& trail, const TrailRecord& record) {
  if (record.depth < 0) {
    trail.markers.push_back(record);
    if (record.depth == -1) trail.cycle_start = trail.records.size();
    return {};
  }
  if (record.process < 0 || record.transition < 0) return base::tool_error("a negative number in a step");
  if (!trail.records.empty() && record.depth <= trail.records.back().depth)
    return base::tool_error("the steps are out of order");
  trail.records.push_back(record);
  return {};
}

// The bytes may be anything, the message must not.
std::string printable(std::string_view line) {
  constexpr std::size_t kShown = 40;
  std::string text(line.substr(0, kShown));
  for (auto& byte : text)
    if (byte < ' ' || byte > '~') byte = '?';
  return text;
}

}  // namespace

base::Expected<Trail> read_trail(std::string_view text) {
  Trail trail;
  for (unsigned number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
      return base::tool_error(fmt::format("trail line {}: cut short", number));
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const auto record = read_record(line);
    if (!record)
      return base::tool_error(fmt::format("trail line {}: no record: `{}`", number, printable(line)));
    if (const auto added = add(trail, *record); !added)
      return base::tool_error(fmt::format("trail line {}: {}", number, added.error().message));
  }
  return trail;
}

}  // namespace singspin::spin
