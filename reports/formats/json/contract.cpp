// Sources and the tables of a contract.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/formats/json/parts.h"

namespace singspin::json {

namespace {

std::vector<source::FileId> all_files(const source::SourceMap& sources) {
  std::vector<source::FileId> files;
  for (std::uint32_t i = 0; i < sources.size(); ++i) files.push_back(source::FileId{i});
  return files;
}

// Readers see one kind of line end; line and column stay as they are.
std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// The schema allows relative paths with forward slashes only. A path outside of the root is
// absolute: it loses its slash or, to be the same on every machine, its folder.
std::string portable_path(std::string path, const Options& options) {
  std::replace(path.begin(), path.end(), '\\', '/');
  if (options.deterministic && path.starts_with('/')) return path.substr(path.find_last_of('/') + 1);
  while (path.starts_with('/') || path.starts_with("./")) path.erase(0, path.starts_with('/') ? 1 : 2);
  return path;
}

Json position(source::Position at) { return Json::object({{"line", at.line}, {"column", at.column}}); }

std::string_view kind_text(ir::Parameter::Kind kind) {
  switch (kind) {
    case ir::Parameter::Kind::Value: return "value";
    case ir::Parameter::Kind::ExHeap: return "exheap";
    case ir::Parameter::Kind::Endpoint: return "endpoint";
  }
  UNREACHABLE("parameter kind is known");
}

std::string_view kind_text(ir::State::Kind kind) {
  switch (kind) {
    case ir::State::Kind::Named: return "named";
    case ir::State::Kind::Implicit: return "implicit";
  }
  UNREACHABLE("state kind is known");
}

// A parameter without a name shows its place, `#1` for the first, since "" never stands for missing.
std::string parameter_name(const std::vector<ir::Parameter>& rows, std::size_t index) {
  return rows[index].name.empty() ? "#" + std::to_string(index + 1) : rows[index].name;
}

Json parameters(const std::vector<ir::Parameter>& rows) {
  Json out = Json::array();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.push_back(Json::object(
        {{"name", parameter_name(rows, i)}, {"type", rows[i].type}, {"kind", kind_text(rows[i].kind)}}));
  }
  return out;
}

Json message(const ir::Message& row, const SourceIndex& sources) {
  Json out = Json::object({{"name", row.name}});
  if (row.direction) out["direction"] = *row.direction == ir::Direction::In ? "in" : "out";
  out["parameters"] = parameters(row.parameters);
  out["span"] = sources.span(row.span);
  return out;
}

Json state(const ir::State& row, const SourceIndex& sources) {
  Json out = Json::object({{"id", row.id}, {"kind", kind_text(row.kind)}, {"final", row.final}});
  if (!row.parent.empty()) out["parent"] = row.parent;
  if (!row.after.empty()) out["after"] = row.after;
  out["span"] = sources.span(row.span);
  return out;
}

Json transition(const ir::Contract& contract, ir::TransitionId id, const SourceIndex& sources) {
  const ir::Transition& row = contract.transitions[id];
  return Json::object({{"id", ir::transition_text(id)},
                       {"from", contract.states[row.from].id},
                       {"to", contract.states[row.to].id},
                       {"message", contract.messages[row.message].name},
                       {"direction", row.sign == ir::Sign::Receive ? "in" : "out"},
                       {"span", sources.span(row.span)}});
}

Json endpoint(ir::Role role) {
  return Json::object({{"id", ir::endpoint_id(role)}, {"role", ir::role_text(role)}});
}

Json queue(ir::Role receiver, std::uint32_t capacity) {
  return Json::object({{"id", queue_id(receiver)},
                       {"from", ir::endpoint_id(ir::other(receiver))},
                       {"to", ir::endpoint_id(receiver)},
                       {"capacity", capacity_value(capacity)}});
}

}  // namespace

SourceIndex::SourceIndex(const source::SourceMap& sources) : SourceIndex(sources, all_files(sources)) {}

SourceIndex::SourceIndex(const source::SourceMap& sources, std::vector<source::FileId> files)
    : sources_(sources), files_(std::move(files)) {
  std::sort(files_.begin(), files_.end());
  files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
}

Json SourceIndex::span(source::Span span) const {
  const auto row = std::lower_bound(files_.begin(), files_.end(), span.file);
  CHECK(row != files_.end() && *row == span.file, "span lies in a file of the document");
  return Json::object({{"source", row - files_.begin()},
                       {"start", position(sources_.position(span.file, span.begin))},
                       {"end", position(sources_.position(span.file, span.end))}});
}

Json SourceIndex::files(bool with_text, const Options& options) const {
  Json out = Json::array();
  for (const source::FileId id : files_) {
    const source::SourceFile& file = sources_.file(id);
    Json row = Json::object(
        {{"path", portable_path(file.path, options)}, {"sha256", file.sha256}, {"bytes", file.bytes}});
    if (with_text) row["text"] = with_line_feeds(file.text);
    out.push_back(std::move(row));
  }
  return out;
}

std::string_view queue_id(ir::Role receiver) {
  return receiver == ir::Role::Exporter ? "imp->exp" : "exp->imp";
}

Json capacity_value(std::uint32_t capacity) {
  return capacity == 0 || capacity == exec::kUnlimited ? Json(nullptr) : Json(capacity);
}

Json tool(const report::Tool& tool, const Options& options) {
  Json out = Json::object({{"name", tool.name}, {"version", tool.version}});
  if (!tool.commit.empty() && !options.deterministic) out["commit"] = tool.commit;
  return out;
}

namespace {

// Only if the run knows several readings of the contract.
void put(Json& out, const report::Variant& variant) {
  if (variant == report::Variant{}) return;
  Json& member = out["variant"] = Json::object();
  if (!variant.project.empty()) member["project"] = variant.project;
  if (variant.symbols) member["symbols"] = *variant.symbols;
}

}  // namespace

Json subject(const std::string& qualified_name, const report::Variant& variant) {
  Json out = Json::object({{"kind", "contract"}, {"name", qualified_name}});
  put(out, variant);
  return out;
}

Json contract(const ir::Contract& contract, const report::Variant& variant, const exec::Capacity& capacity,
              const SourceIndex& sources) {
  Json out = Json::object({{"name", contract.name}, {"qualifiedName", contract.qualified_name}});
  if (!contract.base.empty()) out["base"] = contract.base;
  put(out, variant);
  out["span"] = sources.span(contract.span);
  out["start"] = contract.states[contract.start].id;
  out["endpoints"] = Json::array({endpoint(ir::Role::Exporter), endpoint(ir::Role::Importer)});
  out["queues"] = Json::array(
      {queue(ir::Role::Exporter, capacity.to_exporter), queue(ir::Role::Importer, capacity.to_importer)});
  Json& messages = out["messages"] = Json::array();
  for (const ir::Message& row : contract.messages) messages.push_back(message(row, sources));
  Json& states = out["states"] = Json::array();
  for (const ir::State& row : contract.states) states.push_back(state(row, sources));
  Json& transitions = out["transitions"] = Json::array();
  for (const ir::TransitionId id : contract.transitions.ids()) {
    transitions.push_back(transition(contract, id, sources));
  }
  return out;
}

}  // namespace singspin::json
