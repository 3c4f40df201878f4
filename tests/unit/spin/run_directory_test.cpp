#include "promela/spin/run_directory.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace singspin::spin {
namespace {

namespace fs = std::filesystem;

RunDirectory fresh() {
  auto directory = RunDirectory::create();
  EXPECT_TRUE(directory.has_value());
  return std::move(*directory);
}

TEST(RunDirectoryTest, IsPrivateAndVanishes) {
  std::string path;
  {
    auto directory = fresh();
    path = directory.path();
    struct stat status = {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0700u);
    ASSERT_TRUE(directory.make_folder("a"));
    ASSERT_TRUE(directory.write("a/b", "text"));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(RunDirectoryTest, KeepKeeps) {
  std::string path;
  {
    auto directory = fresh();
    directory.keep();
    path = directory.path();
  }
  EXPECT_TRUE(fs::exists(path));
  fs::remove_all(path);
}

TEST(RunDirectoryTest, MovesOwnTheFolderOnce) {
  auto first = fresh();
  const auto path = first.path();
  auto second = std::move(first);
  EXPECT_TRUE(fs::exists(path));
  auto third = fresh();
  const auto replaced = third.path();
  third = std::move(second);
  EXPECT_FALSE(fs::exists(replaced));
  EXPECT_EQ(third.path(), path);
  EXPECT_TRUE(fs::exists(path));
}

TEST(RunDirectoryTest, DoesNotFollowLinks) {
  const auto outside = fresh();
  std::ofstream(outside.path_of("precious")) << "text";
  {
    auto directory = fresh();
    fs::create_directory_symlink(outside.path(), directory.path_of("link"));
    fs::create_symlink(outside.path_of("precious"), directory.path_of("file"));
    EXPECT_FALSE(directory.write("file", "overwritten"));
    EXPECT_FALSE(directory.read("file"));
    EXPECT_FALSE(directory.make_folder("link"));
    EXPECT_TRUE(directory.exists("link"));
  }
  EXPECT_EQ(*outside.read("precious"), "text");
}

TEST(RunDirectoryTest, ReadsWhatItWrote) {
  auto directory = fresh();
  const std::string text("a\0b\n", 4);
  ASSERT_TRUE(directory.write("name", text));
  EXPECT_EQ(*directory.read("name"), text);
  ASSERT_TRUE(directory.write("name", ""));
  EXPECT_EQ(*directory.read("name"), "");
}

TEST(RunDirectoryTest, ReadingHasALimit) {
  auto directory = fresh();
  ASSERT_TRUE(directory.write("name", "12345"));
  EXPECT_TRUE(directory.read("name", 5));
  const auto refused = directory.read("name", 4);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("too large"), std::string::npos);
}

TEST(RunDirectoryTest, OddFilesAreRefusedWithoutWaiting) {
  auto directory = fresh();
  EXPECT_FALSE(directory.read("missing"));
  ASSERT_TRUE(directory.make_folder("folder"));
  EXPECT_FALSE(directory.read("folder"));
  ASSERT_EQ(::mkfifo(directory.path_of("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(directory.read("pipe"));
}

TEST(RunDirectoryTest, RemoveAndMakeFolderMayBeRepeated) {
  auto directory = fresh();
  ASSERT_TRUE(directory.make_folder("a"));
  ASSERT_TRUE(directory.make_folder("a"));
  ASSERT_TRUE(directory.write("a/b", "text"));
  EXPECT_TRUE(directory.remove("a"));
  EXPECT_TRUE(directory.remove("a"));
  EXPECT_FALSE(directory.exists("a"));
  EXPECT_FALSE(directory.write("a/b", "text"));
}

// A limit on the size of files stands for the full disk: both show only in the result of write.
TEST(RunDirectoryTest, FullDiskIsReported) {
  auto directory = fresh();
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{10, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = directory.write("name", std::string(100, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("cannot write"), std::string::npos);
}

TEST(RunDirectoryTest, UsesTheTemporaryFolder) {
  const auto base = fresh();
  ::setenv("TMPDIR", base.path().c_str(), 1);
  const auto inner = fresh();
  ::setenv("TMPDIR", "/no/such/folder", 1);
  EXPECT_FALSE(RunDirectory::create());
  ::unsetenv("TMPDIR");
  EXPECT_TRUE(inner.path().starts_with(base.path() + "/"));
}

}  // namespace
}  // namespace singspin::spin
