#include "reports/formats/terminal/chart_end.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

EndText unbounded_end(const RunView& run, ir::Role role) {
  EndText end{false, {run.words(run.trace.last().state(role))}};
  const std::uint32_t start = *run.ending.loop_start;
  if (start >= run.size()) return end;
  if (run.ending.kind == exec::Ending::Kind::Claim) {
    end.lines.push_back(fmt::format("goes on with step {}", start + 1));
    return end;
  }
  if (run.actor(start) == role) {
    end.lines.push_back(fmt::format("goes on with step {}", start + 1));
  } else {
    end.bad = true;
    end.lines.emplace_back("queue grows for ever");
  }
  return end;
}

std::string head_words(const RunView& run, const exec::Queue& queue) {
  const std::string head = run.name(queue.front());
  return queue.size() == 1 ? head : fmt::format("{} (first of {})", head, queue.size());
}

}  // namespace

EndText end_text(const RunView& run, ir::Role role) {
  if (run.ending.loop_start) return unbounded_end(run, role);
  const exec::Configuration& last = run.trace.last();
  const exec::Queue& queue = last.inbox(role);
  const exec::Blocked* blocked = run.blocked(role);
  const bool final = run.state(last.state(role)).final;
  EndText end;
  end.bad = final ? !queue.empty() : blocked != nullptr;
  end.lines.push_back(run.words(last.state(role)) + (final ? " (finished)" : ""));
  if (blocked != nullptr && !final) {
    const bool full = blocked->cause == exec::Blocked::Cause::FullQueue;
    if (!blocked->accepts.empty()) end.lines.push_back("needs " + alternatives(run.names(blocked->accepts)));
    if (full) end.lines.push_back("sends " + alternatives(run.names(blocked->sends)));
  } else if (!final) {
    end.lines.emplace_back("can go on");
  }
  if (!queue.empty()) {
    end.lines.push_back("has   " + head_words(run, queue));
  } else if (blocked != nullptr && blocked->cause == exec::Blocked::Cause::EmptyQueue) {
    end.lines.emplace_back("has   no message");
  }
  return end;
}

std::vector<std::string> broken_end(const std::vector<std::string>& lines, unsigned width) {
  constexpr unsigned kKey = 6;
  std::vector<std::string> all;
  for (const std::string& line : lines) {
    std::vector<std::string> parts = wrap(line, width, kKey);
    const auto too_wide = [&](const std::string& part) { return display_width(part) + kKey > width; };
    if (parts.size() > 1 && std::ranges::any_of(parts, too_wide)) parts = {fit(line, width)};
    std::string indent;
    for (const std::string& part : parts) {
      all.push_back(indent + part);
      indent = std::string(kKey, ' ');
    }
  }
  return all;
}

}  // namespace singspin::terminal
