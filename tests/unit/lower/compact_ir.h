// Contracts from one line of text, for tests that need neither files nor the front end:
//   "S: A! T, C? U; T: B? S"   state, alternatives with their targets; `;` or a new line between states.
// The first state is initial, states that are only targets are final, `S/A` is the point after A in S.
// Spans are offsets in the text, so a SourceMap that holds the text gives lines.
#pragma once

#include <string>
#include <string_view>

#include "frontend/ir/ir.h"

namespace singspin::testing {

class CompactReader {
 public:
  CompactReader(std::string_view text, std::string name, source::FileId file) : text_(text), file_(file) {
    contract_.name = contract_.qualified_name = std::move(name);
    contract_.span = {file_, 0, 1};
  }

  ir::Contract read() {
    while (!word_is_next()) ++at_;
    while (at_ < text_.size()) read_state();
    contract_.entries.push_back({contract_.start, std::nullopt});
    for (const ir::StateId id : contract_.states.ids()) finish(id);
    CHECK(ir::validate(contract_).empty(), "the compact contract is valid");
    return std::move(contract_);
  }

 private:
  static bool is_separator(char c) { return std::string_view(" \n\t;,").find(c) != std::string_view::npos; }
  bool word_is_next() const { return at_ < text_.size() && !is_separator(text_[at_]); }
  void skip(std::string_view separators) {
    while (at_ < text_.size() && separators.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  std::string word(source::Span& span) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_separator(text_[at_]) && text_[at_] != ':') ++at_;
    CHECK(at_ > begin, "a word stands here");
    span = {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    return std::string(text_.substr(begin, at_ - begin));
  }

  void read_state() {
    source::Span span;
    const std::string name = word(span);
    const ir::StateId id = state(name, span);
    contract_.states[id].span = span;
    CHECK(at_ < text_.size() && text_[at_] == ':', "a colon follows the state");
    ++at_;
    skip(" ");
    while (word_is_next()) {
      read_alternative(id);
      skip(" ,");
    }
    skip(" ;\n\t");
  }

  void read_alternative(ir::StateId from) {
    source::Span span;
    std::string action = word(span);
    const auto sign = action.back() == '!' ? ir::Sign::Send : ir::Sign::Receive;
    CHECK(action.back() == '!' || action.back() == '?', "an action has a sign");
    action.pop_back();
    skip(" ");
    source::Span target_span;
    const ir::StateId to = state(word(target_span), target_span);
    const auto id = contract_.transitions.add({from, to, message(action, sign, span), sign, span});
    contract_.states[from].out.push_back(id);
  }

  ir::StateId state(const std::string& name, source::Span span) {
    for (const ir::StateId id : contract_.states.ids()) {
      if (contract_.states[id].id == name) return id;
    }
    ir::State row;
    row.id = name;
    row.span = span;
    if (const auto slash = name.rfind('/'); slash != std::string::npos) {
      row.kind = ir::State::Kind::Implicit;
      row.parent = name.substr(0, name.find('/'));
      row.after = name.substr(slash + 1);
    }
    return contract_.states.add(std::move(row));
  }

  ir::MessageId message(const std::string& name, ir::Sign sign, source::Span span) {
    for (const ir::MessageId id : contract_.messages.ids()) {
      if (contract_.messages[id].name == name) return id;
    }
    const auto direction = sign == ir::Sign::Send ? ir::Direction::Out : ir::Direction::In;
    return contract_.messages.add({name, direction, {}, span});
  }

  void finish(ir::StateId id) {
    ir::State& row = contract_.states[id];
    row.final = row.out.empty();
    if (row.final) return;
    const ir::Sign first = contract_.transitions[row.out.front()].sign;
    for (const ir::TransitionId t : row.out) {
      if (contract_.transitions[t].sign != first) {
        row.mixed = first == ir::Sign::Receive ? ir::MixedForm::ReceivesFirst : ir::MixedForm::SendsFirst;
      }
    }
  }

  std::string_view text_;
  source::FileId file_;
  std::size_t at_ = 0;
  ir::Contract contract_;
};

inline ir::Contract compact(std::string_view text, std::string name = "C", source::FileId file = {}) {
  return CompactReader(text, std::move(name), file).read();
}

inline ir::StateId state_of(const ir::Contract& contract, std::string_view name) {
  for (const ir::StateId id : contract.states.ids()) {
    if (contract.states[id].id == name) return id;
  }
  CHECK(false, "the state exists");
}

inline ir::MessageId message_of(const ir::Contract& contract, std::string_view name) {
  for (const ir::MessageId id : contract.messages.ids()) {
    if (contract.messages[id].name == name) return id;
  }
  CHECK(false, "the message exists");
}

// The contracts of section 9 of the language reference, folded.
inline constexpr std::string_view kKettle = "Start: Ready! Cold; Cold: Boil? Cold/Boil, SwitchOff? Gone; Cold/Boil: Hot! Cold, Dry! Cold";
inline constexpr std::string_view kValve =
    "Idle: Open? Opening, Shut! Closing; Opening: Shut! Opening/Shut; Opening/Shut: Report! Idle;"
    "Closing: Open? Closing/Open; Closing/Open: Seal? Idle";
inline constexpr std::string_view kTimer =
    "Run: Abort? Aborting, Tick! Ticked; Ticked: Ok? Run, Abort? Ticked/Abort; Ticked/Abort: Gone! Over;"
    "Aborting: Gone! Over, Tick! Aborting/Tick; Aborting/Tick: Gone! Over";
inline constexpr std::string_view kSpooler =
    "Idle: Job? Idle/Job, Job? Idle/Job#2; Idle/Job: Accepted! Idle; Idle/Job#2: Refused! Idle";
inline constexpr std::string_view kParcel = "Listed: Withdraw? Closed, Expire! Closed";
inline constexpr std::string_view kMeter = "Idle: Begin? Flow; Flow: Sample! Flow, Finish! Idle";
inline constexpr std::string_view kToaster =
    "Start: Refused! Off, Later! Start/Later, Ready! Waiting; Off:; Start/Later: Retry? Start;"
    "Waiting: Toast? Waiting/Toast; Waiting/Toast: Done! Waiting, Burnt! Waiting";
inline constexpr std::string_view kDesk =
    "Open: Assign? Open/Assign, Invite? Open/Invite; Open/Assign: Taken! Open; Open/Invite: Taken! Open";
inline constexpr std::string_view kClinic =
    "Door: Card? Door/Card, NoCard? Door/NoCard; Door/Card: Known! Inside, Unknown! Inside; Door/NoCard: Unknown! Inside;"
    "Inside: Visit? Inside/Visit, Leave? Gone; Inside/Visit: Card? Inside/Visit/Card, NoCard? Inside/Visit/NoCard;"
    "Inside/Visit/Card: Known! Inside/Visit/Card/Known, Unknown! Inside/Visit/Card/Known;"
    "Inside/Visit/NoCard: Unknown! Inside/Visit/Card/Known; Inside/Visit/Card/Known: Bill! Inside";
inline constexpr std::string_view kTurnstile = "Locked: Coin? Locked/Coin, Leave? Outside; Locked/Coin: Open! Locked";
inline constexpr std::string_view kAlarmedTurnstile =
    "Locked: Coin? Locked/Coin, Leave? Outside, Alarm! Locked/Alarm; Locked/Coin: Open! Locked; Locked/Alarm: Hush? Locked";
// Section 8.5: keeps the cycle rule, grows without end all the same.
inline constexpr std::string_view kPollPut = "S: Poll! T, Put? S/Put; S/Put: Put? U; T: Put? S; U: Poll! S";

// A contract with its text in a SourceMap, as file `c.sg`.
struct Source {
  explicit Source(std::string text, std::string name = "C")
      : file(sources.add("c.sg", text)), contract(compact(sources.file(file).text, std::move(name), file)) {}
  source::SourceMap sources;
  source::FileId file;
  ir::Contract contract;
};

}  // namespace singspin::testing
