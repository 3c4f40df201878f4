// The reports that a run writes besides, or instead of, the text for people.
#pragma once

#include <string>
#include <vector>

#include "reports/cli/options.h"
#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::cli {

// Standard output gets one document, whoever asks twice.
std::vector<Output> outputs_of(const Options& options);
bool takes_stdout(const std::vector<Output>& outputs);

// Writes every output but JSON, each whole or not at all. Returns what could not be written, and why.
std::vector<std::string> write_formats(const document::Document& document, const std::vector<Output>& outputs,
                                       const document::Settings& settings);

// On GitHub, or if somebody asks: lines of a change are marked, by commands in the output of the step, and
// the summary of the step says what came out. `standard_error`: the other output holds a document.
bool wants_annotations(const Options& options);
std::vector<std::string> annotate(const document::Document& document, const document::Settings& settings,
                                  bool standard_error);

}  // namespace singspin::cli
