// conform: a recorded log against a contract or the channels of a system. monitor: the same, as a C header.
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "reports/cli/commands.h"
#include "reports/cli/conversations.h"
#include "reports/cli/files.h"
#include "reports/cli/log_reader.h"
#include "reports/cli/subject.h"
#include "reports/formats/json/event_log.h"
#include "reports/formats/monitor/monitor.h"
#include "reports/formats/terminal/text.h"

namespace singspin::cli {

namespace {

using observe::Action;
using observe::Event;
using observe::Fault;

constexpr int kIllegal = 1, kBadInput = 2, kToolFailure = 4;

// What a log holds is shown without its control characters.
std::string shown(std::string_view text) { return terminal::fit(text, 200); }

std::string event_words(const ir::Contract& contract, Event e) {
  return fmt::format("{} {}", e.action == Action::Send ? "send" : "receive",
                     contract.messages[e.message].name);
}

class Check {
 public:
  Check(Conversations& conversations, std::string path)
      : conversations_(conversations), path_(std::move(path)) {}

  int run(std::istream& in) {
    LogReader reader(in);
    while (const auto line = reader.next()) {
      line_ = reader.line();
      if (const int code = take(*line)) return code;
      ++events_;
    }
    line_ = reader.line();
    if (reader.too_long())
      return bad(fmt::format("the line is longer than {} bytes", LogReader::kLongestLine));
    if (reader.failed()) return complain(fmt::format("error[SS0044]: {}: cannot be read", path_), kBadInput);
    if (events_ == 0) return bad("the log holds no event");
    return conforms();
  }

 private:
  int bad(const std::string& message, std::size_t column = 1) {
    write_stderr(fmt::format("error[SS0044]: {}\n  --> {}:{}:{}\n", message, path_,
                             std::max<std::uint64_t>(1, line_), column));
    return kBadInput;
  }

  int take(const std::string& text) {
    const auto read = report::read_log_event(text);
    if (const auto* fault = std::get_if<report::LogFault>(&read))
      return bad(shown(fault->message), fault->column);
    const report::LogEvent& event = std::get<report::LogEvent>(read);
    const auto found = conversations_.find(event.endpoint);
    if (const auto* reason = std::get_if<std::string>(&found)) return bad(shown(*reason));
    const Endpoint& at = std::get<Endpoint>(found);
    const auto e = resolve(at, event);
    if (!e) return bad(shown(unresolved_));
    const auto problem = at.observer->event(at.role, *e, line_);
    return problem ? illegal(at, *problem, event, text) : 0;
  }

  // The action that the log names, or the direction of the message, or the only one that is possible here.
  std::optional<Event> resolve(const Endpoint& at, const report::LogEvent& event) {
    for (const ir::MessageId id : at.contract->messages.ids()) {
      const ir::Message& m = at.contract->messages[id];
      if (m.name != event.message) continue;
      Event e{Action::Send, id};
      if (event.sends) {
        e.action = *event.sends ? Action::Send : Action::Receive;
      } else if (m.direction) {
        const ir::Role sender = *m.direction == ir::Direction::Out ? ir::Role::Exporter : ir::Role::Importer;
        e.action = sender == at.role ? Action::Send : Action::Receive;
      } else {
        const observe::Table& table = at.observer->table(at.role);
        const std::uint32_t node = at.observer->node(at.role);
        const bool sends = table.next(node, e) != observe::Table::kNone;
        const bool receives = table.next(node, {Action::Receive, id}) != observe::Table::kNone;
        if (sends && receives) {
          unresolved_ = fmt::format("`{}` travels both ways: the event needs a member `action`", m.name);
          return std::nullopt;
        }
        e.action = receives ? Action::Receive : Action::Send;
      }
      return e;
    }
    unresolved_ = fmt::format("`{}` is no message of {}", event.message, at.contract->name);
    return std::nullopt;
  }

