// Counterexamples.
#include <fmt/format.h>

#include "reports/document/readers.h"

namespace singspin::document {

namespace {

// States, queues and what systems have besides; the texts in them are read by who needs them, so their
// kinds are checked here.
const Json* read_configuration(const Value& value) {
  value.at("states").members([](const std::string&, const Value& state) { (void)state.text(); });
  value.at("queues").members([](const std::string&, const Value& queue) {
    queue.each([](const Value& message) { (void)message.text(); });
  });
  if (value.has("tokens")) {
    value.at("tokens").members([](const std::string&, const Value& owner) {
      (void)owner.at("kind").text();
      for (const char* name : {"component", "slot", "queue"}) (void)owner.text_or(name);
    });
  }
  if (value.has("locks")) {
    value.at("locks").members([](const std::string&, const Value& thread) {
      if (!thread.is_null()) (void)thread.text();
    });
  }
  return &value.json();
}

void read_changes(const Value& value) {
  value.each("tokens", [](const Value& move) {
    (void)move.at("token").text();
    (void)move.at("from").text_or("kind");
    (void)move.at("to").text_or("kind");
  });
  value.each("locks", [](const Value& change) {
    for (const char* name : {"lock", "change", "thread"}) (void)change.at(name).text();
  });
}

Step read_step(const Value& value, const Document& document, std::size_t expected) {
  Step out;
  out.index = value.at("index").small(1);
  if (out.index != expected) value.at("index").fail(fmt::format("expected {}", expected));
  out.component = value.at("component").text();
  out.action = value.at("action").text();
  for (const auto& [name, text] :
       {std::pair("thread", &out.thread), std::pair("channel", &out.channel),
        std::pair("endpoint", &out.endpoint), std::pair("queue", &out.queue),
        std::pair("message", &out.message), std::pair("transition", &out.transition),
        std::pair("from", &out.from), std::pair("to", &out.to), std::pair("detail", &out.detail)})
    *text = value.text_or(name);
  if (value.has("messageId")) out.message_id = value.at("messageId").small();
  if (value.has("sentAt")) {
    const Value sent = value.at("sentAt");
    out.sent_at = sent.small(1);
    if (*out.sent_at >= expected) sent.fail("a message is received before it is sent");
  }
  out.span = read_span(value.at("span"), document);
  read_changes(value);
  out.json = &value.json();
  out.after = read_configuration(value.at("after"));
  return out;
}

std::uint32_t read_step_number(const Value& value, std::size_t steps) {
  if (steps > 0) return static_cast<std::uint32_t>(value.number(1, steps));
  value.fail("there are no steps");
  return 1;
}

void read_end(const Value& end, Counterexample& out) {
  out.end_kind = end.at("kind").text();
  end.each("race", [&](const Value& v) { out.race.push_back(read_step_number(v, out.steps.size())); });
  if (end.has("decisiveStep")) out.decisive = read_step_number(end.at("decisiveStep"), out.steps.size());
}

void read_claim(const Value& claim, const Document& document, Counterexample& out) {
  out.kind = claim.at("kind").text();
  out.property = claim.at("property").text();
  out.code = claim.at("code").text();
  out.message = claim.at("message").text();
  out.span = read_span(claim.at("span"), document);
}

}  // namespace

Counterexample read_counterexample(const Value& value, const Document& document) {
  Counterexample out;
  const Value format = value.at("format"), version = value.at("formatVersion");
  if (format.text() != "singspin-trace") format.fail("expected \"singspin-trace\"");
  if (!version.text().starts_with("1.")) version.fail("this program reads version 1");
  out.id = value.at("id").text();
  const Value subject = value.at("subject");
  out.is_system = subject.at("kind").text() == "system";
  out.qualified = with_variant(subject.at("name").text(), subject);
  read_claim(value.at("claim"), document, out);
  out.initial = read_configuration(value.at("initial"));
  value.at("steps").each(
      [&](const Value& step) { out.steps.push_back(read_step(step, document, out.steps.size() + 1)); });
  const Value loop = value.at("loop");
  if (!loop.is_null()) {
    out.loop_start = static_cast<std::uint32_t>(loop.at("start").number(0, out.steps.size()));
  }
  read_end(value.at("end"), out);
  // Nothing is called a counterexample that no interpreter has executed.
  const Value validated = value.at("validated");
  if (!validated.boolean()) validated.fail("the run was not executed");
  out.text = value.text_or("text");
  out.json = &value.json();
  return out;
}

}  // namespace singspin::document
