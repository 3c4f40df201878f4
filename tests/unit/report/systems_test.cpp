// Every property of systems has the code and the id that the output specification gives it, and words.
#include "reports/report/systems.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace singspin::report {
namespace {

using diagnostics::Code;
using ir::SystemProperty;

struct Expected {
  SystemProperty property;
  Code code;
};

constexpr Expected kExpected[] = {
    {SystemProperty::DeadlockFree, Code::deadlock_free},
    {SystemProperty::NoUnexpectedMessage, Code::no_unexpected_message},
    {SystemProperty::Conformance, Code::conformance},
    {SystemProperty::UnhandledEvent, Code::unhandled_event},
    {SystemProperty::OwedReply, Code::owed_reply},
    {SystemProperty::Ownership, Code::ownership},
    {SystemProperty::Leak, Code::leak},
    {SystemProperty::LockDiscipline, Code::lock_discipline},
    {SystemProperty::BlockingInAtomic, Code::blocking_in_atomic},
    {SystemProperty::SendAfterClose, Code::send_after_close},
    {SystemProperty::UnboundPort, Code::unbound_port},
    {SystemProperty::ThreadReuse, Code::thread_reuse},
    {SystemProperty::Assertion, Code::assertion},
    {SystemProperty::StateMapping, Code::state_mapping},
    {SystemProperty::Race, Code::race},
    {SystemProperty::User, Code::user_check},
};

TEST(Systems, EveryPropertyHasItsCode) {
  EXPECT_EQ(std::size(kExpected), ir::kSystemProperties);
  for (const Expected& row : kExpected) {
    EXPECT_EQ(code(row.property), row.code);
    EXPECT_EQ(ir::id(row.property), diagnostics::info(row.code).rule);
  }
}

TEST(Systems, EveryPropertyHasASentenceOfItsOwn) {
  ir::System system;
  system.name = "Spooler";
  std::set<std::string> sentences;
  for (const Expected& row : kExpected) {
    explore::Verdict verdict;
    verdict.property = row.property;
    verdict.id = ir::id(row.property);
    verdict.run = explore::Run{};
    EXPECT_THAT(sentence(system, verdict), ::testing::StartsWith("Spooler can "));
    EXPECT_THAT(sentence(system, verdict), ::testing::EndsWith(" after 0 steps"));
    sentences.insert(sentence(system, verdict));
  }
  EXPECT_EQ(sentences.size(), ir::kSystemProperties);
}

}  // namespace
}  // namespace singspin::report
