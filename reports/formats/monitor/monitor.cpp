#include "reports/formats/monitor/monitor.h"

#include <fmt/format.h>

#include <set>

#include "monitor_code_txt.h"

namespace singspin::monitor {

namespace {

using observe::Action;
using observe::Event;
using observe::Table;

bool plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Every byte that a string of C may not hold as it is, in octal, which ends after three digits.
std::string literal(const std::string& text) {
  std::string quoted = "\"";
  for (const unsigned char c : text) {
    if (plain(c) || c == ' ' || c == '_' || c == ',' || c == '/' || c == '.') quoted += static_cast<char>(c);
    else quoted += fmt::format("\\{:03o}", c);
  }
  return quoted + "\"";
}

// Nothing of a name may end the comment that it stands in.
std::string in_comment(const std::string& text) {
  std::string result;
  for (const unsigned char c : text) {
    const bool safe =
        plain(c) || c == ' ' || c == '_' || c == ',' || c == '.' || c == ':' || c == '-' || c == '/';
    result += safe ? static_cast<char>(c) : '?';
  }
  return result;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// Rows of a node: what it may do and where that leads. `first` says where the rows of each node begin.
struct Rows {
  std::string first, rows;
  std::size_t count = 0;
};

Rows rows_of(const Table& table) {
  Rows r;
  for (std::uint32_t node = 0; node < table.size(); ++node) {
    r.first += fmt::format("{}, ", r.count);
    for (const Event e : table.allowed(node)) {
      r.rows += fmt::format("  {{{}, {}, {}}},\n", e.message.value, e.action == Action::Receive ? 1 : 0,
                            table.next(node, e));
      ++r.count;
    }
  }
  r.first += fmt::format("{}", r.count);
  if (r.count == 0) r.rows = "  {0, 0, 0},\n";  // C has no empty arrays
  return r;
}

std::string names_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += "  " + literal(name) + ",\n";
  return text;
}

std::vector<std::string> message_names(const ir::Contract& contract) {
  std::vector<std::string> names;
  for (const ir::Message& m : contract.messages) names.push_back(m.name);
  if (names.empty()) names.emplace_back();
  return names;
}

// Names that escape to the same text are told apart by their numbers.
std::string messages_of(const ir::Contract& contract, const std::string& prefix) {
  std::string text;
  std::uint32_t number = 0;
  std::set<std::string> taken;
  for (const ir::Message& m : contract.messages) {
    std::string name = identifier(m.name);
    while (!taken.insert(name).second) name += fmt::format("_{}", number);
    text += fmt::format("  {}_msg_{} = {},\n", prefix, name, number++);
  }
  return text + fmt::format("  {}_MESSAGES = {}\n", prefix, number);
}

}  // namespace

std::string identifier(const std::string& name) {
  std::string text;
  for (const unsigned char c : name)
    text += plain(c) || c == '_' ? std::string(1, static_cast<char>(c)) : fmt::format("_x{:02x}", c);
  return text;
}

std::string header(const ir::Contract& contract, const Table& exporter, const Table& importer,
                   const std::string& origin) {
  const std::string name = "ss_" + identifier(contract.name);
  const Rows exp = rows_of(exporter), imp = rows_of(importer);
  std::string text(embedded::monitor_code_txt);
  text = replaced(std::move(text), "@COMMENT@", in_comment(contract.qualified_name + " of " + origin));
  text = replaced(std::move(text), "@NAME@", name);
  text = replaced(std::move(text), "@MESSAGES@", messages_of(contract, name));
  text = replaced(std::move(text), "@MESSAGE_NAMES@", names_of(message_names(contract)));
  text = replaced(std::move(text), "@EXP_FIRST@", exp.first);
  text = replaced(std::move(text), "@EXP_ROWS@", exp.rows);
  text = replaced(std::move(text), "@EXP_NAMES@", names_of(exporter.names));
  text = replaced(std::move(text), "@IMP_FIRST@", imp.first);
  text = replaced(std::move(text), "@IMP_ROWS@", imp.rows);
  return replaced(std::move(text), "@IMP_NAMES@", names_of(importer.names));
}

}  // namespace singspin::monitor
