// Whole texts for small models, and what the line map promises.
#include "promela/print/print.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "promela/print/tables.h"

namespace singspin::pml {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Ping from the exporter, Pong back; `Over` is final.
Process ping_pong(ir::Role role, std::size_t machine) {
  const bool exporter = role == ir::Role::Exporter;
  const auto send = Option::Action::Send, receive = Option::Action::Receive;
  Process process{role, {}};
  process.blocks.push_back(
      {"Start", false, {"a.sg:1: state Start: Ping! -> Wait;"}, {}, {machine, role, {0}, {}}});
  process.blocks.push_back({"Wait", false, {"a.sg:2: state Wait"}, {}, {machine, role, {1}, {}}});
  process.blocks.push_back({"Over", true, {}, {}, {machine, role, {2}, {}}});
  process.blocks[0].options.push_back(
      {exporter ? send : receive, true, 0, {}, 1, {machine, role, {0}, ir::TransitionId{0}}});
  process.blocks[1].options.push_back(
      {exporter ? receive : send, false, 1, {}, 0, {machine, role, {1}, ir::TransitionId{1}}});
  process.blocks[1].options.push_back(
      {exporter ? send : receive, true, 0, {}, 2, {machine, role, {1}, ir::TransitionId{2}}});
  return process;
}

Machine machine(std::size_t index = 0, std::size_t set = 0) {
  Machine result;
  result.title = "contract Ping  a.sg:1";
  result.messages = {"Ping", "Pong"};
  result.message_set = set;
  result.to_importer = 2;
  result.exporter = ping_pong(ir::Role::Exporter, index);
  result.importer = ping_pong(ir::Role::Importer, index);
  return result;
}

Model model() { return {{"A header."}, {machine()}, false}; }

TEST(Print, OneMachine) {
  EXPECT_EQ(print(model()).text, R"(/* A header. */

mtype = { Ping, Pong };

chan to_importer = [2] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Ping  a.sg:1 */
active proctype Exporter()
{
Start:  /* a.sg:1: state Start: Ping! -> Wait; */
  if
  :: to_importer!Ping -> goto Wait
  fi;
Wait:  /* a.sg:2: state Wait */
  if
  :: to_exporter?Pong -> goto Start
  :: to_importer!Ping -> goto end_Over
  fi;
end_Over:
  false  /* the conversation is over */
}

active proctype Importer()
{
Start:  /* a.sg:1: state Start: Ping! -> Wait; */
  if
  :: to_importer?Ping -> goto Wait
  fi;
Wait:  /* a.sg:2: state Wait */
  if
  :: to_exporter!Pong -> goto Start
  :: to_importer?Ping -> goto end_Over
  fi;
end_Over:
  false  /* the conversation is over */
}
)");
}

TEST(Print, ARestraintIsADStepThatAsksForRoomAndTheHead) {
  Model m = model();
  m.machines[0].exporter.blocks[1].options[1].restraint = Restraint{{1}};
  const Printed printed = print(m);
  EXPECT_THAT(printed.text, HasSubstr("  :: d_step { nfull(to_importer) && !(to_exporter?[Pong]) -> "
                                      "to_importer!Ping } -> goto end_Over\n"));
  m.machines[0].exporter.blocks[1].options[1].restraint = Restraint{{1, 0}};
  EXPECT_THAT(print(m).text,
              HasSubstr("nfull(to_importer) && !(to_exporter?[Pong] || to_exporter?[Ping]) -> "));
  // SPIN's tables call such a statement by its line.
  const Line& line = printed.processes[0].lines[2];
  EXPECT_EQ(line.text, fmt::format("D_STEP{}", line.line));
}

TEST(Print, SeveralMachinesShareChannelsAndSets) {
  Model m = model();
  m.machines.push_back(machine(1, 0));
  m.machines.push_back(machine(2, 1));
  m.machines[2].to_importer = 7;
  const std::string text = print(m).text;
  EXPECT_THAT(text, HasSubstr("mtype:messages_1 = { Ping, Pong };\n"));
  EXPECT_THAT(text, HasSubstr("mtype:messages_2 = { Ping_2, Pong_2 };\n"));
  EXPECT_THAT(text, HasSubstr("chan to_importer_2 = [2] of { mtype };\nchan to_exporter_1 = [1] of { mtype "
                              "};\nchan to_importer_7 = [7] of { mtype };\n\n"));
  EXPECT_THAT(text, HasSubstr("\nproctype Exporter_2()\n"));
  EXPECT_THAT(text, Not(HasSubstr("active proctype")));
  EXPECT_THAT(text, HasSubstr("  :: to_importer_7!Ping_2 -> goto Wait\n"));
  EXPECT_THAT(text, HasSubstr(R"(
init
{
  atomic {
    if
    :: c_expr { (ss_machine)() == 0 } -> run Exporter_1(); run Importer_1()
    :: c_expr { (ss_machine)() == 1 } -> run Exporter_2(); run Importer_2()
    :: c_expr { (ss_machine)() == 2 } -> run Exporter_3(); run Importer_3()
    fi
  };
end_started:
  false
}
)"));
}

TEST(Print, AnObservedModelIsThePlainOneWithTheHook) {
  Model m = model();
  const std::string plain = print(m).text;
  m.observed = true;
  std::string observed = print(m).text;
  const std::string hook = " provided (c_expr { (ss_observe)(now.to_importer, now.to_exporter) })";
  const auto at = observed.find(hook);
  ASSERT_NE(at, std::string::npos);
  observed.erase(at, hook.size());
  EXPECT_EQ(observed.find(hook), std::string::npos);
  const std::string processes = plain.substr(plain.find("/* contract"));
  EXPECT_THAT(observed, HasSubstr(processes));
}

TEST(Print, MoreMessagesThanNamesAreNumbers) {
  Model m = model();
  std::vector<std::string>& messages = m.machines[0].messages;
  for (int i = 0; messages.size() <= kMaxMtypeNames; ++i) messages.push_back(fmt::format("Spare{}", i));
  const Printed printed = print(m);
  EXPECT_THAT(printed.text, Not(HasSubstr("mtype")));
  EXPECT_THAT(printed.text, HasSubstr("chan to_importer = [2] of { short };\n"));
  EXPECT_THAT(printed.text, HasSubstr("  :: to_importer!1 -> goto Wait  /* Ping */\n"));
  EXPECT_EQ(printed.processes[0].lines[0].number, 1u);
  messages.pop_back();
  EXPECT_THAT(print(m).text, HasSubstr("mtype = { Ping, Pong, Spare0,"));
  // SPIN numbers names from the last one.
  EXPECT_EQ(print(m).processes[0].lines[0].number, kMaxMtypeNames);
  EXPECT_EQ(print(m).processes[0].lines[0].numeric_text, "to_importer!250");
}

TEST(Print, WithoutMessagesThereIsNoSet) {
  Machine silent;
  silent.title = "contract Silent";
  for (Process* p : {&silent.exporter, &silent.importer}) p->blocks.push_back({"S", true, {}, {}, {}});
  silent.importer.role = ir::Role::Importer;
  const std::string text = print({{}, {silent}, false}).text;
  EXPECT_THAT(text, Not(HasSubstr("mtype")));
  EXPECT_THAT(text, HasSubstr("chan to_importer = [1] of { byte };"));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') lines.emplace_back();
    else lines.back() += c;
  }
  return lines;
}

TEST(LineMap, EveryStatementHasItsOwnLine) {
  for (const bool observed : {false, true}) {
    Model m = model();
    m.observed = observed;
    m.machines.push_back(machine(1, 1));
    m.machines[1].exporter.blocks[1].options[1].restraint = Restraint{{1}};
    const Printed printed = print(m);
    const std::vector<std::string> lines = lines_of(printed.text);
    std::set<std::size_t> mapped;
    ASSERT_EQ(printed.processes.size(), 4u);
    for (const PrintedProcess& process : printed.processes) {
      EXPECT_EQ(process.lines.size(), 4u);
      for (const Line& line : process.lines) {
        EXPECT_TRUE(mapped.insert(line.line).second) << line.line;
        EXPECT_EQ(line.origin.machine, process.machine);
        EXPECT_EQ(line.origin.role, process.role);
        const std::string& text = lines[line.line - 1];
        const bool step = line.text.starts_with("D_STEP");
        const bool end = line.text == "(0)";
        EXPECT_THAT(text, HasSubstr(step ? "d_step" : end ? "false" : line.text));
      }
    }
    // No line with an option or the end of a conversation is missing; `init` has its own options.
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool statement =
          lines[i].starts_with("  :: ") || lines[i].find("the conversation is over") != std::string::npos;
      EXPECT_EQ(mapped.contains(i + 1), statement) << lines[i];
    }
  }
}

