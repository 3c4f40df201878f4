// The texts that commands answer with. Internal to reports/replay/lines.
#pragma once

#include <initializer_list>

#include "reports/replay/engine/session.h"

namespace singspin::replay {

std::string when_words(const Session& session);
// `importer: IDLE`; if there is no row of these groups: `there are no locks`.
std::vector<std::string> row_lines(const Session& session, std::initializer_list<Row::Group> groups,
                                   std::string_view plural);
std::vector<std::string> difference_lines(const Session& session, std::size_t a, std::size_t b);
source::Span place_here(const Session& session);  // of this step; at the start of the next one
std::vector<std::string> source_lines(const Session& session, std::uint32_t around);
std::vector<std::string> story_lines(const Session& session);
std::vector<std::string> enabled_lines(const Session& session);
base::Expected<std::string, Refusal> exported(const Session& session, const std::string& format,
                                              bool unicode);
// The run up to the cursor as a trace file: evidence of nothing.
std::string recorded_text(const Session& session);

}  // namespace singspin::replay
