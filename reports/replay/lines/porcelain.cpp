// Answers for programs: one JSON object per line.
#include <fmt/format.h>

#include "reports/formats/terminal/terminal.h"
#include "reports/replay/lines/command.h"

namespace singspin::replay {

namespace {

// A JSON string; bytes that are no UTF-8 appear as \\xff, as they do on a terminal.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : terminal::sanitize(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string member(std::string_view key, const std::string& value) {
  return fmt::format("{}: {}", quoted(key), value);
}

template <class Items, class Show>
std::string list(const Items& items, char open, char close, Show show) {
  std::string out(1, open);
  for (const auto& item : items) out += (out.size() == 1 ? "" : ", ") + show(item);
  return out + close;
}

std::string texts(const std::vector<std::string>& all) {
  return list(all, '[', ']', [](const std::string& text) { return quoted(text); });
}

std::string owner(const report::SavedOwner& owner) {
  std::string out = "{" + member("kind", quoted(owner.kind));
  if (!owner.component.empty()) out += ", " + member("component", quoted(owner.component));
  if (!owner.slot.empty()) out += ", " + member("slot", quoted(owner.slot));
  if (!owner.queue.empty()) out += ", " + member("queue", quoted(owner.queue));
  if (owner.message_id) out += fmt::format(", \"messageId\": {}", *owner.message_id);
  return out + "}";
}

std::string configuration(const report::SavedConfiguration& c) {
  std::string out = "{" + member("states", list(c.states, '{', '}', [](const auto& row) {
                                   return member(row.first, quoted(row.second));
                                 }));
  out += ", " + member("queues", list(c.queues, '{', '}',
                                      [](const auto& row) { return member(row.first, texts(row.second)); }));
  if (!c.threads.empty())
    out +=
        ", " + member("threads", list(c.threads, '{', '}', [](const auto& row) {
                        return member(row.first, "{" + member("activity", quoted(row.second.activity)) + "}");
                      }));
  if (!c.tokens.empty())
    out += ", " + member("tokens", list(c.tokens, '{', '}', [](const auto& row) {
                           return member(row.first, owner(row.second));
                         }));
  if (!c.locks.empty())
    out += ", " + member("locks", list(c.locks, '{', '}', [](const auto& row) {
                           return member(row.first, row.second ? quoted(*row.second) : "null");
                         }));
  if (!c.events.empty())
    out += ", " + member("events", list(c.events, '{', '}', [](const auto& row) {
                           return member(row.first, row.second ? "true" : "false");
                         }));
  return out + "}";
}

}  // namespace

std::string porcelain_head(const Session& session) {
  return fmt::format("{{{}, {}, {}, \"steps\": {}}}", member("format", quoted("singspin-replay")),
                     member("formatVersion", quoted("1.0")), member("id", quoted(session.id())),
                     session.size());
}

std::string porcelain(const Session& session, const Answer& answer) {
  std::string out =
      fmt::format("{{{}, \"ok\": {}, \"step\": {}, \"of\": {}", member("command", quoted(answer.command)),
                  answer.ok, session.cursor(), session.size());
  if (answer.ok && (answer.moved || answer.command == "state"))
    out += ", " + member("configuration", configuration(session.world().saved(session.cursor())));
  if (answer.ok && (answer.lists_steps || answer.moved) && session.simulates()) {
    out += ", " + member("enabled",
                         list(session.world().enabled(session.cursor()), '[', ']', [](const Choice& choice) {
                           return quoted(choice.step.who + " " + choice.step.words);
                         }));
  }
  return out + ", " + member("text", texts(answer.text)) + "}";
}

}  // namespace singspin::replay
