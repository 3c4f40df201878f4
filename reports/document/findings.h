// What a report wants to be seen: violations and diagnostics, in the order in which every format tells them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/document/document.h"

namespace singspin::document {

struct Finding {
  enum class Kind : std::uint8_t { Violation, Undecided, Failure, Diagnostic };
  Kind kind = Kind::Diagnostic;
  Severity severity = Severity::Error;
  std::string code, rule;  // `SS0101`, `deadlock-free`
  std::string subject;     // qualified name, may be empty
  std::string message;     // one line that stands alone
  std::optional<Span> span;
  std::string text;  // the block for people; never empty
  const Counterexample* counterexample = nullptr;
  const Verdict* verdict = nullptr;
  const Diagnostic* diagnostic = nullptr;
};

// Violations with a run first, then what no run can show, then what is undecided. Nothing that comments
// silence, and of contracts with two readings only the one that decides. Verdicts are violated at the
// severity they have; undecided ones are warnings, failures of the tool errors.
std::vector<Finding> findings(const Document& document);

// What tells this finding from others of its code and subject, and stays the same when lines move: the last
// configuration with sorted keys and without spans; the message if there is no run.
std::string ending(const Finding& finding);

// SHA-256 over the parts; a finding whose parts were seen before gets another one.
class Fingerprints {
 public:
  std::string of(const std::vector<std::string>& parts);

 private:
  std::map<std::string, int> uses_;
};

// `SpoolerContract: deadlock-free is undecided: time-limit, ...`
std::string undecided_text(const Subject& subject, const Verdict& verdict);

}  // namespace singspin::document
