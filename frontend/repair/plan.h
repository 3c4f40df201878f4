// The edits of one candidate, gathered state by state. Internal to frontend/repair.
#pragma once

#include <map>
#include <vector>

#include "frontend/repair/text.h"

namespace singspin::repair {

// What becomes of a mixed state.
struct Strategy {
  enum class Kind : std::uint8_t { Accept, Ask, Remove };
  enum class Acknowledge : std::uint8_t { Nothing, Ends, Targets };
  Kind kind = Kind::Accept;
  // Accept: whose message counts when two cross. Ask, Remove: who goes on starting something.
  ir::Role leader = ir::Role::Importer;
  // Accept: what gets an answer that had none: what leads to a terminal state, or to any.
  Acknowledge acknowledge = Acknowledge::Nothing;
};

class Plan {
 public:
  explicit Plan(const Subject& subject) : subject_(subject), names_(subject) {}

  // False if the strategy has nothing to do there or cannot do it.
  bool repair(const syntax::State& state, const Strategy& strategy);
  // nullopt if edits touch each other.
  std::optional<std::vector<diagnostics::Edit>> finish();

 private:
  struct Added {
    std::string action;  // `Stop?`
    bool send = false;
    std::string text;  // the whole sequence
  };

  bool accept(const std::vector<Alternative>& all, const Strategy& strategy);
  bool accept_behind(const Alternative& own, const std::vector<Alternative>& all, const Strategy& strategy);
  bool offer(const Alternative& own, const std::string& rest, bool rest_is_new,
             const std::vector<Added>& added);
  bool offer_at_target(const Alternative& own, const std::vector<Added>& added);
  bool ask(const std::vector<Alternative>& all, ir::Role leader);
  bool remove(const std::vector<Alternative>& all, ir::Role leader);

  // What follows the action, with an acknowledgement if the strategy wants one.
  std::string rest_of(const Alternative& alternative, const Strategy& strategy);
  bool is_acknowledged(const Alternative& alternative, const Strategy& strategy) const;
  bool lists(const Alternative& own, const Alternative& crossing) const;
  const syntax::State* find(const std::string& name) const;
  bool is_final(const std::string& state) const;

  std::string declare(const std::string& wish, bool out);
  void add_state(const std::string& name, const std::vector<std::string>& sequences);
  void edit(source::Span span, std::string text) { edits_.push_back({span, std::move(text)}); }
  bool drop(const Alternative& alternative);
  bool finish_targets();
  std::string_view text() const { return subject_.sources.file(subject_.tree.name.span.file).text; }

  const Subject& subject_;
  FreshNames names_;
  std::vector<diagnostics::Edit> edits_;
  const syntax::State* state_ = nullptr;                 // under repair
  std::map<std::string, std::string> acknowledgements_;  // by action: `FinishedTaken?`
  std::map<std::string, std::vector<Added>> at_target_;  // by state: alternatives it gets
  std::string messages_, states_;                        // declarations to be added at the state
};

}  // namespace singspin::repair
