#include "reports/lsp/hover.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::lsp {

using sema::SymbolKind;

namespace {

constexpr std::size_t kMostLines = 20;  // of a list; the rest is counted

// Text of the source as Markdown code: on one line, without the sign that would end it.
std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) {
    if (c == '`') continue;
    const char shown = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    if (shown != ' ' || out.back() != ' ') out += shown;
  }
  return out + "`";
}

std::string list(std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string out = fmt::format("\n\n{}:\n", title);
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) out += "\n* " + lines[i];
  if (lines.size() > kMostLines) out += fmt::format("\n* and {} more", lines.size() - kMostLines);
  return out;
}

std::string action(const ir::Contract& contract, const ir::Transition& t) {
  return contract.messages[t.message].name + (t.sign == ir::Sign::Send ? "!" : "?");
}

std::string step(const ir::Contract& contract, const ir::Transition& t) {
  return fmt::format("{} in {}, then {}", code(action(contract, t)),
                     code(ir::state_words(contract.states[t.from])),
                     code(ir::state_words(contract.states[t.to])));
}

std::string mixed_words(const ir::State& state) {
  switch (state.mixed) {
    case ir::MixedForm::NotMixed: return state.final ? ", final" : "";
    case ir::MixedForm::ReceivesFirst: return ", mixed (receives first)";
    case ir::MixedForm::SendsFirst: return ", mixed (sends first)";
  }
  UNREACHABLE("every form has words");
}

// Ways out of a named state and ways into it. A state that is only passed has none of its own row.
std::string transitions(const ir::Contract& contract, std::string_view name) {
  std::vector<std::string> out, in, inside;
  std::string text;
  for (const ir::State& state : contract.states) {
    if (state.kind != ir::State::Kind::Named || state.id != name) continue;
    text += mixed_words(state);
    for (const ir::TransitionId t : state.out) {
      const ir::Transition& row = contract.transitions[t];
      out.push_back(fmt::format("{} to {}", code(action(contract, row)),
                                code(ir::state_words(contract.states[row.to]))));
    }
  }
  for (const ir::Transition& t : contract.transitions) {
    const ir::State& to = contract.states[t.to];
    if (to.kind == ir::State::Kind::Named && to.id == name)
      in.push_back(
          fmt::format("{} in {}", code(action(contract, t)), code(ir::state_words(contract.states[t.from]))));
  }
  for (const ir::InlinedState& state : contract.inlined) {
    if (state.name != name) continue;
    for (const ir::StateId at : state.at) inside.push_back(code(ir::state_words(contract.states[at])));
  }
  return text + list("left by", out) + list("entered by", in) + list("its actions are offered at", inside);
}

std::string uses(const ir::Contract& contract, std::string_view message) {
  std::vector<std::string> lines;
  for (const ir::Transition& t : contract.transitions) {
    if (contract.messages[t.message].name == message) lines.push_back(step(contract, t));
  }
  return list("sent and received by", lines) + (lines.empty() ? "\n\nno sequence uses it" : "");
}

std::string direction_words(const ir::Message& message) {
  if (!message.direction) return "either way";
  return *message.direction == ir::Direction::In ? "the importer sends it, the exporter receives it"
                                                 : "the exporter sends it, the importer receives it";
}

std::string message_words(const ir::Contract& contract, std::string_view name) {
  const auto found = std::find_if(contract.messages.begin(), contract.messages.end(),
                                  [&](const ir::Message& m) { return m.name == name; });
  if (found == contract.messages.end()) return {};
  std::vector<std::string> parameters;
  for (const ir::Parameter& p : found->parameters)
    parameters.push_back(code(p.name.empty() ? p.type : p.type + " " + p.name));
  return ": " + direction_words(*found) + list("parameters", parameters) + uses(contract, name);
}

