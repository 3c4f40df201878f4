// Conditions on configurations: what `until` and breakpoints ask.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/session.h"

namespace singspin::replay {

namespace {

using Group = Row::Group;

tl::unexpected<Refusal> refuse(std::string words) { return tl::unexpected(Refusal{std::move(words)}); }

constexpr const char* kForms =
    "a condition is: deadlock | WHO in STATE | queue ID empty|full|has MESSAGE | lock ID held|free | "
    "token ID at WHO";

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// The row of a group that is called so, by its id or its name.
base::Expected<std::string, Refusal> find_row(const World& world, Group group, const std::string& name) {
  std::vector<std::string> known;
  for (const Row& row : world.rows(0)) {
    if (row.group != group) continue;
    const bool short_role = name == "exp" || name == "imp";
    if (row.id == name || row.name == name || (short_role && row.id == name)) return row.id;
    known.push_back(row.name);
  }
  if (known.empty()) return refuse(fmt::format("there is no {} in this run", name));
  return refuse(fmt::format("nothing is called {}; there is {}", name, terminal::enumerate(known)));
}

}  // namespace

base::Expected<Condition, Refusal> Session::parse_condition(const std::string& text) const {
  const std::vector<std::string> words = words_of(text);
  const auto with = [&](Condition::Kind kind, Group group, const std::string& name,
                        const std::string& value) -> base::Expected<Condition, Refusal> {
    const auto id = find_row(*world_, group, name);
    if (!id) return tl::unexpected(id.error());
    return Condition{kind, *id, value};
  };
  if (words.size() == 1 && words[0] == "deadlock") return Condition{};
  if (words.size() >= 3 && words[1] == "in")
    return with(Condition::Kind::In, Group::State, words[0],
                text.substr(text.find(words[2], text.find(" in ") + 4)));
  if (words.size() == 3 && words[0] == "queue" && words[2] == "empty")
    return with(Condition::Kind::Empty, Group::Queue, words[1], "");
  if (words.size() == 3 && words[0] == "queue" && words[2] == "full")
    return with(Condition::Kind::Full, Group::Queue, words[1], "");
  if (words.size() == 4 && words[0] == "queue" && words[2] == "has")
    return with(Condition::Kind::Has, Group::Queue, words[1], words[3]);
  if (words.size() == 3 && words[0] == "lock" && (words[2] == "held" || words[2] == "free"))
    return with(words[2] == "held" ? Condition::Kind::Held : Condition::Kind::Free, Group::Lock, words[1],
                "");
  if (words.size() == 4 && words[0] == "token" && words[2] == "at")
    return with(Condition::Kind::At, Group::Token, words[1], words[3]);
  return refuse(kForms);
}

bool Session::holds(const Condition& condition, std::size_t k) const {
  if (condition.kind == Condition::Kind::Deadlock) return world_->is_deadlock(k);
  for (const Row& row : world_->rows(k)) {
    if (row.id != condition.id) continue;
    switch (condition.kind) {
      case Condition::Kind::Deadlock: return false;
      case Condition::Kind::In:
        if (row.group != Group::State) continue;
        return row.raw == condition.value || row.value == condition.value;
      case Condition::Kind::Empty: return row.messages.empty();
      case Condition::Kind::Full: {
        const auto room = world_->capacity(row.id);
        return room && row.messages.size() >= *room;
      }
      case Condition::Kind::Has:
        return std::ranges::find(row.messages, condition.value) != row.messages.end();
      case Condition::Kind::Held: return row.value != "free";
      case Condition::Kind::Free: return row.value == "free";
      case Condition::Kind::At: {
        const std::string& at = condition.value;
        return row.value == at || row.value.starts_with(at + ".") || row.value == "on its way to " + at;
      }
    }
  }
  return false;
}

}  // namespace singspin::replay
