// Prints how long steps of a long replay take, and how long its file takes to open:
// replay_bench TRACE [STEPS]. The run is the recorded one, gone on with by chance from a fixed seed.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "reports/formats/json/read_trace.h"
#include "reports/replay/engine/open.h"
#include "reports/replay/lines/answers.h"
#include "reports/replay/screen/screen.h"

namespace {

using namespace singspin;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point since) {
  return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

replay::Session open(const std::string& text) {
  auto trace = json::read_trace(text);
  if (!trace) std::exit(2);
  auto world = replay::open_trace(*trace);
  if (!world) std::exit(2);
  return {std::move(*world), std::move(*trace), text};
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  std::ostringstream file;
  file << std::ifstream(words[1], std::ios::binary).rdbuf();
  replay::Session made = open(file.str());
  if (!made.branch()) return 2;
  made.reseed(1);
  const std::size_t steps = count > 2 ? std::strtoul(words[2], nullptr, 10) : 50'000;
  // Where nothing is possible some steps are taken back: other chances lead on.
  constexpr std::size_t kBack = 12;
  while (made.cursor() < steps) {
    const bool stuck = made.world().count_enabled(made.cursor()) == 0;
    if (stuck && !made.go(made.cursor() - std::min(made.cursor(), kBack))) return 2;
    if (!made.random(1)) return 2;
  }
  const std::string text = replay::recorded_text(made);
  const auto start = Clock::now();
  replay::Session session = open(text);
  fmt::print("open {} steps, {:.1f} MB: {:.0f} ms\n", session.size(), static_cast<double>(text.size()) / 1e6,
             milliseconds(start));
  replay::Screen screen(session, {});
  double worst = 0, sum = 0;
  int keys = 0;
  for (const char* key : {"n", "p", "G", "p", "p", "n", "g", "n", "G"}) {
    for (int i = 0; i < 20; ++i, ++keys) {
      const auto pressed = Clock::now();
      screen.press({replay::Key::Kind::Text, key}, 60);
      screen.render(200, 60);
      worst = std::max(worst, milliseconds(pressed));
      sum += milliseconds(pressed);
    }
  }
  fmt::print("a key and its picture of 200x60: {:.2f} ms, the slowest {:.2f} ms\n", sum / keys, worst);
}
