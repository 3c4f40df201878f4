// Contracts, systems and their verdicts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/document/readers.h"

namespace singspin::document {

namespace {

template <class Enum, std::size_t N>
Enum read_word(const Value& value, const std::array<Enum, N>& all) {
  const std::string word = value.text();
  for (const Enum one : all) {
    if (text(one) == word) return one;
  }
  value.fail(fmt::format("\"{}\" is not known", word.substr(0, 40)));
  return all.front();
}

constexpr std::array kStatuses = {Status::Proved, Status::Violated, Status::Inconclusive, Status::Skipped,
                                  Status::Error};
constexpr std::array kSeverities = {Severity::Error, Severity::Warning, Severity::Note};

void read_scope(const Value& scope, Verdict& out) {
  const Value capacity = scope.at("queueCapacity");
  if (!capacity.is_null()) out.capacity = capacity.number();
  out.search = scope.at("search").text();
  out.priority = scope.text_or("reading") == "priority";
  out.assumptions = scope.texts("assumptions");
}

void read_statistics(const Value& stats, Verdict& out) {
  out.configurations = stats.maybe_number("configurations");
  out.longest_queue = stats.maybe_number("longestQueue");
  if (stats.has("elapsedSeconds")) out.elapsed_seconds = stats.at("elapsedSeconds").seconds();
}

void read_evidence(const Value& value, const Document& document, Verdict& out) {
  const auto row = [](const Value& at, std::size_t size) -> std::size_t {
    if (size == 0) at.fail("there is nothing it could point to");
    return size == 0 ? 0 : at.number(0, size - 1);
  };
  if (value.has("counterexample"))
    out.counterexample = row(value.at("counterexample"), document.counterexamples.size());
  value.each("diagnostics",
             [&](const Value& one) { out.diagnostics.push_back(row(one, document.diagnostics.size())); });
}

Verdict read_verdict(const Value& value, const Document& document) {
  Verdict out;
  out.property = value.at("property").text();
  out.code = value.at("code").text();
  out.severity = read_word(value.at("severity"), kSeverities);
  out.status = read_word(value.at("verdict"), kStatuses);
  out.suppressed = value.flag("suppressed");
  out.strength = value.text_or("strength");
  out.engine = value.text_or("engine");
  out.reason = value.text_or("reason");
  out.detail = value.text_or("detail");
  out.owed = value.texts("owed");
  read_scope(value.at("scope"), out);
  if (value.has("stats")) read_statistics(value.at("stats"), out);
  read_evidence(value, document, out);
  const bool decided = out.status == Status::Proved || out.status == Status::Violated;
  // Nobody may take an approximate or stopped search for a proof, whoever wrote the file.
  if (decided && (out.strength.empty() || out.strength == "approximate"))
    value.fail(fmt::format("{} without a strength", text(out.status)));
  if (out.status == Status::Proved && out.search != "exhaustive")
    value.fail("proved by a search that is not exhaustive");
  if (out.status == Status::Violated && !out.counterexample && out.diagnostics.empty())
    value.fail("violated without evidence");
  if (!decided && out.reason.empty()) value.fail("reason is missing");
  return out;
}

Subject read_subject(const Value& value, const Document& document) {
  Subject out;
  out.name = with_variant(value.at("name").text(), value);
  out.qualified = with_variant(value.at("qualifiedName").text(), value);
  out.span = read_span_or_none(value, "span", document);
  out.verified = value.has("verdicts");
  value.each("verdicts", [&](const Value& v) { out.verdicts.push_back(read_verdict(v, document)); });
  out.json = &value.json();
  return out;
}

}  // namespace

std::string with_variant(std::string name, const Value& parent) {
  if (!parent.has("variant")) return name;
  const Value variant = parent.at("variant");
  std::string text = variant.text_or("project"), symbols;
  for (const std::string& symbol : variant.texts("symbols"))
    symbols += (symbols.empty() ? "-D " : " -D ") + symbol;
  if (variant.has("symbols") && symbols.empty()) symbols = "no symbols";
  text += (text.empty() || symbols.empty() ? "" : ", ") + symbols;
  if (text.empty()) return name;
  return fmt::format("{} ({})", name, text);
}

Span read_span(const Value& value, const Document& document) {
  Span span;
  const Value source = value.at("source");
  if (document.inputs.empty()) source.fail("there is no input it could point to");
  else span.input = source.number(0, document.inputs.size() - 1);
  const Value start = value.at("start"), end = value.at("end");
  span.start = {start.at("line").small(1), start.at("column").small(1)};
  span.end = {end.at("line").small(1), end.at("column").small(1)};
  if (span.end < span.start) value.fail("the end is before the start");
  return span;
}

std::optional<Span> read_span_or_none(const Value& parent, const char* name, const Document& document) {
  if (!parent.has(name)) return std::nullopt;
  return read_span(parent.at(name), document);
}

Subject read_contract(const Value& value, const Document& document) {
  Subject out = read_subject(value, document);
  out.start = value.at("start").text();
  value.at("messages").each([&](const Value& m) { out.messages.push_back(m.at("name").text()); });
  value.at("states").each([&](const Value& s) {
    out.states.push_back({s.at("id").text(), s.text_or("kind") == "implicit", s.flag("final"),
                          read_span_or_none(s, "span", document)});
  });
  const auto state = [&](const Value& at) {
    const std::string id = at.text();
    const auto is_it = [&](const State& s) { return s.id == id; };
    if (std::none_of(out.states.begin(), out.states.end(), is_it)) at.fail("no state has this id");
    return id;
  };
  if (!out.states.empty()) state(value.at("start"));
  value.at("transitions").each([&](const Value& t) {
    out.transitions.push_back({t.at("id").text(), state(t.at("from")), state(t.at("to")),
                               t.at("message").text(), t.at("direction").text() == "in",
                               read_span_or_none(t, "span", document)});
  });
  return out;
}

Subject read_system(const Value& value, const Document& document) {
  Subject out = read_subject(value, document);
  out.is_system = true;
  value.at("components").each([&](const Value& component) {
    component.at("threads").each([&](const Value& t) { out.threads.push_back(t.at("id").text()); });
  });
  value.at("channels").each([&](const Value& channel) {
    const std::string contract = channel.at("contract").text();
    if (std::ranges::find(out.contracts, contract) == out.contracts.end()) out.contracts.push_back(contract);
  });
  return out;
}

Diagnostic read_diagnostic(const Value& value, const Document& document) {
  Diagnostic out;
  out.code = value.at("code").text();
  out.rule = value.text_or("rule", out.code);
  out.message = value.at("message").text();
  out.severity = read_word(value.at("severity"), kSeverities);
  if (value.has("subject")) {
    const Value subject = value.at("subject");
    out.subject = with_variant(subject.at("name").text(), subject);
  }
  out.span = read_span_or_none(value, "span", document);
  value.each("labels", [&](const Value& label) {
    out.labels.emplace_back(read_span(label.at("span"), document), label.at("text").text());
  });
  out.notes = value.texts("notes");
  out.help = value.text_or("help");
  out.suppressed = value.flag("suppressed");
  out.text = value.text_or("text");
  return out;
}

}  // namespace singspin::document
