#include "frontend/sema/index.h"

#include <gtest/gtest.h>

#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::sema {
namespace {

using Role = Occurrence::Role;

// Several texts and their index.
struct World {
  explicit World(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      diagnostics::Diagnostics unwanted;
      const source::FileId id = sources.add("f" + std::to_string(sources.size()) + ".sg", text);
      const syntax::Tokens tokens = syntax::lex(sources, id, {}, unwanted);
      files.push_back(syntax::parse(sources, id, tokens.tokens, unwanted));
    }
    index = sema::index(files, sources);
  }

  // The occurrence at the nth place where `mark` stands.
  const Occurrence* at(std::size_t file, std::string_view mark, int nth = 0) const {
    const std::string& text = sources.file(source::FileId{static_cast<std::uint32_t>(file)}).text;
    std::size_t place = text.find(mark);
    for (; nth > 0; --nth) place = text.find(mark, place + 1);
    return occurrence_at(index, source::FileId{static_cast<std::uint32_t>(file)},
                         static_cast<std::uint32_t>(place));
  }
  // File and text of every occurrence of the symbol at a place.
  std::vector<std::string> all(std::size_t file, std::string_view mark, int nth = 0) const {
    std::vector<std::string> result;
    const Occurrence* here = at(file, mark, nth);
    if (here == nullptr) return result;
    for (const Occurrence& o : occurrences_of(index, here->symbol))
      result.push_back(std::to_string(o.span.file.value) + ":" + std::string(sources.text(o.span)));
    return result;
  }

  source::SourceMap sources;
  std::vector<syntax::File> files;
  Index index;
};

TEST(Index, JoinsInheritedMembersAcrossFiles) {
  const World world({"contract Base { out message M(); state S: one { M! -> S; } }",
                     "contract Derived : Base { override state S: one { M! -> T; } state T: ; }"});
  EXPECT_EQ(world.all(1, "S:"), (std::vector<std::string>{"0:S", "0:S", "1:S"}));
  EXPECT_EQ(world.all(1, "M!"), (std::vector<std::string>{"0:M", "0:M", "1:M"}));
  EXPECT_EQ(world.all(0, "Base"), (std::vector<std::string>{"0:Base", "1:Base"}));
  EXPECT_EQ(world.at(1, "S:")->role, Role::Override);
  EXPECT_EQ(world.at(1, "Base")->role, Role::Base);
}

TEST(Index, FollowsEndpointTypesAndNewChannel) {
  const World world({"contract A { state S: ; }",
                     "contract B { in message M(A.Imp:S end); state T: M? -> T; }",
                     "class C { void F() { A.NewChannel(out imp, out exp, A.S.Value); } }"});
  EXPECT_EQ(world.all(0, "S:"), (std::vector<std::string>{"0:S", "1:S", "2:S"}));
  EXPECT_EQ(world.at(1, "S end")->role, Role::Endpoint);
  EXPECT_EQ(world.index.symbols[world.at(1, "A.Imp")->symbol].name, "A");
}

TEST(Index, KeepsContractsOfOneNameApart) {
  const World world({"contract A { state S: ; }", "namespace N { contract A { state S: ; } }"});
  EXPECT_EQ(world.all(0, "S:"), (std::vector<std::string>{"0:S"}));
  EXPECT_EQ(world.all(1, "S:"), (std::vector<std::string>{"1:S"}));
}

TEST(Index, KnowsUndeclaredNames) {
  const World world({"contract A { state S: Lost! -> Nowhere; }"});
  ASSERT_NE(world.at(0, "Lost"), nullptr);
  EXPECT_FALSE(world.index.symbols[world.at(0, "Lost")->symbol].declared);
  ASSERT_NE(world.at(0, "Nowhere"), nullptr);
  EXPECT_FALSE(world.index.symbols[world.at(0, "Nowhere")->symbol].declared);
}

TEST(Index, FindsTheNameBeforeAndInsideAndBehindThePlace) {
  const World world({"contract A { state Name : ; }"});
  const auto begin = static_cast<std::uint32_t>(std::string("contract A { state ").size());
  EXPECT_EQ(occurrence_at(world.index, source::FileId{0}, begin - 1), nullptr);
  for (std::uint32_t i = 0; i <= 4; ++i)
    EXPECT_NE(occurrence_at(world.index, source::FileId{0}, begin + i), nullptr) << i;
  EXPECT_EQ(occurrence_at(world.index, source::FileId{0}, begin + 5), nullptr);
  EXPECT_EQ(contract_at(world.index, source::FileId{0}, begin), DeclarationId{0});
}

TEST(Index, StandsBrokenAndCyclicContracts) {
  const World world(
      {"contract A : B { state S: ( ; contract B : A { state S: X! -> S; in message X", "contract"});
  EXPECT_GE(world.index.symbols.size(), 2u);
}

}  // namespace
}  // namespace singspin::sema
