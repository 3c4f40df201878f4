// The intermediate representation: contracts as resolved tables of states and transitions.
// Promises: resolved and validated (see validate.h), copyable, no pointers, no names to look up,
// every row with its source span. The machine is the folded one of section 8.1 of the language
// reference: named states plus one implicit state per point inside a sequence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/base/ids.h"
#include "frontend/source/source_map.h"

namespace singspin::ir {

using ContractId = base::Id<struct ContractTag>;
// The following ids are local to one contract.
using MessageId = base::Id<struct MessageTag>;
using StateId = base::Id<struct StateTag>;
using TransitionId = base::Id<struct TransitionTag>;

// `in` messages travel to the exporter, `out` messages to the importer.
enum class Direction : std::uint8_t { In, Out };
// The action as the exporter sees it: `?` receives, `!` sends.
enum class Sign : std::uint8_t { Receive, Send };
enum class Role : std::uint8_t { Exporter, Importer };

constexpr Role other(Role role) { return role == Role::Exporter ? Role::Importer : Role::Exporter; }
// Who sends the message of a transition. The other role receives it.
constexpr Role sender(Sign sign) { return sign == Sign::Send ? Role::Exporter : Role::Importer; }

struct Parameter {
  enum class Kind : std::uint8_t { Value, ExHeap, Endpoint };
  std::string name;  // empty if the source gives none
  std::string type;  // as written
  Kind kind = Kind::Value;
  bool operator==(const Parameter&) const = default;
};

struct Message {
  std::string name;
  std::optional<Direction> direction;  // absent: declared for both
  std::vector<Parameter> parameters;
  source::Span span;  // the name in the declaration
  bool operator==(const Message&) const = default;
};

// Which side the documented priority rule restrains in a mixed state (S19): receives first
// restrains the exporter, sends first the importer.
enum class MixedForm : std::uint8_t { NotMixed, ReceivesFirst, SendsFirst };

struct State {
  enum class Kind : std::uint8_t { Named, Implicit };
  std::string id;  // `RUNNING`, `RUNNING/Stop`, `Q>R`, `<end>`
  Kind kind = Kind::Named;
  bool final = false;  // no transitions
  MixedForm mixed = MixedForm::NotMixed;
  std::string parent;             // implicit: the named state it belongs to
  std::string after;              // implicit: last message before it
  source::Span span;              // the name of a named state, the action before an implicit one
  std::vector<TransitionId> out;  // in textual order, inherited ones first
  bool interleaved = false;       // several sequences of an `all` state are under way
  bool operator==(const State&) const = default;
};

struct Transition {
  StateId from;
  StateId to;
  MessageId message;
  Sign sign = Sign::Send;
  source::Span span;  // the action with its sign
  bool operator==(const Transition&) const = default;
};

// A state in which both parties may start with empty queues (section 8.8).
struct Entry {
  StateId state;
  std::optional<source::Span> declared_at;  // absent for the initial state
};

// A named state that is entered without its own row: its actions are offered at other states, where
// it is called or jumped through, or it is terminal inside a call and returns at once. It may have a
// row in `states` besides.
struct InlinedState {
  std::string name;
  source::Span span;
  std::vector<StateId> at;
  std::vector<TransitionId> via;  // taking one of these enters it and leaves it again
  bool operator==(const InlinedState&) const = default;
};

struct Contract {
  std::string name;
  std::string qualified_name;
  std::string base;   // qualified name, empty if there is none
  source::Span span;  // the name in the declaration
  StateId start;
  std::vector<Entry> entries;                         // the first one is `start`
  base::Table<MessageId, Message> messages;           // in source order
  base::Table<StateId, State> states;                 // in source order
  base::Table<TransitionId, Transition> transitions;  // in source order
  std::vector<InlinedState> inlined;                  // in order of declaration
};

struct Program {
  base::Table<ContractId, Contract> contracts;
};

// `t7`: the stable textual id of a transition.
std::string transition_text(TransitionId id);
std::string_view role_text(Role role);    // `exporter`, `importer`
std::string_view endpoint_id(Role role);  // `exp`, `imp`
// `RUNNING, after Stop` for people; named states print their id.
std::string state_words(const State& state);
bool has_mixed_states(const Contract& contract);

// A named state, all states at which it counts as entered, and all transitions that pass it.
struct NamedState {
  std::string name;
  source::Span span;
  std::vector<StateId> at;
  std::vector<TransitionId> via;
};
// Every named state of the contract, by position.
std::vector<NamedState> named_states(const Contract& contract);

// Empty if every id is in range, `out` lists exactly the transitions of a state, final means no
// transitions and the first entry is the start; else the first broken rule in words.
std::string validate(const Contract& contract);

// One line per row; for tests, `--print=ir` and people.
std::string dump(const Contract& contract, const source::SourceMap& sources);

}  // namespace singspin::ir