  std::string end_words(const Endpoint& at, ir::Role role) const {
    const std::string_view end = ir::endpoint_id(role);
    return at.conversation.empty() ? std::string(end) : fmt::format("{} of {}", end, shown(at.conversation));
  }

  std::string problem_words(const Endpoint& at, const observe::Problem& p) const {
    const std::string name = at.contract->messages[p.event.message].name, end = end_words(at, p.end);
    const std::string_view other = ir::endpoint_id(ir::other(p.end));
    switch (p.fault) {
      case Fault::NotAllowed:
        return fmt::format("{} may not {} here", end, event_words(*at.contract, p.event));
      case Fault::NotSent: return fmt::format("{} receives {}, which {} has not sent", end, name, other);
      case Fault::OutOfOrder:
        return fmt::format("{} receives {}, but {} is first in its queue", end, name,
                           at.contract->messages[at.observer->inbox(p.end).front().message].name);
      case Fault::NotRecorded:
        return fmt::format("{} has an event, and --only says that it is not recorded", end);
      case Fault::TooMany:
        return fmt::format(
            "more than {} messages to {} are under way; is it recorded at all? --only {} looks at this "
            "end alone",
            observe::Observer::kMaxUnderWay, other, ir::endpoint_id(p.end));
    }
    return "";
  }

  // What the end may do at this moment. A receive needs its message first in the queue, if that is known.
  std::string allowed_words(const Endpoint& at, ir::Role role) const {
    const observe::Observer& o = *at.observer;
    const bool both = o.recorded(role) && o.recorded(ir::other(role));
    const auto& inbox = o.inbox(role);
    std::vector<std::string> now, later;
    for (const Event e : o.table(role).allowed(o.node(role))) {
      const bool waits =
          both && e.action == Action::Receive && (inbox.empty() || inbox.front().message != e.message);
      if (waits) later.push_back(at.contract->messages[e.message].name);
      else now.push_back(event_words(*at.contract, e));
    }
    if (!now.empty()) return fmt::format("{} may {}", end_words(at, role), terminal::enumerate(now, "or"));
    if (later.empty()) return "nothing: the conversation is over for it";
    return fmt::format("nothing until {} has sent {}", ir::endpoint_id(ir::other(role)),
                       terminal::enumerate(later, "or"));
  }

  std::string state_words(const Endpoint& at, ir::Role role) const {
    const observe::Observer& o = *at.observer;
    if (!o.recorded(role)) return "not recorded, so its state is not known";
    std::string text = o.table(role).names[o.node(role)];
    text += o.since(role) == 0 ? ", where it began" : fmt::format(", since line {}", o.since(role));
    const auto& inbox = o.inbox(role);
    if (!inbox.empty()) {
      text += fmt::format("; {} is first in its queue, sent in line {}",
                          at.contract->messages[inbox.front().message].name, inbox.front().line);
      if (inbox.size() > 1) text += fmt::format(", with {} more behind it", inbox.size() - 1);
    }
    return text;
  }

  int illegal(const Endpoint& at, const observe::Problem& p, const report::LogEvent& event,
              const std::string& text) {
    if (p.fault == Fault::TooMany || p.fault == Fault::NotRecorded) return bad(problem_words(at, p));
    std::string out = fmt::format("error[SS0435]: {}\n  --> {}:{}:1\n", problem_words(at, p), path_, p.line);
    out += p.line == line_ ? here(at, p, event, text) : found_later(p);
    write_stdout(out + fmt::format("\n{}: illegal\n", path_));
    return kIllegal;
  }

  std::string here(const Endpoint& at, const observe::Problem& p, const report::LogEvent& event,
                   const std::string& text) const {
    std::string out = fmt::format("   |\n   | {}\n   |\n", shown(text));
    if (!event.thread.empty()) out += fmt::format("   = thread:  {}\n", shown(event.thread));
    if (!event.time.empty()) out += fmt::format("   = time:    {}\n", shown(event.time));
    out += fmt::format("   = allowed: {}\n", allowed_words(at, p.end));
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer})
      out += fmt::format("   = {}:     {}\n", ir::endpoint_id(role), state_words(at, role));
    return out + fmt::format("   = before:  {} as the contract allows\n", terminal::plural(events_, "event"));
  }

