// The parts of a trace file as values. Internal to formats/json.
#pragma once

#include "reports/formats/json/node.h"

namespace singspin::json {

report::SavedConfiguration decode_configuration(const Node& node);
report::SavedStep decode_step(const Node& node, std::size_t index);
report::Place decode_place(const Node& node);
std::vector<std::string> decode_texts(const Node& node);
report::SavedContract decode_contract(const Node& node);
report::SavedSystem decode_system(const Node& node);
report::SavedClaim decode_claim(const Node& node);
report::SavedEnd decode_end(const Node& node);
report::SavedSource decode_source(const Node& node);
report::SavedSettings decode_settings(const Node& node);

}  // namespace singspin::json
