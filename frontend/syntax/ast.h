// The tree of one source file: contracts as written, plus the scopes they stand in.
// Values only; views point into the text of the SourceMap, which never moves.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "frontend/source/source_map.h"

namespace singspin::syntax {

struct Name {
  std::string_view text;  // without a leading `@`
  source::Span span;
};

struct QualifiedName {
  std::vector<Name> parts;
  source::Span span;
};

struct Type {
  QualifiedName name;
  std::optional<Name> endpoint_state;  // `:S`
  bool in_exheap = false;              // `in ExHeap` or `opt(ExHeap[])`
  bool vector = false;                 // some `[]`
  bool pointer = false;                // some `*`
  // `imp<C@S>` of the old notes, read as `C.Imp:S`; `imp<>` names no contract and is just `Imp`.
  bool old_endpoint = false;
  std::optional<source::Span> type_arguments;  // `<...>`, without meaning
  source::Span span;
};

// `<K, V>` behind a name: what they stand for is not known here. No names: there are none.
using TypeParameters = std::set<std::string_view>;

struct Parameter {
  Type type;
  std::optional<Name> name;
};

struct Message {
  enum class Direction : std::uint8_t { Both, In, Out };
  Name name;
  Direction direction = Direction::Both;
  std::vector<Parameter> parameters;
  TypeParameters type_parameters;
  source::Span span;  // without the `;`
};

enum class ActionSign : std::uint8_t { Send, Receive };

struct Action {
  Name message;
  ActionSign sign;
  source::Span span;  // with the sign
};

// A name without sign: a state, or an action whose sign was left out.
struct Reference {
  Name name;
  source::Span span;  // with type arguments
};

struct Sequence;
struct Group {
  std::vector<Sequence> alternatives;
  source::Span span;
};

using Step = std::variant<Action, Reference, Group>;

struct Sequence {
  std::vector<Step> steps;  // never empty
  source::Span span;
};

struct State {
  enum class Form : std::uint8_t { One, All };
  Name name;
  bool is_override = false;
  Form form = Form::One;
  bool old_style = false;             // without `state`, as in the old notes
  std::vector<Sequence> sequences;    // none: terminal
  std::optional<source::Span> block;  // with its braces
  source::Span span;
};

// A struct, enum or class inside a contract: only what the rules ask about.
struct NestedType {
  enum class Kind : std::uint8_t { Struct, RepStruct, Enum, Class };
  Name name;
  Kind kind = Kind::Struct;
  std::vector<QualifiedName> endpoint_fields;  // `B.Imp` in `B.Imp:Start ep;`
  source::Span span;
};

// A `const` member; its value has no meaning for the machine.
struct Constant {
  std::optional<Name> name;  // missing if the member could not be read
  source::Span span;
};

using ScopeId = base::Id<struct ScopeTag>;

struct Alias {
  Name name;
  QualifiedName target;
};

// The file itself, a namespace or a class, with what its `using` directives bring in.
struct Scope {
  enum class Kind : std::uint8_t { File, Namespace, Class };
  Kind kind = Kind::File;
  std::optional<ScopeId> parent;
  std::vector<Name> name;  // none for a file
  std::vector<QualifiedName> usings;
  std::vector<Alias> aliases;
};

struct Contract {
  // Old: states without `state`, as in the old design notes (section 3.2). Mixed: both kinds.
  enum class Style : std::uint8_t { Modern, Old, Mixed };
  Name name;
  ScopeId scope;
  std::optional<QualifiedName> base;
  std::vector<Message> messages;
  std::vector<State> states;
  std::vector<NestedType> types;
  std::vector<Constant> constants;
  Style style = Style::Modern;
  TypeParameters type_parameters;
  source::Span body;         // from brace to brace
  bool broken = false;       // a parse error was reported inside
  bool lost_member = false;  // some member could not be read at all
  source::Span span;
};

// `K` in `K.Exp:S`, if `contract C<K>` or `message M<K>` has such a parameter: any contract may stand there.
inline bool is_type_parameter(const Contract& contract, const Message& message, std::span<const Name> name) {
  return name.size() == 1 && (contract.type_parameters.contains(name.front().text) ||
                              message.type_parameters.contains(name.front().text));
}

// `C.NewChannel(out imp, out exp, C.S.Value)` in code: both ends start in S (rule S5).
struct EntryUse {
  QualifiedName contract;
  Name state;
  ScopeId scope;
};

struct File {
  source::FileId id;
  base::Table<ScopeId, Scope> scopes;  // scopes[0] is the file
  std::vector<Contract> contracts;
  std::vector<EntryUse> entry_uses;
};

}  // namespace singspin::syntax
