#include "reports/formats/json/read_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/formats/json/decode.h"

namespace singspin::json {

namespace {

using report::Damage;
using report::SavedTrace;
using Json = nlohmann::ordered_json;

// Top-level members that are built. Others, whatever they hold, take no memory; steps are decoded one by one.
constexpr std::array<std::string_view, 14> kMembers = {
    "format", "formatVersion", "id",        "subject", "claim",   "initial",   "loop",
    "end",    "shortest",      "validated", "tool",    "sources", "contracts", "system"};

// What nobody nests deeper; a deeper file is not ours.
constexpr std::size_t kDeepest = 32;

// The parser repeats the text it stumbled over.
constexpr std::size_t kLongestWords = 200;

// Builds the tree of a document, but hands out each element of the member `steps` and forgets it.
class Builder : public nlohmann::json_sax<Json> {
 public:
  template <class F>
  explicit Builder(F on_step) : on_step_(std::move(on_step)) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    keys_.back() = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    position_ = position;
    // `[json.exception.parse_error.101] parse error at line 1, column 2: what`
    const std::string_view text = error.what();
    const std::size_t words = text.find(": ", text.find("column") == text.npos ? 0 : text.find("column"));
    what_ = std::string(words == text.npos ? text : text.substr(words + 2)).substr(0, kLongestWords);
    return false;
  }

  const Json& root() const { return root_; }
  std::size_t position() const { return position_; }
  const std::string& what() const { return what_; }
  bool too_deep() const { return too_deep_; }
  bool not_object() const { return not_object_; }
  bool has_steps() const { return has_steps_; }

 private:
  bool open(Json container) {
    if (open_.empty() && !container.is_object()) {
      not_object_ = true;
      return false;
    }
    if (open_.size() >= kDeepest) {
      too_deep_ = true;
      return false;
    }
    if (open_.size() == 1 && keys_.front() == "steps" && container.is_array()) has_steps_ = true;
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }
  bool add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    const std::string& member = keys_.front();
    if (open_.front().is_object()) {
      const bool known = std::find(kMembers.begin(), kMembers.end(), member) != kMembers.end();
      if (member == "steps" && open_.size() == 2 && open_.back().is_array()) on_step_(value);
      if (!known && (member != "steps" || open_.size() <= 2)) return true;
    }
    if (open_.back().is_array()) open_.back().push_back(std::move(value));
    else open_.back()[keys_.back()] = std::move(value);
    return true;
  }

  std::function<void(const Json&)> on_step_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;  // of the member that is read in each open object
  Json root_;
  std::size_t position_ = 0;
  std::string what_;
  bool too_deep_ = false;
  bool not_object_ = false;
  bool has_steps_ = false;
};

std::string place_in(std::string_view bytes, std::size_t position) {
  const std::string_view before = bytes.substr(0, std::min(position > 0 ? position - 1 : 0, bytes.size()));
  const std::size_t line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  return fmt::format("{}:{}", line, before.size() - start + 1);
}

void check_format(const Node& root) {
  const Node format = root.at("format");
  const std::string name = format.text();
  if (!root.is_damaged() && name == "singspin-report")
    format.fail("is that of a report; a trace is `singspin-trace`");
  if (!root.is_damaged() && name != "singspin-trace") format.fail("is not `singspin-trace`");
  const Node version = root.at("formatVersion");
  const std::string text = version.text();
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool ours =
      text.size() > 2 && text.starts_with("1.") && std::all_of(text.begin() + 2, text.end(), is_digit);
  if (!root.is_damaged() && !ours)
    version.fail(
        fmt::format("is {}; this singspin reads version 1", text.size() < 20 ? text : "not a version"));
  const Node validated = root.at("validated");
  if (!validated.flag()) validated.fail("is false: no interpreter has executed this run");
}

void decode_root(const Node& root, SavedTrace& trace) {
  trace.id = root.at("id").text();
  trace.tool_version = root.at("tool").at("version").text();
  const Node kind = root.at("subject").at("kind");
  trace.is_system = kind.text() == "system";
  if (!trace.is_system && !root.is_damaged() && kind.text() != "contract")
    kind.fail("is neither `contract` nor `system`");
  trace.subject = root.at("subject").at("name").text();
  trace.claim = decode_claim(root.at("claim"));
  trace.initial = decode_configuration(root.at("initial"));
  if (const Node loop = root.at("loop"); !loop.value().is_null())
    trace.loop_start = loop.at("start").number(0, trace.steps.size());
  trace.end = decode_end(root.at("end"));
  if (const auto shortest = root.find("shortest")) trace.shortest = shortest->flag();
  root.at("sources").each([&](const Node& one) { trace.sources.push_back(decode_source(one)); });
  root.at("contracts").each([&](const Node& one) { trace.contracts.push_back(decode_contract(one)); });
  if (trace.contracts.empty()) root.at("contracts").fail("is empty");
  if (!trace.is_system) return;
  trace.system = decode_system(root.at("system"));
  if (const auto settings = root.at("system").find("settings")) trace.settings = decode_settings(*settings);
}

}  // namespace

base::Expected<SavedTrace, Damage> read_trace(std::string_view bytes) {
  SavedTrace trace;
  std::optional<Damage> wrong, wrong_step;
  Builder builder([&](const Json& value) {
    if (wrong_step) return;
    const std::string name = fmt::format("steps[{}]", trace.steps.size());
    trace.steps.push_back(decode_step(Node(value, name, wrong_step), trace.steps.size()));
  });
  if (bytes.size() > kLargestTrace) return tl::unexpected(Damage{"", "is larger than 256 MiB"});
  const bool parsed = Json::sax_parse(bytes.begin(), bytes.end(), &builder);
  if (builder.not_object()) return tl::unexpected(Damage{"", "is not an object"});
  if (builder.too_deep())
    return tl::unexpected(Damage{"", fmt::format("is nested deeper than {}", kDeepest)});
  if (!parsed) return tl::unexpected(Damage{place_in(bytes, builder.position()), builder.what()});
  const Node root(builder.root(), "", wrong);
  check_format(root);
  if (!wrong && !builder.has_steps()) root.fail("has no array `steps`");
  if (!wrong && wrong_step) wrong = wrong_step;
  if (!wrong) decode_root(root, trace);
  if (wrong) return tl::unexpected(*wrong);
  return trace;
}

}  // namespace singspin::json
