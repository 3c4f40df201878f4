// Prints how fast text is lexed and parsed, in MB/s of one thread: frontend_bench [MEGABYTES [RUNS]].
// The texts are made here; the same arguments give the same texts. The best of the runs counts, since
// other programs can only make a run slower.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>

#include "frontend/syntax/parser.h"

namespace {

using namespace singspin;

constexpr double kMegabyte = 1e6;

// One contract as people write them: messages, a few states, some comments.
std::string contract(std::size_t number) {
  return fmt::format(
      "    /// <summary>What a client and service {0} say to each other.</summary>\n"
      "    public contract Service{0} : ServiceContract\n    {{\n"
      "        in message Open(char[]! in ExHeap path, int flags);\n"
      "        in message Read(byte[]! in ExHeap buffer, long offset, int length);\n"
      "        in message Lend(Service{0}.Exp:Ready! endpoint);\n"
      "        out message Opened();\n        out message Refused(int reason);\n"
      "        out message Data(byte[]! in ExHeap buffer, int length);\n\n"
      "        override state Start: one {{\n            Opened! -> Ready;\n        }}\n\n"
      "        // The client may now ask.\n        state Ready: one {{\n"
      "            Open? -> (Opened! or Refused!) -> Ready;\n"
      "            Read? -> (Data! or Refused!) -> Ready;\n"
      "            Lend? -> Opened! -> Stopped;\n        }}\n\n        state Stopped: one {{}}\n    }}\n",
      number);
}

// A method as most of such files consist of.
std::string method(std::size_t number) {
  return fmt::format(
      "        // Handles request {0} of the queue.\n"
      "        private static int Handle{0}(Request! request, byte[] buffer)\n        {{\n"
      "            int count = request.Length + {0};\n"
      "            for (int i = 0; i < count && buffer[i] != '{{'; i++) {{\n"
      "                if (this.table[i].Name == \"request {0}\") {{\n"
      "                    Tracing.Log(Tracing.Debug, \"found {{0}}\", (UIntPtr)i);\n"
      "                    return this->head.next(i, count - 1);\n                }}\n"
      "            }}\n            return -1;\n        }}\n\n",
      number);
}

// `dense`: contracts only; otherwise one contract after every 40 methods, in a class.
std::string text_of(std::size_t bytes, bool dense) {
  std::string text = "using System;\n\nnamespace Bench.Drivers\n{\n";
  for (std::size_t n = 0; text.size() < bytes; ++n) {
    if (dense) {
      text += contract(n);
      continue;
    }
    text += fmt::format("    public class Driver{}\n    {{\n", n);
    for (std::size_t m = 0; m < 40; ++m) text += method(m);
    text += "    }\n" + contract(n);
  }
  return text + "}\n";
}

struct Seconds {
  double lex = 1e9, parse = 1e9, both = 1e9;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Seconds best_of(const std::string& text, int runs) {
  source::SourceMap sources;
  const source::FileId file = sources.add("bench.sg", text);
  Seconds best;
  for (int run = 0; run < runs; ++run) {
    diagnostics::Diagnostics diagnostics;
    const auto start = std::chrono::steady_clock::now();
    const syntax::Tokens tokens = syntax::lex(sources, file, {}, diagnostics);
    const double lex = seconds_since(start);
    const syntax::File tree = syntax::parse(sources, file, tokens.tokens, diagnostics);
    const double both = seconds_since(start);
    CHECK(!tree.contracts.empty() && diagnostics.list().empty(), "the text is a good one");
    best.lex = std::min(best.lex, lex);
    best.parse = std::min(best.parse, both - lex);
    best.both = std::min(best.both, both);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  const double megabytes = argc > 1 ? std::atof(argv[1]) : 10;
  const int runs = argc > 2 ? std::atoi(argv[2]) : 5;
  for (const bool dense : {true, false}) {
    const std::string text = text_of(static_cast<std::size_t>(megabytes * kMegabyte), dense);
    const Seconds best = best_of(text, runs);
    const double size = static_cast<double>(text.size()) / kMegabyte;
    fmt::print("{}: lex {:.0f} MB/s, parse {:.0f} MB/s, both {:.0f} MB/s\n", dense ? "contracts" : "code",
               size / best.lex, size / best.parse, size / best.both);
  }
}
