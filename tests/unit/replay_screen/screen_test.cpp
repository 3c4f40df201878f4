// The full screen as pictures: files beside this one. SINGSPIN_UPDATE_GOLDEN=1 rewrites them.
#include "reports/replay/screen/screen.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "reports/formats/json/read_trace.h"
#include "reports/replay/engine/open.h"

namespace singspin::replay {
namespace {

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Session open(const std::string& name) {
  const std::string text = read_file(SINGSPIN_SOURCE_DIR "/tests/fuzz/seeds/trace/" + name + ".trace.json");
  auto trace = json::read_trace(text);
  EXPECT_TRUE(trace.has_value());
  auto world = open_trace(*trace);
  EXPECT_TRUE(world.has_value());
  return Session(std::move(*world), std::move(*trace), text);
}

void expect_picture(const std::string& name, const std::string& actual) {
  const std::string path = std::string(SINGSPIN_TEST_DATA) + "/" + name + ".txt";
  if (std::getenv("SINGSPIN_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  EXPECT_EQ(read_file(path), actual) << path;
}

Key text(const std::string& letters) { return {Key::Kind::Text, letters}; }
Key key(Key::Kind kind) { return {kind, ""}; }

void type(Screen& screen, const std::string& letters) {
  for (const char c : letters) screen.press(c == '\n' ? key(Key::Kind::Enter) : text(std::string(1, c)), 24);
}

// The mock of section 9 of the output specification.
TEST(Screen, ShowsTheLastStepOfAContract) {
  Session session = open("SpoolerContract.deadlock-free");
  Screen screen(session, {});
  type(screen, "G");
  expect_picture("contract-100x15", screen.render(100, 15).text());
  expect_picture("contract-80x24", screen.render(80, 24).text());
  expect_picture("contract-50x12", screen.render(50, 12).text());
  expect_picture("contract-200x60", screen.render(200, 60).text());
  expect_picture("contract-49x11", screen.render(49, 11).text());
  Screen ascii(session, {false});
  const std::string picture = ascii.render(100, 15).text();
  for (const char c : picture) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  expect_picture("contract-ascii", picture);
}

TEST(Screen, ShowsASystem) {
  Session session = open("Spooler.deadlock-free");
  Screen screen(session, {});
  type(screen, "4\n");
  EXPECT_EQ(session.cursor(), 4u);
  expect_picture("system-100x24", screen.render(100, 24).text());
  type(screen, "w");
  expect_picture("system-why", screen.render(100, 24).text());
  type(screen, "q");  // closes the text, not the screen
  EXPECT_FALSE(screen.is_over());
  type(screen, "lSpooler Printer\n");
  expect_picture("system-lifelines", screen.render(100, 24).text());
  type(screen, "v");
  expect_picture("system-tokens", screen.render(100, 24).text());
}

// Every size has a picture of that size, however small.
TEST(Screen, FitsEverySize) {
  for (const char* name : {"SpoolerContract.deadlock-free", "Spooler.deadlock-free"}) {
    Session session = open(name);
    for (const char* keys : {"", "G", "Gw", "/print", "Gz", "Gs", "Gv", "Go", "G?"}) {
      Screen screen(session, {});
      type(screen, keys);
      for (unsigned width = 0; width < 130; width += width < 4 ? 1 : 7) {
        for (unsigned height = 0; height < 40; height += height < 4 ? 1 : 3) {
          const Canvas canvas = screen.render(width, height);
          EXPECT_EQ(canvas.width(), width);
          EXPECT_EQ(canvas.height(), height);
        }
      }
    }
  }
}

TEST(Screen, KeysMoveTheCursor) {
  Session session = open("SpoolerContract.deadlock-free");
  Screen screen(session, {});
  const auto at = [&](const Key& one) {
    screen.press(one, 24);
    return session.cursor();
  };
  EXPECT_EQ(at(text("n")), 1u);
  EXPECT_EQ(at(key(Key::Kind::Down)), 2u);
  EXPECT_EQ(at(text(" ")), 3u);
  EXPECT_EQ(at(text("p")), 2u);
  EXPECT_EQ(at(key(Key::Kind::Left)), 1u);
  EXPECT_EQ(at(key(Key::Kind::Backspace)), 0u);
  EXPECT_EQ(at(key(Key::Kind::Up)), 0u);  // the start
  EXPECT_EQ(at(key(Key::Kind::End)), 8u);
  EXPECT_EQ(at(text("n")), 8u);  // the end
  EXPECT_EQ(at(key(Key::Kind::Home)), 0u);
  EXPECT_EQ(at(text("e")), 1u);
  EXPECT_EQ(at(text("i")), 2u);
  EXPECT_EQ(at(text("E")), 1u);
  EXPECT_EQ(at(text("r")), 8u);
  type(screen, "5\n");
  EXPECT_EQ(session.cursor(), 5u);
  type(screen, "g/stop\n");
  EXPECT_EQ(session.cursor(), 7u);
  type(screen, "Bimporter in IDLE\ngc");
  EXPECT_EQ(session.cursor(), 2u);
  type(screen, "Mhere\nG'here\n");
  EXPECT_EQ(session.cursor(), 2u);
  type(screen, ":goto 6\n");
  EXPECT_EQ(session.cursor(), 6u);
  type(screen, "q");
  EXPECT_TRUE(screen.is_over());
}

TEST(Screen, BranchesIntoAChoiceOfSteps) {
  Session session = open("SpoolerContract.deadlock-free");
  Screen screen(session, {});
  type(screen, "6\nb");
  EXPECT_TRUE(session.simulates());
  type(screen, "\n");
  expect_picture("choices", screen.render(80, 15).text());
  type(screen, "n\n");  // the second one
  EXPECT_EQ(session.size(), 7u);
  EXPECT_EQ(session.world().step(7).words, "sends Stop");
  type(screen, "p");
  EXPECT_EQ(session.cursor(), 6u);
  type(screen, "n");
  EXPECT_EQ(session.cursor(), 7u);
}

TEST(Screen, AsksForFilesAndEditorsInItsAnswers) {
  Session session = open("SpoolerContract.deadlock-free");
  Screen screen(session, {});
  type(screen, "xtxt out.txt");
  const Answer written = screen.press(key(Key::Kind::Enter), 24);
  ASSERT_TRUE(written.write.has_value());
  EXPECT_EQ(written.write->path, "out.txt");
  type(screen, ":edit");
  const Answer edit = screen.press(key(Key::Kind::Enter), 24);
  ASSERT_TRUE(edit.edit.has_value());
  EXPECT_EQ(edit.edit->line, 9u);
}

}  // namespace
}  // namespace singspin::replay
