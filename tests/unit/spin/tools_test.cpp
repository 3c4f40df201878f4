#include "promela/spin/tools.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <optional>

#include "promela/spin/run_directory.h"

namespace singspin::spin {
namespace {

// Sets a variable for one test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_) ::setenv(name_, before_->c_str(), 1);
    else ::unsetenv(name_);
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

void add_program(RunDirectory& directory, const std::string& name, const std::string& script) {
  ASSERT_TRUE(directory.write(name, "#!/bin/sh\n" + script + "\n"));
  ASSERT_EQ(::chmod(directory.path_of(name).c_str(), 0700), 0);
}

TEST(Tools, AreSearchedInPath) {
  auto directory = std::move(*RunDirectory::create());
  add_program(directory, "spin", "echo 'Spin Version 0'; echo more");
  add_program(directory, "cc", "echo cc");
  ASSERT_TRUE(directory.write("tcc", "not executable"));
  ASSERT_TRUE(directory.make_folder("gcc"));
  const Variable path("PATH", "relative:/no/such/folder:" + directory.path() + ":");
  const auto tools = find_tools();
  EXPECT_EQ(tools.spin, directory.path_of("spin"));
  EXPECT_EQ(tools.fast_compiler, "");
  EXPECT_EQ(tools.optimizing_compiler, directory.path_of("cc"));
  EXPECT_EQ(tool_version(tools.spin, ToolKind::Spin), "Spin Version 0");
}

TEST(Tools, Overrides) {
  auto directory = std::move(*RunDirectory::create());
  add_program(directory, "other", "exit 1");
  const Variable path("PATH", directory.path());
  const Variable spin("SINGSPIN_SPIN", "other");
  const Variable tcc("SINGSPIN_TCC", directory.path_of("other"));
  const Variable cc("SINGSPIN_CC", "missing");
  const auto tools = find_tools();
  EXPECT_EQ(tools.spin, directory.path_of("other"));
  EXPECT_EQ(tools.fast_compiler, directory.path_of("other"));
  EXPECT_EQ(tools.optimizing_compiler, "");
  EXPECT_EQ(tool_version(tools.spin, ToolKind::Spin), "");
}

TEST(Tools, AnEmptyOverrideSwitchesAToolOff) {
  const Variable tcc("SINGSPIN_TCC", "");
  EXPECT_EQ(find_tools().fast_compiler, "");
  EXPECT_EQ(tool_version("", ToolKind::FastCompiler), "");
}

TEST(Tools, VersionsOfTheRealOnes) {
  const auto tools = find_tools();
  if (tools.spin.empty() || tools.fast_compiler.empty() || tools.optimizing_compiler.empty())
    GTEST_SKIP() << "not all tools are installed";
  EXPECT_TRUE(tool_version(tools.spin, ToolKind::Spin).starts_with("Spin Version "));
  EXPECT_TRUE(tool_version(tools.fast_compiler, ToolKind::FastCompiler).starts_with("tcc version "));
  EXPECT_NE(tool_version(tools.optimizing_compiler, ToolKind::OptimizingCompiler), "");
}

}  // namespace
}  // namespace singspin::spin
