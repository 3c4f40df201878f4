#include "promela/systems/emit.h"

#include <fmt/format.h>

#include <algorithm>

#include "promela/print/comment.h"
#include "promela/systems/emitter.h"
#include "system_observer_code_pml.h"
#include "system_observer_pml.h"

namespace singspin::systems {

namespace {

// SPIN 6.5.2: 255 processes and queues (with 257 proctypes the answer is silently wrong), 2047 steps,
// 255 values of `over`.
constexpr std::size_t kMaxProcesses = 250, kMaxQueues = 250, kMaxSteps = 2047, kMaxEnds = 250;
constexpr std::size_t kMaxBlocks = 250, kMaxComponents = 250;

std::optional<Refusal> refuse(std::string_view what, std::size_t count, std::size_t most) {
  if (count <= most) return std::nullopt;
  return Refusal{fmt::format("too many {} for SPIN: {}, at most {}", what, count, most)};
}

std::size_t steps(const ir::System& system, const Operations& operations) {
  std::size_t count = 1 + system.mappings.size() + system.checks.size();
  for (const ir::Process& process : system.processes) {
    for (const ir::Edge& edge : process.edges) count += operations.choices(edge);
  }
  return count;
}

std::optional<Refusal> refuse_numbers(const ir::System& system, const Expressions& expressions) {
  for (const ir::ExprId id : system.exprs.ids()) {
    if (expressions.is_too_wide(id)) return Refusal{"an expression can have values of more than 32 bits"};
  }
  return std::nullopt;
}

std::optional<Refusal> find_refusal(const ir::Program& program, const ir::System& system) {
  Symbols symbols(program, system);
  const Expressions expressions(system, symbols);
  const Operations operations(system, program, symbols, expressions);
  if (auto r = refuse("processes", system.processes.size(), kMaxProcesses)) return r;
  if (auto r = refuse("queues", system.channels.size() * 2, kMaxQueues)) return r;
  if (auto r = refuse("checks", symbols.ends.size(), kMaxEnds)) return r;
  if (auto r = refuse("blocks", system.blocks(), kMaxBlocks)) return r;
  if (auto r = refuse("components", system.components.size(), kMaxComponents)) return r;
  if (auto r = refuse("steps", steps(system, operations), kMaxSteps)) return r;
  for (const ir::Process& process : system.processes) {
    for (const ir::Edge& edge : process.edges) {
      if (operations.is_ambiguous(edge))
        return Refusal{"a step takes two messages that contracts follow in several ways"};
    }
  }
  return refuse_numbers(system, expressions);
}

}  // namespace

Emitter::Emitter(const ir::Program& program, const ir::System& system, const source::SourceMap& sources,
                 bool observed)
    : program_(program),
      system_(system),
      sources_(sources),
      observed_(observed),
      symbols_(program, system),
      expressions_(system, symbols_),
      operations_(system, program, symbols_, expressions_) {
  for (const ir::Process& process : system.processes)
    inits_ += process.kind == ir::Process::Kind::Init ? 1 : 0;
}

void Emitter::put(const std::string& line) {
  result_.text += line;
  result_.text += '\n';
  ++line_;
}

void Emitter::put_block(std::string_view text) {
  result_.text += text;
  line_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string Emitter::place(source::Span span) const {
  const auto at = sources_.position(span.file, span.begin);
  return fmt::format("{}:{}", sources_.file(span.file).path, at.line);
}

std::string Emitter::remark(source::Span span, std::string_view text) const {
  return fmt::format(
      "/* {} */", pml::comment_text(text.empty() ? place(span) : fmt::format("{}: {}", place(span), text)));
}

void Emitter::add_line(SystemLine line) {
  line.line = line_;
  result_.processes.back().lines.push_back(std::move(line));
}

PrintedSystem Emitter::run() {
  put(fmt::format("/* {} */",
                  pml::comment_text(fmt::format("singspin {}: system {}", SINGSPIN_VERSION, system_.name))));
  put("/* A standstill is what the process at the end says: run the verifier with -E. */");
  put_names();
  put_channels();
  put_data();
  put_blocks();
  put_processes_data();
  if (observed_) put_block(embedded::system_observer_pml);
  // The edges come first, so that what they call is known and can be printed before them.
  std::string before = std::move(result_.text);
  const std::size_t lines_before = line_;
  const auto print_processes = [&] {
    result_.processes.clear();
    for (const ir::ProcessId id : order()) put_process(id);
    put_watch();
  };
  print_processes();
  result_.text = std::move(before);
  line_ = lines_before;
  put("");
  put(fmt::format("inline {}(which) {{ {} = which; assert(false) }}", symbols_.fail, symbols_.over));
  for (const auto& [name, body] : operations_.inlines()) put(fmt::format("inline {}() {{ {} }}", name, body));
  print_processes();
  if (observed_) put_block(embedded::system_observer_code_pml);
  else put_formulas();
  return std::move(result_);
}

base::Expected<PrintedSystem, Refusal> emit(const ir::Program& program, const ir::System& system,
                                            const source::SourceMap& sources, bool observed) {
  if (auto refusal = find_refusal(program, system)) return tl::unexpected(std::move(*refusal));
  return Emitter(program, system, sources, observed).run();
}

}  // namespace singspin::systems
