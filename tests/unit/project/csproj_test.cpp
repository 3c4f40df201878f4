#include "frontend/project/csproj.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace singspin::project {
namespace {

namespace fs = std::filesystem;
using diagnostics::Code;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Csproj : public testing::Test {
 protected:
  Csproj() {
    std::string pattern = (fs::temp_directory_path() / "singspin-csproj-XXXXXX").string();
    folder_ = Disk::canonical(mkdtemp(pattern.data()));
  }
  ~Csproj() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (fs::path(folder_) / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void touch(const std::vector<std::string>& names) const {
    for (const std::string& name : names) write(name, "");
  }

  ProjectFile read(const std::string& body) const { return read_raw("<Project>" + body + "</Project>"); }
  ProjectFile read_raw(const std::string& text) const {
    write("p/a.csproj", text);
    Disk disk(no_overlays_, nullptr);
    return read_project(path("p/a.csproj"), disk);
  }
  // Relative to the test's folder.
  std::vector<std::string> names(const std::vector<ListedFile>& files) const {
    std::vector<std::string> all;
    for (const ListedFile& file : files)
      all.push_back(fs::path(file.path).lexically_relative(folder_).string());
    return all;
  }
  std::vector<std::string> sources(const std::string& items) const {
    const ProjectFile project = read("<ItemGroup>" + items + "</ItemGroup>");
    EXPECT_THAT(project.problems, IsEmpty()) << project.problems.front().message;
    return names(project.sources);
  }
  static std::vector<Code> codes(const ProjectFile& project) {
    std::vector<Code> all;
    for (const ProjectProblem& problem : project.problems) all.push_back(problem.code);
    return all;
  }

  std::string folder_;
  std::map<std::string, std::string> no_overlays_;
};

TEST_F(Csproj, ListsEachSourceOnceInTheOrderOfTheProject) {
  touch({"p/b.sg", "p/a.sg", "p/sub/c d.sg"});
  EXPECT_THAT(sources(R"(<Compile Include="b.sg; sub\c%20d.sg ;;A.SG"/><Compile Include="*.sg"/>)"),
              ElementsAre("p/b.sg", "p/sub/c d.sg", "p/a.sg"));
}

TEST_F(Csproj, ExpandsWildcards) {
  touch({"p/a.sg", "p/sub/b.sg", "p/sub/deep/c.sg", "p/sub/ab.cs", "q/d.sg", "p/.hidden/e.sg"});
  EXPECT_THAT(sources(R"(<Compile Include="**\*.sg"/>)"),
              ElementsAre("p/a.sg", "p/sub/b.sg", "p/sub/deep/c.sg"));
  EXPECT_THAT(sources(R"(<Compile Include="sub\?.sg;..\q\*"/>)"), ElementsAre("p/sub/b.sg", "q/d.sg"));
  EXPECT_THAT(sources(R"(<Compile Include="none\*.sg"/>)"), IsEmpty());
}

TEST_F(Csproj, LeavesOutWhatIsExcludedOrRemoved) {
  touch({"p/a.sg", "p/b.sg", "p/sub/c.sg"});
  EXPECT_THAT(sources(R"(<Compile Include="**\*.sg" Exclude="b.sg;sub\**"/>)"), ElementsAre("p/a.sg"));
  EXPECT_THAT(sources(R"(<Compile Include="**\*.sg"/><Compile Remove="sub/*"/>)"),
              ElementsAre("p/a.sg", "p/b.sg"));
  EXPECT_THAT(sources(R"(<Compile Include="*.sg"/><Compile Remove="a.sg"/><Compile Include="a.sg"/>)"),
              ElementsAre("p/b.sg", "p/a.sg"));
}

TEST_F(Csproj, SdkProjectsListTheirCodeThemselves) {
  touch({"p/a.cs", "p/sub/b.cs", "p/obj/c.cs", "p/d.sg"});
  EXPECT_THAT(names(read_raw(R"(<Project Sdk="Microsoft.NET.Sdk"/>)").sources),
              ElementsAre("p/a.cs", "p/sub/b.cs"));
  EXPECT_THAT(read_raw(R"(<Project Sdk="S"><PropertyGroup><EnableDefaultItems>False</EnableDefaultItems>
                          </PropertyGroup></Project>)")
                  .sources,
              IsEmpty());
}

TEST_F(Csproj, EvaluatesConditions) {
  touch({"p/a.sg"});
  const auto holds = [&](const std::string& condition) {
    return !sources("<Compile Include='a.sg' Condition=\"" + condition + "\"/>").empty();
  };
  EXPECT_TRUE(holds("'$(Nothing)' == ''"));
  EXPECT_FALSE(holds("'$(Nothing)' != ''"));
  EXPECT_TRUE(holds("'Debug' == 'debug' and !('a' == 'b')"));
  EXPECT_FALSE(holds("'a' == 'b' Or ('a' == 'a' And 'x' == 'y')"));
  EXPECT_TRUE(holds("Exists('a.sg')"));
  EXPECT_FALSE(holds("Exists('b.sg')"));
  EXPECT_TRUE(holds("'$(MSBuildProjectName)' == 'a'"));
}

TEST_F(Csproj, TakesAConditionThatIsNotUnderstoodAsTrue) {
  touch({"p/a.sg"});
  const ProjectFile project =
      read(R"(<ItemGroup><Compile Include="a.sg" Condition="$(X.Y()) ~ 1"/></ItemGroup>)");
  EXPECT_THAT(codes(project), ElementsAre(Code::project_condition));
  EXPECT_THAT(names(project.sources), ElementsAre("p/a.sg"));
}

TEST_F(Csproj, SetsPropertiesInOrderBeforeAnyItem) {
  touch({"p/two/a.sg"});
  const ProjectFile project = read(R"(<ItemGroup><Compile Include="$(dir)\a.sg"/></ItemGroup>
    <PropertyGroup><Dir>one</Dir></PropertyGroup>
    <PropertyGroup Condition="'$(DIR)' == 'one'"><Dir>two</Dir></PropertyGroup>
    <Choose><When Condition="'$(Dir)' == 'one'"><PropertyGroup><Dir>no</Dir></PropertyGroup></When></Choose>)");
  EXPECT_THAT(project.problems, IsEmpty());
  EXPECT_THAT(names(project.sources), ElementsAre("p/two/a.sg"));
}

TEST_F(Csproj, ReadsConstants) {
  const ProjectFile project =
      read(R"(<PropertyGroup><DefineConstants>$(DefineConstants);A,B=2</DefineConstants>
    <DefineConstants Condition="'x' == 'y'">NO</DefineConstants>
    <DefineConstants> $(DefineConstants); C D;9-;A </DefineConstants></PropertyGroup>)");
  EXPECT_THAT(project.symbols, ElementsAre("A", "B", "C", "D"));
  EXPECT_THAT(project.problems, IsEmpty());
}

TEST_F(Csproj, FollowsReferencesAndImports) {
  touch({"lib/lib.csproj", "p/c.sg"});
  write("common.props",
        R"(<Project><PropertyGroup><DefineConstants>FROM_IMPORT</DefineConstants></PropertyGroup>
           <Import Project="p/a.csproj"/></Project>)");
  const ProjectFile project =
      read(R"(<Import Project="..\common.props"/><Import Project="$(MSBuildToolsPath)\x.targets"/>
    <Import Project="gone.props"/>
    <ItemGroup><ProjectReference Include="..\LIB\lib.csproj"/><Compile Include="c.sg"/></ItemGroup>)");
  EXPECT_THAT(names(project.references), ElementsAre("lib/lib.csproj"));
  EXPECT_THAT(project.symbols, ElementsAre("FROM_IMPORT"));
  EXPECT_THAT(codes(project), ElementsAre(Code::project_import));
}

TEST_F(Csproj, SaysWhatIsMissingAndWhere) {
  const ProjectFile project = read(
      "<ItemGroup><Compile Include='gone.sg'/><ProjectReference Include='gone.csproj'/>"
      "<Compile Include='@(Others)'/></ItemGroup>");
  ASSERT_THAT(codes(project),
              ElementsAre(Code::project_item_missing, Code::project_item_missing, Code::project_ignored));
  EXPECT_THAT(project.problems[0].message, HasSubstr("gone.sg"));
  ASSERT_TRUE(project.problems[0].place);
  EXPECT_EQ(project.problems[0].place->end - project.problems[0].place->begin, 7u);
}

TEST_F(Csproj, AnswersHostileXml) {
  for (const char* text : {"", "no xml", "<Project>", "<Project><ItemGroup></Project>", "<Other/>",
                           "<Project Sdk=\"\"", "\xff\xfe<", "<Project>&#0;</Project"}) {
    EXPECT_THAT(codes(read_raw(text)), ElementsAre(Code::project_file)) << text;
  }
  EXPECT_THAT(codes(read_raw(std::string("<Project/>\0", 11))), ElementsAre(Code::project_file));
}

TEST_F(Csproj, ExpandsNoEntitiesOfADocumentType) {
  const ProjectFile project =
      read_raw(R"(<!DOCTYPE Project [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
    <Project><PropertyGroup><DefineConstants>&b;X</DefineConstants></PropertyGroup></Project>)");
  EXPECT_THAT(codes(project), ElementsAre(Code::project_ignored));
  EXPECT_FALSE(project.symbols.contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX"));
}

TEST_F(Csproj, EndsOnPropertiesThatGrowAndOnImportsInACircle) {
  std::string body = "<PropertyGroup><P>x</P>";
  for (int i = 0; i < 40; ++i) body += "<P>$(P)$(P)</P>";
  EXPECT_THAT(codes(read(body + "</PropertyGroup>")), testing::Contains(Code::project_ignored));
  write("p/other.props", R"(<Project><Import Project="a.csproj"/><Import Project="other.props"/></Project>)");
  EXPECT_THAT(read(R"(<Import Project="other.props"/>)").problems, IsEmpty());
}

}  // namespace
}  // namespace singspin::project