TEST(Comments, HoldNothingThatEndsThem) {
  const struct {
    const char* source;
    const char* comment;
  } cases[] = {
      {"state S: /* x */ A! -> T;", "state S: /* x * / A! -> T;"},
      {"state S: one { A! -> S; }", "state S: one { A! -> S; }"},
      {"state S: one {", "state S: one"},  // SPIN counts braces in comments
      {"} } {", ""},
      {"char q = '\"'; \\ #define x", "char q = ```; \\ #define x"},
      {"a\tb\x01"
       "c",
       "a b c"},
      {"**/", "** /"},
      {"*/*/", "* /* /"},
      {"\xc3\xa9", "\xc3\xa9"},
  };
  for (const auto& row : cases) {
    Model m = model();
    m.machines[0].exporter.blocks[0].comment = {row.source};
    EXPECT_THAT(print(m).text, HasSubstr(fmt::format("{{\nStart:  /* {} */\n  if\n", row.comment)))
        << row.source;
    m.machines[0].title = row.source;
    EXPECT_THAT(print(m).text, HasSubstr(fmt::format("\n\n/* {} */\nactive", row.comment))) << row.source;
  }
}

TEST(Comments, AreCutAtACharacter) {
  Model m = model();
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xc3\xa9";
  m.machines[0].exporter.blocks[0].comment = {accents};
  const std::string text = print(m).text;
  EXPECT_THAT(text, HasSubstr("\xc3\xa9 ... */\n"));
  EXPECT_THAT(text, Not(HasSubstr("\xc3 ...")));
}

