// The records of a trail file, as numbers.
// Promises: any bytes give records or a clear error. Does not know which statement a number names.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "frontend/base/expected.h"

namespace singspin::spin {

struct TrailRecord {
  std::int64_t depth = 0;
  std::int64_t process = 0;
  std::int64_t transition = 0;  // see statements.h
  bool operator==(const TrailRecord&) const = default;
};

struct Trail {
  std::vector<TrailRecord> records;  // depths increase
  // Records with a negative depth: -2 a never claim runs as process 0, -4 merged statements,
  // -5 to -8 permuted search, -1 a cycle starts.
  std::vector<TrailRecord> markers;
  std::optional<std::size_t> cycle_start;  // the records from here on repeat for ever
};

base::Expected<Trail> read_trail(std::string_view text);

}  // namespace singspin::spin
