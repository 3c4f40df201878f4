#include "reports/replay/lines/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "frontend/base/nearest.h"
#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/chart.h"
#include "reports/replay/lines/answers.h"

namespace singspin::replay {

namespace {

using Words = std::vector<std::string>;

struct Call {
  Session& session;
  const LineOptions& options;
  Words words;       // without the command
  std::string rest;  // all behind the command
  Answer& answer;

  void fail(std::string what) {
    answer.ok = false;
    answer.text = {std::move(what)};
  }
  void step() {
    answer.moved = true;
    answer.text = {step_line(session, session.cursor())};
  }
  void after(const Done& done) { done ? step() : fail(done.error().words); }
};

std::optional<std::size_t> number(const std::string& text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

constexpr std::size_t kMostSteps = 10'000'000;

void move(Call& call, bool forward) {
  if (call.words.empty()) return call.after(call.session.move(forward ? 1 : -1));
  if (const auto steps = number(call.words[0])) {
    if (*steps == 0 || *steps > kMostSteps) return call.fail("a number of steps is from 1 on");
    const auto count = static_cast<std::ptrdiff_t>(*steps);
    return call.after(call.session.move(forward ? count : -count));
  }
  call.after(call.session.seek_who(forward, call.rest));
}

void next(Call& call) { move(call, true); }
void back(Call& call) { move(call, false); }
void first(Call& call) { call.after(call.session.go(0)); }
void last(Call& call) { call.after(call.session.go(call.session.size())); }

void go_to(Call& call) {
  if (call.words.size() != 1) return call.fail("goto N, or goto MARK");
  if (const auto k = number(call.words[0])) return call.after(call.session.go(*k));
  const auto mark = call.session.marks().find(call.words[0]);
  if (mark == call.session.marks().end()) return call.fail("there is no mark " + call.words[0]);
  call.after(call.session.go(mark->second));
}

void find(Call& call) {
  if (call.rest.empty()) return call.fail("find TEXT");
  call.after(call.session.seek_text(true, call.rest));
}
void rfind(Call& call) {
  if (call.rest.empty()) return call.fail("rfind TEXT");
  call.after(call.session.seek_text(false, call.rest));
}

void until(Call& call, bool forward) {
  const auto condition = call.session.parse_condition(call.rest);
  if (!condition) return call.fail(condition.error().words);
  call.after(call.session.seek_condition(forward, *condition));
}
void until_forward(Call& call) { until(call, true); }
void until_back(Call& call) { until(call, false); }

void race(Call& call) {
  const auto step = call.session.decisive();
  if (!step) return call.fail("no step of this run is known to be decisive");
  call.after(call.session.go(*step));
}

void when(Call& call) { call.answer.text = {when_words(call.session)}; }
void state(Call& call) {
  using G = Row::Group;
  call.answer.text = row_lines(call.session, {G::State, G::Event, G::Variable, G::Thread}, "states");
}
void queues(Call& call) { call.answer.text = row_lines(call.session, {Row::Group::Queue}, "queues"); }
void tokens(Call& call) { call.answer.text = row_lines(call.session, {Row::Group::Token}, "tokens"); }
void locks(Call& call) { call.answer.text = row_lines(call.session, {Row::Group::Lock}, "locks"); }

// Two configurations, or the default.
std::optional<std::pair<std::size_t, std::size_t>> range(Call& call, std::size_t a, std::size_t b) {
  if (call.words.empty()) return std::pair(a, b);
  const auto from = number(call.words[0]);
  const auto to = call.words.size() == 2 ? number(call.words[1]) : std::nullopt;
  if (from && to && *from <= call.session.size() && *to <= call.session.size()) return std::pair(*from, *to);
  call.fail(fmt::format("two numbers of steps are asked for, from 0 to {}", call.session.size()));
  return std::nullopt;
}

void diff(Call& call) {
  const std::size_t here = call.session.cursor();
  const auto between = range(call, here == 0 ? 0 : here - 1, here);
  if (between) call.answer.text = difference_lines(call.session, between->first, between->second);
}

void source(Call& call) {
  constexpr std::size_t kMost = 1000;
  const auto around = call.words.empty() ? std::optional<std::size_t>(2) : number(call.words[0]);
  if (!around || *around > kMost) return call.fail("source N, with at most 1000 lines");
  call.answer.text = source_lines(call.session, static_cast<std::uint32_t>(*around));
}

void edit(Call& call) {
  const auto span = place_here(call.session);
  const source::SourceMap& sources = call.session.world().sources();
  call.answer.edit = EditWish{sources.file(span.file).path, sources.position(span.file, span.begin).line};
  call.answer.text = {place_words(sources, span)};
}

void explain(Call& call) {
  call.answer.lists_steps = true;
  call.answer.text = why(call.session, call.session.cursor());
}

void msc(Call& call) {
  const auto between = range(call, 1, call.session.size());
  if (!between) return;
  std::istringstream text(
      chart_text(call.session.world(), between->first, between->second, call.options.unicode));
  for (std::string line; std::getline(text, line);) call.answer.text.push_back(line);
}

void story(Call& call) { call.answer.text = story_lines(call.session); }

void mark(Call& call) {
  if (call.words.size() != 1 || number(call.words[0])) return call.fail("mark NAME; a name is no number");
  call.session.mark(call.words[0]);
  call.answer.text = {fmt::format("mark {} at step {}", call.words[0], call.session.cursor())};
}

void write(Call& call) {
  if (call.words.size() != 2) return call.fail("export FORMAT PATH");
  auto text = exported(call.session, call.words[0], call.options.unicode);
  if (!text) return call.fail(text.error().words);
  call.answer.write = FileWish{call.words[1], std::move(*text)};
  call.answer.text = {"written: " + call.words[1]};
}

void save(Call& call) {
  if (call.words.size() != 1) return call.fail("save FILE");
  call.answer.write = FileWish{call.words[0], recorded_text(call.session)};
  call.answer.text = {"written: " + call.words[0]};
}

void set_break(Call& call) {
  auto& all = call.session.breakpoints();
  if (call.rest.empty()) {
    for (std::size_t i = 0; i < all.size(); ++i)
      call.answer.text.push_back(fmt::format("{}. {}", i + 1, all[i].first));
    if (all.empty()) call.answer.text = {"there is no breakpoint"};
    return;
  }
  const auto condition = call.session.parse_condition(call.rest);
  if (!condition) return call.fail(condition.error().words);
  all.emplace_back(call.rest, *condition);
  call.answer.text = {fmt::format("breakpoint {}: {}", all.size(), call.rest)};
}

void remove_break(Call& call) {
  auto& all = call.session.breakpoints();
  const auto row = call.words.size() == 1 ? number(call.words[0]) : std::nullopt;
  if (!row || *row == 0 || *row > all.size()) return call.fail("delete N, a breakpoint that `break` lists");
  call.answer.text = {"deleted: " + all[*row - 1].first};
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(*row - 1));
}

void go_on(Call& call) { call.after(call.session.go_on(true)); }
void go_back(Call& call) { call.after(call.session.go_on(false)); }

void branch(Call& call) {
  if (const Done done = call.session.branch(); !done) return call.fail(done.error().words);
  call.answer.text = {
      fmt::format("a simulation from step {} on; seed {}", call.session.cursor(), call.session.seed())};
}

void enabled(Call& call) {
  call.answer.lists_steps = true;
  call.answer.text = enabled_lines(call.session);
}

void take(Call& call) {
  const auto choice = call.words.size() == 1 ? number(call.words[0]) : std::nullopt;
  if (!choice || *choice == 0) return call.fail("take N, a number that `enabled` lists");
  call.after(call.session.take(*choice - 1));
}

void random(Call& call) {
  const auto steps = call.words.empty() ? std::optional<std::size_t>(1) : number(call.words[0]);
  if (!steps || *steps == 0 || *steps > kMostSteps) return call.fail("random [N]");
  call.after(call.session.random(*steps));
  if (call.answer.ok) call.answer.text.push_back(fmt::format("seed {}", call.session.seed()));
}

void seed(Call& call) {
  const auto value = call.words.size() == 1 ? number(call.words[0]) : std::nullopt;
  if (!value) return call.fail("seed N");
  call.session.reseed(*value);
  call.answer.text = {fmt::format("seed {}", *value)};
}

void run(Call& call) {
  constexpr std::size_t kMost = 1'000'000;
  if (call.words.empty() || call.words[0] != "until") return call.fail("run until CONDITION");
  const auto condition =
      call.session.parse_condition(call.rest.substr(std::min<std::size_t>(call.rest.size(), 6)));
  if (!condition) return call.fail(condition.error().words);
  call.after(call.session.run_until(*condition, kMost));
  if (call.answer.ok) call.answer.text.push_back(fmt::format("seed {}", call.session.seed()));
}

void quit(Call& call) {
  call.answer.quit = true;
  call.answer.text = {"bye"};
}

void help(Call& call);

struct Entry {
  const char* name;
  const char* usage;
  const char* words;
  void (*run)(Call&);
};

constexpr Entry kEntries[] = {
    {"next", "next [N | WHO]", "forward by N steps, or to the next step of WHO", next},
    {"back", "back [N | WHO]", "back by N steps, or to the previous step of WHO", back},
    {"first", "first", "to the start", first},
    {"last", "last", "to the end", last},
    {"goto", "goto N | MARK", "to the configuration after step N (0: the start), or to a mark", go_to},
    {"find", "find TEXT", "forward to a step with this text: message, state, lock or token", find},
    {"rfind", "rfind TEXT", "the same backwards", rfind},
    {"until", "until CONDITION", "forward to the first configuration that satisfies it", until_forward},
    {"runtil", "runtil CONDITION", "the same backwards", until_back},
    {"race", "race", "to the decisive step", race},
    {"when", "when", "number, actor and action of this step", when},
    {"state", "state", "states, events, variables and threads", state},
    {"queues", "queues", "what the queues hold", queues},
    {"tokens", "tokens", "who owns which block", tokens},
    {"locks", "locks", "who holds which lock", locks},
    {"diff", "diff [A B]", "what differs between two configurations; without numbers: what this step changed",
     diff},
    {"source", "source [N]", "the line of this step, with N lines around it", source},
    {"edit", "edit", "open $VISUAL or $EDITOR at the line", edit},
    {"why", "why", "who waits for what; before the end: what is possible here", explain},
    {"msc", "msc [A B]", "the chart as text", msc},
    {"story", "story", "all steps as sentences", story},
    {"mark", "mark NAME", "remember this configuration for goto", mark},
    {"break", "break [CONDITION]", "set a breakpoint; without a condition list them", set_break},
    {"delete", "delete N", "remove a breakpoint", remove_break},
    {"continue", "continue", "forward to a configuration with a breakpoint", go_on},
    {"rcontinue", "rcontinue", "the same backwards", go_back},
    {"export", "export FORMAT PATH", "write the run: trace, txt, mermaid or plantuml", write},
    {"branch", "branch", "leave the recorded run here and simulate on", branch},
    {"enabled", "enabled", "the steps that are possible here, numbered", enabled},
    {"take", "take N", "simulation: take step N of the list", take},
    {"undo", "undo [N]", "simulation: one step back", back},
    {"redo", "redo [N]", "simulation: forward again", next},
    {"random", "random [N]", "simulation: N steps by chance", random},
    {"seed", "seed N", "simulation: begin a new row of chances", seed},
    {"run", "run until CONDITION", "simulation: steps by chance until it holds", run},
    {"reset", "reset", "simulation: to the start", first},
    {"save", "save FILE", "write the run up to here as a trace", save},
    {"help", "help [COMMAND]", "this list", help},
    {"quit", "quit", "end", quit},
};

void help(Call& call) {
  if (call.words.empty()) {
    for (const Entry& entry : kEntries)
      call.answer.text.push_back(fmt::format("{:<20} {}", entry.usage, entry.words));
    call.answer.text.push_back(
        "CONDITION: deadlock; WHO in STATE; queue ID empty|full|has MESSAGE; lock ID held|free; token ID at "
        "WHO");
    return;
  }
  for (const Entry& entry : kEntries) {
    if (call.words[0] == entry.name) call.answer.text = {fmt::format("{}: {}", entry.usage, entry.words)};
  }
  if (call.answer.text.empty()) call.fail("there is no command " + call.words[0]);
}

Answer unknown(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kEntries) names.push_back(entry.name);
  const std::string_view near = base::nearest(name, names);
  Answer answer;
  answer.command = name;
  answer.ok = false;
  answer.text = {fmt::format("there is no command {}; {}", name,
                             near.empty() ? "`help` lists them" : fmt::format("the nearest is {}", near))};
  return answer;
}

std::string trimmed(const std::string& text) {
  constexpr const char* kSpace = " \t\r\v\f";
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

Answer command(Session& session, const std::string& line, const LineOptions& options) {
  // A comment begins at `#` behind white space: `page#1` is a token.
  std::string text = line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t')) text.resize(i);
  }
  text = trimmed(text);
  Answer answer;
  if (text.empty()) return answer;
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  answer.command = text.substr(0, end);
  Call call{session, options, {}, trimmed(text.substr(end)), answer};
  std::istringstream stream(call.rest);
  for (std::string word; stream >> word;) call.words.push_back(word);
  for (const Entry& entry : kEntries) {
    if (answer.command != entry.name) continue;
    entry.run(call);
    return answer;
  }
  return unknown(answer.command);
}

std::vector<std::string> commands_with(const std::string& prefix) {
  std::vector<std::string> found;
  for (const Entry& entry : kEntries) {
    if (std::string_view(entry.name).starts_with(prefix)) found.push_back(entry.name);
  }
  return found;
}

}  // namespace singspin::replay
