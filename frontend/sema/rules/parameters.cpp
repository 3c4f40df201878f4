#include <fmt/format.h>

#include <algorithm>

#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

constexpr std::string_view kNotExchangeable[] = {"string", "String",        "object",
                                                 "Object", "System.String", "System.Object"};

bool is_text(const syntax::Type& type) {
  const std::string_view name = type.name.parts.back().text;
  return name == "string" || name == "String";
}

// S24: no strings, no objects; vectors and blocks only in the exchange heap.
std::string_view why_not_exchangeable(const syntax::Type& type, const syntax::Contract& tree) {
  const std::string name = join(type.name.parts);
  const bool known_bad =
      std::find(std::begin(kNotExchangeable), std::end(kNotExchangeable), name) != std::end(kNotExchangeable);
  if (known_bad && !type.vector) return "lives in the garbage-collected heap of one process";
  if ((type.vector || type.pointer) && !type.in_exheap) return "is not in the exchange heap";
  const auto nested = std::find_if(tree.types.begin(), tree.types.end(),
                                   [&](const syntax::NestedType& t) { return t.name.text == name; });
  if (nested != tree.types.end() && nested->kind == syntax::NestedType::Kind::Class) return "is a class";
  return {};
}

}  // namespace

void check_parameters(const Context& context, const Resolved& contract) {
  const syntax::Contract& tree = context.tree(contract);
  for (const syntax::NestedType& nested : tree.types) {
    for (const syntax::QualifiedName& endpoint : nested.endpoint_fields) {
      context.report(
          contract, Code::endpoint_in_struct, endpoint.span,
          fmt::format("type {} holds an endpoint; endpoints may travel only as parameters", nested.name.text),
          "an endpoint");
    }
  }
  for (const syntax::Message& message : tree.messages) {
    for (const syntax::Parameter& parameter : message.parameters) {
      if (endpoint_type(parameter.type)) continue;
      const std::string_view why = why_not_exchangeable(parameter.type, tree);
      if (why.empty()) continue;
      auto& d = context.report(contract, Code::parameter_type, parameter.type.span,
                               fmt::format("a parameter of {} {} and cannot be sent", message.name.text, why),
                               "cannot be exchanged");
      if (!parameter.type.in_exheap && (parameter.type.vector || is_text(parameter.type)))
        d.help = "send text and vectors as `char[]! in ExHeap`";
    }
  }
}

}  // namespace singspin::sema::rules
