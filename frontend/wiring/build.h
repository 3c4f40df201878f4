// What all parts of the wiring of one system share: the system under construction, names of its
// components, and how mistakes are reported.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "frontend/wiring/contracts.h"
#include "frontend/wiring/wiring.h"

namespace singspin::wiring {

using annotation::Name;
using annotation::Ref;
using diagnostics::Code;

// What a name of a component means.
struct Item {
  enum class Kind : std::uint8_t { Port, State, Value, Variable, Slot, Lock, Signal, Thread, Proc };
  Kind kind = Kind::Variable;
  source::Span span;
  std::uint32_t first = 0;  // row of its table, of the first element; State, Value: the number
  std::uint32_t count = 0;  // elements of an array; 0: none
  bool used = false;
};
std::string_view kind_words(Item::Kind kind);  // `a port`

struct Scope {
  const annotation::Component* tree = nullptr;
  source::FileId file;
  ir::ComponentId id;
  std::map<std::string_view, Item> items;
  // What the text says anywhere in it (scan.h).
  std::set<ir::PortId> closings_watched;                 // `closed p`
  std::set<ir::PortId> closed;                           // `close p`
  std::set<std::pair<ir::PortId, ir::MessageId>> named;  // in a recv or case
  std::set<std::string_view> spawned, called;
};

// Names that stand for numbers: binders of a head, and the value an index has in one branch of an if-chain.
struct Binder {
  std::string_view name;
  std::int32_t value = 0;
  bool index_only = false;
};
using Binders = std::vector<Binder>;

// An endpoint argument, as one side of it is written.
struct EndpointUse {
  ir::ChannelId channel;
  ir::MessageId message;
  std::size_t position = 0;  // among the resources
  ir::PortId port;
  source::Span span;
};

struct Build {
  Build(const sema::Analysis& analysis_, const source::SourceMap& sources_, const Options& options_,
        diagnostics::Diagnostics& diagnostics_)
      : analysis(analysis_), sources(sources_), options(options_), diagnostics(diagnostics_) {}

  ir::System system;
  const sema::Analysis& analysis;
  const source::SourceMap& sources;
  const Options& options;
  diagnostics::Diagnostics& diagnostics;
  std::vector<Scope> scopes;  // the first components of the system, in this order
  std::set<std::pair<source::FileId, std::string>>
      wrong_contracts;               // by qualified name: with errors of names or structure
  std::set<source::Span> ambiguous;  // component names of which SS0430 speaks
  std::map<source::FileId, std::set<source::FileId>> visible;  // contracts of which files a file may name
  std::map<const annotation::Stmt*, ir::PoolId> pools;         // of `new`
  std::set<std::string> pool_names;
  std::map<std::pair<ir::ComponentId, std::uint32_t>, ir::ProcessId>
      threads;                                        // by row of the component's tree
  std::map<ir::PortId, ir::VariableId> closing_seen;  // `on closed p` has run
  std::vector<EndpointUse> endpoint_sends, endpoint_receives;
  std::size_t edges = 0;
  bool failed = false;

  const ir::Contract& contract(ir::PortId port) const;
  const ir::Contract& contract(ir::ContractId id) const { return analysis.program.contracts[id]; }

  // Reports a mistake at a place once, however often the place is expanded. A warning fails nothing.
  diagnostics::Diagnostic* report(Code code, source::Span span, std::string message, std::string label = {});
  // A name that means nothing here; proposes a similar one of `candidates`.
  void unknown(const Name& name, std::string_view what, const std::vector<std::string_view>& candidates);
  void too_large(source::Span span);

  Scope* find_scope(std::string_view component);
  std::vector<std::string_view> component_names() const;
  // The item of a name; reports unknown ones.
  Item* find(Scope& scope, const Name& name, std::string_view what);
  // The same, of one of these kinds; reports others.
  Item* find(Scope& scope, const Name& name, std::initializer_list<Item::Kind> kinds, std::string_view what);
  // The row that a reference means; reports a missing, surplus or wrong index.
  std::optional<std::uint32_t> element(const Item& item, const Ref& ref, const Binders& binders);
  std::optional<ir::MessageId> message(ir::PortId port, const Name& name, bool receives);

  ir::PoolId pool(ir::ComponentId component, std::string_view block, source::Span span);

 private:
  std::set<std::tuple<Code, source::FileId, std::uint32_t>> reported_;
  std::size_t suggestions_ = 0;
};

std::optional<std::int32_t> bound_value(const Binders& binders, std::string_view name, bool as_index);

ir::ExprId number(ir::System& system, std::int32_t value);
ir::ExprId negation(ir::System& system, ir::ExprId operand);
ir::ExprId binary(ir::System& system, ir::Expr::Kind kind, ir::ExprId left, ir::ExprId right);
ir::ExprId variable_is(ir::System& system, ir::VariableId variable, std::int32_t value);
// Both, or the one that there is.
std::optional<ir::ExprId> both(ir::System& system, std::optional<ir::ExprId> a, std::optional<ir::ExprId> b);
std::optional<ir::ExprId> either(ir::System& system, const std::vector<ir::ExprId>& all);

}  // namespace singspin::wiring
