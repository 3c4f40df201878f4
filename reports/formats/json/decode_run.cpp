// Configurations, steps, claim and end of a trace file.
#include "reports/formats/json/decode.h"

namespace singspin::json {

namespace {

constexpr std::uint64_t kMost = 0xffffffffu;

report::SavedOwner decode_owner(const Node& node) {
  report::SavedOwner owner;
  owner.kind = node.at("kind").text();
  owner.component = node.text_or_empty("component");
  owner.slot = node.text_or_empty("slot");
  owner.queue = node.text_or_empty("queue");
  if (const auto id = node.find("messageId")) owner.message_id = id->number(0, kMost);
  return owner;
}

report::SavedThread decode_thread(const Node& node) {
  report::SavedThread thread{node.at("activity").text(), node.text_or_empty("waitsFor"), std::nullopt};
  if (const auto place = node.find("span")) thread.place = decode_place(*place);
  return thread;
}

std::string decode_value(const Node& node) {
  if (node.value().is_string()) return node.text();
  if (node.value().is_boolean()) return node.flag() ? "true" : "false";
  if (node.value().is_number_integer()) return node.value().dump();
  node.fail("is neither a text, a whole number, true nor false");
  return {};
}

report::SavedComponent decode_component(const Node& node) {
  report::SavedComponent component{node.text_or_empty("state"), {}};
  if (const auto variables = node.find("variables"))
    variables->members(
        [&](const std::string& key, const Node& one) { component.variables[key] = decode_value(one); });
  return component;
}

report::SavedBlocked decode_blocked(const Node& node) {
  report::SavedBlocked row;
  row.component = node.at("component").text();
  row.thread = node.text_or_empty("thread");
  row.endpoint = node.text_or_empty("endpoint");
  row.state = node.text_or_empty("state");
  row.cause = node.at("cause").text();
  if (const auto head = node.find("head"); head && !head->value().is_null()) row.head = head->text();
  if (const auto accepts = node.find("accepts")) row.accepts = decode_texts(*accepts);
  if (const auto sends = node.find("sends")) row.sends = decode_texts(*sends);
  if (const auto waits = node.find("waitsFor")) {
    row.waits_for_kind = waits->at("kind").text();
    row.waits_for = waits->at("name").text();
    row.waits_for_from = waits->text_or_empty("from");
  }
  if (const auto place = node.find("span")) row.place = decode_place(*place);
  return row;
}

}  // namespace

report::SavedConfiguration decode_configuration(const Node& node) {
  report::SavedConfiguration c;
  node.at("states").members([&](const std::string& key, const Node& one) { c.states[key] = one.text(); });
  node.at("queues").members(
      [&](const std::string& key, const Node& one) { c.queues[key] = decode_texts(one); });
  if (const auto all = node.find("components"))
    all->members([&](const std::string& key, const Node& one) { c.components[key] = decode_component(one); });
  if (const auto all = node.find("threads"))
    all->members([&](const std::string& key, const Node& one) { c.threads[key] = decode_thread(one); });
  if (const auto all = node.find("tokens"))
    all->members([&](const std::string& key, const Node& one) { c.tokens[key] = decode_owner(one); });
  if (const auto all = node.find("locks"))
    all->members([&](const std::string& key, const Node& one) {
      c.locks[key] = one.value().is_null() ? std::nullopt : std::optional(one.text());
    });
  if (const auto all = node.find("events"))
    all->members([&](const std::string& key, const Node& one) { c.events[key] = one.flag(); });
  return c;
}

report::SavedStep decode_step(const Node& node, std::size_t index) {
  report::SavedStep step;
  node.at("index").number(index + 1, index + 1);
  step.component = node.at("component").text();
  step.thread = node.text_or_empty("thread");
  step.action = node.at("action").text();
  step.channel = node.text_or_empty("channel");
  step.detail = node.text_or_empty("detail");
  if (step.action == "send" || step.action == "receive") {
    step.endpoint = node.at("endpoint").text();
    step.queue = node.at("queue").text();
    step.message = node.at("message").text();
    step.message_id = node.at("messageId").number(0, kMost);
    step.transition = node.at("transition").text();
    step.from = node.at("from").text();
    step.to = node.at("to").text();
    if (step.action == "receive") step.sent_at = node.at("sentAt").number(1, kMost);
  }
  if (const auto all = node.find("tokens"))
    all->each([&](const Node& one) {
      step.tokens.push_back(
          {one.at("token").text(), decode_owner(one.at("from")), decode_owner(one.at("to"))});
    });
  if (const auto all = node.find("locks"))
    all->each([&](const Node& one) {
      step.locks.push_back({one.at("lock").text(), one.at("change").text(), one.at("thread").text()});
    });
  step.place = decode_place(node.at("span"));
  step.after = decode_configuration(node.at("after"));
  return step;
}

report::SavedClaim decode_claim(const Node& node) {
  report::SavedClaim claim;
  claim.kind = node.at("kind").text();
  if (claim.kind == "none") return claim;
  claim.property = node.at("property").text();
  claim.code = node.at("code").text();
  claim.message = node.at("message").text();
  claim.place = decode_place(node.at("span"));
  return claim;
}

report::SavedEnd decode_end(const Node& node) {
  report::SavedEnd end;
  end.kind = node.at("kind").text();
  if (const auto all = node.find("blocked"))
    all->each([&](const Node& one) { end.blocked.push_back(decode_blocked(one)); });
  if (const auto all = node.find("cycle")) end.cycle = decode_texts(*all);
  if (const auto all = node.find("undelivered"))
    all->each([&](const Node& one) {
      end.undelivered.push_back({one.at("message").text(), one.at("queue").text(),
                                 one.at("messageId").number(0, kMost), one.at("sentAt").number(1, kMost)});
    });
  if (const auto all = node.find("leaked")) end.leaked = decode_texts(*all);
  if (const auto all = node.find("held")) end.held = decode_texts(*all);
  if (const auto step = node.find("decisiveStep")) end.decisive = step->number(1, kMost);
  if (const auto all = node.find("race"))
    all->each([&](const Node& one) { end.race.push_back(one.number(1, kMost)); });
  return end;
}

}  // namespace singspin::json
