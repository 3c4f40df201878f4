// Keys of the full screen: each is a command of line mode, or changes what is shown.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "reports/replay/lines/answers.h"
#include "reports/replay/screen/screen.h"

namespace singspin::replay {

namespace {

using Kind = Key::Kind;

Answer nothing() { return {}; }

}  // namespace

// A command whose answer is one line goes to the last row, a longer one is shown as a text.
Answer Screen::run(const std::string& line) {
  Answer answer = command(session_, line, options_);
  if (answer.quit) over_ = true;
  if (!answer.ok) {
    say(answer.text.empty() ? "" : answer.text.front());
  } else if (!answer.moved && answer.text.size() > 1) {
    show(line, answer.text);
  } else if (!answer.moved && !answer.text.empty()) {
    say(answer.text.front());
  }
  return answer;
}

void Screen::ask(std::string label, std::string begin) {
  mode_ = Mode::Prompt;
  label_ = std::move(label);
  begin_ = std::move(begin);
  input_.clear();
}

void Screen::show(std::string title, std::vector<std::string> lines) {
  mode_ = Mode::Text;
  title_ = std::move(title);
  lines_ = std::move(lines);
  first_line_ = 0;
}

void Screen::choose() {
  if (session_.world().count_enabled(session_.cursor()) == 0) {
    show("no step is possible", enabled_lines(session_));
    return;
  }
  mode_ = Mode::Choices;
  title_ = "possible steps: Enter or a number takes one";
  lines_ = enabled_lines(session_);
  choice_ = 0;
  first_line_ = 0;
}

void Screen::next_pane() {
  const auto next = (static_cast<int>(focus_) + 1) % (static_cast<int>(Pane::Source) + 1);
  focus_ = static_cast<Pane>(next);
  if (focus_ == Pane::None) focus_ = Pane::Chart;
  constexpr const char* kNames[] = {"", "chart", "state", "queues", "tokens and locks", "source"};
  say(std::string("pane: ") + kNames[static_cast<int>(focus_)] + "; z zooms it");
}

Answer Screen::forward() {
  if (session_.simulates() && session_.at_end()) {
    choose();
    return nothing();
  }
  return run("next");
}

Answer Screen::press(const Key& key, unsigned height) {
  status_.clear();
  switch (mode_) {
    case Mode::Run: return press_in_run(key, height);
    case Mode::Prompt: return press_in_prompt(key);
    case Mode::Text: return press_in_text(key, height);
    case Mode::Choices: return press_in_choices(key);
  }
  return nothing();
}

Answer Screen::press_in_run(const Key& key, unsigned height) {
  const std::string digits = std::exchange(digits_, "");
  const std::string page = std::to_string(height > 6 ? height - 5 : 1);
  switch (key.kind) {
    case Kind::Right:
    case Kind::Down: return forward();
    case Kind::Left:
    case Kind::Up:
    case Kind::Backspace: return run("back");
    case Kind::Home: return run("first");
    case Kind::End: return run("last");
    case Kind::PageDown: return run("next " + page);
    case Kind::PageUp: return run("back " + page);
    case Kind::Enter:
      if (!digits.empty()) return run("goto " + digits);
      if (session_.simulates()) choose();
      return nothing();
    case Kind::Tab: next_pane(); return nothing();
    case Kind::Escape: zoomed_ = false; return nothing();
    case Kind::Other: return nothing();
    case Kind::Text: break;
  }
  constexpr std::size_t kMostDigits = 9;
  if (key.text.size() == 1 && key.text[0] >= '0' && key.text[0] <= '9') {
    digits_ = digits.size() < kMostDigits ? digits + key.text : digits;
    return nothing();
  }
  return press_text(key.text);
}

Answer Screen::press_text(const std::string& text) {
  struct Direct {
    const char* key;
    const char* line;
  };
  constexpr Direct kDirect[] = {{"p", "back"},     {"k", "back"},      {"g", "first"},   {"G", "last"},
                                {"r", "race"},     {"d", "diff"},      {"w", "why"},     {"m", "msc"},
                                {"t", "story"},    {"b", "branch"},    {"?", "help"},    {"q", "quit"},
                                {"c", "continue"}, {"C", "rcontinue"}, {"a", "enabled"}, {"R", "random"}};
  constexpr Direct kAsk[] = {{"/", "find"}, {":", ""},     {"x", "export"},
                             {"M", "mark"}, {"'", "goto"}, {"B", "break"}};
  constexpr Direct kWho[] = {
      {"i", "next importer"}, {"I", "back importer"}, {"e", "next exporter"}, {"E", "back exporter"}};
  if (text == "n" || text == "j" || text == " ") return forward();
  for (const Direct& direct : kDirect) {
    if (text == direct.key) return run(direct.line);
  }
  for (const Direct& who : kWho) {
    if (text == who.key) return run(who.line);
  }
  for (const Direct& prompt : kAsk) {
    if (text != prompt.key) continue;
    ask(*prompt.line == '\0' ? ":" : std::string(prompt.line) + " ", prompt.line);
    return nothing();
  }
  if (text == "N") return last_find_.empty() ? run("rfind") : run("rfind " + last_find_);
  if (text == "f" || text == "F") {
    if (session_.cursor() == 0) return run("next");
    return run((text == "f" ? "next " : "back ") + session_.world().step(session_.cursor()).who);
  }
  if (text == "l") {
    ask("lifelines (none: automatic): ", "l");
    return nothing();
  }
  if (text == "edit") return run("edit");
  const auto zoom = [&](Pane pane) {
    zoomed_ = !(zoomed_ && focus_ == pane);
    focus_ = pane;
  };
  if (text == "s") zoom(Pane::State);
  if (text == "u") zoom(Pane::Queues);
  if (text == "v") zoom(Pane::Tokens);
  if (text == "o") zoom(Pane::Source);
  if (text == "z" && focus_ == Pane::None) focus_ = Pane::Chart;
  if (text == "z") zoomed_ = !zoomed_;
  return nothing();
}

Answer Screen::pick_lifelines(const std::string& words) {
  std::istringstream stream(words);
  std::vector<std::string> picked;
  for (std::string word; stream >> word;) {
    const std::vector<std::string> found = session_.who(word);
    if (found.empty()) {
      say("nobody is called " + word);
      return nothing();
    }
    picked.insert(picked.end(), found.begin(), found.end());
  }
  picked_ = std::move(picked);
  return nothing();
}

Answer Screen::press_in_prompt(const Key& key) {
  constexpr std::size_t kLongest = 1000;
  switch (key.kind) {
    case Kind::Text:
      if (input_.size() < kLongest) input_ += key.text;
      return nothing();
    case Kind::Backspace:
      if (input_.empty()) mode_ = Mode::Run;
      while (!input_.empty() && (static_cast<unsigned char>(input_.back()) & 0xc0) == 0x80) input_.pop_back();
      if (!input_.empty()) input_.pop_back();
      return nothing();
    case Kind::Escape: mode_ = Mode::Run; return nothing();
    case Kind::Enter: {
      mode_ = Mode::Run;
      if (begin_ == "l") return pick_lifelines(input_);
      if (begin_ == "find") last_find_ = input_;
      return run(begin_.empty() ? input_ : begin_ + " " + input_);
    }
    case Kind::Tab: {
      const std::vector<std::string> fitting =
          begin_.empty() ? commands_with(input_) : std::vector<std::string>();
      if (fitting.size() == 1) input_ = fitting.front() + " ";
      return nothing();
    }
    default: return nothing();
  }
}

Answer Screen::press_in_text(const Key& key, unsigned height) {
  const std::size_t page = height > 6 ? height - 5 : 1;
  const std::size_t last = lines_.size() > page ? lines_.size() - page : 0;
  const bool down = key.kind == Kind::Down || key.kind == Kind::Right || key.text == "n" || key.text == "j";
  const bool up = key.kind == Kind::Up || key.kind == Kind::Left || key.text == "p" || key.text == "k";
  if (down) first_line_ = std::min(first_line_ + 1, last);
  else if (up) first_line_ -= std::min<std::size_t>(first_line_, 1);
  else if (key.kind == Kind::PageDown || key.text == " ") first_line_ = std::min(first_line_ + page, last);
  else if (key.kind == Kind::PageUp) first_line_ -= std::min(first_line_, page);
  else if (key.kind != Kind::Other) mode_ = Mode::Run;
  return nothing();
}

Answer Screen::press_in_choices(const Key& key) {
  const bool down = key.kind == Kind::Down || key.text == "n" || key.text == "j";
  const bool up = key.kind == Kind::Up || key.text == "p" || key.text == "k";
  if (down) choice_ = std::min(choice_ + 1, lines_.size() - 1);
  else if (up) choice_ -= std::min<std::size_t>(choice_, 1);
  else if (key.kind == Kind::Other) return nothing();
  else mode_ = Mode::Run;
  if (key.kind == Kind::Enter) return run(fmt::format("take {}", choice_ + 1));
  if (key.text.size() == 1 && key.text[0] >= '1' && key.text[0] <= '9') return run("take " + key.text);
  return nothing();
}

}  // namespace singspin::replay
