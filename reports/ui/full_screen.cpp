#include "reports/ui/full_screen.h"

#ifdef SINGSPIN_CURSES
#include <curses.h>

#include <climits>
#include <clocale>
#include <cstdio>
#include <cwchar>
#endif

namespace singspin::ui {

#ifndef SINGSPIN_CURSES

bool has_full_screen() { return false; }
bool run(const FullScreen&) { return false; }

#else

namespace {

using Kind = replay::Key::Kind;

// Every way out of the loop, exceptions included, gives the terminal back.
class Terminal {
 public:
  Terminal() {
    std::setlocale(LC_ALL, "");
    screen_ = newterm(nullptr, stdout, stdin);
    if (screen_ == nullptr) return;
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    timeout(100);  // so that a signal between two keys is seen
    curs_set(0);
  }
  ~Terminal() {
    if (screen_ == nullptr) return;
    endwin();
    delscreen(screen_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  bool is_open() const { return screen_ != nullptr; }

 private:
  SCREEN* screen_ = nullptr;
};

attr_t attributes(replay::Tone tone) {
  switch (tone) {
    case replay::Tone::Plain: return A_NORMAL;
    case replay::Tone::Title:
    case replay::Tone::Current: return A_BOLD;
    case replay::Tone::Changed: return A_REVERSE;
    case replay::Tone::Dim: return A_DIM;
  }
  return A_NORMAL;
}

void draw(const replay::Canvas& canvas, bool unicode) {
  for (unsigned y = 0; y < canvas.height(); ++y) {
    for (unsigned x = 0; x < canvas.width(); ++x) {
      const replay::Cell& cell = canvas.at(x, y);
      if (cell.text.empty()) continue;
      attrset(attributes(cell.tone));
      const bool plain = unicode || cell.text.find_first_not_of(" ") == std::string::npos ||
                         static_cast<unsigned char>(cell.text[0]) < 0x80;
      mvaddstr(static_cast<int>(y), static_cast<int>(x), plain ? cell.text.c_str() : "?");
    }
  }
  refresh();
}

replay::Key special(wint_t code) {
  switch (code) {
    case KEY_RIGHT: return {Kind::Right, ""};
    case KEY_LEFT: return {Kind::Left, ""};
    case KEY_UP: return {Kind::Up, ""};
    case KEY_DOWN: return {Kind::Down, ""};
    case KEY_HOME: return {Kind::Home, ""};
    case KEY_END: return {Kind::End, ""};
    case KEY_PPAGE: return {Kind::PageUp, ""};
    case KEY_NPAGE: return {Kind::PageDown, ""};
    case KEY_BACKSPACE: return {Kind::Backspace, ""};
    case KEY_ENTER: return {Kind::Enter, ""};
    default: return {Kind::Other, ""};
  }
}

replay::Key character(wint_t code) {
  constexpr wint_t kEscape = 27, kBackspace = 8, kDelete = 127;
  if (code == L'\r' || code == L'\n') return {Kind::Enter, ""};
  if (code == L'\t') return {Kind::Tab, ""};
  if (code == kEscape) return {Kind::Escape, ""};
  if (code == kBackspace || code == kDelete) return {Kind::Backspace, ""};
  if (code < L' ') return {Kind::Other, ""};
  char bytes[MB_LEN_MAX];
  std::mbstate_t state{};
  const std::size_t count = std::wcrtomb(bytes, static_cast<wchar_t>(code), &state);
  if (count == static_cast<std::size_t>(-1)) return {Kind::Other, ""};
  return {Kind::Text, std::string(bytes, count)};
}

}  // namespace

bool has_full_screen() { return true; }

bool run(const FullScreen& what) {
  const Terminal terminal;
  if (!terminal.is_open()) return false;
  replay::Screen screen(what.session, what.options);
  bool changed = true;
  while (!screen.is_over() && *what.stop == 0) {
    int height = 0, width = 0;
    getmaxyx(stdscr, height, width);
    if (changed)
      draw(screen.render(static_cast<unsigned>(width), static_cast<unsigned>(height)), what.options.unicode);
    wint_t code = 0;
    const int kind = get_wch(&code);
    changed = kind != ERR;
    if (kind == ERR) continue;
    if (kind == KEY_CODE_YES && code == KEY_RESIZE) {
      clear();
      continue;
    }
    replay::Answer answer =
        screen.press(kind == KEY_CODE_YES ? special(code) : character(code), static_cast<unsigned>(height));
    if (!answer.write && !answer.edit) continue;
    if (answer.edit) {
      def_prog_mode();
      endwin();
    }
    what.fulfil(answer);
    if (!answer.text.empty()) screen.say(answer.text.front());
    clear();
  }
  return true;
}

#endif

}  // namespace singspin::ui
