#include <fmt/format.h>

#include <algorithm>

#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;
using Kind = syntax::NestedType::Kind;

namespace {

// Words of the language, which no declaration can take, and the library names that they stand for.
constexpr std::string_view kNotExchangeable[] = {"string", "object", "System.String", "System.Object",
                                                 "dynamic"};
constexpr std::string_view kLibraryNames[] = {"String", "Object"};  // a contract may declare such a type

// A type that the contract, or else one of its bases, declares inside itself.
const syntax::NestedType* find_type(const Context& context, const Resolved& contract, std::string_view name) {
  constexpr int kMostBases = 1000;
  const Resolved* at = &contract;
  for (int i = 0; i < kMostBases; ++i) {
    for (const syntax::NestedType& type : context.tree(*at).types) {
      if (type.name.text == name) return &type;
    }
    if (!at->base) return nullptr;
    at = &context.resolved[at->base->value];
  }
  return nullptr;
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_text(const syntax::Type& type) {
  const std::string_view name = type.name.parts.back().text;
  return name == "string" || name == "String";
}

// S24: scalars, enums, `rep` structs, and vectors and blocks of them in the exchange heap. A type that is
// declared elsewhere is taken to be one of them.
std::string_view why_not_exchangeable(const Context& context, const Resolved& contract,
                                      const syntax::Type& type) {
  constexpr std::string_view kCollected = "lives in the garbage-collected heap of one process";
  const std::string name = join(type.name.parts);
  if (contains(kNotExchangeable, name)) return kCollected;
  const syntax::NestedType* nested = find_type(context, contract, name);
  if (nested == nullptr && contains(kLibraryNames, name)) return kCollected;
  if (nested != nullptr && nested->kind == Kind::Class) return "is a class";
  if (nested != nullptr && nested->kind == Kind::Struct) return "is a struct without `rep`";
  if ((type.vector || type.pointer) && !type.in_exheap) return "is not in the exchange heap";
  return {};
}

void check_type(const Context& context, const Resolved& contract, const syntax::Message& message,
                const syntax::Type& type) {
  const bool outside = (type.vector || type.pointer) && !type.in_exheap;
  const std::string_view why = !endpoint_type(type) ? why_not_exchangeable(context, contract, type)
                               : outside            ? std::string_view("is not in the exchange heap")
                                                    : std::string_view();
  if (why.empty()) return;
  auto& d = context.report(contract, Code::parameter_type, type.span,
                           fmt::format("a parameter of {} {} and cannot be sent", message.name.text, why),
                           "cannot be exchanged");
  if (const auto* nested = find_type(context, contract, join(type.name.parts)))
    d.labels.push_back({nested->name.span, "declared here"});
  if (is_text(type)) d.help = "send text as `char[]! in ExHeap`";
  else if (outside && type.vector)
    d.help = fmt::format("send it as `{}[]! in ExHeap`", join(type.name.parts));
  else if (why == "is a struct without `rep`") d.help = "declare it as a `rep struct`";
}

// S24: endpoints travel as parameters, never inside a struct.
void check_fields(const Context& context, const Resolved& contract, const syntax::NestedType& type) {
  if (type.kind == Kind::Class || type.kind == Kind::Enum) return;  // a class cannot travel at all
  for (const syntax::QualifiedName& endpoint : type.endpoint_fields) {
    context.report(
        contract, Code::endpoint_in_struct, endpoint.span,
        fmt::format("type {} holds an endpoint; endpoints may travel only as parameters", type.name.text),
        "an endpoint");
  }
}

}  // namespace

void check_parameters(const Context& context, const Resolved& contract) {
  for (const syntax::NestedType& type : context.tree(contract).types) check_fields(context, contract, type);
  for (const syntax::Message& message : context.tree(contract).messages) {
    for (const syntax::Parameter& parameter : message.parameters)
      check_type(context, contract, message, parameter.type);
  }
}

}  // namespace singspin::sema::rules
