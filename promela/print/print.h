// Promela tree to text: the only code that knows Promela syntax, and the names it must avoid.
// Promises: deterministic; one statement per line; every statement has an entry in the line map.
#pragma once

#include <string>
#include <vector>

#include "promela/model/model.h"

namespace singspin::pml {

// One line of the text that can be executed, in the order of the text.
struct Line {
  std::size_t line = 0;  // 1-based
  Origin origin;
  // How SPIN may spell the statement in its tables: with the message name or with its number.
  std::string text;
  std::string numeric_text;
  std::uint32_t number = 0;  // value of the message
};

// One process of the text, in the order of the text, which is the order SPIN numbers them in.
struct PrintedProcess {
  std::size_t machine = 0;
  ir::Role role = ir::Role::Exporter;
  std::vector<Line> lines;  // options, and `false` of final states
};

struct Printed {
  std::string text;
  std::vector<PrintedProcess> processes;
};

Printed print(const Model& model);

// The value of a message in a queue: SPIN numbers mtype names from the last one, which is 1; sets too
// large for names are numbered by us.
std::uint32_t message_number(const Machine& machine, MessageIndex message);

}  // namespace singspin::pml
