// How the readings of one contract are told apart in words.
#include "reports/report/report.h"

namespace singspin::report {

std::string variant_text(const Variant& variant) {
  std::string text = variant.project;
  if (!variant.symbols) return text;
  std::string symbols;
  for (const std::string& symbol : *variant.symbols) symbols += (symbols.empty() ? "-D " : " -D ") + symbol;
  if (symbols.empty()) symbols = "no symbols";
  return text.empty() ? symbols : text + ", " + symbols;
}

}  // namespace singspin::report
