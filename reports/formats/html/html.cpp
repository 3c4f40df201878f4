#include "reports/formats/html/html.h"

#include <fmt/format.h>

#include <array>

#include "html_app_css.h"
#include "html_chart_js.h"
#include "html_config_js.h"
#include "html_dagre_js.h"
#include "html_dom_js.h"
#include "html_explore_js.h"
#include "html_index_js.h"
#include "html_layout_js.h"
#include "html_machine_js.h"
#include "html_main_js.h"
#include "html_run_js.h"
#include "html_shell_html.h"
#include "html_source_js.h"
#include "html_subject_js.h"
#include "html_trace_js.h"
#include "reports/formats/html/parts.h"

namespace singspin::html {

namespace {

// The page's own script: one element, so one hash.
constexpr std::array kApp = {
    embedded::html_dom_js,     embedded::html_trace_js,   embedded::html_source_js,  embedded::html_chart_js,
    embedded::html_config_js,  embedded::html_layout_js,  embedded::html_machine_js, embedded::html_run_js,
    embedded::html_explore_js, embedded::html_subject_js, embedded::html_index_js,   embedded::html_main_js,
};

constexpr std::size_t kMostFallback = 200'000;   // bytes of text for readers without scripts
constexpr std::size_t kMostTraceFile = 400'000;  // bytes of a trace file that the page carries along

std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : hex) {  // four bits each
    bits = bits << 4 | static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    count += 4;
    if (count < 6) continue;
    count -= 6;
    out += kDigits[bits >> count & 63u];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63u];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string script_hash(std::string_view script) {
  return fmt::format("'sha256-{}'", base64_of_hex(source::sha256_hex(script)));
}

// For text between tags. Control characters that HTML forbids become visible.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) out += fmt::format("\\x{:02x}", byte);
    else out += c;
  }
  return out;
}

std::string fallback_text(const std::string& text) {
  if (text.size() <= kMostFallback) return escaped(text);
  const std::size_t end = text.rfind('\n', kMostFallback);
  return escaped(text.substr(0, end == text.npos ? kMostFallback : end)) + "\n... (the rest needs scripts)\n";
}

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
  }
  return out;
}

class PageWriter {
 public:
  PageWriter(const report::Report& report, const Words& words, const Options& options, const Sink& sink)
      : report_(report), words_(words), options_(options), sink_(sink), machines_(report) {}

  // The shell with `{{name}}` replaced.
  void write() {
    std::string_view rest = embedded::html_shell_html;
    for (std::size_t at = 0; (at = rest.find("{{")) != rest.npos;) {
      const std::size_t end = rest.find("}}", at);
      sink_(rest.substr(0, at));
      fill(rest.substr(at + 2, end - at - 2));
      rest.remove_prefix(end + 2);
    }
    sink_(rest);
  }

 private:
  void fill(std::string_view name) {
    if (name == "hashes") put(script_hash(embedded::html_dagre_js) + " " + script_hash(app()));
    else if (name == "title") put(escaped(title()));
    else if (name == "css") sink_(embedded::html_app_css);
    else if (name == "text") put(fallback_text(words_.report_text));
    else if (name == "data") data();
    else if (name == "dagre") sink_(embedded::html_dagre_js);
    else if (name == "app") put(app());
    else UNREACHABLE("the shell names what the writer knows");
  }

  static std::string app() {
    std::string out;
    for (const std::string_view part : kApp) out += part;
    return out;
  }

  std::string title() const {
    const auto outcome = report::outcome_text(report_.run.outcome);
    if (report_.contracts.size() == 1 && report_.systems.empty())
      return fmt::format("{}: {}", report_.program.contracts[report_.contracts.front().contract].name,
                         outcome);
    return fmt::format("singspin report: {}", outcome);
  }

  void put(const std::string& text) {
    written_ += text.size();
    sink_(text);
  }

  bool fits(std::size_t bytes) const { return written_ + bytes <= options_.most_bytes; }

  void element(const std::string& id, const std::string& json) {
    put(fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, json));
  }

  // What is too large stays out; the page says so where it would be.
  void element_if_it_fits(const std::string& id, const std::string& json) {
    if (fits(json.size())) element(id, json);
  }

  void data() {
    element("data", overview_data(report_, words_, machines_, options_));
    for (std::size_t i = 0; i < machines_.contracts().size(); ++i) {
      const ir::Contract& contract = report_.program.contracts[machines_.contracts()[i]];
      element_if_it_fits(fmt::format("machine-{}", i), machine_data(contract, report_.sources));
    }
    std::size_t run = 0;
    for (const report::Counterexample& row : report_.counterexamples)
      steps(run++, row.trace.steps.size(), [&](Shown s) { return run_data(report_, row, machines_, s); });
    for (const report::SystemCounterexample& row : report_.system_counterexamples)
      steps(run++, row.run.steps.size(),
            [&](Shown s) { return system_run_data(report_, row, machines_, s); });
    for (std::uint32_t i = 0; i < report_.sources.size(); ++i) {
      const std::string& text = report_.sources.file(source::FileId{i}).text;
      if (fits(text.size())) element_if_it_fits(fmt::format("source-{}", i), quoted(with_line_feeds(text)));
    }
    for (std::size_t i = 0; i < run; ++i) {
      const std::string file = words_.trace_file(i);
      if (file.size() <= kMostTraceFile) element_if_it_fits(fmt::format("file-{}", i), quoted(file));
    }
  }

  template <class Data>
  void steps(std::size_t run, std::size_t size, const Data& data) {
    const Shown all = size <= options_.most_steps ? Shown::All : Shown::Ends;
    for (const Shown shown : {all, Shown::Ends, Shown::Nothing}) {
      const std::string json = data(shown);
      if (!fits(json.size())) continue;
      element(fmt::format("run-{}", run), json);
      return;
    }
  }

  const report::Report& report_;
  const Words& words_;
  const Options& options_;
  const Sink& sink_;
  Machines machines_;
  std::size_t written_ = 0;
};

}  // namespace

void write(const report::Report& report, const Words& words, const Options& options, const Sink& sink) {
  PageWriter(report, words, options, sink).write();
}

}  // namespace singspin::html
