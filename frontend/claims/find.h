// `//@ check ...;` and `/*@ check ...; @*/` comments in the body of a contract, as claims.
//
//   check    = "check" [ NAME ":" ] ( ("never" | "always" | "reachable") "(" formula ")"
//                                   | "(" formula ")" "leadsto" "(" formula ")"
//                                   | "ltl" "{" formula "}" ) ";" ;
//   formula  = or [ "->" formula ] ;                  or   = and { "||" and } ;     and = until { "&&" until
//   } ; until    = unary [ ("U" | "until" | "W" | "weakuntil") until ] ; unary    = ( "!" | "[]" | "always" |
//   "<>" | "eventually" ) unary | atom ; atom     = "(" formula ")" | "true" | "false" | ("exp" | "imp") "@"
//   STATE
//            | ("sent" | "received") MESSAGE
//            | "len" "(" ("exp->imp" | "imp->exp") ")" ("<" | "<=" | "==" | "!=" | ">=" | ">") NUMBER ;
//
// Temporal operators stand only in `ltl`. A claim without a name is called after its place among the claims
// of its contract: `user:check-1`.
#pragma once

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/claim.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/preprocessor.h"
#include "frontend/syntax/token.h"

namespace singspin::claims {

// The claims of one contract. What is not understood is SS0045, what names nothing SS0049; such a claim is
// missing from the result.
std::vector<Claim> find_claims(const source::SourceMap& sources, const syntax::File& file,
                               const std::vector<syntax::Token>& tokens, const syntax::Symbols& symbols,
                               const syntax::Contract& tree, const ir::Contract& contract, ir::ContractId id,
                               diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::claims
