#include "frontend/wiring/scan.h"

#include <fmt/format.h>

namespace singspin::wiring {

using annotation::Block;
using annotation::Component;
using annotation::Event;
using annotation::Stmt;
using Kind = annotation::Stmt::Kind;

void for_each_statement(const Block& block, const std::function<void(const Stmt&)>& act) {
  for (const Stmt& s : block.stmts) {
    act(s);
    for (const Block& b : s.blocks) for_each_statement(b, act);
    for (const annotation::Case& c : s.cases) for_each_statement(c.body, act);
  }
}

void for_each_body(const Component& component, const std::function<void(const Block&)>& act) {
  for (const auto& h : component.handlers) act(h.body);
  for (const auto& t : component.threads) act(t.body);
  for (const auto& p : component.procs) act(p.body);
  for (const auto& i : component.inits) act(i.body);
}

const annotation::Proc* find_proc(const Component& component, std::string_view name) {
  for (const annotation::Proc& p : component.procs) {
    if (p.name.text == name) return &p;
  }
  return nullptr;
}

void for_each_called_statement(const Scope& scope, const Block& block,
                               const std::function<void(const Stmt&)>& act) {
  std::set<std::string_view> seen;
  std::vector<const Block*> open{&block};
  while (!open.empty()) {
    const Block* at = open.back();
    open.pop_back();
    for_each_statement(*at, [&](const Stmt& s) {
      act(s);
      if (s.kind != Kind::Do || !seen.insert(s.ref.name.text).second) return;
      if (const annotation::Proc* p = find_proc(*scope.tree, s.ref.name.text)) open.push_back(&p->body);
    });
  }
}

std::vector<ir::PortId> ports_meant(const Scope& scope, const Ref& ref) {
  const auto found = scope.items.find(ref.name.text);
  if (found == scope.items.end() || found->second.kind != Item::Kind::Port) return {};
  const Item& item = found->second;
  std::vector<ir::PortId> result;
  const bool one = ref.indexed && !ref.index;
  for (std::uint32_t i = 0; i < std::max(1u, item.count); ++i) {
    if (!one || static_cast<std::int32_t>(i) == ref.number) result.push_back({item.first + i});
  }
  return result;
}

std::vector<Ref> received_arguments(const Component& component) {
  std::vector<Ref> result;
  const auto add = [&](const annotation::Message& m) {
    result.insert(result.end(), m.arguments.begin(), m.arguments.end());
  };
  for (const annotation::Handler& h : component.handlers) {
    for (const auto& m : h.event.messages) add(m);
  }
  for_each_body(component, [&](const Block& body) {
    for_each_statement(body, [&](const Stmt& s) {
      if (s.kind == Kind::Recv) add(s.message);
      for (const annotation::Case& c : s.cases) {
        for (const auto& m : c.event.messages) add(m);
      }
    });
  });
  return result;
}

namespace {

class ComponentScan {
 public:
  ComponentScan(Build& build, Scope& scope) : build_(build), scope_(scope) {}

  void run() {
    for (const auto& h : scope_.tree->handlers) {
      if (h.event.kind == Event::Kind::Closed) watch(h.event);
    }
    for_each_body(*scope_.tree,
                  [&](const Block& b) { for_each_statement(b, [&](const Stmt& s) { statement(s); }); });
    find_recursion();
    for (const auto& init : scope_.tree->inits) {
      for_each_called_statement(scope_, init.body, [&](const Stmt& s) { in_init(s); });
    }
  }

 private:
  void watch(const Event& event) {
    for (const ir::PortId p : ports_meant(scope_, event.ref)) scope_.closings_watched.insert(p);
  }
  void name(const annotation::Message& m) {
    for (const ir::PortId p : ports_meant(scope_, m.port)) {
      if (const auto id = find_message(build_.contract(p), m.name.text)) scope_.named.insert({p, *id});
    }
  }
  void statement(const Stmt& s) {
    if (s.kind == Kind::Spawn) scope_.spawned.insert(s.ref.name.text);
    if (s.kind == Kind::Do) scope_.called.insert(s.ref.name.text);
    if (s.kind == Kind::Recv) name(s.message);
    if (s.kind == Kind::Close) {
      for (const ir::PortId p : ports_meant(scope_, s.ref)) scope_.closed.insert(p);
    }
    for (const annotation::Case& c : s.cases) {
      if (c.event.kind == Event::Kind::Closed) watch(c.event);
      for (const auto& m : c.event.messages) name(m);
    }
  }

  // 4.7: in `init`, a send, a receive or anything that can wait except `new`.
  void in_init(const Stmt& s) {
    switch (s.kind) {
      case Kind::Send:
      case Kind::Recv:
      case Kind::Select:
      case Kind::Wait:
      case Kind::Join:
      case Kind::Block:
      case Kind::Acquire: break;
      default: return;
    }
    build_.report(Code::init_waits, s.span, "`init` must not send, receive or wait",
                  "runs before everything else");
  }

  // A proc that reaches itself; each circle is reported at one call.
  void find_recursion() {
    for (const annotation::Proc& p : scope_.tree->procs) {
      if (state_[p.name.text] == 0) visit(p);
    }
  }
  void visit(const annotation::Proc& start) {
    struct Frame {
      const annotation::Proc* proc;
      std::vector<const Stmt*> calls;
      std::size_t next = 0;
    };
    std::vector<Frame> stack;
    const auto enter = [&](const annotation::Proc& p) {
      state_[p.name.text] = 1;
      stack.push_back({&p, {}, 0});
      for_each_statement(p.body, [&](const Stmt& s) {
        if (s.kind == Kind::Do) stack.back().calls.push_back(&s);
      });
    };
    enter(start);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == top.calls.size()) {
        state_[top.proc->name.text] = 2;
        stack.pop_back();
        continue;
      }
      const Stmt& call = *top.calls[top.next++];
      const annotation::Proc* called = find_proc(*scope_.tree, call.ref.name.text);
      if (called == nullptr) continue;
      const int state = state_[called->name.text];
      if (state == 0) enter(*called);
      if (state == 1)
        build_.report(Code::proc_recursion, call.span,
                      fmt::format("proc `{}` calls itself", called->name.text), "comes round to its caller");
    }
  }

  Build& build_;
  Scope& scope_;
  std::map<std::string_view, int> state_;  // 1: being visited, 2: done
};

}  // namespace

void scan(Build& build, Scope& scope) { ComponentScan(build, scope).run(); }

}  // namespace singspin::wiring
