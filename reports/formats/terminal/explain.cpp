#include "reports/formats/terminal/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {
namespace {

using Lines = std::vector<std::string_view>;

constexpr unsigned kKindColumn = 61;  // where `property, error` begins, if the width allows
constexpr unsigned kSmallestWidth = 20;
constexpr std::string_view kHeading = "## ";
constexpr std::string_view kFence = "```";
constexpr std::string_view kHiddenLine = "~ ";
constexpr std::string_view kListItem = "- ";
constexpr std::string_view kContractIndent = "    ";

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Lines split_words(std::string_view text) {
  Lines words;
  for (std::size_t begin = 0; (begin = text.find_first_not_of(' ', begin)) != text.npos;) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

// ---- reading

bool is_hidden_fence(std::string_view fence) {
  const Lines words = split_words(fence.substr(kFence.size()));
  return std::find(words.begin(), words.end(), "hidden") != words.end();
}

// One section, line by line. A block that is left out takes the blank line behind it along.
class SectionReader {
 public:
  void line(std::string_view text) {
    if (text.starts_with(kFence)) return fence(text);
    if (in_fence_) return contract_line(text);
    if (text.empty() && blank_or_start()) return;
    append(text);
  }

  bool in_fence() const { return in_fence_; }

  std::string finish() {
    while (markdown_.ends_with("\n\n")) markdown_.pop_back();
    return std::move(markdown_);
  }

 private:
  void fence(std::string_view text) {
    if (!in_fence_) hidden_ = is_hidden_fence(text);
    in_fence_ = !in_fence_;
    if (!hidden_) append(kFence);
  }

  void contract_line(std::string_view text) {
    if (!hidden_ && !text.starts_with(kHiddenLine)) append(text);
  }

  bool blank_or_start() const { return markdown_.empty() || markdown_.ends_with("\n\n"); }

  void append(std::string_view text) { markdown_.append(text).push_back('\n'); }

  std::string markdown_;
  bool in_fence_ = false;
  bool hidden_ = false;
};

// The code of a heading line such as `## SS0101 deadlock-free`.
std::optional<diagnostics::Code> heading_code(std::string_view line) {
  const Lines words = split_words(line.substr(kHeading.size()));
  return words.empty() ? std::nullopt : diagnostics::parse_code(words.front());
}

// ---- writing

std::string_view kind(diagnostics::Code code) {
  const unsigned number = static_cast<unsigned>(code);
  if (number < 100) return "input";
  if (number < 200) return "property";
  if (number < 300) return "contract rule";
  if (number < 400) return "limit";
  return "tool";
}

std::string kind_and_severity(diagnostics::Code code) {
  const std::string_view kind_text = kind(code);
  const std::string_view severity = diagnostics::severity_text(diagnostics::info(code).severity);
  // Every property that has a code today is verified without being asked for.
  return fmt::format("{}, {}{}", kind_text, severity, kind_text == "property" ? ", on by default" : "");
}

// The kind stands in its column, further left if the line would be too long, or on a line of its own.
std::string heading(diagnostics::Code code, unsigned width) {
  const std::string name = fmt::format("{}  {}", diagnostics::code_text(code), diagnostics::info(code).rule);
  const std::string right = kind_and_severity(code);
  if (name.size() + 2 + right.size() > width) return fmt::format("{}\n{}\n", name, right);
  const std::size_t column =
      std::max(name.size() + 2, std::min<std::size_t>(kKindColumn, width - right.size()));
  return fmt::format("{:<{}}{}\n", name, column, right);
}

// The words of `lines`, broken anew. The words of a list item stay behind its sign.
std::string rewrapped(const Lines& lines, unsigned width) {
  Lines words;
  for (const std::string_view line : lines) {
    const Lines more = split_words(line);
    words.insert(words.end(), more.begin(), more.end());
  }
  const bool item = lines.front().starts_with(kListItem);
  if (item) words.erase(words.begin());
  std::string out;
  for (const std::string& line : wrap(fmt::format("{}", fmt::join(words, " ")), item ? width - 2 : width)) {
    out += fmt::format("{}{}\n", !item ? "" : out.empty() ? "- " : "  ", line);
  }
  return out;
}

// Lines that were written together: as they are if all fit.
std::string prose(const Lines& lines, unsigned width) {
  const bool fits =
      std::all_of(lines.begin(), lines.end(), [&](std::string_view l) { return l.size() <= width; });
  return fits ? fmt::format("{}\n", fmt::join(lines, "\n")) : rewrapped(lines, width);
}

// Collects lines of prose until a blank line, a list item or a contract ends them.
class Renderer {
 public:
  explicit Renderer(unsigned width) : width_(width) {}

  void line(std::string_view text) {
    if (text == kFence) {
      flush();
      in_contract_ = !in_contract_;
    } else if (in_contract_) {
      contract_line(text);
    } else if (text.empty()) {
      flush();
      out_ += '\n';
    } else {
      if (text.starts_with(kListItem)) flush();
      paragraph_.push_back(text);
    }
  }

  std::string finish() {
    flush();
    return std::move(out_);
  }

 private:
  void contract_line(std::string_view text) {
    if (!text.empty()) out_ += kContractIndent;
    out_.append(text).push_back('\n');
  }

  void flush() {
    if (!paragraph_.empty()) out_ += prose(paragraph_, width_);
    paragraph_.clear();
  }

  unsigned width_;
  bool in_contract_ = false;
  Lines paragraph_;
  std::string out_;
};

}  // namespace

std::vector<Explanation> read_explanations(std::string_view codes_md) {
  std::vector<Explanation> all;
  std::optional<diagnostics::Code> code;
  SectionReader reader;
  const auto close = [&] {
    if (code) all.push_back({*code, reader.finish()});
    reader = {};
  };
  for (const std::string_view line : split_lines(codes_md)) {
    if (reader.in_fence() || !line.starts_with(kHeading)) {
      reader.line(line);
      continue;
    }
    close();
    code = heading_code(line);
  }
  close();
  return all;
}

std::string render_explanation(const Explanation& explanation, unsigned width) {
  const unsigned columns = std::max(width, kSmallestWidth);
  Renderer renderer(columns);
  for (const std::string_view line : split_lines(explanation.markdown)) renderer.line(line);
  return heading(explanation.code, columns) + "\n" + renderer.finish();
}

std::optional<std::string> explain(std::string_view codes_md, diagnostics::Code code, unsigned width) {
  for (const Explanation& explanation : read_explanations(codes_md)) {
    if (explanation.code == code) return render_explanation(explanation, width);
  }
  return std::nullopt;
}

}  // namespace singspin::terminal
