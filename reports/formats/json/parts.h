// The pieces that report and trace share. Internal to formats/json: only its .cpp files include
// this, and only they include the whole of nlohmann's header.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "reports/document/layout.h"
#include "reports/formats/json/json.h"

namespace singspin::json {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view kFormatVersion = "1.0";

// The files of one document in the order of its `inputs` or `sources`; spans refer to rows of it.
class SourceIndex {
 public:
  explicit SourceIndex(const source::SourceMap& sources);  // all files
  SourceIndex(const source::SourceMap& sources, std::vector<source::FileId> files);

  Json span(source::Span span) const;
  Json files(bool with_text, const Options& options) const;

 private:
  const source::SourceMap& sources_;
  std::vector<source::FileId> files_;  // ascending
};

// `imp->exp` for the queue the exporter receives from.
std::string_view queue_id(ir::Role receiver);
// Null: no bound, or nothing was searched.
Json capacity_value(std::uint32_t capacity);

Json tool(const report::Tool& tool, const Options& options);
// How long the queues of a contract were, as its row of the report says; 0, 0 if it has none.
exec::Capacity capacity_of(const report::Report& report, ir::ContractId contract);
Json subject(const std::string& qualified_name, const report::Variant& variant = {});
// The tables of one contract, without `verdicts`.
Json contract(const ir::Contract& contract, const report::Variant& variant, const exec::Capacity& capacity,
              const SourceIndex& sources);

// What a row of `counterexamples` and a trace file have in common.
Json trace_body(const ir::Contract& contract, const report::Counterexample& run, const SourceIndex& sources);

using document::layout;

}  // namespace singspin::json
