// A private folder for one model: SPIN writes fixed file names into the current directory.
// Promises: only the user can enter it; it vanishes with the object unless kept; symbolic links in it
// are never followed. Does not know what the files mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "frontend/base/expected.h"

namespace singspin::spin {

class RunDirectory {
 public:
  // A new folder with mode 0700 under $TMPDIR, or /tmp.
  static base::Expected<RunDirectory> create();

  RunDirectory(RunDirectory&&) noexcept;
  RunDirectory& operator=(RunDirectory&&) noexcept;
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;
  ~RunDirectory();

  const std::string& path() const { return path_; }
  // Names are relative to the folder, `NAME` or `FOLDER/NAME`.
  std::string path_of(std::string_view name) const;

  base::Expected<void> write(std::string_view name, std::string_view text);
  base::Expected<std::string> read(std::string_view name, std::uint64_t limit_bytes = 256ull << 20) const;
  bool exists(std::string_view name) const;
  // Less room is left than any further step needs.
  bool is_full() const;
  // A file, or a folder with all it holds; a missing one is no failure.
  base::Expected<void> remove(std::string_view name);
  // One that is already there is no failure.
  base::Expected<void> make_folder(std::string_view name);

  void keep() { kept_ = true; }

 private:
  explicit RunDirectory(std::string path) : path_(std::move(path)) {}
  void discard() noexcept;

  std::string path_;
  bool kept_ = false;
};

}  // namespace singspin::spin
