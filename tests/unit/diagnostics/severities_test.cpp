#include "frontend/diagnostics/severities.h"

#include <gtest/gtest.h>

namespace singspin::diagnostics {
namespace {

TEST(Severities, WhatWasNotChosenKeepsItsSeverity) {
  Severities chosen;
  EXPECT_EQ(chosen.effective(Code::mixed_choice, Severity::Warning), Severity::Warning);
  chosen.set(Code::mixed_choice, Level::Error);
  EXPECT_EQ(chosen.effective(Code::mixed_choice, Severity::Warning), Severity::Error);
  EXPECT_EQ(chosen.effective(Code::mixed_order, Severity::Warning), Severity::Warning);
}

TEST(Severities, TheStrongerChoiceReplacesOnlyWhatItNames) {
  Severities file, command_line;
  file.set(Code::mixed_choice, Level::Error);
  file.set(Code::mixed_order, Level::Off);
  command_line.set(Code::mixed_choice, Level::Note);
  file.override_with(command_line);
  EXPECT_EQ(file.find(Code::mixed_choice), Level::Note);
  EXPECT_TRUE(file.is_off(Code::mixed_order));
  EXPECT_FALSE(file.is_off(Code::mixed_choice));
}

TEST(Severities, EveryLevelHasItsWordAndBack) {
  for (const Level level : {Level::Error, Level::Warning, Level::Note, Level::Off})
    EXPECT_EQ(parse_level(level_text(level)), level);
  EXPECT_EQ(parse_level("loud"), std::nullopt);
  EXPECT_EQ(parse_level(""), std::nullopt);
}

// What tells that a run did not do its work can be neither changed nor suppressed.
TEST(Severities, ErrorsOfInputAndToolsAreFixed) {
  for (const CodeInfo& code : all_codes()) {
    const unsigned number = static_cast<unsigned>(code.code);
    const bool config = code.code == Code::config_syntax || code.code == Code::config_value;
    if (number > 5 && number < 900 && !config) continue;
    for (const Level level : {Level::Error, Level::Warning, Level::Note, Level::Off})
      EXPECT_NE(refusal(code.code, level), "") << code.rule;
    EXPECT_NE(refusal_to_suppress(code.code), "") << code.rule;
  }
}

TEST(Severities, WhatLeavesNothingToVerifyCanOnlyBeRaised) {
  EXPECT_EQ(refusal(Code::missing_input, Level::Error), "");
  EXPECT_EQ(refusal(Code::missing_input, Level::Warning), "");
  EXPECT_NE(refusal(Code::missing_input, Level::Note), "");
  EXPECT_NE(refusal(Code::undeclared_state, Level::Off), "");
  EXPECT_NE(refusal_to_suppress(Code::undeclared_state), "");
}

TEST(Severities, PropertiesAreNoNotes) {
  EXPECT_EQ(refusal(Code::deadlock_free, Level::Warning), "");
  EXPECT_EQ(refusal(Code::deadlock_free, Level::Off), "");
  EXPECT_NE(refusal(Code::deadlock_free, Level::Note), "");
  EXPECT_NE(refusal_to_suppress(Code::deadlock_free), "");
  EXPECT_EQ(refusal_to_suppress(Code::states_reachable), "");
}

TEST(Severities, TheNearestRuleIsNamed) {
  EXPECT_EQ(nearest_rule("mixd-choice"), "mixed-choice");
  EXPECT_EQ(nearest_rule("mixed_choice"), "mixed-choice");
  EXPECT_EQ(nearest_rule("zzz"), "");
}

}  // namespace
}  // namespace singspin::diagnostics
