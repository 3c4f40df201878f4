#include "promela/print/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "observer_code_pml.h"
#include "observer_pml.h"
#include "promela/print/comment.h"
#include "promela/print/names.h"

namespace singspin::pml {

namespace {

bool numeric(const Machine& machine) { return machine.messages.size() > kMaxMtypeNames; }

class Printer {
 public:
  explicit Printer(const Model& model) : model_(model) {}

  Printed run() {
    for (const std::string& line : model_.header) put(fmt::format("/* {} */", comment_text(line)));
    name_processes();
    name_channels();
    print_messages();
    print_channels();
    print_ghosts();
    if (model_.observed) put_block(embedded::observer_pml);
    for (std::size_t i = 0; i < model_.machines.size(); ++i) {
      put("");
      put(fmt::format("/* {} */", comment_text(model_.machines[i].title)));
      print_process(i, model_.machines[i].exporter);
      put("");
      print_process(i, model_.machines[i].importer);
    }
    if (many()) print_start();
    if (model_.idling) print_idling();
    for (const Formula& formula : model_.formulas) print_formula(formula);
    if (model_.observed) put_block(embedded::observer_code_pml);
    return std::move(result_);
  }

 private:
  bool many() const { return model_.machines.size() > 1; }

  void put(const std::string& line) {
    result_.text += line;
    result_.text += '\n';
    ++line_;
  }
  void put_block(std::string_view text) {
    result_.text += text;
    line_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  void name_processes() {
    for (std::size_t i = 0; i < model_.machines.size(); ++i) {
      const std::string number = many() ? fmt::format("_{}", i + 1) : "";
      process_names_.push_back({names_.global("Exporter" + number), names_.global("Importer" + number)});
    }
  }

  // Each contract has a set of its own: SPIN allows 255 names in one.
  void print_messages() {
    for (const Machine& machine : model_.machines) {
      const auto [at, added] = messages_.emplace(machine.message_set, std::vector<std::string>{});
      if (!added || machine.messages.empty()) continue;
      if (numeric(machine)) {
        for (std::size_t m = 0; m < machine.messages.size(); ++m) at->second.push_back(std::to_string(m + 1));
        continue;
      }
      for (const std::string& m : machine.messages) at->second.push_back(names_.global(m));
      const std::string set =
          many() ? ":" + names_.global(fmt::format("messages_{}", machine.message_set + 1)) : "";
      put("");
      put(fmt::format("mtype{} = {{ {} }};", set, fmt::join(at->second, ", ")));
    }
  }

  std::string_view content_type(const Machine& machine) const {
    if (machine.messages.empty()) return "byte";
    return numeric(machine) ? "short" : "mtype";
  }

  // Machines with queues of one capacity share them: only one machine runs.
  void name_channels() {
    for (const Machine& machine : model_.machines) {
      name_channel(machine, true, machine.to_importer);
      name_channel(machine, false, machine.to_exporter);
    }
  }
  void name_channel(const Machine& machine, bool to_importer, std::uint32_t capacity) {
    if (channels_.contains({to_importer, capacity})) return;
    const std::string name = to_importer ? "to_importer" : "to_exporter";  // reserved words of NameTable
    channels_[{to_importer, capacity}] = many() ? names_.global(fmt::format("{}_{}", name, capacity)) : name;
    channel_lines_.push_back(fmt::format("chan {} = [{}] of {{ {} }};", channels_.at({to_importer, capacity}),
                                         capacity, content_type(machine)));
  }
  void print_channels() {
    put("");
    for (const std::string& line : channel_lines_) put(line);
  }
  const std::string& channel(const Machine& machine, bool to_importer) const {
    return channels_.at({to_importer, to_importer ? machine.to_importer : machine.to_exporter});
  }

  void print_process(std::size_t index, const Process& process) {
    const Machine& machine = model_.machines[index];
    const bool exporter = process.role == ir::Role::Exporter;
    const std::string& name = exporter ? process_names_[index].first : process_names_[index].second;
    std::string head = fmt::format("{}proctype {}()", many() ? "" : "active ", name);
    if (model_.observed && exporter) {
      head += fmt::format(" provided (c_expr {{ (ss_observe)(now.{}, now.{}) }})", channel(machine, true),
                          channel(machine, false));
    }
    put(head);
    put("{");
    result_.processes.push_back({index, process.role, {}});
    name_labels(process);
    for (std::size_t b = 0; b < process.blocks.size(); ++b) {
      print_block(machine, process, b, b + 1 == process.blocks.size() ? "" : ";");
    }
    put("}");
  }

  void name_labels(const Process& process) {
    labels_.clear();
    for (const Block& block : process.blocks)
      labels_.push_back(names_.label(result_.processes.size(), block.label, block.final));
  }

  void print_ghosts() {
    if (model_.idling) {
      idle_ = names_.global("idle");
      put(fmt::format("bit {};", idle_));
    }
    if (model_.events) {
      last_event_ = names_.global("last_event");
      put(fmt::format("{} {};", event_type(), last_event_));
    }
    for (const Place& place : model_.places) {
      places_.push_back(names_.global(fmt::format("at_{}", places_.size() + 1)));
      put(fmt::format("bit {}{};  /* {} */", places_.back(), is_in(place, 0) ? " = 1" : "",
                      comment_text(place.title)));
    }
  }

  std::string_view event_type() const {
    unsigned most = 0;
    const Machine& machine = model_.machines.front();
    for (const Process* process : {&machine.exporter, &machine.importer}) {
      for (const Block& block : process->blocks) {
        for (const Option& option : block.options) most = std::max(most, option.event);
      }
    }
    return most <= 255 ? "byte" : "short";
  }

  static bool is_in(const Place& place, std::size_t block) {
    return std::binary_search(place.blocks.begin(), place.blocks.end(), block);
  }

  void print_idling() {
    const std::string label = names_.label(result_.processes.size() + 1, "idling", false);
    put("");
    put("/* It can always make a step: no run ends, so fairness cannot hide one that does. */");
    put(fmt::format("active proctype {}()", names_.global("Idling")));
    put("{");
    put(label + ":");
    put("  if");
    const std::string flip = fmt::format("{0} = !{0}", idle_);
    put(fmt::format("  :: {} -> goto {}",
                    model_.events ? fmt::format("d_step {{ {}; {} = 0 }}", flip, last_event_) : flip, label));
    put("  fi");
    put("}");
  }

  void print_formula(const Formula& formula) {
    std::vector<std::string> texts;
    for (const Term& term : formula.terms) texts.push_back(term_text(term, texts));
    put("");
    put(fmt::format("/* {} */", comment_text(formula.title)));
    put(fmt::format("ltl {} {{ {} }}", formula.name, texts.back()));
  }

  std::string term_text(const Term& term, const std::vector<std::string>& before) const {
    const auto left = [&] { return before[term.left]; };
    const auto joined = [&](std::string_view sign) {
      return fmt::format("({} {} {})", before[term.left], sign, before[term.right]);
    };
    switch (term.op) {
      case Term::Op::True: return "true";
      case Term::Op::False: return "false";
      case Term::Op::At: return places_[term.place];
      case Term::Op::Event: return fmt::format("({} == {})", last_event_, term.event);
      case Term::Op::Length:
        return fmt::format("(len({}) {} {})", channel(model_.machines.front(), term.to_importer),
                           term.comparison, term.number);
      case Term::Op::Not: return fmt::format("(! {})", left());
      case Term::Op::And: return joined("&&");
      case Term::Op::Or: return joined("||");
      case Term::Op::Implies: return joined("->");
      case Term::Op::Always: return fmt::format("([] {})", left());
      case Term::Op::Eventually: return fmt::format("(<> {})", left());
      case Term::Op::Until: return joined("U");
      case Term::Op::WeakUntil: return joined("W");
    }
    UNREACHABLE("operator is known");
  }

  void print_block(const Machine& machine, const Process& process, std::size_t index,
                   std::string_view separator) {
    const Block& block = process.blocks[index];
    std::string head = labels_[index] + ":";
    for (const std::string& comment : block.comment) head += fmt::format("  /* {} */", comment_text(comment));
    put(head);
    if (block.final) {
      put(fmt::format("  false{}  /* the conversation is over */", separator));
      add_line(block.origin, "(0)", "(0)", 0);
      return;
    }
    put("  if");
    for (const Option& option : block.options) print_option(machine, {process.role, index}, option);
    put(fmt::format("  fi{}", separator));
  }

  struct From {
    ir::Role role;
    std::size_t block;
  };
  void print_option(const Machine& machine, const From& from, const Option& option) {
    const std::string& queue = channel(machine, option.to_importer);
    const std::string& message = messages_.at(machine.message_set)[option.message];
    const char sign = option.action == Option::Action::Send ? '!' : '?';
    const std::string action = fmt::format("{}{}{}", queue, sign, message);
    const std::string comment =
        numeric(machine) ? fmt::format("  /* {} */", comment_text(machine.messages[option.message])) : "";
    const std::uint32_t value = message_number(machine, option.message);
    const std::string told = ghosts(from, option);
    if (told.empty() && !option.restraint) {
      put(fmt::format("  :: {} -> goto {}{}", action, labels_[option.target], comment));
      add_line(option.origin, action, fmt::format("{}{}{}", queue, sign, value), value);
    } else {
      put(fmt::format("  :: d_step {{ {}{}{} }} -> goto {}{}",
                      option.restraint ? guard(machine, option) + " -> " : "", action, told,
                      labels_[option.target], comment));
      const std::string step = fmt::format("D_STEP{}", line_);
      add_line(option.origin, step, step, value);
    }
  }

  // What a step writes for the formulas to read.
  std::string ghosts(const From& from, const Option& option) const {
    std::string text;
    for (std::size_t i = 0; i < model_.places.size(); ++i) {
      const Place& place = model_.places[i];
      if (place.role != from.role) continue;
      const bool now = is_in(place, option.target);
      if (now != is_in(place, from.block)) text += fmt::format("; {} = {}", places_[i], now ? 1 : 0);
    }
    if (model_.events) text += fmt::format("; {} = {}", last_event_, option.event);
    return text;
  }

  // Only the first statement of a d_step may block, so the guard asks for room as well.
  std::string guard(const Machine& machine, const Option& option) const {
    const std::string& inbox = channel(machine, !option.to_importer);
    std::string heads;
    for (const MessageIndex m : option.restraint->unless_head) {
      heads +=
          fmt::format("{}{}?[{}]", heads.empty() ? "" : " || ", inbox, messages_.at(machine.message_set)[m]);
    }
    return fmt::format("nfull({}) && !({})", channel(machine, option.to_importer), heads);
  }

  void add_line(const Origin& origin, std::string text, std::string numeric_text, std::uint32_t value) {
    result_.processes.back().lines.push_back(
        {line_, origin, std::move(text), std::move(numeric_text), value});
  }

  // A run picks its machine by the environment, in one atomic step.
  void print_start() {
    put("");
    put("init");
    put("{");
    put("  atomic {");
    put("    if");
    for (std::size_t i = 0; i < process_names_.size(); ++i) {
      put(fmt::format("    :: c_expr {{ (ss_machine)() == {} }} -> run {}(); run {}()", i,
                      process_names_[i].first, process_names_[i].second));
    }
    put("    fi");
    put("  };");
    put(names_.label(result_.processes.size() + 1, "started", true) + ":");
    put("  false");
    put("}");
  }

  const Model& model_;
  NameTable names_;
  Printed result_;
  std::size_t line_ = 0;
  std::vector<std::pair<std::string, std::string>> process_names_;
  std::map<std::size_t, std::vector<std::string>> messages_;  // by message set
  std::map<std::pair<bool, std::uint32_t>, std::string> channels_;
  std::vector<std::string> channel_lines_;
  std::vector<std::string> labels_;  // of the process being printed
  std::string idle_, last_event_;
  std::vector<std::string> places_;
};

}  // namespace

Printed print(const Model& model) { return Printer(model).run(); }

std::uint32_t message_number(const Machine& machine, MessageIndex message) {
  return static_cast<std::uint32_t>(numeric(machine) ? message + 1 : machine.messages.size() - message);
}

}  // namespace singspin::pml
