// Contracts to Promela text, and what SPIN says to it: silence, whatever names and source lines hold.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/verify/fixture.h"

namespace singspin::verify {
namespace {

using testing::Contracts;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

lower::Request request(const Contracts& contracts, std::size_t i, bool priority = false, std::uint32_t to_importer = 1, std::uint32_t to_exporter = 1) {
  const ir::Contract& c = contracts.program.contracts[contracts.ids[i]];
  return {&c, c.start, priority, to_importer, to_exporter};
}

std::string text_of(const Contracts& contracts, const std::vector<lower::Request>& requests, bool observed = false) {
  return pml::print(lower::lower(requests, contracts.sources, observed)).text;
}

TEST(Model, ValveWithPriority) {
  const Contracts contracts{"Idle: Open? Opening, Shut! Closing\nOpening: Shut! Idle\nClosing: Open? Over"};
  EXPECT_EQ(text_of(contracts, {request(contracts, 0, true, 2, 3)}), R"(/* The exporter and the importer of a channel contract, joined by two queues. */

mtype = { Open, Shut };

chan to_importer = [2] of { mtype };
chan to_exporter = [3] of { mtype };

/* contract C1  C1.sg:1, priority in mixed states */
active proctype Exporter()
{
Idle:  /* C1.sg:1: Idle: Open? Opening, Shut! Closing */
  if
  :: to_exporter?Open -> goto Opening
  :: d_step { nfull(to_importer) && !(to_exporter?[Open]) -> to_importer!Shut } -> goto Closing
  fi;
Opening:  /* C1.sg:2: Opening: Shut! Idle */
  if
  :: to_importer!Shut -> goto Idle
  fi;
Closing:  /* C1.sg:3: Closing: Open? Over */
  if
  :: to_exporter?Open -> goto end_Over
  fi;
end_Over:  /* C1.sg:3: Closing: Open? Over */
  false  /* the conversation is over */
}

active proctype Importer()
{
Idle:  /* C1.sg:1: Idle: Open? Opening, Shut! Closing */
  if
  :: to_exporter!Open -> goto Opening
  :: to_importer?Shut -> goto Closing
  fi;
Opening:  /* C1.sg:2: Opening: Shut! Idle */
  if
  :: to_importer?Shut -> goto Idle
  fi;
Closing:  /* C1.sg:3: Closing: Open? Over */
  if
  :: to_exporter!Open -> goto end_Over
  fi;
end_Over:  /* C1.sg:3: Closing: Open? Over */
  false  /* the conversation is over */
}
)");
}

// What SPIN answers; empty: it accepts the model without a word, compiled or not.
std::string answer(const std::string& text, const spin::Tools& tools) {
  auto directory = spin::RunDirectory::create();
  if (!directory) return directory.error().message;
  const auto generated = spin::generate(*directory, text, tools);
  return generated ? "" : generated.error().message;
}

// The names of tests/unit/print/names_test.cpp matter here as messages and as states.
const std::vector<std::string> kHostile = {
    "active", "assert", "atomic", "bit", "bool", "break", "byte", "c_code", "c_decl", "c_expr", "c_state", "c_track", "chan",
    "D_proctype", "d_step", "do", "else", "empty", "enabled", "eval", "false", "fi", "for", "full", "get_priority", "goto",
    "hidden", "if", "in", "init", "inline", "int", "len", "local", "ltl", "mtype", "nempty", "never", "nfull", "notrace", "np_",
    "od", "of", "pc_value", "pid", "printf", "printm", "priority", "proctype", "provided", "return", "run", "select",
    "set_priority", "short", "show", "skip", "timeout", "trace", "true", "typedef", "unless", "unsigned", "xr", "xs", "_",
    "_last", "_nr_pr", "_p", "_pid", "_priority", "U", "V", "W", "X", "always", "eventually", "until", "stronguntil",
    "weakuntil", "release", "next", "implies", "equivalent", "auto", "case", "char", "const", "continue", "default", "double",
    "enum", "extern", "float", "long", "register", "signed", "sizeof", "static", "struct", "switch", "union", "void", "volatile",
    "while", "main", "errno", "now", "depth", "errors", "state", "done", "uchar", "sv", "wasnew", "linux", "NULL", "EOF", "SAFETY",
    "MAXQ", "P0", "Q0", "ptr", "end", "endgame", "accept", "accept_x", "progress", "progress_1", "Exporter", "Importer",
    "to_importer", "to_exporter", "to_importer_1", "to_exporter_1", "to_importer_2", "Exporter_1", "Importer_2", "messages_1",
    "end_started", "ss_machine", "ss_observe", "1", "2nd", "a/b", "a_b", "a>b", "a#2", "<end>", "_x", "\xc3\xa9t\xc3\xa9", "STDIN", "pan"};

// A ring of the states that uses every message.
std::string ring(const std::vector<std::string>& messages, const std::vector<std::string>& states) {
  std::string text;
  for (std::size_t i = 0; i < states.size(); ++i) {
    text += states[i] + ":";
    for (std::size_t m = i; m < std::max(messages.size(), i + 1); m += states.size()) {
      text += fmt::format(" {}{} {},", messages[m % messages.size()], i % 2 == 0 ? '!' : '?', states[(i + 1) % states.size()]);
    }
    text += "\n";
  }
  return text;
}

// Many names at once is fast; a failure names the first culprit.
void expect_accepted(const spin::Tools& tools, const std::function<std::string(const std::vector<std::string>&)>& text_for) {
  if (answer(text_for(kHostile), tools).empty()) return;
  for (const std::string& name : kHostile) EXPECT_EQ(answer(text_for({name}), tools), "") << name;
  ADD_FAILURE() << answer(text_for(kHostile), tools);
}

TEST(LiveModel, HostileMessagesAndStatesAlone) {
  SKIP_WITHOUT_SPIN();
  for (const bool observed : {false, true}) {
    expect_accepted(tools, [&](const std::vector<std::string>& names) {
      const Contracts contracts{ring(names, names)};
      return text_of(contracts, {request(contracts, 0)}, observed);
    });
  }
}

TEST(LiveModel, HostileMessagesOfSeveralContracts) {
  SKIP_WITHOUT_SPIN();
  expect_accepted(tools, [&](const std::vector<std::string>& names) {
    const Contracts contracts{ring(names, {"S", "T"}), ring(names, {"S", "T", "U"})};
    return text_of(contracts, {request(contracts, 0), request(contracts, 1, false, 2, 1)}, true);
  });
}

TEST(LiveModel, HostileStatesOfSeveralContracts) {
  SKIP_WITHOUT_SPIN();
  expect_accepted(tools, [&](const std::vector<std::string>& names) {
    const Contracts contracts{ring({"A", "B"}, names), ring({"A", "B"}, names)};
    return text_of(contracts, {request(contracts, 0), request(contracts, 1, false, 2, 1)}, true);
  });
}

TEST(LiveModel, HostileFinalStates) {
  SKIP_WITHOUT_SPIN();
  expect_accepted(tools, [&](const std::vector<std::string>& names) {
    std::string text = "Start: ";
    for (const std::string& name : names) text += fmt::format("Go{}! {}, ", &name - names.data(), name);
    const Contracts contracts{text};
    return text_of(contracts, {request(contracts, 0)}, true);
  });
}

TEST(LiveModel, NamesOf600Characters) {
  SKIP_WITHOUT_SPIN();
  const std::string longest(600, 'x');
  const Contracts contracts{ring({longest + "1", longest + "2"}, {longest + "3", longest + "4"})};
  EXPECT_EQ(answer(text_of(contracts, {request(contracts, 0)}, true), tools), "");
}

TEST(LiveModel, MoreThan250Messages) {
  SKIP_WITHOUT_SPIN();
  std::string text = "S: ";
  for (int i = 0; i < 300; ++i) text += fmt::format("M{}! S, ", i);
  const Contracts contracts{text};
  EXPECT_EQ(answer(text_of(contracts, {request(contracts, 0)}, true), tools), "");
}

TEST(LiveModel, AContractWithoutMessages) {
  SKIP_WITHOUT_SPIN();
  const Contracts contracts{"S:", "T:"};
  EXPECT_EQ(answer(text_of(contracts, {request(contracts, 0)}, true), tools), "");
  EXPECT_EQ(answer(text_of(contracts, {request(contracts, 0), request(contracts, 1)}, true), tools), "");
}

// Source lines stand in comments, and SPIN reads some of them all the same.
const char* const kLines[] = {
    "state S: /* x */ A! -> T;", "*/", "/*", "*/ /*", "{", "}", "} state T: one {", "}{", "}}{{", "\"", "'", "'\"'", "char q = '{'; string s = @\"x\";",
    "a \"string\" and \"half", "\\", "\\\" \\n", "ends with \\", "# 1 \"other.pml\"", "#define x", "#if 0", "\\#if", "/* { */", "// }",
    "$ltl", "ltl p { [] x }", "never { false }", "proctype P()", "init { skip }", "c_code { x }", "\xc3\xa9\xe2\x86\x92", "\t\x01\x7f", "%d %s", "?!"};

TEST(LiveModel, HostileSourceLines) {
  SKIP_WITHOUT_SPIN();
  const auto with_line = [&](const std::string& line, bool many) {
    const Contracts contracts{"S: A! T\nT: B? End", "S: A! T\nT: B? S"};
    std::vector<lower::Request> requests{request(contracts, 0)};
    if (many) requests.push_back(request(contracts, 1));
    pml::Model model = lower::lower(requests, contracts.sources, many);
    for (pml::Machine& machine : model.machines) {
      machine.title += line;
      for (pml::Process* process : {&machine.exporter, &machine.importer}) {
        for (pml::Block& block : process->blocks) block.comment.push_back(line);
      }
    }
    model.header.push_back(line);
    return model;
  };
  for (const char* line : kLines) {
    for (const bool many : {false, true}) {
      const pml::Model model = with_line(line, many);
      const pml::Printed printed = pml::print(model);
      auto directory = spin::RunDirectory::create();
      ASSERT_TRUE(directory);
      const auto generated = spin::generate(*directory, printed.text, tools);
      ASSERT_TRUE(generated) << line << "\n" << generated.error().message;
      // And every statement is where it was printed.
      const auto statements = spin::load_statements(*directory);
      ASSERT_TRUE(statements) << line << "\n" << statements.error().message;
      const auto identity = mapback::identify(printed, *statements);
      EXPECT_TRUE(identity) << line << "\n" << identity.error().message;
    }
  }
}

TEST(LiveModel, IdentityOfManyShapes) {
  SKIP_WITHOUT_SPIN();
  for (const std::string_view text : {testing::kKettle, testing::kValve, testing::kTimer, testing::kClinic, testing::kAlarmedTurnstile,
                                      testing::kMeter, std::string_view("S:"), std::string_view("S: A! S"), std::string_view("S: A! T; T:; Lone: B? Lone"),
                                      std::string_view("S: A! T, A! T, A! T")}) {
    const Contracts contracts{text};
    const ir::Contract& c = contracts.program.contracts[contracts.ids[0]];
    for (const ir::StateId entry : c.states.ids()) {
      for (const bool priority : {false, true}) {
        const pml::Printed printed = pml::print(lower::lower({{&c, entry, priority, 2, 1}, {&c, c.start, false, 1, 1}}, contracts.sources, true));
        auto directory = spin::RunDirectory::create();
        ASSERT_TRUE(directory);
        const auto generated = spin::generate(*directory, printed.text, tools);
        ASSERT_TRUE(generated) << generated.error().message;
        const auto identity = mapback::identify(printed, *spin::load_statements(*directory));
        EXPECT_TRUE(identity) << text << " from " << c.states[entry].id << ": " << identity.error().message;
      }
    }
  }
}

}  // namespace
}  // namespace singspin::verify
