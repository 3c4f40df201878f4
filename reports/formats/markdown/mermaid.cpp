#include "reports/formats/markdown/mermaid.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "reports/document/text.h"

namespace singspin::markdown {

namespace {

using document::Document;
using document::Step;

constexpr std::size_t kMostArrows = 400;
constexpr std::size_t kMostText = 48'000;  // Mermaid's limit is 50,000 characters
constexpr std::size_t kLongestLabel = 80;

// `#59;` is Mermaid's way to write `;`. The word `end` closes blocks wherever it stands.
std::string label(const std::string& text) {
  std::string rest = document::one_line(text), out;
  if (rest.size() > kLongestLabel) rest = rest.substr(0, kLongestLabel) + "...";
  std::string_view left = rest;
  while (!left.empty()) {
    const document::CodePoint c = document::first_code_point(left);
    const bool word = (c.value >= '0' && c.value <= '9') || (c.value >= 'A' && c.value <= 'Z') ||
                      (c.value >= 'a' && c.value <= 'z' && c.value != 'e') ||
                      (c.value < 0x80 &&
                       std::string_view(" _.").find(static_cast<char>(c.value)) != std::string_view::npos);
    if (word) out += static_cast<char>(c.value);
    else if (c.value == 'e' && !left.starts_with("end")) out += 'e';
    else out += fmt::format("#{};", static_cast<unsigned>(c.value));
    left.remove_prefix(c.bytes);
  }
  return out;
}

class Diagram {
 public:
  Diagram(const Document& document, const document::Counterexample& run) : document_(document), run_(run) {}

  std::string draw() {
    for (const Step& step : run_.steps) {
      if (step.sent_at) received_.emplace(*step.sent_at, &step);
    }
    find_owners();
    if (!run_.is_system) {
      alias("importer");
      alias("exporter");
    }
    std::vector<std::string> lines;
    for (const Step& step : run_.steps) add(step, lines);
    if (lines.empty()) return "";
    std::size_t first = lines.size() > kMostArrows ? lines.size() - kMostArrows : 0, size = 0;
    for (std::size_t i = lines.size(); i > first; --i) {
      size += lines[i - 1].size();
      if (size > kMostText - participants_.size()) first = i;
    }
    std::string out = "sequenceDiagram\n" + participants_;
    if (first > 0) out += fmt::format("    Note over p0: {} steps before\n", first);
    for (std::size_t i = first; i < lines.size(); ++i) out += lines[i];
    return out;
  }

 private:
  // Whose an endpoint is; the receiver of a message that nobody takes does nothing itself.
  void find_owners() {
    for (const Step& step : run_.steps) {
      if (!step.endpoint.empty()) owners_.emplace(step.endpoint, actor(step));
    }
    if (!run_.is_system) return;
    for (const document::Json& channel : document_.subject_of(run_).json->at("channels")) {
      for (const document::Json& end : channel.value("endpoints", document::Json::array())) {
        if (end.is_object() && end.contains("id") && end["id"].is_string() && end.contains("component") &&
            end["component"].is_string())
          owners_.emplace(end["id"].get<std::string>(), end["component"].get<std::string>());
      }
    }
  }

  static std::string actor(const Step& step) {
    if (!step.thread.empty()) return step.thread;
    return step.component == "imp" ? "importer" : step.component == "exp" ? "exporter" : step.component;
  }

  std::string alias(const std::string& who) {
    const auto [found, fresh] = aliases_.emplace(who, fmt::format("p{}", aliases_.size()));
    if (fresh) participants_ += fmt::format("    participant {} as {}\n", found->second, label(who));
    return found->second;
  }

  std::string receiver(const Step& step) const {
    const std::size_t arrow = step.queue.rfind("->");
    const std::string end = arrow == std::string::npos ? step.queue : step.queue.substr(arrow + 2);
    const auto owner = owners_.find(end);
    if (owner != owners_.end()) return owner->second;
    return end == "imp" ? "importer" : end == "exp" ? "exporter" : end;
  }

  void add(const Step& step, std::vector<std::string>& lines) {
    const std::string me = alias(actor(step));
    if (step.action == "send") {
      const bool lost = !received_.contains(step.index);
      const std::string to = alias(lost ? receiver(step) : actor(*received_.at(step.index)));
      lines.push_back(fmt::format("    {}{}{}: {}. {}{}\n", me, lost ? "-x" : "->>", to, step.index,
                                  label(step.message), lost ? " never received" : ""));
    } else if (step.action == "receive") {
      if (*step.sent_at + 1 != step.index)
        lines.push_back(
            fmt::format("    Note over {}: {}. receives {}\n", me, step.index, label(step.message)));
    } else {
      lines.push_back(fmt::format("    Note over {}: {}. {} {}\n", me, step.index, label(step.action),
                                  label(step.detail)));
    }
  }

  const Document& document_;
  const document::Counterexample& run_;
  std::map<std::uint32_t, const Step*> received_;  // by the step that sends
  std::map<std::string, std::string> owners_, aliases_;
  std::string participants_;
};

}  // namespace

std::string sequence_diagram(const Document& document, const document::Counterexample& run) {
  return Diagram(document, run).draw();
}

}  // namespace singspin::markdown