  // Only now there is an event of the other end, so what was received before had to be sent before.
  std::string found_later(const observe::Problem& p) const {
    const std::string_view other = ir::endpoint_id(ir::other(p.end));
    return fmt::format("   = allowed: nothing until {0} has sent it; {0} is recorded, from line {1} on\n",
                       other, line_);
  }

  int conforms() {
    std::size_t partial = 0, open = 0;
    for (const auto& [name, o] : conversations_.all()) {
      const bool exp = o->recorded(ir::Role::Exporter), imp = o->recorded(ir::Role::Importer);
      if (exp != imp) ++partial;
      if (exp && imp && (!o->inbox(ir::Role::Exporter).empty() || !o->inbox(ir::Role::Importer).empty()))
        ++open;
    }
    std::string out =
        fmt::format("{}: {}, each as the contract allows\n", path_, terminal::plural(events_, "event"));
    if (partial > 0)
      out += fmt::format(
          "   = note: of {} one end alone is recorded; what it received counts as sent, and what the "
          "other end did is not checked\n",
          terminal::plural(partial, "conversation"));
    if (open > 0)
      out += fmt::format("   = note: {} with messages under way at the end of the log\n",
                         terminal::plural(open, "conversation"));
    const auto written = write_stdout(out);
    return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), kToolFailure);
  }

  Conversations& conversations_;
  std::string path_, unresolved_;
  std::uint64_t line_ = 0, events_ = 0;
};

observe::Ends ends_of(const std::string& only) {
  if (only == "exp") return observe::Ends::ExporterOnly;
  if (only == "imp") return observe::Ends::ImporterOnly;
  return only == "both" ? observe::Ends::Both : observe::Ends::Either;
}

}  // namespace

int run_conform(const Options& options) {
  const project::Loaded loaded = project::load(input_of(options, options.subject, options.input.paths));
  const auto subject = find_subject(loaded, options.subject, options, true);
  if (!subject) return kBadInput;
  const observe::Ends ends = ends_of(options.only);
  Conversations conversations = subject->system != nullptr
                                    ? Conversations(loaded.analysis.program, *subject->system, ends)
                                    : Conversations(*subject->contract, ends);
  if (!conversations.ready())
    return complain("warning[SS0302]: the contract has too many choices of the same message to be followed",
                    3);
  if (options.log == "-") {
    std::ios::sync_with_stdio(false);
    return Check(conversations, "standard input").run(std::cin);
  }
  std::ifstream file(options.log, std::ios::binary);
  if (!file || file.peek() == std::char_traits<char>::eof()) {
    if (!file.eof())
      return complain(fmt::format("error[SS0044]: {}: cannot be read", shown(options.log)), kBadInput);
    file.clear();
  }
  return Check(conversations, shown(options.log)).run(file);
}

int run_monitor(const Options& options) {
  const project::Loaded loaded = project::load(input_of(options, options.subject, options.input.paths));
  const auto subject = find_subject(loaded, options.subject, options, false);
  if (!subject) return kBadInput;
  const ir::Contract& contract = *subject->contract;
  const auto exporter = observe::make_table(contract, contract.start, ir::Role::Exporter);
  const auto importer = observe::make_table(contract, contract.start, ir::Role::Importer);
  if (!exporter || !importer || contract.messages.size() > 0xffff)
    return complain("warning[SS0302]: the contract is too large for a table of a monitor", 3);
  const auto at = loaded.sources.position(contract.span.file, contract.span.begin);
  const std::string origin = fmt::format("{}:{}", loaded.sources.file(contract.span.file).path, at.line);
  const auto written =
      write_output(options.graph.output, monitor::header(contract, *exporter, *importer, origin));
  return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), kToolFailure);
}

}  // namespace singspin::cli
