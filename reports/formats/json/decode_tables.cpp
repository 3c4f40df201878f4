// Sources, contracts and systems of a trace file.
#include <algorithm>

#include "reports/formats/json/decode.h"

namespace singspin::json {

namespace {

constexpr std::uint64_t kMost = 0xffffffffu;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 53;

source::Position decode_position(const Node& node) {
  return {static_cast<std::uint32_t>(node.at("line").number(1, kMost)),
          static_cast<std::uint32_t>(node.at("column").number(1, kMost))};
}

// Relative, with forward slashes, and inside of its root: a file must not name any other place.
bool is_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != path.npos || path.find('\0') != path.npos)
    return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

bool is_in(const Node& node) {
  const std::string direction = node.text();
  if (direction != "in" && direction != "out") node.fail("is neither `in` nor `out`");
  return direction == "in";
}

ir::Parameter decode_parameter(const Node& node) {
  ir::Parameter row{node.at("name").text(), node.at("type").text(), ir::Parameter::Kind::Value};
  const std::string kind = node.text_or_empty("kind");
  if (kind == "exheap") row.kind = ir::Parameter::Kind::ExHeap;
  if (kind == "endpoint") row.kind = ir::Parameter::Kind::Endpoint;
  return row;
}

report::SavedMessage decode_message(const Node& node) {
  report::SavedMessage row;
  row.name = node.at("name").text();
  if (const auto direction = node.find("direction"))
    row.direction = is_in(*direction) ? ir::Direction::In : ir::Direction::Out;
  if (const auto all = node.find("parameters"))
    all->each([&](const Node& one) { row.parameters.push_back(decode_parameter(one)); });
  row.place = decode_place(node.at("span"));
  return row;
}

report::SavedState decode_state(const Node& node) {
  report::SavedState row;
  row.id = node.at("id").text();
  row.named = node.at("kind").text() != "implicit";
  if (const auto final = node.find("final")) row.final = final->flag();
  row.parent = node.text_or_empty("parent");
  row.after = node.text_or_empty("after");
  row.place = decode_place(node.at("span"));
  return row;
}

report::SavedTransition decode_transition(const Node& node) {
  report::SavedTransition row;
  row.id = node.at("id").text();
  row.from = node.at("from").text();
  row.to = node.at("to").text();
  row.message = node.at("message").text();
  row.sign = is_in(node.at("direction")) ? ir::Sign::Receive : ir::Sign::Send;
  row.place = decode_place(node.at("span"));
  return row;
}

report::SavedQueue decode_queue(const Node& node) {
  report::SavedQueue row{node.at("id").text(), node.at("from").text(), node.at("to").text(), std::nullopt};
  const Node capacity = node.at("capacity");
  if (!capacity.value().is_null()) row.capacity = capacity.number(0, kMost);
  return row;
}

}  // namespace

report::Place decode_place(const Node& node) {
  return {static_cast<std::uint32_t>(node.at("source").number(0, kMost)), decode_position(node.at("start")),
          decode_position(node.at("end"))};
}

std::vector<std::string> decode_texts(const Node& node) {
  std::vector<std::string> texts;
  node.each([&](const Node& one) { texts.push_back(one.text()); });
  return texts;
}

report::SavedSource decode_source(const Node& node) {
  report::SavedSource row;
  const Node path = node.at("path");
  row.path = path.text();
  if (!path.is_damaged() && !is_inside(row.path)) path.fail("is not a path inside of a folder");
  row.sha256 = node.at("sha256").text();
  row.bytes = node.at("bytes").number(0, kMostBytes);
  row.text = node.at("text").text();
  return row;
}

report::SavedContract decode_contract(const Node& node) {
  report::SavedContract row;
  row.name = node.at("name").text();
  row.qualified_name = node.at("qualifiedName").text();
  row.start = node.at("start").text();
  row.place = decode_place(node.at("span"));
  node.at("queues").each([&](const Node& one) { row.queues.push_back(decode_queue(one)); });
  node.at("messages").each([&](const Node& one) { row.messages.push_back(decode_message(one)); });
  node.at("states").each([&](const Node& one) { row.states.push_back(decode_state(one)); });
  node.at("transitions").each([&](const Node& one) { row.transitions.push_back(decode_transition(one)); });
  return row;
}

report::SavedSystem decode_system(const Node& node) {
  report::SavedSystem row;
  row.name = node.at("name").text();
  node.at("components").each([&](const Node& one) { row.components.push_back(one.at("id").text()); });
  node.at("channels").each([&](const Node& one) {
    report::SavedChannel channel{one.at("id").text(), one.at("contract").text(), {}};
    one.at("queues").each([&](const Node& queue) { channel.queues.push_back(decode_queue(queue)); });
    row.channels.push_back(std::move(channel));
  });
  return row;
}

report::SavedSettings decode_settings(const Node& node) {
  report::SavedSettings row;
  constexpr std::uint64_t kMostTokens = 100, kLongestQueue = 255;
  if (const auto symbols = node.find("symbols")) row.symbols = decode_texts(*symbols);
  if (const auto tokens = node.find("tokens"))
    row.tokens = static_cast<std::uint32_t>(tokens->number(1, kMostTokens));
  if (const auto queue = node.find("queue"))
    row.queue = static_cast<std::uint32_t>(queue->number(1, kLongestQueue));
  return row;
}

}  // namespace singspin::json