std::string verdict_words(const std::string& name, const KnownVerdict& known, bool verifying) {
  if (!verifying) return {};
  if (known.text.lines.empty())
    return fmt::format("\n\n{}: not verified yet{}", name, known.running ? ", the engines are at work" : "");
  std::string title = name + (known.text.verified ? ", verified" : ", not verified");
  if (!known.current)
    title +=
        fmt::format(" as it was in an older text{}", known.running ? " (the new one is being verified)" : "");
  return list(title, known.text.lines);
}

class Writer {
 public:
  Writer(const Place& place, const HoverSources& sources) : place_(place), sources_(sources) {}

  std::optional<Hover> run() {
    std::string text;
    std::optional<Range> range;
    if (const sema::Occurrence* o = place_.occurrence()) {
      text = symbol(*o);
      range = place_.snapshot.range(o->span);
    }
    for (const diagnostics::Diagnostic& d : place_.snapshot.loaded.diagnostics.list()) {
      const bool here = d.span && d.span->file == place_.file && d.span->begin <= place_.offset &&
                        place_.offset <= d.span->end;
      if (!here) continue;
      if (!range) range = place_.snapshot.range(*d.span);
      if (explained_.insert(d.code).second) text += explanation(d.code, !text.empty());
    }
    return range ? std::optional(Hover{std::move(text), *range}) : std::nullopt;
  }

 private:
  std::string explanation(diagnostics::Code wanted, bool after_text) const {
    return fmt::format("{}**{}** {}\n\n{}", after_text ? "\n\n---\n\n" : "", diagnostics::code_text(wanted),
                       diagnostics::info(wanted).rule, sources_.explain ? sources_.explain(wanted) : "");
  }

  std::string symbol(const sema::Occurrence& o) const {
    const sema::Index& index = place_.snapshot.index;
    const sema::Symbol& s = index.symbols[o.symbol];
    const bool is_contract = s.kind == SymbolKind::Contract;
    const sema::DeclarationId of = is_contract ? s.owner : o.inside;
    const sema::IndexedContract& contract = index.contracts[of];
    std::string text =
        is_contract ? fmt::format("**contract** {}", code(contract.qualified_name))
                    : fmt::format("**{}** {} of {}", s.kind == SymbolKind::Message ? "message" : "state",
                                  code(s.name), code(contract.qualified_name));
    if (contract.chain.size() > 1 && is_contract)
      text += " extends " + code(index.contracts[index.symbols[contract.chain[1]].owner].qualified_name);
    if (!is_contract && s.owner != of)
      text += ", inherited from " + code(index.contracts[s.owner].qualified_name);
    if (!s.declared) text += ", not declared";
    return text + machine(s, of, contract.qualified_name);
  }

  std::string machine(const sema::Symbol& s, sema::DeclarationId of, const std::string& name) const {
    const sema::Analysis& analysis = place_.snapshot.loaded.analysis;
    const sema::Analyzed& analyzed = analysis.contracts[of.value];
    if (!analyzed.contract) return "\n\nnot analysed: the contract has errors";
    const ir::Contract& contract = analysis.program.contracts[*analyzed.contract];
    std::string text;
    if (s.kind == SymbolKind::State) text = transitions(contract, s.name);
    if (s.kind == SymbolKind::Message) text = message_words(contract, s.name);
    if (s.kind == SymbolKind::Contract)
      text = fmt::format(": {} messages, {} states with those inside sequences, {} transitions",
                         contract.messages.size(), contract.states.size(), contract.transitions.size());
    if (analyzed.missing_input) return text + "\n\nnot verified: its base is not loaded";
    return text + verdict_words(name, sources_.verdict(*analyzed.contract), sources_.verifying);
  }

  const Place& place_;
  const HoverSources& sources_;
  std::set<diagnostics::Code> explained_;
};

}  // namespace

std::optional<Hover> hover(const Place& place, const HoverSources& sources) {
  return Writer(place, sources).run();
}

}  // namespace singspin::lsp
