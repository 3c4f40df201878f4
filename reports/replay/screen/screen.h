// The full screen of a session (output specification, section 9) as pure data: keys in, a Canvas out. A
// terminal only copies the one and feeds the other.
#pragma once

#include <optional>

#include "reports/replay/engine/canvas.h"
#include "reports/replay/lines/command.h"

namespace singspin::replay {

struct Key {
  enum class Kind : std::uint8_t {
    Text,  // a character of its own, in `text`
    Right,
    Left,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Enter,
    Backspace,
    Tab,
    Escape,
    Other  // changes nothing
  };
  Kind kind = Kind::Text;
  std::string text;
};

class Screen {
 public:
  Screen(Session& session, LineOptions options) : session_(session), options_(options) {}

  Canvas render(unsigned width, unsigned height) const;
  // What the key wishes beyond the screen; `height` is what a page is.
  Answer press(const Key& key, unsigned height);
  bool is_over() const { return over_; }
  void say(std::string text) { status_ = std::move(text); }

 private:
  enum class Pane : std::uint8_t { None, Chart, State, Queues, Tokens, Source };
  enum class Mode : std::uint8_t { Run, Prompt, Text, Choices };

  Answer run(const std::string& line);
  Answer press_in_run(const Key& key, unsigned height);
  Answer press_text(const std::string& text);
  Answer press_in_prompt(const Key& key);
  Answer press_in_text(const Key& key, unsigned height);
  Answer press_in_choices(const Key& key);
  Answer forward();
  void ask(std::string label, std::string begin);
  void show(std::string title, std::vector<std::string> lines);
  void choose();
  void next_pane();
  Answer pick_lifelines(const std::string& words);

  void draw_small(Canvas& canvas) const;
  void draw_head(Canvas& canvas) const;
  void draw_foot(Canvas& canvas) const;
  void draw_text(Canvas& canvas) const;
  void draw_chart(Canvas& canvas, unsigned y, unsigned width, unsigned height) const;
  void draw_panes(Canvas& canvas, unsigned x, unsigned y, unsigned width, unsigned height) const;
  unsigned draw_rows(Canvas& canvas, Pane pane, unsigned x, unsigned y, unsigned width, unsigned end) const;
  void draw_source(Canvas& canvas, unsigned x, unsigned y, unsigned width, unsigned end) const;
  std::vector<std::string> lifelines(unsigned room) const;
  std::string sentence() const;
  const Glyphs& g() const { return glyphs(options_.unicode); }

  Session& session_;
  LineOptions options_;
  Mode mode_ = Mode::Run;
  Pane focus_ = Pane::None;
  bool zoomed_ = false;
  bool over_ = false;
  std::string status_;         // instead of the sentence, until the next key
  std::string digits_;         // typed so far, for Enter
  std::string label_, input_;  // of the prompt
  std::string begin_;          // of the command that the prompt completes
  std::string title_;          // of the text
  std::vector<std::string> lines_;
  std::size_t first_line_ = 0;
  std::size_t choice_ = 0;
  std::string last_find_;
  std::vector<std::string> picked_;  // lifelines; empty: those that fit
};

}  // namespace singspin::replay
