#include "reports/document/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "frontend/source/source_map.h"

namespace singspin::document {

namespace {

Finding violation(const Document& document, const Subject& subject, const Verdict& verdict) {
  const Counterexample& run = document.counterexamples[*verdict.counterexample];
  Finding out;
  out.kind = Finding::Kind::Violation;
  out.severity = verdict.severity;
  out.code = verdict.code;
  out.rule = verdict.property;
  out.subject = subject.qualified;
  // A run is named after the first property it violates.
  const bool first = run.property == verdict.property;
  out.message =
      first ? run.message : fmt::format("{} violates {}: {}", subject.name, verdict.property, run.message);
  out.span = run.span;
  out.text = run.text.empty() ? run.message + "\n" : run.text;
  out.counterexample = &run;
  out.verdict = &verdict;
  return out;
}

Finding undecided(const Subject& subject, const Verdict& verdict) {
  Finding out;
  const bool failed = verdict.status == Status::Error;
  out.kind = failed ? Finding::Kind::Failure : Finding::Kind::Undecided;
  out.severity = failed ? Severity::Error : Severity::Warning;
  out.code = verdict.code;
  out.rule = verdict.property;
  out.subject = subject.qualified;
  out.message = undecided_text(subject, verdict);
  out.span = subject.span;
  out.text = out.message + "\n";
  out.verdict = &verdict;
  return out;
}

Finding diagnostic(const Diagnostic& from) {
  Finding out;
  out.severity = from.severity;
  out.code = from.code;
  out.rule = from.rule;
  out.subject = from.subject;
  out.message = from.message;
  out.span = from.span;
  out.text = from.text.empty() ? from.message + "\n" : from.text;
  out.diagnostic = &from;
  return out;
}

bool is_told(const Verdict& verdict) { return !verdict.priority && !verdict.suppressed; }

// Objects by name, and without the places in the sources.
Json sorted(const Json& value) {
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& one : value) out.push_back(sorted(one));
    return out;
  }
  if (!value.is_object()) return value;
  std::map<std::string, const Json*> members;
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (it.key() != "span") members.emplace(it.key(), &it.value());
  }
  Json out = Json::object();
  for (const auto& [name, member] : members) out[name] = sorted(*member);
  return out;
}

}  // namespace

std::vector<Finding> findings(const Document& document) {
  std::vector<Finding> out, open;
  for (const std::vector<Subject>* subjects : {&document.contracts, &document.systems}) {
    for (const Subject& subject : *subjects) {
      for (const Verdict& verdict : subject.verdicts) {
        if (!is_told(verdict)) continue;
        if (verdict.status == Status::Violated && verdict.counterexample)
          out.push_back(violation(document, subject, verdict));
        if (verdict.status == Status::Inconclusive || verdict.status == Status::Error)
          open.push_back(undecided(subject, verdict));
      }
    }
  }
  for (const Diagnostic& one : document.diagnostics) {
    if (!one.suppressed) out.push_back(diagnostic(one));
  }
  std::move(open.begin(), open.end(), std::back_inserter(out));
  return out;
}

std::string ending(const Finding& finding) {
  if (finding.counterexample == nullptr) return finding.message;
  return sorted(finding.counterexample->last()).dump();
}

std::string Fingerprints::of(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += fmt::format("{}:{},", part.size(), part);
  // Every part ends in a comma, so no other list of parts gives the text with a number.
  const int n = ++uses_[all];
  return source::sha256_hex(n == 1 ? all : fmt::format("{}#{}", all, n));
}

std::string undecided_text(const Subject& subject, const Verdict& verdict) {
  const std::string_view how = verdict.status == Status::Error     ? "could not be verified"
                               : verdict.status == Status::Skipped ? "was skipped"
                                                                   : "is undecided";
  std::string out = fmt::format("{}: {} {}: {}", subject.name, verdict.property, how, verdict.reason);
  if (!verdict.detail.empty()) out += fmt::format(" ({})", verdict.detail);
  return out;
}

}  // namespace singspin::document
