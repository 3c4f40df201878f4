#include "frontend/format/format.h"

#include "tests/unit/format/fixture.h"

namespace singspin::format {
namespace {

// The members of a contract, formatted; the contract around them is left out again.
std::string members(const std::string& text) {
  const std::string head = "contract C {\n", tail = "}\n";
  const std::string all = formatted(head + text + "\n" + tail);
  EXPECT_TRUE(all.starts_with(head) && all.ends_with(tail)) << all;
  return all.substr(head.size(), all.size() - head.size() - tail.size());
}

TEST(Layout, OneMemberPerLineAndFourSpacesPerLevel) {
  EXPECT_EQ(formatted("public  contract W:V{in message M( );state S:one{M?->D;}state D:one{ }}\n"),
            "public contract W : V {\n"
            "    in message M();\n"
            "    state S: one {\n"
            "        M? -> D;\n"
            "    }\n"
            "    state D: one {}\n"
            "}\n");
}

TEST(Layout, IsIndentedLikeItsDeclaration) {
  EXPECT_EQ(formatted("  [Verify] internal\ncontract A\n{ in message M(); }"),
            "  [Verify] internal contract A {\n      in message M();\n  }");
  EXPECT_EQ(formatted("\tcontract A { state S: one { M?; } }"),
            "\tcontract A {\n\t\tstate S: one {\n\t\t\tM?;\n\t\t}\n\t}");
  EXPECT_EQ(formatted(std::string(300, ' ') + "contract A { }"), std::string(300, ' ') + "contract A {}");
}

TEST(Layout, LeavesTheCodeAroundAlone) {
  const std::string before = "namespace  N\n{ \n   int  x ;;\n", after = "\n\n\n  void  F( ) { }\n}  \n";
  EXPECT_EQ(formatted(before + "contract A{}" + after), before + "contract A {}" + after);
}

TEST(Layout, Messages) {
  EXPECT_EQ(members("in  message Lend(Lamp . Exp : On !ep,UIntPtr n) ;"),
            "    in message Lend(Lamp.Exp:On! ep, UIntPtr n);\n");
  EXPECT_EQ(members("message Name(char []! in ExHeap text, byte [ ] [ ]! in  ExHeap raw);"),
            "    message Name(char[]! in ExHeap text, byte[][]! in ExHeap raw);\n");
  EXPECT_EQ(members("in message Put(byte* opt(ExHeap[])data);"),
            "    in message Put(byte* opt(ExHeap[]) data);\n");
  EXPECT_EQ(members("in message Find <K>(Contract<K>k); in message Give(imp<Lamp @OFF>);"),
            "    in message Find<K>(Contract<K> k);\n    in message Give(imp<Lamp@OFF>);\n");
  EXPECT_EQ(members("in message Poke; in message Poke2(int n)requires n>0&& n < 9\n;"),
            "    in message Poke;\n    in message Poke2(int n) requires n>0&& n < 9;\n");
  EXPECT_EQ(members("[permission :look]in message Peek([ Mark ] int x);"),
            "    [permission :look] in message Peek([ Mark ] int x);\n");
}

TEST(Layout, StatesKeepTheFormTheirAuthorChose) {
  EXPECT_EQ(members("state A: one {} state B: {} state C: ; state D : M ? -> A ;override state E:all{M!;}"),
            "    state A: one {}\n    state B: {}\n    state C: ;\n    state D: M? -> A;\n"
            "    override state E: all {\n        M!;\n    }\n");
}

TEST(Layout, Groups) {
  EXPECT_EQ(members("state S: Dim ? ->\n( Dark!\n or(Glow! or Hum ! -> X)\n) -> Off ;"),
            "    state S: Dim? -> (Dark! or (Glow! or Hum! -> X)) -> Off;\n");
}

TEST(Layout, SemicolonsComeAndGo) {
  EXPECT_EQ(
      formatted("contract A { ; in message M() ; ; state S: one { ; M?->S ; ; M? } ; enum E { x }; };\n"),
      "contract A {\n    in message M();\n    state S: one {\n        M? -> S;\n        M?;\n    }\n"
      "    enum E { x }\n}\n");
}

TEST(Layout, OnlyTerminalStatesHaveASpaceBeforeTheirSemicolon) {
  EXPECT_EQ(members("state C:; state S: one { A<B> ; // c\n }"),
            "    state C: ;\n    state S: one {\n        A<B>; // c\n    }\n");
}

// With another symbol set the `;` may be one that is needed, and the place of a missing one no end.
TEST(Layout, SemicolonsBesideDirectivesStay) {
  EXPECT_EQ(members("in message M();\n#if X\nin message N()\n#endif\n;"),
            "    in message M();\n#if X\nin message N()\n#endif\n    ;\n");
  EXPECT_EQ(members("state S: one {\nM? -> S\n#if X\n-> T\n#endif\n}"),
            "    state S: one {\n        M? -> S\n#if X\n-> T\n#endif\n    }\n");
}

TEST(Layout, LongSequencesBreakBeforeArrows) {
  const std::string a(30, 'a'), b(30, 'b'), c(30, 'c');
  EXPECT_EQ(members("state S: " + a + "? -> " + b + "! -> " + c + "! -> S;"),
            "    state S: " + a + "? -> " + b + "!\n        -> " + c + "! -> S;\n");
  EXPECT_EQ(members("state S: one { " + a + "? -> (" + b + "! -> X or " + c + "! or Short!) -> S; }"),
            "    state S: one {\n        " + a + "?\n            -> (" + b + "! -> X or " + c +
                "! or Short!)\n            -> S;\n    }\n");
  EXPECT_EQ(members("state S: one { M? -> (" + a + "! or " + b + "! or " + c + "!) -> S; }"),
            "    state S: one {\n        M?\n            -> (" + a + "!\n                or " + b +
                "!\n                or " + c + "!) -> S;\n    }\n");
}

TEST(Layout, LongParameterListsHaveAParameterPerLine) {
  const std::string a(40, 'a'), b(50, 'b');
  EXPECT_EQ(members("in message M(int " + a + ", Map<int,int> " + b + ") requires a > b;"),
            "    in message M(\n        int " + a + ",\n        Map<int, int> " + b + ") requires a > b;\n");
}

TEST(Layout, AtMostOneEmptyLineAndNoneAtTheEdges) {
  EXPECT_EQ(
      members("\n\nin message M();\n\n\n\nin message N();\nstate S: one {\n\nM?;\n\n\nN?;\n\n}\n\n"),
      "    in message M();\n\n    in message N();\n    state S: one {\n        M?;\n\n        N?;\n    }\n");
}

TEST(Layout, ConstantsAndNestedTypes) {
  EXPECT_EQ(members("public  const string Name=\"/lamp; contract { state\"  ;"),
            "    public const string Name = \"/lamp; contract { state\";\n");
  EXPECT_EQ(members("const int X = a ==b?1 :\n 2;"), "    const int X = a ==b?1 :\n        2;\n");
  EXPECT_EQ(members("  rep struct Spot\n  {\n    int x;  // odd\n\n  int Twice() { return x+x; }\n  };"),
            "    rep struct Spot\n    {\n      int x;  // odd\n\n    int Twice() { return x+x; }\n    }\n");
}

TEST(Comments, StayWithTheirLine) {
  EXPECT_EQ(formatted("contract A // was: B\n{ // first\n  in message M();   // trailing  \n"
                      "// own\n  /* block */ in message N();\n\n/// doc\nstate S: one { // brace\n"
                      "M? -> /* Glow! -> */ N! -> S; // why\n// last\n}\n/* end */}\n"),
            "contract A // was: B\n{ // first\n    in message M(); // trailing\n"
            "    // own\n    /* block */ in message N();\n\n    /// doc\n    state S: one { // brace\n"
            "        M? -> /* Glow! -> */ N! -> S; // why\n        // last\n    }\n    /* end */\n}\n");
}

TEST(Comments, MayStandBetweenAnyTwoTokens) {
  EXPECT_EQ(members("in//1\nmessage/*2*/M//3\n(//4\nint//5\nx//6\n)//7\n;//8"),
            "    in //1\n        message /*2*/ M //3\n        ( //4\n        int //5\n        x //6\n"
            "        ) //7\n        ; //8\n");
  EXPECT_EQ(members("state S: A? // a\n-> // b\nB! // c\n-> (C! // d\nor D!) -> S;"),
            "    state S: A? // a\n        -> // b\n        B! // c\n        -> (C! // d\n            or D!) "
            "-> S;\n");
}

TEST(Comments, LinesOfABlockCommentMoveTogether) {
  EXPECT_EQ(members("/* one\n * two\n\n   three */\nin message M();"),
            "    /* one\n     * two\n\n       three */\n    in message M();\n");
}

TEST(Directives, StayAsTheyAre) {
  EXPECT_EQ(
      formatted(
          "contract A {\n  #if FOO // why\n in   message \"M(';\n  #else\nin message   N();\n#endif\n\n\n"
          "#region the lamp's\n  state S:one{\n#if !FOO\nN?->S;\n#endif\n}\n#endregion\n}"),
      "contract A {\n  #if FOO // why\n in   message \"M(';\n  #else\n    in message N();\n#endif\n\n"
      "#region the lamp's\n    state S: one {\n#if !FOO\n        N? -> S;\n#endif\n    }\n#endregion\n}");
}

TEST(Directives, SymbolsDecideWhatIsFormatted) {
  const std::string text = "contract A {\n#if FOO\nin  message M();\n#else\nin  message N();\n#endif\n}";
  EXPECT_EQ(formatted(text, {"FOO"}),
            "contract A {\n#if FOO\n    in message M();\n#else\nin  message N();\n#endif\n}");
}

TEST(LineEnds, AreThoseOfTheFile) {
  EXPECT_EQ(formatted("// x\r\ncontract A\r\n{ in message M();\n}\r\n"),
            "// x\r\ncontract A {\r\n    in message M();\r\n}\r\n");
  EXPECT_EQ(formatted("contract A\r{ in message M(); }"), "contract A {\r    in message M();\r}");
  EXPECT_EQ(formatted("contract A { in message M(); }"), "contract A {\n    in message M();\n}");
}

TEST(Untouched, ContractsWithErrors) {
  const std::string broken = "contract A { in message ( ; state  S: one { M? M! } }\n";
  const Result result = format_once(broken + "contract  B { }\n");
  EXPECT_EQ(result.text, broken + "contract B {}\n");
  ASSERT_EQ(result.untouched.size(), 1u);
  EXPECT_EQ(result.untouched[0].name, "A");
  EXPECT_EQ(result.untouched[0].reason, "it has syntax errors");
}

TEST(Untouched, TextThatDependsOnItsWhiteSpace) {
  EXPECT_EQ(format_once("contract A { const int X = '  ; }").untouched.size(), 1u);
  EXPECT_EQ(format_once("contract A { const string X = \"abc\n; }").untouched.size(), 1u);
  EXPECT_EQ(format_once("contract A { const int X = /* */ # ; }").untouched.size(), 1u);
}

TEST(Range, OnlyContractsThatOverlapIt) {
  const std::string text = "contract A { }\ncontract B { }\n";
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add("test.sg", text);
  const auto tokens = syntax::lex(sources, file, {}, diagnostics).tokens;
  const syntax::File tree = syntax::parse(sources, file, tokens, diagnostics);
  const Formatted second = format(sources, file, tokens, tree, {}, source::Span{file, 20, 20});
  EXPECT_EQ(format::apply(text, second.edits), "contract A { }\ncontract B {}\n");
}

TEST(Lost, SeesWhatMayNotChange) {
  const std::string text = "contract A { in message M(); /* x */ state S: one { M? -> S; M? } }";
  const auto differs = [&](const std::string& other) { return lost(text, other, {}).has_value(); };
  EXPECT_FALSE(differs(text));
  EXPECT_FALSE(differs("contract A{in message M();/*x*/state S:one{M?->S;M?;}}"));
  EXPECT_TRUE(differs("contract A { in message N(); /* x */ state S: one { M? -> S; M? } }"));
  EXPECT_TRUE(differs("contract A { in message M(); state S: one { M? -> S; M? } }"));
  EXPECT_TRUE(differs("contract A { in message M(); /* x */ state S: one { M? -> S; M? }"));
  EXPECT_TRUE(differs("contract A { in message M(); /* x */ state S: ; one { M? -> S; M? } }"));
}

}  // namespace
}  // namespace singspin::format
