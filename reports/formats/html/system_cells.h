// A configuration of a system as a list of cells, each a text or a queue of texts, under headings. Internal
// to formats/html.
#pragma once

#include <string>
#include <vector>

#include "frontend/explore/run.h"

namespace singspin::html {

struct Cell {
  std::string section;  // `Queues`
  std::string label;    // `jobs.imp -> jobs.exp`
  bool is_queue = false;
};

// A text is a list with one element.
using Value = std::vector<std::string>;

std::vector<Cell> cells_of(const explore::Interpreter& interpreter);
// One for each cell.
std::vector<Value> values_of(const explore::Interpreter& interpreter, const explore::Configuration& at);

}  // namespace singspin::html
