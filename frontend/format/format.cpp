#include "frontend/format/format.h"

#include <algorithm>
#include <array>

#include "frontend/diagnostics/edits.h"
#include "frontend/format/plan.h"
#include "frontend/format/writer.h"

namespace singspin::format {

using diagnostics::Edit;
using source::Span;
using syntax::Token;
using syntax::TokenKind;

namespace {

constexpr std::array<std::string_view, 3> kLineEnds = {"\n", "\r\n", "\r"};
using LineEndCounts = std::array<std::size_t, kLineEnds.size()>;

void count_line_ends(std::string_view text, LineEndCounts& counts) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ++counts[0];
    if (text[i] != '\r') continue;
    const bool pair = i + 1 < text.size() && text[i + 1] == '\n';
    ++counts[pair ? 1 : 2];
    i += pair ? 1 : 0;
  }
}

class Formatter {
 public:
  Formatter(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
            const syntax::File& tree, const syntax::Symbols& symbols)
      : source_(sources.file(file)),
        text_(source_.text),
        file_(file),
        tokens_(tokens),
        tree_(tree),
        trivia_(sources, file, tokens, symbols) {}

  Formatted run(std::optional<Span> range) {
    std::vector<Job> jobs;
    for (const syntax::Contract& contract : tree_.contracts) add_job(contract, jobs);
    const std::string_view line_end = choose_line_end(jobs);
    for (const Job& job : jobs) {
      const Span span = job.contract->span;
      if (range && (span.end < range->begin || span.begin > range->end)) continue;
      format(job, line_end);
    }
    return std::move(result_);
  }

 private:
  struct Job {
    const syntax::Contract* contract;
    Plan plan;
    std::size_t end_token;  // behind `}` and `;`
  };

  std::string_view text(const Token& t) const { return text_.substr(t.begin, t.end - t.begin); }

  // The first token of the declaration: access words belong to it.
  std::size_t first_token(const syntax::Contract& contract) const {
    const auto at = std::lower_bound(tokens_.begin(), tokens_.end(), contract.span.begin,
                                     [](const Token& t, std::uint32_t offset) { return t.begin < offset; });
    auto first = static_cast<std::size_t>(at - tokens_.begin());
    const auto is_access = [&](const Token& t) {
      const std::string_view word = text(t);
      return word == "public" || word == "internal" || word == "private" || word == "protected";
    };
    while (first > 0 && is_access(tokens_[first - 1])) --first;
    return first;
  }

  void add_job(const syntax::Contract& contract, std::vector<Job>& jobs) {
    if (contract.broken) return leave(contract, "it has syntax errors");
    Plan planned = plan(text_, tokens_, first_token(contract), contract, trivia_);
    if (!planned.why_not.empty()) return leave(contract, planned.why_not);
    const std::uint32_t brace = planned.items.back().token.begin;
    const auto close =
        std::lower_bound(tokens_.begin(), tokens_.end(), brace,
                         [](const Token& t, std::uint32_t offset) { return t.begin < offset; });
    jobs.push_back({&contract, std::move(planned), static_cast<std::size_t>(close - tokens_.begin()) + 1});
  }

  void leave(const syntax::Contract& contract, std::string_view reason) {
    result_.untouched.push_back({std::string(contract.name.text), contract.name.span, std::string(reason)});
  }

  // The line end that most lines around the contracts have. It must not depend on what formatting
  // changes, or a second run could choose another one; only without such lines the contracts decide,
  // and then all their lines end alike afterwards.
  std::string_view choose_line_end(const std::vector<Job>& jobs) const {
    LineEndCounts around{}, inside{};
    std::size_t at = 0;
    for (const Job& job : jobs) {
      const std::size_t begin = job.plan.items.front().token.begin;
      count_line_ends(text_.substr(at, begin - at), around);
      at = begin;
      for (const Item& item : job.plan.items) {
        if (item.inserted) continue;
        count_line_ends(text_.substr(at, item.token.begin - at), inside);
        at = item.token.end;
      }
      if (const auto semicolon = last_semicolon(job); semicolon && semicolon->begin == at)
        at = semicolon->end;
    }
    count_line_ends(text_.substr(at), around);
    const LineEndCounts& counts =
        std::all_of(around.begin(), around.end(), [](std::size_t n) { return n == 0; }) ? inside : around;
    return kLineEnds[std::max_element(counts.begin(), counts.end()) - counts.begin()];
  }

  void format(const Job& job, std::string_view line_end) {
    Style style;
    style.line_end = line_end;
    begin_of(job, style);
    const bool tabs = style.indent.find_first_not_of('\t') == std::string::npos && !style.indent.empty();
    if (tabs) style.unit = "\t";
    Written written = write(source_, file_, job.plan, style);
    for (Edit& edit : written.edits) result_.edits.push_back(std::move(edit));
    const auto semicolon = last_semicolon(job);
    if (semicolon) result_.edits.push_back({*semicolon, ""});
    last_ = {semicolon ? semicolon->end : job.plan.items.back().token.end, written.column, style.indent};
  }

  // A contract is indented like the line it begins on. Behind another one on the same line that is the
  // line that the other one ends on, as it will be.
  void begin_of(const Job& job, Style& style) const {
    constexpr std::size_t kFarRight = 1000;  // no need to count further
    const std::uint32_t begin = job.plan.items.front().token.begin;
    const std::uint32_t line = line_begin(source_, begin);
    const bool behind = last_.end > line;
    const std::uint32_t from = behind ? last_.end : line;
    style.indent = behind ? last_.indent : std::string(line_indent(source_, begin));
    style.column =
        std::min(kFarRight, (behind ? last_.column : 0) +
                                width(text_.substr(from, std::min<std::size_t>(begin - from, kFarRight))));
  }

  // `};`: the `;` goes; what stands between the two, only if it is white space. Where more follow they
  // are code around the contract, and all stay.
  std::optional<Span> last_semicolon(const Job& job) const {
    const Token& semicolon = tokens_[job.end_token];
    if (semicolon.kind != TokenKind::Semicolon || semicolon.end > job.contract->span.end) return std::nullopt;
    if (tokens_[job.end_token + 1].kind == TokenKind::Semicolon) return std::nullopt;
    for (const Piece& piece : trivia_.pieces(job.end_token)) {
      if (piece.kind == Piece::Kind::Directive) return std::nullopt;
    }
    const bool bare = trivia_.pieces(job.end_token).empty() && trivia_.readable(job.end_token);
    return Span{file_, bare ? tokens_[job.end_token - 1].end : semicolon.begin, semicolon.end};
  }

  const source::SourceFile& source_;
  std::string_view text_;
  source::FileId file_;
  const std::vector<Token>& tokens_;
  const syntax::File& tree_;
  Trivia trivia_;
  struct Last {
    std::uint32_t end = 0;
    std::size_t column = 0;
    std::string indent;
  } last_;  // contract that was formatted
  Formatted result_;
};

}  // namespace

Formatted format(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
                 const syntax::File& tree, const syntax::Symbols& symbols, std::optional<Span> range) {
  return Formatter(sources, file, tokens, tree, symbols).run(range);
}

std::string apply(std::string_view text, const std::vector<Edit>& edits) {
  return diagnostics::apply_edits(text, edits, diagnostics::LineEnds::AsWritten);
}

}  // namespace singspin::format
