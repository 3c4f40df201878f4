// The parts of emit.cpp: text with its line numbers, and one function per part of a model.
#pragma once

#include <string>

#include "promela/systems/emit.h"
#include "promela/systems/operations.h"

namespace singspin::systems {

class Emitter {
 public:
  Emitter(const ir::Program& program, const ir::System& system, const source::SourceMap& sources,
          bool observed);
  PrintedSystem run();

 private:
  void put(const std::string& line);
  void put_block(std::string_view text);
  std::string place(source::Span span) const;
  std::string remark(source::Span span, std::string_view text) const;

  // declarations.cpp
  void put_names();
  void put_set(std::string_view set, const Words& names);
  void put_channels();
  void put_data();
  void put_blocks();
  void put_processes_data();
  void declare(std::string_view type, const std::string& name, std::int64_t value, std::string_view comment);
  void declare(std::string_view type, const std::string& name, const std::string& value,
               std::string_view comment);

  // processes.cpp
  std::vector<ir::ProcessId> order() const;  // those of kind Init first: the others wait for them
  std::string provided(const ir::Process& process) const;
  std::string process_text(ir::ProcessId id, std::size_t first_line);
  void put_process(ir::ProcessId id);
  void put_location(ir::ProcessId id, ir::LocationId location, bool last);
  void put_edge(ir::ProcessId id, ir::EdgeId edge);

  // watch.cpp
  void put_watch();
  void put_standstill();
  std::string must_move(ir::ProcessId id) const;
  std::string is_resting(ir::ProcessId id) const;
  std::string at(ir::ProcessId id, ir::LocationId location) const;
  std::string is_broken(const ir::Mapping& mapping) const;
  void put_formulas();
  void add_line(SystemLine line);

  const ir::Program& program_;
  const ir::System& system_;
  const source::SourceMap& sources_;
  bool observed_;
  Symbols symbols_;
  Expressions expressions_;
  Operations operations_;
  PrintedSystem result_;
  std::size_t line_ = 0;
  std::size_t inits_ = 0;
};

}  // namespace singspin::systems
