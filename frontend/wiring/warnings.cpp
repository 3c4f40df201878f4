#include "frontend/wiring/warnings.h"

#include <fmt/format.h>

namespace singspin::wiring {

namespace {

// A thread that nobody spawns runs by itself, the first state is entered by itself, and a value of an
// enumeration may be there for completeness.
bool counts(const Scope& scope, std::string_view name, const Item& item) {
  switch (item.kind) {
    case Item::Kind::Value: return false;
    case Item::Kind::State: return item.first != 0;
    case Item::Kind::Thread:
      for (const annotation::Thread& t : scope.tree->threads) {
        if (t.name.text == name) return t.manual;
      }
      return false;
    default: return true;
  }
}

}  // namespace

void warn_unused(Build& build) {
  for (const Scope& scope : build.scopes) {
    for (const auto& [name, item] : scope.items) {
      if (item.used || !counts(scope, name, item)) continue;
      build.report(Code::unused_declaration, item.span, fmt::format("`{}` is never used", name),
                   fmt::format("{} of `{}`", kind_words(item.kind), scope.tree->name.text));
    }
  }
}

}  // namespace singspin::wiring
