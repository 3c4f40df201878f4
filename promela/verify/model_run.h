// One Promela text through spin, a compiler and pan: what is the same for every model, whatever it says.
// Promises: all limits of Options hold; where the fast compiler fails the optimizing one is tried; what was
// run stands in Engine; the folder vanishes with the object unless it is to be kept. Does not know what the
// model means, nor what a run of pan says.
#pragma once

#include <csignal>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "promela/spin/engine.h"
#include "promela/verify/verify.h"

namespace singspin::verify {

struct ModelContext {
  const Options& options;
  const spin::Tools& tools;
  const volatile std::sig_atomic_t* interrupted;
  Engine& engine;
};

class ModelRun {
 public:
  explicit ModelRun(const ModelContext& context) : context_(context) {}
  ~ModelRun();
  ModelRun(const ModelRun&) = delete;
  ModelRun& operator=(const ModelRun&) = delete;

  // The steps, in this order. False: `failure` says why, and no later step may follow.
  bool generate(const std::string& text, spin::WriteOnly write_only = spin::WriteOnly::Hidden);
  struct Build {
    bool claims = false;             // depth first, for acceptance cycles; Engine tells of the others only
    bool depth_first = false;        // for the referee, as is:
    bool reduce = false;             // partial-order reduction
    bool large = false;              // worth an optimized verifier
    std::uint64_t vector_bytes = 0;  // 0: pan's default is enough
  };
  bool compile(const Build& build);

  // SPIN's own table of the statements, once generated.
  const std::map<std::int64_t, spin::Statement>& statements() const { return statements_; }
  const std::optional<spin::Failure>& failure() const { return failure_; }
  bool fail(const base::ToolError& error);
  // The folder stays, and this is its name.
  std::string keep();

  // A file next to the verifier, before it is compiled.
  bool write(std::string_view name, std::string_view text);
  // For searches that leave a trail: each needs a folder of its own.
  base::Expected<void> make_folder(const std::string& name) { return directory_->make_folder(name); }

  // With the limits of Options. A verifier ends with this process.
  spin::PanOptions pan_options() const;
  // One result per search, in order; so many at once as memory allows. `on_output` gets what a search has
  // printed so far.
  using OnOutput = std::function<void(std::size_t search, std::string_view out)>;
  std::vector<spin::ProcessResult> search(const std::vector<spin::PanOptions>& searches,
                                          const OnOutput& on_output = {});
  base::Expected<spin::Trail> trail(const std::string& folder) const {
    return spin::load_trail(*directory_, folder);
  }

 private:
  spin::Limits limits() const { return {context_.options.time_limit_seconds, 0}; }
  bool take(const base::Expected<spin::Generated, spin::Failure>& result);
  unsigned jobs() const;
  void keep_output(const std::string& command, const std::string& text);

  ModelContext context_;
  std::optional<spin::RunDirectory> directory_;
  std::map<std::int64_t, spin::Statement> statements_;
  std::optional<spin::Failure> failure_;
  bool large_ = false;
};

}  // namespace singspin::verify
