#include "frontend/sema/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "frontend/sema/walk.h"

namespace singspin::sema {

using diagnostics::Code;

std::optional<ActionUse> Resolved::as_action(const syntax::Step& step) const {
  if (const auto* action = std::get_if<syntax::Action>(&step)) {
    const auto sign = action->sign == syntax::ActionSign::Send ? ir::Sign::Send : ir::Sign::Receive;
    return ActionUse{action->message.text, sign, false, action->span};
  }
  const auto* reference = std::get_if<syntax::Reference>(&step);
  if (reference == nullptr || find_state(reference->name.text)) return std::nullopt;
  const ResolvedMessage* message = find_message(reference->name.text);
  if (message == nullptr) return std::nullopt;
  const bool in = message->message->direction == syntax::Message::Direction::In;
  return ActionUse{reference->name.text, in ? ir::Sign::Receive : ir::Sign::Send, true, reference->name.span};
}

const syntax::Name* Resolved::as_state(const syntax::Step& step) const {
  const auto* reference = std::get_if<syntax::Reference>(&step);
  return reference == nullptr || as_action(step) ? nullptr : &reference->name;
}

namespace {

class Resolver {
 public:
  Resolver(const Names& names, const source::SourceMap& sources, diagnostics::Diagnostics& diagnostics)
      : names_(names), sources_(sources), diagnostics_(diagnostics), done_(names.declarations().size()) {}

  std::vector<Resolved> run() {
    for (const DeclarationId id : names_.declarations().ids()) resolve(id);
    report_duplicates();
    std::vector<Resolved> all;
    for (auto& resolved : done_) all.push_back(std::move(*resolved));
    return all;
  }

 private:
  const Declaration& declaration(DeclarationId id) const { return names_.declarations()[id]; }

  diagnostics::Diagnostic& report(DeclarationId id, Code code, source::Span span, std::string message,
                                  std::string label) {
    diagnostics::Diagnostic& d = diagnostics_.add(code, span, std::move(message), std::move(label));
    d.subject = declaration(id).qualified_name;
    return d;
  }

  // Resolves the bases first; the chain is walked without recursion, since files may hold any depth.
  void resolve(DeclarationId id) {
    std::vector<DeclarationId> chain;
    std::optional<DeclarationId> next = id;
    while (next && !done_[next->value]) {
      if (std::find(chain.begin(), chain.end(), *next) != chain.end()) {
        report_base_cycle(*next);
        break;
      }
      chain.push_back(*next);
      next = base_of(*next);
    }
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) done_[it->value] = resolve_one(*it);
  }

  void report_base_cycle(DeclarationId id) {
    const syntax::Contract& contract = *declaration(id).contract;
    report(id, Code::base_cycle, contract.base->span,
           fmt::format("contract {} extends itself", contract.name.text), "leads back here");
    in_cycle_.insert(id);
  }

  std::optional<DeclarationId> base_of(DeclarationId id) const {
    const Declaration& d = declaration(id);
    if (!d.contract->base) return std::nullopt;
    const Resolution r = names_.resolve(*d.file, d.contract->scope, d.contract->base->parts, sources_);
    return r.found.size() == 1 ? std::optional(r.found.front()) : std::nullopt;
  }

  Resolved resolve_one(DeclarationId id) {
    Resolved result;
    result.declaration = id;
    result.usable = !declaration(id).contract->broken;
    inherit(id, result);
    add_messages(id, result);
    add_states(id, result);
    check_name_clash(id, result);
    check_no_states(id, result);
    check_references(id, result);
    return result;
  }

  void inherit(DeclarationId id, Resolved& result) {
    const Declaration& d = declaration(id);
    if (!d.contract->base) return;
    result.base = base_of(id);
    if (!result.base) return report_base(id, result);
    const std::optional<Resolved>& base = done_[result.base->value];
    if (!base || in_cycle_.contains(id)) {  // part of a cycle of bases
      result.usable = false;
      return;
    }
    result.base_missing = base->base_missing;
    result.unknown_actions = base->unknown_actions;
    if (result.usable && !base->usable && !base->base_missing) {
      auto& broken =
          report(id, Code::broken_base, declaration(id).contract->base->span,
                 fmt::format("contract {} is not verified: its base {} has errors",
                             declaration(id).contract->name.text, declaration(*result.base).qualified_name),
                 "has errors");
      broken.labels.push_back({declaration(*result.base).contract->name.span, "declared here"});
    }
    result.usable = result.usable && base->usable;
    for (const ResolvedMessage& m : base->messages()) result.add_message(m);
    for (const ResolvedState& s : base->states()) result.add_state(s);
  }

