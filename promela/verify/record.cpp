#include "promela/verify/record.h"

#include <fmt/format.h>

#include <charconv>

#include "engine_id.h"

namespace singspin::verify {

namespace {

constexpr std::string_view kFirstLine = "singspin-run 2";
constexpr std::string_view kLastLine = "end";

// Lengths before texts: no two contracts give the same bytes.
void add_text(std::string& out, std::string_view text) { out += fmt::format("{}:{}\n", text.size(), text); }

std::string rows_of(const ir::Contract& contract) {
  std::string out = fmt::format("{} {} {}\n", contract.messages.size(), contract.states.size(),
                                contract.transitions.size());
  for (const ir::Message& m : contract.messages) {
    add_text(out, m.name);
    out += fmt::format("{}\n", m.direction ? static_cast<int>(*m.direction) : -1);
  }
  for (const ir::State& s : contract.states) {
    add_text(out, s.id);
    out += fmt::format("{} {} {}\n", static_cast<int>(s.kind), s.final ? 1 : 0, static_cast<int>(s.mixed));
    for (const ir::TransitionId t : s.out) out += fmt::format("{} ", t.value);
    out += '\n';
  }
  for (const ir::Transition& t : contract.transitions)
    out += fmt::format("{} {} {} {}\n", t.from.value, t.to.value, t.message.value, static_cast<int>(t.sign));
  return out;
}

std::string bits_text(const std::vector<bool>& bits) {
  std::string out;
  for (const bool bit : bits) out += bit ? '1' : '0';
  return out;
}

std::string steps_text(const std::vector<exec::Step>& steps) {
  std::string out = fmt::format("{}", steps.size());
  for (const exec::Step& step : steps)
    out += fmt::format(" {} {}", static_cast<int>(step.actor), step.transition.value);
  return out;
}

// Takes the text apart line by line; after the first thing that is not as written everything fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool line(std::string_view expected) { return rest_of_line() == expected; }

  // `word` and then exactly these numbers.
  bool numbers(std::string_view word, std::initializer_list<std::uint64_t*> values) {
    begin(word);
    for (std::uint64_t* value : values) *value = number();
    return at_end();
  }
  std::string_view words(std::string_view word) {
    begin(word);
    ok_ = ok_ && line_.starts_with(' ');
    return ok_ ? line_.substr(1) : std::string_view{};
  }
  void begin(std::string_view word) {
    line_ = rest_of_line();
    ok_ = ok_ && line_.starts_with(word);
    if (ok_) line_.remove_prefix(word.size());
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    ok_ = ok_ && line_.starts_with(' ');
    if (!ok_) return 0;
    line_.remove_prefix(1);
    const auto [end, error] = std::from_chars(line_.data(), line_.data() + line_.size(), value);
    ok_ = error == std::errc();
    if (ok_) line_.remove_prefix(static_cast<std::size_t>(end - line_.data()));
    return ok_ ? value : 0;
  }
  bool at_end() const { return ok_ && line_.empty(); }
  bool has_left() const { return ok_ && !line_.empty(); }
  bool is_used_up() const { return text_.empty(); }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_of_line() {
    const std::size_t end = text_.find('\n');
    ok_ = ok_ && end != std::string_view::npos;
    if (!ok_) return {};
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return line;
  }

  std::string_view text_, line_;
  bool ok_ = true;
};

bool read_bits(std::string_view text, std::size_t size, std::vector<bool>& bits) {
  if (text.size() != size) return false;
  for (const char c : text) {
    if (c != '0' && c != '1') return false;
    bits.push_back(c == '1');
  }
  return true;
}

// nullopt: no run of this machine, or one that does not show the fault.
std::optional<exec::Trace> read_trace(Reader& reader, const ir::Contract& contract, const exec::Scope& scope,
                                      exec::Fault fault) {
  std::vector<exec::Step> steps;
  const std::uint64_t count = reader.number();
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    const std::uint64_t actor = reader.number(), row = reader.number();
    if (actor > 1 || row >= contract.transitions.size()) return std::nullopt;
    steps.push_back({static_cast<ir::Role>(actor), ir::TransitionId{static_cast<std::uint32_t>(row)}});
  }
  if (!reader.at_end()) return std::nullopt;
  auto trace = exec::execute(contract, scope, steps);
  if (!trace || !exec::has_fault(contract, trace->scope, trace->last(), fault)) return std::nullopt;
  return std::move(*trace);
}

