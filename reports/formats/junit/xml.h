// Escapes of XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace singspin::junit {

// Characters that XML forbids are left out, even as references. `]]>` cannot appear.
std::string xml_text(std::string_view text);
// Line ends and tabs as references, since readers make spaces of them.
std::string xml_attribute(std::string_view text);

}  // namespace singspin::junit
