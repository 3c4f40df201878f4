// Statements to locations and edges.
#pragma once

#include "frontend/wiring/expressions.h"
#include "frontend/wiring/process.h"

namespace singspin::wiring {

class BodyBuilder {
 public:
  BodyBuilder(Build& build, Scope& scope, ProcessBuilder& process)
      : build_(build), system_(build.system), scope_(scope), process_(process) {}

  // Where to go on after `break` and `return`.
  struct Flow {
    std::optional<ir::LocationId> break_to;
    ir::LocationId return_to;
  };
  // Where the block begins if it goes on at `next`.
  ir::LocationId block(const annotation::Block& block, ir::LocationId next, const Flow& flow,
                       const Binders& binders);

  // What a receive of one message needs; nullopt and errors if it is wrong.
  struct Reception {
    ir::Condition head;
    ir::Op receive;
    std::string text;
  };
  std::optional<Reception> reception(const annotation::Message& message, const Binders& binders);

 private:
  using Stmt = annotation::Stmt;

  ir::LocationId statement(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& binders);
  ir::LocationId plain(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& head,
                       const Binders& inner);
  void index_variables(const Stmt& s, const Binders& binders, std::vector<IndexVariable>& all);
  ir::LocationId by_index(const Stmt& s, ir::LocationId next, const Flow& flow, Binders head,
                          const Binders& inner, const std::vector<IndexVariable>& indexes, std::size_t at);

  // body.cpp
  ir::LocationId if_statement(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& head,
                              const Binders& inner);
  ir::LocationId choose(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& inner);
  ir::LocationId loop(const Stmt& s, const ir::LocationId next, const Flow& flow, const Binders& inner);
  ir::LocationId call(const Stmt& s, ir::LocationId next, const Binders& inner);
  ir::LocationId assign(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId test(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId go_to(const Stmt& s, ir::LocationId next);
  ir::LocationId race_steps(const std::vector<ir::VariableId>& variables, ir::Op::Kind kind, bool write,
                            ir::LocationId next, const EdgeText& text);

  // actions.cpp
  ir::LocationId action(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId send(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId close(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId on_block(const Stmt& s, ir::LocationId next, const Binders& head);
  ir::LocationId on_lock(const Stmt& s, ir::LocationId next);
  ir::LocationId on_signal_item(const Stmt& s, ir::LocationId next);
  ir::LocationId on_thread(const Stmt& s, ir::LocationId next);
  ir::LocationId sleep(const Stmt& s, ir::LocationId next);
  std::optional<std::vector<ir::Argument>> arguments(const annotation::Message& m, ir::PortId port,
                                                     ir::MessageId message, bool receives,
                                                     const Binders& head);
  std::optional<ir::Argument> endpoint(const Ref& ref, const Resource& resource, EndpointUse use,
                                       bool receives, const Binders& head);
  std::optional<ir::PortId> port(const Ref& ref, const Binders& head);
  std::optional<std::uint32_t> row(const Ref& ref, Item::Kind kind, std::string_view what,
                                   const Binders& head);

  // select.cpp
  struct Cases;
  ir::LocationId select(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& head,
                        const Binders& inner);
  ir::LocationId receive(const Stmt& s, ir::LocationId next, const Binders& head);
  void add_case(Cases& cases, const annotation::Event& event, ir::LocationId to, const Binders& head);
  void add_messages(Cases& cases, const annotation::Event& event, ir::LocationId to, const Binders& head);
  void finish_cases(Cases& cases);

  View view(const Binders& binders) { return {&scope_, &binders}; }
  EdgeText text(const Stmt& s, const Binders& binders) const;
  ir::Location::Kind waiting(const Stmt& s) const {
    return s.idle ? ir::Location::Kind::Resting : ir::Location::Kind::Normal;
  }

  Build& build_;
  ir::System& system_;
  Scope& scope_;
  ProcessBuilder& process_;
};

// An action as written, in one line.
std::string written(const source::SourceMap& sources, source::Span span);
// Binders of the head of a handler or case (4.4): names that are not declared, each with the number of
// elements of the array that it indexes; every combination of values is added to `binders`.
std::vector<Binders> bindings(Build& build, Scope& scope, const annotation::Event& event,
                              const Binders& binders);

}  // namespace singspin::wiring