  void report_base(DeclarationId id, Resolved& result) {
    const Declaration& d = declaration(id);
    const syntax::QualifiedName& base = *d.contract->base;
    const Resolution r = names_.resolve(*d.file, d.contract->scope, base.parts, sources_);
    if (r.found.empty()) {
      result.base_missing = true;
      auto& missing = report(
          id, Code::missing_input, base.span,
          fmt::format("the base {} of contract {} is not loaded", join(base.parts), d.contract->name.text),
          "not found");
      missing.notes.push_back("what depends on the base is not checked and the contract is not verified");
      missing.help = "name the file that declares it, or its folder with `-I`";
    } else {
      report_ambiguous(id, base, r);
      result.usable = false;
    }
  }

  void report_ambiguous(DeclarationId id, const syntax::QualifiedName& name, const Resolution& resolution) {
    auto& d =
        report(id, Code::ambiguous_contract, name.span,
               fmt::format("{} may mean {} different contracts", join(name.parts), resolution.found.size()),
               "ambiguous");
    for (const DeclarationId candidate : resolution.found) {
      d.labels.push_back({declaration(candidate).contract->name.span, "one of them is declared here"});
    }
  }

  void add_messages(DeclarationId id, Resolved& result) {
    for (const syntax::Message& m : declaration(id).contract->messages) {
      if (result.add_message({&m, id})) continue;
      const ResolvedMessage& first = *result.find_message(m.name.text);
      const bool inherited = first.declared_in != id;
      auto& d = report(id, inherited ? Code::message_redeclared : Code::duplicate_message, m.name.span,
                       fmt::format("message {} is declared {}", m.name.text,
                                   inherited ? "again; the base has it already" : "twice"),
                       "declared again");
      d.labels.push_back({first.message->name.span, "first declared here"});
      result.usable = false;
    }
  }

  void add_states(DeclarationId id, Resolved& result) {
    for (const syntax::State& s : declaration(id).contract->states) {
      const std::optional<std::size_t> existing = result.find_state(s.name.text);
      if (!existing) {
        report_useless_override(id, s, result);
        result.add_state({s.name.text, s.name.span, s.form == syntax::State::Form::All, {{&s, id}}});
        continue;
      }
      ResolvedState& state = result.state(*existing);
      const bool inherited = std::none_of(state.parts.begin(), state.parts.end(),
                                          [&](const StatePart& p) { return p.declared_in == id; });
      if (inherited && !s.is_override) {
        auto& d =
            report(id, Code::missing_override, s.name.span,
                   fmt::format("state {} of the base is declared again without `override`", s.name.text),
                   "needs `override`");
        d.labels.push_back({state.span, "declared in the base here"});
        d.help = fmt::format("write `override state {}` to add alternatives to it", s.name.text);
      }
      if (!inherited) {
        auto& d = report(id, Code::duplicate_state, s.name.span,
                         fmt::format("state {} is declared twice", s.name.text), "declared again");
        d.labels.push_back({state.parts.back().state->name.span, "first declared here"});
        result.usable = false;
        continue;
      }
      state.parts.push_back({&s, id});
    }
  }

  void report_useless_override(DeclarationId id, const syntax::State& s, Resolved& result) {
    if (!s.is_override || result.base_missing) return;
    const syntax::Contract& contract = *declaration(id).contract;
    if (!contract.base) {
      report(
          id, Code::override_without_base, s.name.span,
          fmt::format("state {} overrides nothing: contract {} has no base", s.name.text, contract.name.text),
          "nothing to override");
    } else if (result.base) {
      auto& d = report(
          id, Code::override_unknown_state, s.name.span,
          fmt::format("the base {} has no state {} to override", join(contract.base->parts), s.name.text),
          "not a state of the base");
      suggest_state(d, s.name.text, result);
    }
  }

  void check_name_clash(DeclarationId id, Resolved& result) {
    for (const ResolvedState& s : result.states()) {
      const ResolvedMessage* message = result.find_message(s.name);
      if (message == nullptr) continue;
      const bool own = message->declared_in == id || s.parts.front().declared_in == id;
      result.usable = false;
      if (!own) continue;  // reported for the base
      auto& d = report(id, Code::name_clash, s.span,
                       fmt::format("{} is the name of a state and of a message", s.name), "a state");
      d.labels.push_back({message->message->name.span, "a message"});
    }
  }

  void check_no_states(DeclarationId id, Resolved& result) {
    const syntax::Contract& contract = *declaration(id).contract;
    if (!result.states().empty() || result.base_missing ||
        contract.broken) {  // nothing local to show, or said already
      result.usable = result.usable && !result.states().empty();
      return;
    }
    result.usable = false;
    if (contract.base) return;  // follows from the base
    report(id, Code::no_states, contract.name.span,
           fmt::format("contract {} has no states", contract.name.text), "no state in its body");
  }

