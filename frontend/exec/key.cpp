#include "frontend/exec/key.h"

namespace singspin::exec {

std::string key_of(const Configuration& c) {
  std::string key;
  const auto append = [&](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) key += static_cast<char>(value >> shift);
  };
  key.reserve(12 + 4 * (c.to_importer.size() + c.to_exporter.size()));
  append(c.exporter.value);
  append(c.importer.value);
  append(static_cast<std::uint32_t>(c.to_importer.size()));
  for (const ir::MessageId m : c.to_importer) append(m.value);
  for (const ir::MessageId m : c.to_exporter) append(m.value);
  return key;
}

}  // namespace singspin::exec
