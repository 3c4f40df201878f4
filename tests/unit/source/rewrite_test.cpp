#include "frontend/source/rewrite.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "frontend/source/loader.h"
#include "frontend/source/source_map.h"

namespace singspin::source {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// A letter beyond ASCII.
const std::string kUtf16 = "\xff\xfe/\0/\0 \0c\0a\0f\0\xe9\0\n\0"s;

TEST(EncodeLike, KeepsEveryEncoding) {
  for (const std::string& raw :
       {"// caf\u00e9\n"s, "\xef\xbb\xbf// caf\u00e9\n"s, "// caf\xe9\n"s, kUtf16,
        "\xfe\xff\0x\xd8\x3d\xde\x00"s, ""s, "\xef\xbb\xbf"s, "\xff\xfe"s, "\x80\x81\x8d\xff"s}) {
    const auto same = encode_like(raw, decode_text(raw));
    ASSERT_TRUE(same.has_value()) << raw;
    EXPECT_EQ(*same, raw);
  }
}

TEST(EncodeLike, WritesNewTextInTheOldEncoding) {
  EXPECT_EQ(encode_like("caf\xe9", "caf\u00e9s \u20ac").value(), "caf\xe9s \x80");
  EXPECT_EQ(encode_like(kUtf16, "\U0001f600").value(), "\xff\xfe\x3d\xd8\x00\xde"s);
  EXPECT_EQ(encode_like("\xfe\xff", "a").value(), "\xfe\xff\0a"s);
}

TEST(EncodeLike, RefusesWhatItWouldLose) {
  EXPECT_FALSE(encode_like("\xff\xfe/"s, "/").has_value());                  // half a unit
  EXPECT_FALSE(encode_like("\xff\xfe\x00\xd8"s, "x").has_value());           // half a character
  EXPECT_FALSE(encode_like("caf\xe9", "\U0001f600 caf\u00e9").has_value());  // not in Windows-1252
  EXPECT_FALSE(encode_like("\xe9\xa9", "\u00c3\u00a9").has_value());  // would be read as UTF-8 next time
}

class RewriteTest : public testing::Test {
 protected:
  RewriteTest() : folder_(fs::path(testing::TempDir()) / ("rewrite_test-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(file()) << "old";
  }
  ~RewriteTest() override { fs::remove_all(folder_); }
  std::string file() const { return (folder_ / "a.sg").string(); }
  std::size_t entries() const { return std::distance(fs::directory_iterator(folder_), {}); }

  fs::path folder_;
};

TEST_F(RewriteTest, KeepsPermissionsAndLeavesNothingBehind) {
  ASSERT_EQ(chmod(file().c_str(), 0640), 0);
  ASSERT_TRUE(rewrite_file(file(), "old", "new").has_value());
  EXPECT_EQ(*read_file(file()), "new");
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms(0640));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(RewriteTest, WritesThroughASymbolicLink) {
  const std::string link = (folder_ / "link.sg").string();
  fs::create_symlink("a.sg", link);
  ASSERT_TRUE(rewrite_file(link, "old", "new").has_value());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(*read_file(file()), "new");
}

TEST_F(RewriteTest, RefusesAFileThatWasChangedMeanwhile) {
  EXPECT_FALSE(rewrite_file(file(), "older", "new").has_value());
  EXPECT_EQ(*read_file(file()), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(RewriteTest, MakesAndReplacesFilesAndWritesToDevices) {
  ASSERT_TRUE(write_file(file(), "new").has_value());
  EXPECT_EQ(*read_file(file()), "new");
  ASSERT_TRUE(write_file((folder_ / "b.sg").string(), "b").has_value());
  EXPECT_EQ(entries(), 2u);
  EXPECT_TRUE(write_file("/dev/null", "x").has_value());
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
  EXPECT_FALSE(write_file(folder_.string(), "x").has_value());
  EXPECT_FALSE(write_file((folder_ / "none" / "c.sg").string(), "x").has_value());
}

TEST_F(RewriteTest, RefusesWhatIsNoPlainFile) {
  EXPECT_FALSE(rewrite_file(folder_.string(), "", "new").has_value());
  EXPECT_FALSE(rewrite_file((folder_ / "none.sg").string(), "", "new").has_value());
  EXPECT_FALSE(rewrite_file("/dev/null", "", "new").has_value());
}

}  // namespace
}  // namespace singspin::source
