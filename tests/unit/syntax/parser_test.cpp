#include "frontend/syntax/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/syntax/fixture.h"

namespace singspin::syntax {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kHead = "contract X { in message Tap(); out message Beep(); ";

std::vector<std::string> contract_names(std::string_view text) {
  const auto front = read_text(text);
  std::vector<std::string> names;
  for (const Contract& contract : front->file.contracts) names.emplace_back(contract.name.text);
  return names;
}

TEST(Parser, FindsContractsOnlyWhereTheyAreDeclared) {
  EXPECT_THAT(contract_names("contract A { } contract B : C { } contract D<T> { }"), ElementsAre("A", "B", "D"));
  for (const char* text : {"contract", "contract X", "contract X;", "contract(X) { }", "x.contract { }", "contract = X;",
                           "int contract, X;", "contract { }", "\"contract X {\"", "// contract X {", "@\"contract X {\""}) {
    EXPECT_THAT(contract_names(text), IsEmpty()) << text;
  }
}

TEST(Parser, KeepsTheScopeOfEachContract) {
  const auto front = read_text("contract A {} namespace N.M { class C { void F() { } contract B {} } contract D {} } contract E {}");
  std::vector<std::string> scopes;
  for (const Contract& contract : front->file.contracts) {
    const Scope& scope = front->file.scopes[contract.scope];
    scopes.emplace_back(scope.name.empty() ? "" : scope.name.back().text);
  }
  EXPECT_THAT(scopes, ElementsAre("", "C", "M", ""));
  EXPECT_THAT(front->reported(), IsEmpty());
}

TEST(Parser, KeepsUsingDirectivesOfTheirScope) {
  const auto front = read_text("using A.B; namespace N { using C; using D = E.F; } class G { void H() { using (x) { } using (y); } }");
  ASSERT_EQ(front->file.scopes.size(), 3u);
  const Scope& file = front->file.scopes[ScopeId{0}];
  const Scope& inner = front->file.scopes[ScopeId{1}];
  ASSERT_EQ(file.usings.size(), 1u);
  EXPECT_EQ(file.usings[0].parts.back().text, "B");
  ASSERT_EQ(inner.usings.size(), 1u);
  ASSERT_EQ(inner.aliases.size(), 1u);
  EXPECT_EQ(inner.aliases[0].name.text, "D");
  EXPECT_EQ(inner.aliases[0].target.parts.size(), 2u);
}

TEST(Parser, ReadsParameterTypes) {
  const auto front = read_text("contract X { in message M(N.C.Exp:S! a, byte* opt(ExHeap[])b, char[] in ExHeap c, int d, T[][]! e, F); }");
  ASSERT_EQ(front->file.contracts.size(), 1u);
  const std::vector<Parameter>& p = front->file.contracts[0].messages[0].parameters;
  ASSERT_EQ(p.size(), 6u);
  EXPECT_EQ(p[0].type.name.parts.size(), 3u);
  EXPECT_EQ(p[0].type.endpoint_state->text, "S");
  EXPECT_TRUE(p[1].type.pointer && p[1].type.in_exheap);
  EXPECT_EQ(p[1].name->text, "b");
  EXPECT_TRUE(p[2].type.vector && p[2].type.in_exheap && !p[2].type.pointer);
  EXPECT_FALSE(p[3].type.vector || p[3].type.in_exheap || p[3].type.endpoint_state);
  EXPECT_TRUE(p[4].type.vector && !p[4].type.in_exheap);
  EXPECT_FALSE(p[5].name);
  EXPECT_EQ(front->sources.text(p[1].type.span), "byte* opt(ExHeap[])");
  EXPECT_THAT(front->reported(), ElementsAre("SS0027 1:100"));  // the parameter without a name
}

TEST(Parser, ReadsEntriesOfNewChannel) {
  const auto front = read_text(
      "void F() { N.X.NewChannel(out a, out b, N.X.S.Value); X.NewChannel(out a, out b); X.NewChannel(f(1, 2), out b, X.T.Value);"
      " X.NewChannel(out a, out b, value); X.OldChannel(out a, out b, X.U.Value); X.NewChannel(out a, ");
  std::vector<std::string> entries;
  for (const EntryUse& use : front->file.entry_uses) {
    entries.push_back(std::string(use.contract.parts.back().text) + ":" + std::string(use.state.text));
  }
  EXPECT_THAT(entries, ElementsAre("X:S", "X:T"));
}

TEST(Parser, NotesEndpointsInNestedTypes) {
  const auto front = read_text("contract X { rep struct A { int n; B.Imp:S ep; N.C.Exp e; D.F f; } enum G { H } class K { void M() { { } } } }");
  const std::vector<NestedType>& types = front->file.contracts[0].types;
  ASSERT_EQ(types.size(), 3u);
  EXPECT_EQ(types[0].endpoint_fields.size(), 2u);
  EXPECT_EQ(types[0].kind, NestedType::Kind::RepStruct);
  EXPECT_EQ(types[1].kind, NestedType::Kind::Enum);
  EXPECT_EQ(types[2].kind, NestedType::Kind::Class);
}

TEST(Parser, GivesSpansOfWhatItReads) {
  const auto front = read_text(std::string(kHead) + "override state S: Tap  ? -> ( Beep! or Tap? ) -> S; }");
  const State& state = front->file.contracts[0].states[0];
  EXPECT_TRUE(state.is_override);
  EXPECT_EQ(front->sources.text(state.name.span), "S");
  const Sequence& sequence = state.sequences[0];
  EXPECT_EQ(front->sources.text(sequence.span), "Tap  ? -> ( Beep! or Tap? ) -> S");
  EXPECT_EQ(front->sources.text(std::get<Action>(sequence.steps[0]).span), "Tap  ?");
  EXPECT_EQ(front->sources.text(std::get<Group>(sequence.steps[1]).span), "( Beep! or Tap? )");
}

struct Row {
  const char* members;
  std::vector<std::string> reported;  // places count from the member, in the second line
};

TEST(Parser, ReportsEachMistakeWhereItIs) {
  const Row rows[] = {
      {"state S: Tap? -> -> S;", {"SS0003 2:18"}},
      {"state S: -> S;", {"SS0003 2:10"}},
      {"state S: Tap? ->;", {"SS0003 2:17"}},
      {"state S: one { Tap? S; }", {"SS0003 2:20"}},
      {"state S: (Tap? or) -> S;", {"SS0003 2:18"}},
      {"state S: () -> S;", {"SS0003 2:11"}},
      {"state S: (Tap? -> S;", {"SS0003 2:20"}},
      {"state S: Tap?) -> S;", {"SS0003 2:14"}},
      {"state : Tap? -> S;", {"SS0003 2:7"}},
      {"state S Tap? -> S;", {"SS0003 2:8"}},
      {"state S { Tap? -> S; }", {"SS0003 2:8"}},
      {"message;", {"SS0003 2:8"}},
      {"in message M(;", {"SS0003 2:14"}},
      {"in message M(int a int b);", {"SS0003 2:20"}},
      {"in message M() state S: ;", {"SS0003 2:15"}},
      {"mesage M();", {"SS0003 2:1"}},
      {"const int n = 1 state S: ;", {"SS0003 2:16"}},
      {"rep struct { }", {"SS0003 2:12"}},
      {"state S: one { Tap? -> S }", {"SS0006 2:25"}},
      {"state S: Tap? -> S", {"SS0006 2:19"}},
      {"in message M()", {"SS0006 2:15"}},
      {"state S: one { Tap? -> -> S; Beep! Tap!; } state T: ! ;", {"SS0003 2:24", "SS0003 2:35", "SS0003 2:53"}},
      {";; state S: {;;};;", {}},
      {"state S<K>: Tap<K>? -> S;", {"SS0021 2:8"}},
  };
  for (const Row& row : rows) {
    const auto front = read_text("contract X {\n" + std::string(row.members) + "\n}");
    EXPECT_EQ(front->reported(), row.reported) << row.members;
    ASSERT_EQ(front->file.contracts.size(), 1u) << row.members;
    const bool error = front->diagnostics.has_errors();
    EXPECT_EQ(front->file.contracts[0].broken, error) << row.members;
  }
}

TEST(Parser, GoesOnBehindABrokenContract) {
  for (const char* broken : {"contract A {", "contract A { state S: one {", "contract A { state S: (Tap?", "contract A : { }",
                             "contract A { } }", "contract A { state S: one { } } }",
                             "contract A { const x = ", "contract A : B {{ } }"}) {
    const auto front = read_text(std::string(broken) + "\ncontract Good { out message M(); state S: M! -> T; state T: ; }");
    ASSERT_FALSE(front->file.contracts.empty()) << broken;
    const Contract& last = front->file.contracts.back();
    EXPECT_EQ(last.name.text, "Good") << broken;
    EXPECT_FALSE(last.broken) << broken;
    EXPECT_EQ(last.states.size(), 2u) << broken;
  }
}

TEST(Parser, EndsOnDeepNesting) {
  constexpr std::size_t kDeep = 100'000;
  const auto many = [](std::string_view part) {
    std::string all;
    for (std::size_t i = 0; i < kDeep; ++i) all += part;
    return all;
  };
  for (const std::string& text :
       {std::string(kHead) + "state S: " + many("(") + "Tap?" + many(")") + "; }", many("{"), many("}"), many("namespace A {"),
        many("contract A {"), many("contract A {}"), std::string(kHead) + "state S: " + many("Tap? -> ") + "S; }",
        std::string(kHead) + many("["), std::string("contract X { in message M(int") + many("[") + many("]") + " a); }",
        std::string("contract X { in message M(") + many("A<") + many(">") + " a); }", std::string("contract X { rep struct A ") + many("{"),
        many("class C { contract"), many("a."), many("a.NewChannel(")}) {
    const auto front = read_text(text);
    expect_spans_inside(front->sources, front->diagnostics);
  }
}

TEST(Parser, ReportsOneErrorForGroupsNestedTooDeeply) {
  const auto nested = [](std::size_t n) {
    return std::string(kHead) + "state S: " + std::string(n, '(') + "Tap?" + std::string(n, ')') + " -> S; }";
  };
  EXPECT_THAT(read_text(nested(200))->reported(), IsEmpty());
  EXPECT_THAT(read_text(nested(201))->reported(), ElementsAre(testing::StartsWith("SS0005")));
}

TEST(Parser, DumpsTheTree) {
  const auto front = read_text("namespace N { using U; contract X : B { in message M(int n); state S: all { (M? or M!) -> T; } } }");
  EXPECT_EQ(dump(front->file, front->sources).substr(0, 31), "file case.sg\nscope 0 file\nscope");
  EXPECT_THAT(dump(front->file, front->sources),
              testing::EndsWith("in scope 1 contract X : B\n  in message M(int n)\n  state S: all\n    (M? or M!) -> T\n"));
}

// Deleting, doubling or swapping any token of any sample gives a tree and spans inside the file.
TEST(Parser, TakesEveryMutationOfTheSamples) {
  const std::vector<std::string> texts = sample_texts();
  ASSERT_GT(texts.size(), 100u);
  for (const std::string& text : texts) {
    for_each_mutation(text, [](const std::string& mutation) {
      const auto front = read_text(mutation);
      expect_spans_inside(front->sources, front->diagnostics);
      ASSERT_FALSE(testing::Test::HasFailure()) << mutation;
    });
    if (HasFailure()) return;
  }
}

// So does ending the file anywhere.
TEST(Parser, TakesEveryBeginningOfTheSamples) {
  for (const std::string& text : sample_texts()) {
    for (std::size_t length = 0; length < text.size(); length += 3) {
      const auto front = read_text(text.substr(0, length));
      expect_spans_inside(front->sources, front->diagnostics);
      ASSERT_FALSE(HasFailure()) << text.substr(0, length);
    }
  }
}

// So do any bytes.
TEST(Parser, TakesRandomBytes) {
  std::uint64_t state = 1;
  const auto next = [&] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state >> 33);
  };
  const std::vector<std::string> words{"contract ", "X", " {", "}", "(", ")", ";", ":", "state ", "message ", "in ", "->", "!", "?", " or ",
                                       "one ", "all ", "\n#if A\n", "\n#endif\n", "/*", "*/", "\"", "'", "@\"", "<", ">", "[", "]",
                                       "override ", "\xff", "\xe2\x86\x92", "rep struct ", "namespace ", "using ", ".", ",", "=", "const "};
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (std::uint32_t n = next() % 40; n > 0; --n) text += next() % 8 == 0 ? std::string(1, static_cast<char>(next())) : words[next() % words.size()];
    const auto front = read_text(text);
    expect_spans_inside(front->sources, front->diagnostics);
    ASSERT_FALSE(HasFailure()) << text;
  }
}

}  // namespace
}  // namespace singspin::syntax
