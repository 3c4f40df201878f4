// Contracts to Promela trees: one process per endpoint, one block per state, one option per transition.
#include "promela/lower/lower.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/lower/compact_ir.h"

namespace singspin::lower {
namespace {

using testing::Source;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

pml::Model lowered(const Source& source, bool priority = false, ir::StateId entry = {0}) {
  return lower({{&source.contract, entry, priority, 1, 1}}, source.sources, false);
}

// `Idle: to_importer!Shut -> Closing; ...` of one process.
std::vector<std::string> blocks(const pml::Machine& machine, const pml::Process& process) {
  std::vector<std::string> lines;
  for (const pml::Block& block : process.blocks) {
    std::string line = block.label + (block.final ? " final" : "") + ":";
    for (const pml::Option& o : block.options) {
      line += fmt::format(" {}{}{} {}", o.to_importer ? "I" : "E", o.action == pml::Option::Action::Send ? '!' : '?',
                          machine.messages[o.message], process.blocks[o.target].label);
      if (!o.restraint) continue;
      line += " unless";
      for (const pml::MessageIndex m : o.restraint->unless_head) line += " " + machine.messages[m];
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(Lower, OneBlockPerStateAndOneOptionPerTransition) {
  const Source source("S: A! T, B? S/B\nS/B: A! S");
  const pml::Model model = lowered(source);
  ASSERT_EQ(model.machines.size(), 1u);
  const pml::Machine& machine = model.machines[0];
  EXPECT_FALSE(model.observed);
  EXPECT_EQ(machine.exporter.role, ir::Role::Exporter);
  EXPECT_EQ(machine.importer.role, ir::Role::Importer);
  EXPECT_THAT(blocks(machine, machine.exporter), ElementsAre("S: I!A T E?B S/B", "T final:", "S/B: I!A S"));
  EXPECT_THAT(blocks(machine, machine.importer), ElementsAre("S: I?A T E!B S/B", "T final:", "S/B: I?A S"));
}

TEST(Lower, EveryStatementKnowsItsRow) {
  const Source source("S: A! T, B? S/B\nS/B: A! S");
  const pml::Machine machine = lowered(source).machines[0];
  for (const pml::Process* process : {&machine.exporter, &machine.importer}) {
    std::vector<bool> seen(source.contract.transitions.size());
    for (const pml::Block& block : process->blocks) {
      EXPECT_EQ(source.contract.states[block.origin.state].id, block.label);
      EXPECT_EQ(block.origin.role, process->role);
      EXPECT_FALSE(block.origin.transition);
      for (const pml::Option& option : block.options) {
        EXPECT_EQ(option.origin.role, process->role);
        EXPECT_EQ(option.origin.state, block.origin.state);
        ASSERT_TRUE(option.origin.transition);
        EXPECT_FALSE(seen[option.origin.transition->value]);
        seen[option.origin.transition->value] = true;
      }
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), 3);
  }
}

TEST(Lower, TheEntryComesFirstAndUnreachableStatesStay) {
  const Source source("S: A! T\nT: B? S\nLone: A! Lone");
  const pml::Machine machine = lowered(source, false, {1}).machines[0];
  EXPECT_THAT(blocks(machine, machine.exporter), ElementsAre("T: E?B S", "S: I!A T", "Lone: I!A Lone"));
  EXPECT_EQ(machine.title, "contract C  c.sg:1, entered in T");
  EXPECT_EQ(lowered(source).machines[0].title, "contract C  c.sg:1");
}

TEST(Lower, CommentsShowTheSourceLine) {
  const Source source("S: A! T\n\t  T: B? S   ");
  const pml::Machine machine = lowered(source).machines[0];
  EXPECT_THAT(machine.exporter.blocks[0].comment, ElementsAre("c.sg:1: S: A! T"));
  EXPECT_THAT(machine.exporter.blocks[1].comment, ElementsAre("c.sg:2: T: B? S"));
}

TEST(Lower, ReceivesFirstRestrainsTheSendsOfTheExporter) {
  const Source source("S: A? T, B! U, Q? T, A? U, C! T\nT: B! S\nU: A? S");
  const pml::Machine free = lowered(source).machines[0];
  EXPECT_THAT(blocks(free, free.exporter)[0], "S: E?A T I!B U E?Q T E?A U I!C T");
  const pml::Machine machine = lowered(source, true).machines[0];
  EXPECT_THAT(blocks(machine, machine.exporter),
              ElementsAre("S: E?A T I!B U unless A Q E?Q T E?A U I!C T unless A Q", "T: I!B S", "U: E?A S"));
  EXPECT_THAT(blocks(machine, machine.importer), ElementsAre("S: E!A T I?B U E!Q T E!A U I?C T", "T: I?B S", "U: E!A S"));
  EXPECT_EQ(machine.title, "contract C  c.sg:1, priority in mixed states");
}

TEST(Lower, SendsFirstRestrainsTheSendsOfTheImporter) {
  const Source source("S: B! U, A? T, C! U\nT: B! S\nU: A? S");
  const pml::Machine machine = lowered(source, true).machines[0];
  EXPECT_THAT(blocks(machine, machine.exporter)[0], "S: I!B U E?A T I!C U");
  EXPECT_THAT(blocks(machine, machine.importer)[0], "S: I?B U E!A T unless B C I?C U");
}

TEST(Lower, OnlyMessagesThatAreUsed) {
  Source source("S: A! T\nT: B? S");
  source.contract.messages.add({"Spare", ir::Direction::In, {}, {}});
  EXPECT_THAT(lowered(source).machines[0].messages, ElementsAre("A", "B"));
  const Source silent("S:");
  EXPECT_THAT(lowered(silent).machines[0].messages, IsEmpty());
}

TEST(Lower, MachinesOfOneContractShareTheirMessages) {
  const Source one("S: A? T, B! T"), other("S: A? T");
  const pml::Model model = lower({{&one.contract, {0}, false, 1, 2}, {&other.contract, {0}, false, 3, 4}, {&one.contract, {1}, true, 5, 6}},
                                 one.sources, true);
  EXPECT_TRUE(model.observed);
  ASSERT_EQ(model.machines.size(), 3u);
  EXPECT_EQ(model.machines[0].message_set, model.machines[2].message_set);
  EXPECT_NE(model.machines[0].message_set, model.machines[1].message_set);
  EXPECT_EQ(model.machines[2].to_importer, 5u);
  EXPECT_EQ(model.machines[2].to_exporter, 6u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(model.machines[i].importer.blocks[0].origin.machine, i);
}

}  // namespace
}  // namespace singspin::lower
