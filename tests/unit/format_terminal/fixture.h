// Contracts, runs and reports built by hand, with spans into real text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "frontend/exec/ending.h"
#include "reports/formats/terminal/terminal.h"
#include "reports/report/report.h"
#include "tests/unit/spooler_text.h"

namespace singspin::terminal {

inline constexpr std::string_view kSpooler = testing::kSpoolerText;

// The `nth` place (from 0) where `word` stands in `text`, as a span.
source::Span find(const source::SourceMap& sources, source::FileId file, std::string_view word, int nth = 0);

// Adds rows to a contract; spans are found by the text.
class Builder {
 public:
  Builder(const source::SourceMap& sources, source::FileId file, std::string name)
      : sources_(sources), file_(file) {
    contract.name = contract.qualified_name = std::move(name);
    contract.span = at(contract.name);
  }
  source::Span at(std::string_view word, int nth = 0) const { return find(sources_, file_, word, nth); }
  ir::StateId named(std::string name, source::Span span);
  ir::StateId implicit(ir::StateId parent, std::string after, source::Span span);
  ir::MessageId message(std::string name, source::Span span);
  // `action` such as `Stop?`; its message must exist.
  ir::TransitionId step(ir::StateId from, std::string_view action, ir::StateId to, int nth = 0);
  ir::Contract finish();

  ir::Contract contract;

 private:
  const source::SourceMap& sources_;
  source::FileId file_;
};

// `exp` or `imp` takes transition number `transition`.
exec::Step exporter(std::uint32_t transition);
exec::Step importer(std::uint32_t transition);
exec::Trace run_of(const ir::Contract& contract, const std::vector<exec::Step>& steps,
                   exec::Reading reading = exec::Reading::Free);

exec::Verdict verdict(ir::Property property, exec::Status status,
                      exec::Strength strength = exec::Strength::AnyQueueLength);
// A report with one contract, all of whose properties are proved.
report::Report proved_report(std::string_view path, std::string_view text, std::string name);

// The example of the output specification: eight steps into a deadlock.
report::Report spooler_report();

std::string without_colours(std::string_view text);

}  // namespace singspin::terminal
