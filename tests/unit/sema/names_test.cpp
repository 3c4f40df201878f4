#include "frontend/sema/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "tests/unit/syntax/fixture.h"

namespace singspin::sema {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Text {
  std::string path;
  std::string text;
};

using Texts = std::vector<Text>;

// Several files; the bases of their contracts are what is looked up.
class Project {
 public:
  explicit Project(const Texts& texts) {
    for (const Text& text : texts) {
      const source::FileId id = sources_.add(text.path, text.text);
      tokens_.push_back(syntax::lex(sources_, id, {}, diagnostics_).tokens);
      files_.push_back(syntax::parse(sources_, id, tokens_.back(), diagnostics_));
    }
  }

  // `path:qualified name` of what the base of the contract `name` may mean.
  std::vector<std::string> base_of(std::string_view name) const {
    const Names names(files_);
    for (const syntax::File& file : files_) {
      for (const syntax::Contract& contract : file.contracts) {
        if (contract.name.text == name) return found(names, file, contract);
      }
    }
    return {"no such contract"};
  }

 private:
  std::vector<std::string> found(const Names& names, const syntax::File& file, const syntax::Contract& contract) const {
    std::vector<std::string> all;
    for (const DeclarationId id : names.resolve(file, contract.scope, contract.base->parts, sources_).found) {
      const Declaration& d = names.declarations()[id];
      all.push_back(sources_.file(d.file->id).path + ":" + d.qualified_name);
    }
    return all;
  }

  source::SourceMap sources_;
  diagnostics::Diagnostics diagnostics_;
  std::deque<std::vector<syntax::Token>> tokens_;
  std::vector<syntax::File> files_;
};

TEST(Names, GoFromTheInsideOut) {
  const Project project(Texts{{"a.sg",
                          "contract B {} namespace N { contract B {} class C { contract B {} contract InClass : B {} }"
                          " contract InNamespace : B {} namespace M { contract Inner : B {} } } contract InFile : B {}"}});
  EXPECT_THAT(project.base_of("InClass"), ElementsAre("a.sg:N.C.B"));
  EXPECT_THAT(project.base_of("InNamespace"), ElementsAre("a.sg:N.B"));
  EXPECT_THAT(project.base_of("Inner"), ElementsAre("a.sg:N.B"));
  EXPECT_THAT(project.base_of("InFile"), ElementsAre("a.sg:B"));
}

TEST(Names, ReachOtherFilesOfANamespace) {
  const Project project(Texts{{"a.sg", "namespace N.M { contract X : B {} contract Y : M.B {} contract Z : N.M.B {} }"},
                         {"b.sg", "namespace N { namespace M { contract B {} } }"},
                         {"c.sg", "contract B {}"}});
  for (const char* name : {"X", "Y", "Z"}) EXPECT_THAT(project.base_of(name), ElementsAre("b.sg:N.M.B")) << name;
}

TEST(Names, ComeThroughUsingDirectivesAndAliases) {
  const Project project(Texts{{"a.sg", "using U; using A = V.B; namespace N { using W = V; contract X : B {} contract Y : A {} contract Z : W.B {} }"},
                         {"b.sg", "namespace U { contract B {} } namespace V { contract B {} }"}});
  EXPECT_THAT(project.base_of("X"), ElementsAre("b.sg:U.B"));
  EXPECT_THAT(project.base_of("Y"), ElementsAre("b.sg:V.B"));
  EXPECT_THAT(project.base_of("Z"), ElementsAre("b.sg:V.B"));
}

TEST(Names, OfAnotherScopeNeedNoUsingIfTheyAreUnique) {
  const Project project(Texts{{"a.sg", "contract X : B {} contract Y : N.B {} contract Z : M.B {}"}, {"b.sg", "namespace N { contract B {} }"}});
  EXPECT_THAT(project.base_of("X"), ElementsAre("b.sg:N.B"));
  EXPECT_THAT(project.base_of("Y"), ElementsAre("b.sg:N.B"));
  EXPECT_THAT(project.base_of("Z"), IsEmpty());
}

TEST(Names, AreAmbiguousAmongSeveral) {
  const Project project(Texts{{"a.sg", "using M; using N; contract X : B {}"},
                         {"b.sg", "namespace M { contract B {} } namespace N { contract B {} } namespace O { contract Y : C {} }"},
                         {"c.sg", "namespace P { contract C {} } namespace Q { contract C {} }"}});
  EXPECT_THAT(project.base_of("X"), UnorderedElementsAre("b.sg:M.B", "b.sg:N.B"));
  EXPECT_THAT(project.base_of("Y"), UnorderedElementsAre("c.sg:P.C", "c.sg:Q.C"));
}

TEST(Names, PreferTheOwnFileThenTheOwnFolder) {
  const Project project(Texts{{"p/a.sg", "contract B {} contract X : B {}"},
                         {"q/a.sg", "contract B {}"},
                         {"q/b.sg", "contract Y : B {}"},
                         {"r/a.sg", "contract Z : B {}"}});
  EXPECT_THAT(project.base_of("X"), ElementsAre("p/a.sg:B"));
  EXPECT_THAT(project.base_of("Y"), ElementsAre("q/a.sg:B"));
  EXPECT_THAT(project.base_of("Z"), UnorderedElementsAre("p/a.sg:B", "q/a.sg:B"));
}

TEST(Names, DoNotMatchParts) {
  const Project project(Texts{{"a.sg", "namespace Lamp { contract Desk {} } contract X : Des {} contract Y : desk {} contract Z : Lamp {} contract W : Desk.Lamp {}"}});
  for (const char* name : {"X", "Y", "Z", "W"}) EXPECT_THAT(project.base_of(name), IsEmpty()) << name;
}

}  // namespace
}  // namespace singspin::sema