  void check_references(DeclarationId id, Resolved& result) {
    // What a member that could not be read declared is unknown, so no use can be called wrong.
    if (declaration(id).contract->lost_member) return;
    std::set<std::string_view> undeclared;
    for (const syntax::State& s : declaration(id).contract->states) {
      for (const syntax::Sequence& sequence : s.sequences) {
        walk_steps(sequence,
                   [&](const syntax::Step& step, bool) { check_step(id, result, step, undeclared); });
      }
    }
    for (const std::string_view name : undeclared) {
      result.add_state({name, first_use_[name], false, {}, true});
    }
    first_use_.clear();
  }

  void check_step(DeclarationId id, Resolved& result, const syntax::Step& step,
                  std::set<std::string_view>& undeclared) {
    if (const auto* action = std::get_if<syntax::Action>(&step)) {
      if (result.find_message(action->message.text) != nullptr) return;
      if (result.base_missing) result.unknown_actions.push_back(action);
      else report_undeclared_message(id, result, *action);
    } else if (const syntax::Name* name = result.as_state(step);
               name != nullptr && !result.find_state(name->text)) {
      if (!undeclared.insert(name->text).second) return;
      first_use_[name->text] = name->span;
      if (result.base_missing) return;
      auto& d = report(
          id, Code::undeclared_state, name->span,
          fmt::format("state {} is not declared in {}", name->text, declaration(id).contract->name.text),
          "not a state of this contract");
      d.notes.push_back("it is analysed as a state in which the conversation ends");
      suggest_state(d, name->text, result);
    }
  }

  void report_undeclared_message(DeclarationId id, Resolved& result, const syntax::Action& action) {
    const syntax::Contract& contract = *declaration(id).contract;
    result.usable = false;
    auto& d = report(id, Code::undeclared_message, action.message.span,
                     fmt::format("message {} is not declared in {}", action.message.text, contract.name.text),
                     "not a message of this contract");
    std::vector<std::string_view> candidates;
    const auto wanted = action.sign == syntax::ActionSign::Send ? syntax::Message::Direction::Out
                                                                : syntax::Message::Direction::In;
    for (const ResolvedMessage& m : result.messages()) {
      if (m.message->direction == wanted || m.message->direction == syntax::Message::Direction::Both)
        candidates.push_back(m.message->name.text);
    }
    const std::string_view best = nearest(action.message.text, candidates);
    if (best.empty()) return;
    const bool in = wanted == syntax::Message::Direction::In;
    d.help = fmt::format("a declared `{}` message has a similar name: {}", in ? "in" : "out", best);
    d.help_span = result.find_message(best)->message->name.span;
    d.fixes.push_back({fmt::format("write {}", best), {{action.message.span, std::string(best)}}});
  }

  static void suggest_state(diagnostics::Diagnostic& d, std::string_view name, const Resolved& result) {
    std::vector<std::string_view> candidates;
    for (const ResolvedState& s : result.states()) {
      if (!s.undeclared) candidates.push_back(s.name);
    }
    const std::string_view best = nearest(name, candidates);
    if (best.empty()) return;
    d.help = fmt::format("a declared state has a similar name: {}", best);
    d.help_span = result.states()[*result.find_state(best)].span;
    d.fixes.push_back({fmt::format("write {}", best), {{*d.span, std::string(best)}}});
  }

  // One scope cannot declare a contract twice; several programs may.
  void report_duplicates() {
    std::map<std::pair<const syntax::File*, std::string_view>, DeclarationId> seen;
    for (const DeclarationId id : names_.declarations().ids()) {
      const Declaration& d = declaration(id);
      const auto [first, added] = seen.emplace(std::pair(d.file, std::string_view(d.qualified_name)), id);
      if (added) continue;
      auto& duplicate =
          report(id, Code::duplicate_contract, d.contract->name.span,
                 fmt::format("contract {} is declared twice", d.qualified_name), "declared again");
      duplicate.labels.push_back({declaration(first->second).contract->name.span, "first declared here"});
      done_[id.value]->usable = false;
    }
  }

  const Names& names_;
  const source::SourceMap& sources_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<std::optional<Resolved>> done_;
  std::set<DeclarationId> in_cycle_;
  std::map<std::string_view, source::Span> first_use_;
};

}  // namespace

std::vector<Resolved> resolve_all(const Names& names, const source::SourceMap& sources,
                                  diagnostics::Diagnostics& diagnostics) {
  return Resolver(names, sources, diagnostics).run();
}

}  // namespace singspin::sema
