// `//@ check ...;` and `/*@ check ...; @*/` comments in the body of a contract, and the checks of property
// files (file.h), as claims.
//
// clang-format off
//   check      = "check" [ NAME ":" ] ( ("never" | "always" | "reachable") "(" formula ")"
//                                     | "(" formula ")" "leadsto" "(" formula ")"
//                                     | "ltl" "{" formula "}" ) ";" ;
//   formula    = or [ "->" formula ] ;
//   or         = and { "||" and } ;
//   and        = until { "&&" until } ;
//   until      = unary [ ("U" | "until" | "W" | "weakuntil") until ] ;
//   unary      = ( "!" | "[]" | "always" | "<>" | "eventually" ) unary | atom ;
//   atom       = "(" formula ")" | "true" | "false" | ("exp" | "imp") "@" STATE | ("sent" | "received") MESSAGE
//              | "len" "(" ("exp->imp" | "imp->exp") ")" comparison NUMBER ;
//   comparison = "<" | "<=" | "==" | "!=" | ">=" | ">" ;
// clang-format on
//
// Temporal operators stand only in `ltl`. A claim without a name is called after its place among the claims
// of its contract: `user:check-1`.
#pragma once

#include <span>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/claim.h"
#include "frontend/syntax/allow.h"
#include "frontend/syntax/ast.h"

namespace singspin::claims {

// What the annotations among `comments`, which are in the order of the text, say inside `body`.
std::vector<source::Span> texts_between(const source::SourceMap& sources, source::FileId file,
                                        std::span<const syntax::Comment> comments, const source::Span& body);

// The claims of one contract. Each of the `places` is read by itself; one that is written in several pieces
// is put together. What is not understood is SS0045, what names nothing SS0049; such a claim is missing from
// the result.
std::vector<Claim> find_claims(const source::SourceMap& sources,
                               const std::vector<std::vector<source::Span>>& places,
                               const ir::Contract& contract, ir::ContractId id,
                               diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::claims