TEST(Print, IsDeterministic) {
  Model m = model();
  m.machines.push_back(machine(1, 1));
  EXPECT_EQ(print(m).text, print(m).text);
}

TEST(Tables, TellWhatEachNodeCanDo) {
  Model m = model();
  m.machines[0].exporter.blocks[1].options[1].restraint = Restraint{{1}};
  // States of SPIN: 0 is none of ours, then the three blocks of each process.
  const std::string tables = print_tables(m, {{-1, 0, 1, 2}, {0, -1, 1, 2}});
  EXPECT_EQ(tables, R"(#define SS_FIRST_PROCESS 0
static const int ss_final[] = {
0,0,1,0,0,1,0};
static const int ss_sends[] = {
1,1,0,0,1,0,0};
static const int ss_restrained[] = {
0,1,0,0,0,0,0};
static const int ss_receive_at[] = {
0,0,1,1,2,3,3,0};
static const int ss_receive[] = {
1,2,2,0};
static const int ss_node[] = {
-1,0,1,2,3,-1,4,5,0};
static const int ss_process[] = {
0,4,0};
)");
}

TEST(Print, StepsWriteWhatFormulasRead) {
  Model model;
  model.machines.push_back(machine());
  model.places.push_back({"exp@Start", ir::Role::Exporter, {0}});
  model.places.push_back({"imp@Wait", ir::Role::Importer, {1, 2}});
  Term here, there{Term::Op::At}, both{Term::Op::And}, never{Term::Op::Not}, always{Term::Op::Always};
  here.op = Term::Op::At;
  there.place = 1;
  both.right = 1;
  never.left = 2;
  always.left = 3;
  model.formulas.push_back({"claim_1", "user:apart: never */", {here, there, both, never, always}});
  model.idling = true;
  const std::string text = print(model).text;
  EXPECT_THAT(text, HasSubstr("bit idle;\nbit at_1 = 1;  /* exp@Start */\nbit at_2;  /* imp@Wait */\n"));
  // A step writes only what it changes, and only about its own process.
  EXPECT_THAT(text, HasSubstr("  :: d_step { to_importer!Ping; at_1 = 0 } -> goto Wait\n"));
  EXPECT_THAT(text, HasSubstr("  :: d_step { to_exporter?Pong; at_1 = 1 } -> goto Start\n"));
  EXPECT_THAT(text, HasSubstr("  :: to_importer!Ping -> goto end_Over\n"));
  EXPECT_THAT(text, HasSubstr("  :: d_step { to_importer?Ping; at_2 = 1 } -> goto Wait\n"));
  EXPECT_THAT(text, HasSubstr("  :: to_importer?Ping -> goto end_Over\n"));
  EXPECT_THAT(text, HasSubstr("/* user:apart: never * / */\nltl claim_1 { ([] (! (at_1 && at_2))) }\n"));
}

}  // namespace
}  // namespace singspin::pml
