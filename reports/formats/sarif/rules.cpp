#include "frontend/diagnostics/diagnostic.h"
#include "reports/document/text.h"
#include "reports/formats/sarif/parts.h"

namespace singspin::sarif {

namespace {

// `DeadlockFree`, of `deadlock-free`.
std::string pascal_case(std::string_view rule) {
  std::string out;
  bool upper = true;
  for (const char c : rule) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = !letter;
  }
  return out.empty() ? "Rule" : out;
}

std::string_view kind(std::string_view code) {
  if (code.starts_with("SS01")) return "property";
  if (code.starts_with("SS02")) return "contract-rule";
  if (code.starts_with("SS04")) return "driver-annotation";
  return code.starts_with("SS00") ? "input" : "tool";
}

}  // namespace

std::size_t Rules::index_of(const std::string& code, const std::string& rule) {
  const auto [row, fresh] = rows_.emplace(code, rules_.size());
  if (!fresh) return row->second;
  // All `user:NAME` share one code, so the rule is called after the code and not after the first of them.
  const auto known = diagnostics::parse_code(code);
  const std::string name = known ? std::string(diagnostics::info(*known).rule) : rule;
  const std::string title = known ? std::string(diagnostics::info(*known).title) : name;
  const std::string text = settings_.explain(code);
  Json made = Json::object({{"id", code}, {"name", pascal_case(name)}, {"shortDescription", message(title)}});
  made["fullDescription"] = message(title);
  made["help"] = Json::object({{"text", title + ". `singspin explain " + code + "` says more."},
                               {"markdown", text.empty() ? title : text}});
  made["properties"] = Json::object({{"tags", Json::array({"channel-contract", kind(code)})}});
  rules_.push_back(std::move(made));
  return row->second;
}

}  // namespace singspin::sarif
