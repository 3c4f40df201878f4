// Runs of SPIN kept between verifications: a small file each, in `cache` of the state folder.
// Promises: a file is written under another name first, so that a crash leaves the old one, a whole new
// one or none; what is damaged or cut short is as if it were not there; at most kMostFiles are kept.
// Does not know what the records say, nor who wrote them: see Memory.
#pragma once

#include <optional>
#include <string>

#include "frontend/base/expected.h"
#include "promela/spin/tools.h"
#include "promela/verify/memory.h"

namespace singspin::cli {

class VerdictCache {
 public:
  static constexpr std::size_t kMostFiles = 10'000;

  // An error: why there can be none.
  static base::Expected<VerdictCache> open(const std::string& state_folder, const spin::Tools& tools);

  // Refers to this object.
  verify::Memory memory();
  // Removes the oldest files if there are too many. The first problem with writing, empty if none.
  std::string close();

 private:
  VerdictCache(std::string folder, std::string spin_version, std::string tools)
      : folder_(std::move(folder)), spin_version_(std::move(spin_version)), tools_(std::move(tools)) {}
  std::string path_of(const std::string& key) const { return folder_ + "/" + key; }
  std::optional<std::string> load(const std::string& key) const;
  void keep(const std::string& key, const std::string& record);
  void remove_oldest() const;

  std::string folder_;
  std::string spin_version_;
  std::string tools_;
  std::string problem_;
  bool wrote_ = false;
};

}  // namespace singspin::cli
