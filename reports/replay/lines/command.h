// Line commands of replay and simulation (output specification, sections 7 and 11): text in, text out. What
// touches the world (files, an editor) is a wish in the answer that the caller fulfils. Knows no terminal.
#pragma once

#include "reports/replay/engine/session.h"

namespace singspin::replay {

struct FileWish {
  std::string path, text;
};

struct EditWish {
  std::string path;  // as in the trace: relative to the root
  std::uint32_t line = 1;
};

struct Answer {
  std::string command;
  bool ok = true;
  std::vector<std::string> text;  // at least one line; of a failure the reason
  bool moved = false;             // the cursor may stand elsewhere
  bool lists_steps = false;       // `enabled`, `why`
  bool quit = false;
  std::optional<FileWish> write;
  std::optional<EditWish> edit;
};

struct LineOptions {
  bool unicode = true;
};

// `line` without its line end. Empty lines and comments give an empty answer: no command, no text.
Answer command(Session& session, const std::string& line, const LineOptions& options);

// Names of all commands that begin with `prefix`, for completion.
std::vector<std::string> commands_with(const std::string& prefix);

// One line of JSON: the head of a session, and an answer.
std::string porcelain_head(const Session& session);
std::string porcelain(const Session& session, const Answer& answer);

}  // namespace singspin::replay
