#include "frontend/sema/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "frontend/sema/undeclared.h"

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
  return ActionUse{reference->name.text, in ? ir::Sign::Receive : ir::Sign::Send, true, reference->span};
}

const syntax::Name* Resolved::as_state(const syntax::Step& step) const {
  const auto* reference = std::get_if<syntax::Reference>(&step);
  return reference == nullptr || as_action(step) ? nullptr : &reference->name;
}

namespace {

// Far above any tree of contracts; a chain of bases copies its members at every level.
constexpr std::size_t kMaxInherited = 300'000;

// Section 6 (4): what follows from the own part of the contract is said, the rest is left open.
constexpr char kNewState[] = "it is analysed as a new state of this contract";
constexpr char kNotChecked[] =
    "not checked without it: the initial state, reachability, override rules, cycles and choices through "
    "inherited states, names that it may declare; the contract is not verified";

class Resolver {
 public:
  Resolver(const Names& names, const source::SourceMap& sources, Suggestions& suggestions,
           diagnostics::Diagnostics& diagnostics)
      : names_(names),
        sources_(sources),
        diagnostics_(diagnostics),
        suggestions_(suggestions),
        done_(names.declarations().size()) {}

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
    find_undeclared(names_, result, suggestions_, diagnostics_);
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
    if (result.usable && (!base->usable || base->guessed) && !base->base_missing) {
      auto& broken =
          report(id, Code::broken_base, declaration(id).contract->base->span,
                 fmt::format("contract {} is not verified: its base {} has errors",
                             declaration(id).contract->name.text, declaration(*result.base).qualified_name),
                 "has errors");
      broken.labels.push_back({declaration(*result.base).contract->name.span, "declared here"});
    }
    result.usable = result.usable && base->usable;
    result.guessed = base->guessed;
    inherited_ += base->messages().size() + base->states().size();
    if (inherited_ > kMaxInherited) return report_too_long(id, result);
    for (const ResolvedMessage& m : base->messages()) result.add_message(m);
    for (const ResolvedState& s : base->states()) result.add_state(s);
  }

  void report_too_long(DeclarationId id, Resolved& result) {
    report(id, Code::machine_too_large, declaration(id).contract->base->span,
           fmt::format("the contracts inherit more than {} messages and states in all", kMaxInherited),
           "not verified");
    result.usable = false;
  }

