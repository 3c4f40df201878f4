// A counterexample of a system: who acts, what passes between threads, and what each step changes.
#include "reports/report/system_run.h"

#include <algorithm>
#include <unordered_map>

#include "reports/formats/html/parts.h"
#include "reports/formats/html/system_cells.h"
#include "reports/story/story.h"

namespace singspin::html {

namespace {

using report::Passing;
using report::ToldStep;

// Texts that occur often are written once.
class Texts {
 public:
  std::size_t row(const std::string& text) {
    const auto [found, fresh] = rows_.emplace(text, all_.size());
    if (fresh) all_.push_back(text);
    return found->second;
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::unordered_map<std::string, std::size_t> rows_;
  std::vector<std::string> all_;
};

class SystemRunWriter {
 public:
  SystemRunWriter(const report::Report& report, const report::SystemCounterexample& row)
      : report_(report),
        row_(row),
        system_(report.systems_found[row.system]),
        in_(report.program, system_),
        steps_(report::tell(in_, row.run)),
        cells_(cells_of(in_)) {}

  std::string write(const Machines& machines, const Window& window) {
    out_.open_object().text("kind", "system");
    out_.number("size", window.size).number("first", window.first).number("gap", window.gap);
    lanes();
    channels(machines);
    sections();
    configuration("initial", 0);
    if (window.gap > 0) configuration("resume", window.first + window.gap);
    steps(window);
    ending();
    out_.key("texts").open_array();
    for (const std::string& text : texts_.all()) out_.text(text);
    return out_.close_array().close_object().take();
  }

 private:
  void lanes() {
    out_.key("lanes").open_array();
    for (const ir::ProcessId id : system_.processes.ids()) {
      const bool made = system_.components[system_.processes[id].component].kind == ir::Component::Kind::Peer;
      out_.open_object().text("name", report::thread_id(system_, id));
      if (made) out_.boolean("generated", true);
      out_.close_object();
    }
    out_.close_array();
  }

  // `ends`: exporter and importer, each with the cell of its state.
  void channels(const Machines& machines) {
    out_.key("channels").open_array();
    const std::size_t first = system_.processes.size();  // cells of endpoints come after those of threads
    for (const ir::Channel& row : system_.channels) {
      out_.open_object().text("name", row.name).number("machine", machines.row(row.contract));
      out_.number("start", row.start.value).key("ends").open_array();
      for (const ir::PortId port : {row.exporter, row.importer}) {
        const std::string& who = system_.components[system_.ports[port].component].name;
        out_.open_object().text("name", who).number("cell", first + port.value).close_object();
      }
      out_.close_array().close_object();
    }
    out_.close_array();
  }

  void sections() {
    out_.key("cells").open_array();
    for (const Cell& cell : cells_) {
      out_.open_object().text("section", cell.section).text("label", cell.label);
      if (cell.is_queue) out_.boolean("queue", true);
      out_.close_object();
    }
    out_.close_array();
  }

  void value(const Cell& cell, const Value& value) {
    if (!cell.is_queue) {
      out_.number(texts_.row(value.front()));
      return;
    }
    out_.open_array();
    for (const std::string& text : value) out_.number(texts_.row(text));
    out_.close_array();
  }

  void configuration(std::string_view name, std::size_t index) {
    out_.key(name).open_array();
    const std::vector<Value> now = values_of(in_, row_.run.configurations[index]);
    for (std::size_t i = 0; i < cells_.size(); ++i) value(cells_[i], now[i]);
    out_.close_array();
  }

  // [cell, value]; a message that joins a queue is [cell, null, message], one that leaves it [cell, null].
  void change(std::size_t i, const Value& before, const Value& after) {
    const auto size = static_cast<std::ptrdiff_t>(before.size());
    out_.open_array().number(i);
    if (cells_[i].is_queue && after.size() == before.size() + 1 &&
        std::equal(before.begin(), before.end(), after.begin())) {
      out_.null().number(texts_.row(after.back()));
    } else if (cells_[i].is_queue && size > 0 && after.size() + 1 == before.size() &&
               std::equal(after.begin(), after.end(), before.begin() + 1)) {
      out_.null();
    } else {
      value(cells_[i], after);
    }
    out_.close_array();
  }

  void changes(const std::vector<Value>& before, const std::vector<Value>& after) {
    out_.key("c").open_array();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (before[i] != after[i]) change(i, before[i], after[i]);
    }
    out_.close_array();
  }

  // [channel, 1 if the importer acts, transition, 1 if it sends, number of the message, its fate]; fate 1: it
  // stays in its queue.
  void messages(const ToldStep& step) {
    if (step.messages.empty()) return;
    out_.key("m").open_array();
    for (const Passing& p : step.messages) {
      const ir::Port& port = system_.ports[p.port];
      out_.open_array().number(port.channel.value).number(port.role == ir::Role::Importer ? 1 : 0);
      if (p.transition) out_.number(p.transition->value);
      else out_.null();
      out_.number(p.send ? 1 : 0).number(p.message_id).number(p.left ? 1 : 0);
      out_.number(texts_.row(in_.contract(p.port).messages[p.message].name)).close_array();
    }
    out_.close_array();
  }

  void step(const ToldStep& told, const std::vector<Value>& before, const std::vector<Value>& after) {
    const ir::Edge& edge = in_.edge(told.step);
    const story::Sentence sentence = story::tell(in_, told);
    out_.open_object().number("w", told.step.process.value).number("s", texts_.row(sentence.what));
    if (!sentence.why.empty()) out_.number("y", texts_.row(sentence.why));
    out_.number("x", texts_.row(edge.action.empty() ? std::string(told.action) : edge.action));
    if (told.faulty) out_.boolean("f", true);
    put_place(out_.key("at"), report_.sources, edge.span);
    messages(told);
    changes(before, after);
    out_.close_object();
  }

  void steps(const Window& window) {
    out_.key("steps").open_array();
    std::vector<Value> before = values_of(in_, row_.run.configurations.front());
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const bool has_next = i + 1 < row_.run.configurations.size();
      std::vector<Value> after = has_next ? values_of(in_, row_.run.configurations[i + 1]) : before;
      if (window.shows(i)) step(steps_[i], before, after);
      before = std::move(after);
    }
    out_.close_array();
  }

  // Where every thread that cannot go on waits.
  void ending() {
    out_.key("end").open_object().key("blocked").open_array();
    const auto& why = row_.explanation;
    if (why && !row_.run.violation) {
      for (const explore::Waiting& w : why->blocked) {
        const ir::Location& here = system_.processes[w.process].locations[w.location];
        out_.open_object().number("lane", w.process.value).text("text", here.activity);
        put_place(out_.key("at"), report_.sources, here.span);
        out_.close_object();
      }
    }
    out_.close_array().key("race").open_array();
    if (why) {
      for (const std::uint32_t step : why->race) out_.number(step);
    }
    out_.close_array();
    if (why && why->decisive) out_.number("decisive", *why->decisive);
    if (row_.run.loop_start) out_.number("loop", *row_.run.loop_start);
    out_.close_object();
  }

  const report::Report& report_;
  const report::SystemCounterexample& row_;
  const ir::System& system_;
  explore::Interpreter in_;
  std::vector<ToldStep> steps_;
  std::vector<Cell> cells_;
  Texts texts_;
  JsonText out_;
};

}  // namespace

std::string system_run_data(const report::Report& report, const report::SystemCounterexample& run,
                            const Machines& machines, Shown shown) {
  return SystemRunWriter(report, run).write(machines, window_of(run.run.steps.size(), shown));
}

}  // namespace singspin::html
