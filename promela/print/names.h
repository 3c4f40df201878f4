// Legal, unique and stable Promela names for source names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace singspin::pml {

// One table for a whole model: a name is taken once, whatever it names, since an mtype name is a
// lexer constant and cannot be a label, a channel or a process as well.
class NameTable {
 public:
  // A global name: messages, channels, processes.
  std::string global(std::string_view source_name);
  // A label: unique within `process`, different from all global names. Labels that begin with `end`,
  // `accept` or `progress` mean something to SPIN, so only `final` ones get such a name.
  std::string label(std::size_t process, std::string_view source_name, bool final);

 private:
  std::set<std::string> globals_;
  std::map<std::size_t, std::set<std::string>> labels_;
};

// Letters, digits and underscores only, not empty, at most 60 characters.
std::string identifier(std::string_view source_name);
bool is_reserved(std::string_view name);

}  // namespace singspin::pml
