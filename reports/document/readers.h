// The parts of a report, read. Internal to reports/document.
#pragma once

#include "reports/document/value.h"

namespace singspin::document {

Span read_span(const Value& value, const Document& document);
std::optional<Span> read_span_or_none(const Value& parent, const char* name, const Document& document);
Subject read_contract(const Value& value, const Document& document);
Subject read_system(const Value& value, const Document& document);
Counterexample read_counterexample(const Value& value, const Document& document);
Diagnostic read_diagnostic(const Value& value, const Document& document);

// `Spooler (-D WITH_ALARM)`: the name with the reading it is of.
std::string with_variant(std::string name, const Value& parent);

}  // namespace singspin::document
