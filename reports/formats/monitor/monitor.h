// A contract as a C header that watches a conversation while it happens: the tables of both ends and a few
// functions that walk through them. C99 and C++, nothing of any library.
#pragma once

#include <string>

#include "frontend/observe/table.h"

namespace singspin::monitor {

// `origin` says where the contract is declared.
std::string header(const ir::Contract& contract, const observe::Table& exporter,
                   const observe::Table& importer, const std::string& origin);

// Letters, digits and `_` of a name, every other byte escaped.
std::string identifier(const std::string& name);

}  // namespace singspin::monitor