bool read_counts(Reader& reader, const exec::Scope& scope, MachineRun& run) {
  std::uint64_t to_importer = 0, to_exporter = 0;
  spin::SpinOutcome& o = run.outcome;
  Observation seen;
  std::uint64_t longest[2] = {};
  const bool read =
      reader.numbers("capacity", {&to_importer, &to_exporter}) &&
      reader.numbers("outcome", {&o.errors, &o.states_stored, &o.transitions}) &&
      reader.numbers("longest", {&longest[0], &longest[1]}) &&
      reader.numbers("faults", {&seen.faults[0], &seen.faults[1], &seen.faults[2], &seen.faults[3]}) &&
      reader.numbers("seen", {&seen.deadlocks, &seen.cut, &seen.cut_standstill, &seen.both_queues_used});
  if (!read || to_importer != scope.capacity.to_importer || to_exporter != scope.capacity.to_exporter)
    return false;
  if (longest[0] > to_importer || longest[1] > to_exporter) return false;
  run.capacity = scope.capacity;
  seen.longest_to_importer = static_cast<std::uint32_t>(longest[0]);
  seen.longest_to_exporter = static_cast<std::uint32_t>(longest[1]);
  run.observation = seen;
  o.complete = true;
  return true;
}

}  // namespace

std::string record_key(const ir::Contract& contract, const exec::Scope& scope, const Options& options,
                       std::string_view tools) {
  std::string text;
  add_text(text, kFirstLine);
  add_text(text, generated::engine_id);
  add_text(text, tools);
  text += fmt::format("{} {} {} {}\n", scope.entry.value, static_cast<int>(scope.reading),
                      scope.capacity.to_importer, scope.capacity.to_exporter);
  text += fmt::format("{} {} {} {}\n", options.time_limit_seconds, options.memory_limit_bytes,
                      options.depth_limit, options.explorer_budget);
  text += rows_of(contract);
  return source::sha256_hex(text);
}

bool is_worth_keeping(const MachineRun& run, bool wants_traces) {
  if (run.failure || !run.outcome.complete || !run.observation || !run.trace_problem.empty()) return false;
  if (!wants_traces) return true;
  for (std::size_t i = 0; i < run.traces.size(); ++i) {
    if (run.observation->faults[i] > 0 && !run.traces[i]) return false;
  }
  return true;
}

std::string write_record(const MachineRun& run) {
  const spin::SpinOutcome& o = run.outcome;
  const Observation& seen = *run.observation;
  std::string out = fmt::format("{}\n", kFirstLine);
  out += fmt::format("capacity {} {}\n", run.capacity.to_importer, run.capacity.to_exporter);
  out += fmt::format("outcome {} {} {}\n", o.errors, o.states_stored, o.transitions);
  out += fmt::format("longest {} {}\n", seen.longest_to_importer, seen.longest_to_exporter);
  out += fmt::format("faults {} {} {} {}\n", seen.faults[0], seen.faults[1], seen.faults[2], seen.faults[3]);
  out +=
      fmt::format("seen {} {} {} {}\n", seen.deadlocks, seen.cut, seen.cut_standstill, seen.both_queues_used);
  out += fmt::format("sent {}\nreceived {}\n", bits_text(run.sent), bits_text(run.received));
  for (const auto& trace : run.traces)
    out += trace ? fmt::format("trace {}\n", steps_text(trace->steps)) : "trace\n";
  return out + fmt::format("{}\n", kLastLine);
}

std::optional<MachineRun> read_record(std::string_view text, const ir::Contract& contract,
                                      const exec::Scope& scope) {
  Reader reader(text);
  MachineRun run;
  run.cached = true;
  if (!reader.line(kFirstLine) || !read_counts(reader, scope, run)) return std::nullopt;
  const std::size_t rows = contract.transitions.size();
  if (!read_bits(reader.words("sent"), rows, run.sent) ||
      !read_bits(reader.words("received"), rows, run.received))
    return std::nullopt;
  for (const exec::Fault fault : exec::kFaults) {
    reader.begin("trace");
    if (!reader.has_left()) continue;
    const auto i = static_cast<std::size_t>(fault);
    run.traces[i] = read_trace(reader, contract, scope, fault);
    if (!run.traces[i] || run.observation->faults[i] == 0) return std::nullopt;
  }
  if (!reader.line(kLastLine) || !reader.is_used_up() || !reader.ok()) return std::nullopt;
  return run;
}

}  // namespace singspin::verify
