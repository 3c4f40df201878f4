#include "frontend/source/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace singspin::source {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class LoaderTest : public testing::Test {
 protected:
  LoaderTest() : folder_(fs::path(testing::TempDir()) / ("loader_test-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~LoaderTest() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  fs::path folder_;
};

TEST_F(LoaderTest, ListsContractFilesOfFoldersOnce) {
  for (const char* name : {"b.sg", "a.sg", "code.cs", "notes.txt", "sub/c.sg", ".hidden/d.sg"}) write(name, "");
  const FileList list = list_sources({folder_.string(), path("a.sg")});
  EXPECT_THAT(list.problems, IsEmpty());
  EXPECT_THAT(list.paths, ElementsAre(path("a.sg"), path("b.sg"), path("code.cs"), path("sub/c.sg")));
}

TEST_F(LoaderTest, TakesNamedFilesWithAnyEnding) {
  write("notes.txt", "");
  EXPECT_THAT(list_sources({path("notes.txt")}).paths, ElementsAre(path("notes.txt")));
}

TEST_F(LoaderTest, DoesNotFollowLinksToFolders) {
  write("sub/c.sg", "");
  fs::create_directory_symlink(folder_, folder_ / "sub" / "loop");
  EXPECT_THAT(list_sources({folder_.string()}).paths, ElementsAre(path("sub/c.sg")));
}

TEST_F(LoaderTest, ReportsWhatIsNotThere) {
  write("a.sg", "");
  const FileList list = list_sources({path("missing"), path("a.sg")});
  ASSERT_EQ(list.problems.size(), 1u);
  EXPECT_EQ(list.problems[0].path, path("missing"));
  EXPECT_FALSE(list.problems[0].reason.empty());
  EXPECT_THAT(list.paths, ElementsAre(path("a.sg")));
}

TEST_F(LoaderTest, ReadsAllBytes) {
  const std::string bytes("a\0\r\n\xff", 5);
  write("a.sg", bytes);
  write("empty.sg", "");
  EXPECT_EQ(read_file(path("a.sg")).value(), bytes);
  EXPECT_EQ(read_file(path("empty.sg")).value(), "");
  EXPECT_FALSE(read_file(path("missing.sg")).has_value());
  EXPECT_FALSE(read_file(folder_.string()).has_value());
}

TEST(ShownPath, IsRelativeToTheRoot) {
  EXPECT_EQ(shown_path("/a/b/c.sg", "/a"), "b/c.sg");
  EXPECT_EQ(shown_path("/a/b/../c.sg", "/a"), "c.sg");
  EXPECT_EQ(shown_path("/other/c.sg", "/a"), "/other/c.sg");
  EXPECT_EQ(shown_path("/ab/c.sg", "/a"), "/ab/c.sg");
}

}  // namespace
}  // namespace singspin::source
