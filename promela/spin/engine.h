// The three commands of a verification: spin writes a verifier in C, a compiler builds it, pan runs.
// Promises: a success of `generate` or `compile` means that nothing doubtful was printed.
// Does not know what the model says; what pan printed is judged by outcome.h alone.
#pragma once

#include <csignal>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "frontend/base/expected.h"
#include "promela/spin/process.h"
#include "promela/spin/run_directory.h"
#include "promela/spin/statements.h"
#include "promela/spin/tools.h"
#include "promela/spin/trail.h"

namespace singspin::spin {

// The model's name is compiled into pan: it stands in pan's messages and names the trail.
inline constexpr const char* kModelFile = "model.pml";
inline constexpr const char* kTrailFile = "model.pml.trail";

struct Failure {
  enum Kind { Missing, Failed, TimedOut, MemoryLimit, Interrupted, Warning };
  Kind kind = Failed;
  std::string message;  // what was run and what it answered
};

struct Limits {
  double timeout_seconds = 60;
  std::uint64_t address_space_bytes = 0;  // 0: none
};

// What spin or a compiler did when all went well.
struct Generated {
  std::string command;  // as it would be typed
  double seconds = 0;
};
using Compiled = Generated;

// SPIN leaves globals that are only written out of the state; with Kept (-o2) every global is in it.
enum class WriteOnly { Hidden, Kept };

// Writes the model into the folder and runs `spin -Pcat -o3 -a`. Any text on its outputs is a failure:
// Failed if spin says error, Warning if it says something else.
base::Expected<Generated, Failure> generate(RunDirectory&, const std::string& model_text, const Tools&,
                                            const Limits& = {},
                                            const volatile std::sig_atomic_t* interrupted = nullptr,
                                            WriteOnly write_only = WriteOnly::Hidden);

struct CompileOptions {
  bool claims = false;                 // depth first with acceptance cycles and fairness, else for safety
  bool depth_first = false;            // for safety, which is breadth first otherwise
  bool reduce = false;                 // for safety: partial-order reduction
  std::string compiler = {};           // a path of Tools
  bool optimize = false;               // -O1; more gains nothing worth its compile time
  std::uint64_t vector_bytes = 0;      // VECTORSZ, 0: pan's 1024
  std::uint64_t memory_megabytes = 0;  // MEMLIM, 0: none
  std::string output = "pan";
};

// The -D flags, so that reports and cache keys can name them.
std::vector<std::string> verifier_defines(const CompileOptions&);

// Compiles pan.c of the folder. The compiler's words are in the failure.
base::Expected<Compiled, Failure> compile(RunDirectory&, const CompileOptions&, const Limits& = {},
                                          const volatile std::sig_atomic_t* interrupted = nullptr);

struct PanOptions {
  std::string program = "pan";  // as CompileOptions::output
  // Runs that are alive together and stop at an error need a folder each (RunDirectory::make_folder),
  // else they overwrite each other's trail.
  std::string folder = "";
  // The table grows by itself, but only after a million states; -w16 costs 0.2 ms and 512 KiB.
  unsigned hash_log2 = 16;
  // Breadth-first search stops growing there, so it must exceed the longest shortest path.
  std::uint64_t depth = 1'000'000;
  bool stop_at_first_error = false;  // -c1 and a trail; otherwise -c0, all errors and no trail
  bool ignore_end_states = false;    // -E: only the model's own errors count
  bool ignore_assertions = false;    // -A: nor those of `assert`
  bool acceptance = false;           // -a: look for acceptance cycles of a claim
  std::string claim = {};            // -N: of this one; pan minds the option if there is one claim only
  bool fair = false;                 // -f: weak fairness of every process
  std::vector<std::pair<std::string, std::string>> environment = {};
  double timeout_seconds = 60;
  std::uint64_t output_limit_bytes = 256ull << 20;
};

Command pan_command(const RunDirectory&, const PanOptions&);

// The trail a run with `stop_at_first_error` left in `folder`.
base::Expected<Trail> load_trail(const RunDirectory&, const std::string& folder = "");

// The identity table of the generated verifier.
base::Expected<std::map<std::int64_t, Statement>> load_statements(const RunDirectory&);

}  // namespace singspin::spin