  void report_base(DeclarationId id, Resolved& result) {
    const Declaration& d = declaration(id);
    const syntax::QualifiedName& base = *d.contract->base;
    const Resolution r = names_.resolve(*d.file, d.contract->scope, base.parts, sources_);
    result.base_missing = true;  // what does not depend on it is analysed all the same
    if (r.found.empty()) {
      auto& missing = report(
          id, Code::missing_input, base.span,
          fmt::format("the base {} of contract {} is not loaded", join(base.parts), d.contract->name.text),
          "not found");
      missing.notes.push_back(kNotChecked);
      missing.help = "name the file that declares it, or its folder with `-I`";
    } else {
      report_ambiguous(id, base, r);
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
    d.notes.push_back(kNotChecked);
    d.help = "write the qualified name of the one that is meant";
  }

  void add_messages(DeclarationId id, Resolved& result) {
    for (const syntax::Message& m : declaration(id).contract->messages) {
      if (result.add_message({&m, id})) continue;
      result.guessed = true;
      const ResolvedMessage& first = *result.find_message(m.name.text);
      const bool inherited = first.declared_in != id;
      const std::string again = inherited ? fmt::format("again; its base {} has it already",
                                                        declaration(first.declared_in).contract->name.text)
                                          : "twice";
      auto& d = report(id, inherited ? Code::message_redeclared : Code::duplicate_message, m.name.span,
                       fmt::format("message {} is declared {}", m.name.text, again), "declared again");
      d.labels.push_back({first.message->name.span, "first declared here"});
      d.notes.push_back("the first declaration counts in the analysis");
      d.help = fmt::format("remove this declaration or rename {}", m.name.text);
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
      if (!state.parts.empty() && state.parts.back().declared_in == id) {
        report_duplicate_state(id, s, state);
        result.dropped.push_back(&s);
        result.guessed = true;
        continue;
      }
      if (state.undeclared) declare(s, state);
      else if (!s.is_override) report_missing_override(id, s, state);
      state.parts.push_back({&s, id});
    }
  }

  // The base uses a state that it does not declare: a missing base may have it (then this adds to it).
  static void declare(const syntax::State& s, ResolvedState& state) {
    state.undeclared = false;
    state.span = s.name.span;
    state.all = s.form == syntax::State::Form::All;
  }

  void report_duplicate_state(DeclarationId id, const syntax::State& s, const ResolvedState& state) {
    auto& d = report(id, Code::duplicate_state, s.name.span,
                     fmt::format("state {} is declared twice", s.name.text), "declared again");
    d.labels.push_back({state.parts.back().state->name.span, "first declared here"});
    d.notes.push_back("the first declaration counts in the analysis");
  }

  void report_missing_override(DeclarationId id, const syntax::State& s, const ResolvedState& state) {
    auto& d = report(id, Code::missing_override, s.name.span,
                     fmt::format("state {} of the base is declared again without `override`", s.name.text),
                     "needs `override`");
    d.labels.push_back({state.span, "declared in the base here"});
    d.notes.push_back("it is analysed as an override, which adds to the alternatives of the base");
    d.help = fmt::format("write `override state {}` to add alternatives to it", s.name.text);
    const source::Span at{s.span.file, s.span.begin, s.span.begin};
    d.fixes.push_back({"insert `override`", {{at, "override "}}, true});
  }

  void report_useless_override(DeclarationId id, const syntax::State& s, Resolved& result) {
    if (!s.is_override || result.base_missing) return;
    const syntax::Contract& contract = *declaration(id).contract;
    if (!contract.base) {
      report(
          id, Code::override_without_base, s.name.span,
          fmt::format("state {} overrides nothing: contract {} has no base", s.name.text, contract.name.text),
          "nothing to override")
          .notes.push_back(kNewState);
    } else if (result.base) {
      auto& d = report(
          id, Code::override_unknown_state, s.name.span,
          fmt::format("the base {} has no state {} to override", join(contract.base->parts), s.name.text),
          "not a state of the base");
      d.notes.push_back(kNewState);
      suggestions_.state(d, s.name.text, {s.name.span}, result);
    }
  }

  // Both become types inside the class of the contract. A sign tells the two uses apart, so the
  // contract is analysed all the same; what is inherited was reported for the base.
  void check_name_clash(DeclarationId id, Resolved& result) {
    for (const ResolvedState& s : result.states()) {
      const ResolvedMessage* message = result.find_message(s.name);
      if (message == nullptr || s.parts.empty()) continue;
      const bool own_state = s.parts.front().declared_in == id;
      if (!own_state && message->declared_in != id) continue;
      result.guessed = true;
      const source::Span other = own_state ? message->message->name.span : s.span;
      auto& d = report(id, Code::name_clash, own_state ? s.span : message->message->name.span,
                       fmt::format("{} is the name of a state and of a message", s.name),
                       own_state ? "a state" : "a message");
      d.labels.push_back({other, own_state ? "a message" : "a state"});
      d.notes.push_back("with a sign it is read as the message, without as the state");
    }
  }

  void check_no_states(DeclarationId id, Resolved& result) {
    const syntax::Contract& contract = *declaration(id).contract;
    if (!result.states().empty() || result.base_missing) return;  // the missing base may have some
    result.usable = false;
    if (contract.base || contract.broken) return;  // follows from the base, or said already
    report(id, Code::no_states, contract.name.span,
           fmt::format("contract {} has no states", contract.name.text), "no state in its body");
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
  Suggestions& suggestions_;
  std::vector<std::optional<Resolved>> done_;
  std::set<DeclarationId> in_cycle_;
  std::size_t inherited_ = 0;
};

}  // namespace

std::vector<Resolved> resolve_all(const Names& names, const source::SourceMap& sources,
                                  Suggestions& suggestions, diagnostics::Diagnostics& diagnostics) {
  return Resolver(names, sources, suggestions, diagnostics).run();
}

}  // namespace singspin::sema
