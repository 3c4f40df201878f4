// What earlier verifications found out: the bytes of a run by the name of what was searched.
// Whoever keeps them promises nothing: a stranger may have written what comes back.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace singspin::verify {

struct Memory {
  // What makes a run beyond the machine itself: the versions of SPIN and of the compilers.
  std::string tools;
  std::string spin_version;
  std::function<std::optional<std::string>(const std::string& key)> load;
  std::function<void(const std::string& key, const std::string& record)> keep;
};

}  // namespace singspin::verify
