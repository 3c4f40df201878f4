// A contract with everything its base gives it, by name, before it is folded into a machine.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/ir/ir.h"
#include "frontend/sema/names.h"
#include "frontend/syntax/ast.h"

namespace singspin::sema {

struct ResolvedMessage {
  const syntax::Message* message = nullptr;
  DeclarationId declared_in;
};

// One `state` member that contributes sequences to a state.
struct StatePart {
  const syntax::State* state = nullptr;
  DeclarationId declared_in;
};

struct ResolvedState {
  std::string_view name;
  source::Span span;  // of the name, where it was declared first
  bool all = false;
  std::vector<StatePart> parts;  // inherited ones first; an undeclared state has none
  bool undeclared = false;       // used, never declared: terminal (S9)
  // All sequences in order, inherited ones first.
  std::vector<const syntax::Sequence*> sequences() const {
    std::vector<const syntax::Sequence*> result;
    for (const StatePart& part : parts) {
      for (const syntax::Sequence& s : part.state->sequences) result.push_back(&s);
    }
    return result;
  }
};

// An action with its sign; a missing sign is inferred from the direction (S3).
struct ActionUse {
  std::string_view message;
  ir::Sign sign = ir::Sign::Send;
  bool inferred = false;
  source::Span span;
};

class Resolved {
 public:
  DeclarationId declaration;
  std::optional<DeclarationId> base;
  bool base_missing = false;  // some contract of the base chain is not loaded
  bool usable = true;         // false: there is no machine to analyse
  // Its names, or those of its base, contradict each other: the rules look at a likely reading, and no
  // property is ever proved about it.
  bool guessed = false;
  // Actions of messages that nobody declares; they are analysed as they are written.
  std::vector<const syntax::Action*> unknown_actions;
  std::vector<const syntax::State*> dropped;  // own states declared a second time: not analysed
  std::set<std::string_view> meant_messages;  // own messages that a misspelt name may mean

  const std::vector<ResolvedMessage>& messages() const { return messages_; }  // of the base first
  const std::vector<ResolvedState>& states() const { return states_; }        // the first one is initial (S4)
  // False if the name is taken; the first one stays.
  bool add_message(ResolvedMessage message) {
    const auto [at, added] = message_index_.emplace(message.message->name.text, messages_.size());
    if (added) messages_.push_back(message);
    return added;
  }
  bool add_state(ResolvedState state) {
    const auto [at, added] = state_index_.emplace(state.name, states_.size());
    if (added) states_.push_back(std::move(state));
    return added;
  }
  const ResolvedMessage* find_message(std::string_view name) const {
    const auto found = message_index_.find(name);
    return found == message_index_.end() ? nullptr : &messages_[found->second];
  }
  std::optional<std::size_t> find_state(std::string_view name) const {
    const auto found = state_index_.find(name);
    return found == state_index_.end() ? std::nullopt : std::optional(found->second);
  }
  ResolvedState& state(std::size_t index) { return states_[index]; }

  // The step as an action: signed, or a name that is a message and no state.
  std::optional<ActionUse> as_action(const syntax::Step& step) const;
  // The step as a jump or call.
  const syntax::Name* as_state(const syntax::Step& step) const;

 private:
  std::vector<ResolvedMessage> messages_;
  std::vector<ResolvedState> states_;
  std::unordered_map<std::string_view, std::size_t> message_index_;
  std::unordered_map<std::string_view, std::size_t> state_index_;
};

}  // namespace singspin::sema
