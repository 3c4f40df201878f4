#include "reports/formats/junit/junit.h"

#include <fmt/format.h>

#include <map>

#include "reports/document/findings.h"
#include "reports/document/text.h"
#include "reports/formats/junit/xml.h"

namespace singspin::junit {

namespace {

using document::Diagnostic;
using document::Document;
using document::Severity;
using document::Span;
using document::Status;
using document::Subject;
using document::Verdict;

constexpr std::size_t kMostText = 64 << 10;  // of one case
constexpr std::size_t kMostAll = 30'000'000;
constexpr std::size_t kReserve = 4'096;  // for the last case and all that closes elements

enum class Result { Passed, Failed, Broken, Skipped };

struct Case {
  std::string name;
  Result result = Result::Passed;
  std::string type, message, text;
  std::optional<double> seconds;
  std::optional<Span> span;
};

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  void add(Result result) {
    ++tests;
    failures += result == Result::Failed;
    errors += result == Result::Broken;
    skipped += result == Result::Skipped;
  }
  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures, errors,
                       skipped);
  }
};

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document) {}

  std::string write() {
    for (const Subject& subject : document_.contracts) add(subject);
    for (const Subject& subject : document_.systems) add(subject);
    add_inputs();
    if (left_out_.tests > 0) add_rest();
    const std::string time =
        document_.elapsed_seconds ? fmt::format(" time=\"{:.3f}\"", *document_.elapsed_seconds) : "";
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"singspin\" {}{}>\n{}</testsuites>\n",
        all_.attributes(), time, body_);
  }

 private:
  void add(const Subject& subject) {
    std::vector<Case> cases;
    for (const Verdict& verdict : subject.verdicts) {
      if (!verdict.priority) cases.push_back(make_case(subject, verdict));
    }
    if (!cases.empty()) add_suite(subject.qualified, cases);
  }

  Case make_case(const Subject& subject, const Verdict& verdict) const {
    Case out{verdict.property, Result::Passed, verdict.reason, {}, {}, verdict.elapsed_seconds, subject.span};
    switch (verdict.status) {
      case Status::Proved: return out;
      case Status::Violated: violate(verdict, out); return out;
      case Status::Skipped: out.result = Result::Skipped; break;
      case Status::Inconclusive:
      case Status::Error: out.result = Result::Broken; break;
    }
    out.message = undecided_text(subject, verdict);
    return out;
  }

  // What comments silence passes without a word.
  void violate(const Verdict& verdict, Case& out) const {
    if (verdict.suppressed) return;
    out.type = verdict.code;
    if (verdict.counterexample) {
      const document::Counterexample& run = document_.counterexamples[*verdict.counterexample];
      out.message = run.message;
      out.text = run.text;
      out.span = run.span;
    }
    for (const std::size_t row : verdict.diagnostics) {
      const Diagnostic& one = document_.diagnostics[row];
      if (one.suppressed) continue;
      if (out.message.empty()) {
        out.message = one.message;
        if (one.span) out.span = one.span;
      }
      out.text += (out.text.empty() ? "" : "\n") + (one.text.empty() ? one.message + "\n" : one.text);
    }
    if (out.text.empty()) out.text = out.message + "\n";
    if (verdict.severity == Severity::Error) out.result = Result::Failed;
  }

  // Errors of the input: a suite per file, and one for what has no place.
  void add_inputs() {
    std::map<std::size_t, std::vector<const Diagnostic*>> files;
    for (const Diagnostic& one : document_.diagnostics) {
      if (one.suppressed || one.severity != Severity::Error || one.code.starts_with("SS01")) continue;
      files[one.span ? one.span->input : document_.inputs.size()].push_back(&one);
    }
    for (const auto& [input, all] : files) {
      Case parse{"parse", Result::Broken, all.front()->code, all.front()->message, {}, {}, all.front()->span};
      for (const Diagnostic* one : all)
        parse.text +=
            (parse.text.empty() ? "" : "\n") + (one->text.empty() ? one->message + "\n" : one->text);
      add_suite(input < document_.inputs.size() ? document_.inputs[input].path : "input", {parse});
    }
  }

  void add_suite(const std::string& name, const std::vector<Case>& cases) {
    const std::string shown = unique(document::one_line(name), suites_);
    std::map<std::string, int> names;
    std::string rows;
    Counts counts;
    for (const Case& one : cases) {
      const std::string head = case_head(shown, one, names);
      const std::string body = case_body(one);
      const std::size_t used = body_.size() + rows.size() + 3 * shown.size() + kReserve;
      const bool whole = used + head.size() + body.size() < kMostAll;
      const std::string short_body = whole ? body : case_body(without_text(one));
      if (!whole && used + head.size() + short_body.size() >= kMostAll) {
        left_out_.add(one.result);
        continue;
      }
      rows += head + short_body;
      counts.add(one.result);
      all_.add(one.result);
    }
    if (counts.tests == 0) return;
    body_ += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", xml_attribute(shown),
                         counts.attributes(), rows);
  }

  static Case without_text(Case one) {
    if (!one.text.empty()) one.text = "the text is left out: the file would be larger than 30 MB\n";
    return one;
  }

  std::string case_head(const std::string& suite, const Case& one, std::map<std::string, int>& names) const {
    std::string out =
        fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml_attribute(suite),
                    xml_attribute(unique(document::cut(document::one_line(one.name), 1'000), names)));
    if (one.seconds) out += fmt::format(" time=\"{:.3f}\"", *one.seconds);
    if (one.span) {
      out += fmt::format(" file=\"{}\" line=\"{}\"",
                         xml_attribute(document::one_line(document_.inputs[one.span->input].path)),
                         one.span->start.line);
    }
    return out;
  }

  static std::string case_body(const Case& one) {
    const std::string text = xml_text(document::cut(document::visible(one.text), kMostText));
    const std::string message = xml_attribute(document::cut(document::one_line(one.message), 4'096));
    const std::string type = xml_attribute(document::one_line(one.type));
    switch (one.result) {
      case Result::Passed:
        return one.text.empty()
                   ? "/>\n"
                   : fmt::format(">\n      <system-out>{}</system-out>\n    </testcase>\n", text);
      case Result::Skipped:
        return fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n", message);
      case Result::Failed:
      case Result::Broken: break;
    }
    const std::string_view kind = one.result == Result::Failed ? "failure" : "error";
    return fmt::format(">\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n", kind, type,
                       message, text, kind);
  }

  // Readers drop the second case of a name without a word.
  static std::string unique(const std::string& name, std::map<std::string, int>& names) {
    std::string made = name;
    while (!names.emplace(made, 1).second) made = fmt::format("{} ({})", name, ++names[name]);
    return made;
  }

  void add_rest() {
    const bool bad = left_out_.failures + left_out_.errors > 0;
    const std::string words = fmt::format("and {} more: {} failures, {} errors", left_out_.tests,
                                          left_out_.failures, left_out_.errors);
    Case rest{"left out", bad ? Result::Broken : Result::Skipped, "too-large", words, {}, {}, {}};
    std::map<std::string, int> names;
    Counts counts;
    counts.add(rest.result);
    all_.add(rest.result);
    body_ += fmt::format("  <testsuite name=\"left out\" {}>\n{}{}  </testsuite>\n", counts.attributes(),
                         case_head("left out", rest, names), case_body(rest));
  }

  const Document& document_;
  Counts all_, left_out_;
  std::map<std::string, int> suites_;
  std::string body_;
};

}  // namespace

std::string render(const Document& document, const document::Settings&) { return Writer(document).write(); }

}  // namespace singspin::junit
