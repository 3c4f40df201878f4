// Names that SPIN accepts, whatever the source calls its messages and states. Whether SPIN agrees is
// asked in tests/unit/verify/model_test.cpp.
#include "promela/print/names.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace singspin::pml {
namespace {

bool is_legal(const std::string& name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto word = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), word) && name.size() <= 64;
}

// A name that SPIN reads as something else than a plain label.
bool means_something(const std::string& label) {
  return label.starts_with("end") || label.starts_with("accept") || label.starts_with("progress");
}

const std::vector<std::string> kHostile = {
    // Promela.
    "active", "assert", "atomic", "bit", "bool", "break", "byte", "c_code", "c_decl", "c_expr", "c_state", "c_track", "chan",
    "D_proctype", "d_step", "do", "else", "empty", "enabled", "eval", "false", "fi", "for", "full", "get_priority", "goto",
    "hidden", "if", "in", "init", "inline", "int", "len", "local", "ltl", "mtype", "nempty", "never", "nfull", "notrace", "np_",
    "od", "of", "pc_value", "pid", "printf", "printm", "priority", "proctype", "provided", "return", "run", "select",
    "set_priority", "short", "show", "skip", "timeout", "trace", "true", "typedef", "unless", "unsigned", "xr", "xs", "_",
    "_last", "_nr_pr", "_p", "_pid", "_priority", "U", "V", "W", "X", "always", "eventually", "until", "stronguntil",
    "weakuntil", "release", "next", "implies", "equivalent",
    // C and the verifier.
    "auto", "case", "char", "const", "continue", "default", "double", "enum", "extern", "float", "long", "register", "signed",
    "sizeof", "static", "struct", "switch", "union", "void", "volatile", "while", "restrict", "main", "errno", "now", "depth",
    "errors", "state", "done", "uchar", "sv", "wasnew", "linux", "unix", "NULL", "EOF", "SAFETY", "MAXQ", "P0", "Q0", "ptr",
    // Labels that mean something, and names of the model itself.
    "end", "endgame", "end_Over", "accept", "accept_x", "progress", "progress_1", "Exporter", "Importer", "to_importer",
    "to_exporter", "Exporter_1", "messages_1", "end_started", "ss_machine",
    // Odd letters.
    "", "1", "2nd", "a/b", "a_b", "a>b", "a#2", "<end>", "a-b", "_x", "x y", "\xc3\xa9t\xc3\xa9", "\xce\xb1\xce\xb2", "a\"b", "a*/b", "a\nb", "{",
};

TEST(Identifier, IsLegalForAnything) {
  std::vector<std::string> names = kHostile;
  names.push_back(std::string(600, 'x'));
  names.push_back(std::string(600, '/'));
  for (const std::string& name : names) EXPECT_TRUE(is_legal(identifier(name))) << name << " -> " << identifier(name);
  EXPECT_EQ(identifier("RUNNING/Stop"), "RUNNING_Stop");
  EXPECT_EQ(identifier("Plain_1"), "Plain_1");
}

TEST(Global, NamesAreLegalUniqueAndNotReserved) {
  NameTable table;
  std::set<std::string> taken;
  for (int round = 0; round < 3; ++round) {
    for (const std::string& name : kHostile) {
      const std::string global = table.global(name);
      EXPECT_TRUE(is_legal(global)) << name << " -> " << global;
      EXPECT_FALSE(is_reserved(global)) << name << " -> " << global;
      EXPECT_TRUE(taken.insert(global).second) << name << " -> " << global;
    }
  }
}

TEST(Label, NamesAreLegalUniqueAndDifferentFromGlobals) {
  NameTable table;
  std::set<std::string> globals;
  for (const std::string& name : kHostile) globals.insert(table.global(name));
  for (const std::size_t process : {0u, 1u}) {
    std::set<std::string> labels;
    for (const bool final : {false, true, false}) {
      for (const std::string& name : kHostile) {
        const std::string label = table.label(process, name, final);
        EXPECT_TRUE(is_legal(label)) << name << " -> " << label;
        EXPECT_FALSE(is_reserved(label)) << name << " -> " << label;
        EXPECT_FALSE(globals.contains(label)) << name << " -> " << label;
        EXPECT_TRUE(labels.insert(label).second) << name << " -> " << label;
        EXPECT_EQ(label.starts_with("end_"), final) << name << " -> " << label;
        EXPECT_TRUE(final || !means_something(label)) << name << " -> " << label;
      }
    }
  }
}

TEST(Label, LongNamesStayUnique) {
  NameTable table;
  std::set<std::string> labels;
  for (int i = 0; i < 30; ++i) {
    const std::string label = table.label(0, std::string(600, 'x') + std::to_string(i), false);
    EXPECT_TRUE(labels.insert(label).second);
    EXPECT_TRUE(is_legal(label));
  }
}

TEST(Label, PlainNamesStayAsTheyAre) {
  NameTable table;
  EXPECT_EQ(table.global("Ready"), "Ready");
  EXPECT_EQ(table.label(0, "IDLE", false), "IDLE");
  EXPECT_EQ(table.label(0, "DONE", true), "end_DONE");
  EXPECT_EQ(table.label(1, "IDLE", false), "IDLE");  // another process, the same label
  EXPECT_EQ(table.label(0, "Ready", false), "Ready_2");
  EXPECT_EQ(table.label(0, "a/b", false), "a_b");
  EXPECT_EQ(table.label(0, "a_b", false), "a_b_2");
}

}  // namespace
}  // namespace singspin::pml
