#include "frontend/syntax/allow.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/diagnostics/severities.h"

namespace singspin::syntax {

namespace {

using diagnostics::Code;

// What comments concern.
class Ranges {
 public:
  Ranges(const source::SourceMap& sources, const File& file, const std::vector<Token>& tokens)
      : sources_(sources), file_(file.id), text_(sources.file(file.id).text), tokens_(tokens) {
    for (const Contract& c : file.contracts) {
      contract_ends_[c.name.span.begin] = c.span.end;
      for (const Message& m : c.messages) ends_[m.span.begin] = m.span.end;
      for (const State& s : c.states) {
        for (const Sequence& q : s.sequences) ends_[q.span.begin] = q.span.end;
        ends_[s.span.begin] = s.span.end;
      }
    }
  }

  source::Span of(const Comment& c) {
    look_at_gap(c.next_token);
    if (c.next_token > 0 && c.begin <= first_line_end_) return line_of(c.begin);
    const bool at_end = tokens_[c.next_token].kind == TokenKind::End;
    return at_end || c.begin < block_begin_ ? source::Span{file_, c.begin, c.begin} : below(c.next_token);
  }

  // What begins with this token. Modifiers and attributes may come before a contract.
  source::Span below(std::size_t token) {
    const std::uint32_t begin = tokens_[token].begin;
    if (const auto found = ends_.find(begin); found != ends_.end()) return {file_, begin, found->second};
    constexpr std::size_t kMostModifiers = 40;
    for (std::size_t i = token; i < std::min(token + kMostModifiers, tokens_.size()); ++i) {
      const TokenKind kind = tokens_[i].kind;
      if (kind == TokenKind::LeftBrace || kind == TokenKind::RightBrace || kind == TokenKind::Semicolon)
        break;
      const auto found = contract_ends_.find(tokens_[i].begin);
      if (found != contract_ends_.end()) return {file_, begin, found->second};
    }
    return line_of(begin);
  }

  const source::Span& line_of(std::uint32_t offset) {
    if (offset < line_.begin || offset >= line_.end) {
      const std::uint32_t line = sources_.position(file_, offset).line;
      line_ = {file_, sources_.line_start(file_, line), sources_.line_start(file_, line + 1)};
    }
    return line_;
  }

 private:
  // What is between a token and the one before, found once for all comments there: the first line
  // end, and where the lines directly above the token begin, behind the last empty line.
  void look_at_gap(std::size_t token) {
    if (gap_token_ == token) return;
    gap_token_ = token;
    const std::size_t before = token == 0 ? 0 : tokens_[token - 1].end;
    first_line_end_ = std::min(text_.find_first_of("\r\n", before), text_.size());
    std::size_t i = tokens_[token].begin;
    bool blank = false;  // nothing on the line so far, read from its end
    for (; i > before; --i) {
      const char c = text_[i - 1];
      if (c == '\n' && blank) break;
      if (c == '\n') blank = true;
      else if (c != ' ' && c != '\t' && c != '\r') blank = false;
    }
    block_begin_ = i;
  }

  const source::SourceMap& sources_;
  source::FileId file_;
  std::string_view text_;
  const std::vector<Token>& tokens_;
  source::Span line_;  // the one asked for last
  std::optional<std::size_t> gap_token_;
  std::size_t first_line_end_ = 0, block_begin_ = 0;
  std::map<std::uint32_t, std::uint32_t> contract_ends_;  // by the begin of the name
  std::map<std::uint32_t, std::uint32_t> ends_;           // of messages, states and sequences, by begin
};

// Reads the comments of a file.
class Finder {
 public:
  Finder(const source::SourceMap& sources, const File& file, const std::vector<Token>& tokens,
         diagnostics::Suppressions& suppressions, diagnostics::Diagnostics& diagnostics)
      : file_(file.id),
        text_(sources.file(file.id).text),
        ranges_(sources, file, tokens),
        suppressions_(suppressions),
        diagnostics_(diagnostics) {}

  // Comment = "singspin:" "allow" "(" rule { "," rule } ")" [ reason ] ;
  void comment(const Comment& c) {
    std::size_t at = text_.find("singspin:", c.begin) + std::string_view("singspin:").size();
    skip_blanks(at, c.end);
    const std::size_t word = at;
    while (at < c.end && text_[at] >= 'a' && text_[at] <= 'z') ++at;
    const bool allow = text_.substr(word, at - word) == "allow";
    skip_blanks(at, c.end);
    const std::size_t close = at + std::min(text_.substr(at, c.end - at).find(')'), text_.size());
    if (!allow || text_[at] != '(' || close >= c.end) return not_understood({file_, c.begin, c.end});
    const source::Span range = ranges_.of(c);
    for (++at; at <= close;) {
      const std::size_t end = std::min(text_.find(',', at), close);
      rule(at, end, range);
      at = end + 1;
    }
  }

 private:
  void skip_blanks(std::size_t& at, std::size_t end) const {
    while (at < end && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  }

  source::Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void not_understood(source::Span at) {
    auto& d = diagnostics_.add(Code::allow_comment, at, "a comment for singspin is not understood",
                               "has no effect");
    d.help = "write `singspin: allow(RULE, ...)`";
  }

  void rule(std::size_t begin, std::size_t end, source::Span range) {
    const auto is_blank = [&](std::size_t i) {
      return text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\r' || text_[i] == '\n' || text_[i] == '*';
    };
    while (begin < end && is_blank(begin)) ++begin;
    while (end > begin && is_blank(end - 1)) --end;
    const std::string_view name = text_.substr(begin, end - begin);
    const source::Span at = span(begin, std::max(end, begin + 1));
    const std::optional<Code> code = diagnostics::parse_code(name);
    if (!code) return unknown(name, at);
    const std::string refusal = diagnostics::refusal_to_suppress(*code);
    if (refusal.empty()) return suppressions_.add({*code, range, at});
    diagnostics_.add(Code::allow_comment, at, refusal, "has no effect");
  }

  void unknown(std::string_view name, source::Span at) {
    const std::string_view nearest = diagnostics::nearest_rule(name);
    auto& d = diagnostics_.add(
        Code::allow_comment, at,
        name.empty() ? std::string("no rule is named") : fmt::format("no rule is called {}", name),
        "has no effect");
    d.help = nearest.empty() ? "`singspin explain` lists the rules"
                             : fmt::format("a rule has a similar name: {}", nearest);
    if (!nearest.empty()) d.fixes.push_back({fmt::format("write {}", nearest), {{at, std::string(nearest)}}});
  }

  source::FileId file_;
  std::string_view text_;
  Ranges ranges_;
  diagnostics::Suppressions& suppressions_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace

void find_suppressions(const source::SourceMap& sources, const File& file, const std::vector<Token>& tokens,
                       const Symbols& symbols, diagnostics::Suppressions& suppressions,
                       diagnostics::Diagnostics& diagnostics) {
  const std::vector<Comment> comments = comments_for_singspin(sources, file.id, tokens, symbols);
  if (comments.empty()) return;
  Finder finder(sources, file, tokens, suppressions, diagnostics);
  for (const Comment& comment : comments) finder.comment(comment);
}

std::optional<std::uint32_t> line_to_allow_above(const source::SourceMap& sources, const File& file,
                                                 const std::vector<Token>& tokens, const Symbols& symbols,
                                                 source::Span place) {
  const auto begins_before = [](const Token& t, std::uint32_t offset) { return t.begin < offset; };
  const std::uint32_t begin = sources.line_start(file.id, sources.position(file.id, place.begin).line);
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), begin, begins_before);
  const bool text_goes_on = first != tokens.begin() && std::prev(first)->end > begin;
  auto at = std::lower_bound(tokens.begin(), tokens.end(), place.begin + 1, begins_before);
  if (text_goes_on || at == tokens.begin() || (--at)->end <= place.begin) return std::nullopt;
  for (const Comment& c : comments(sources, file.id, tokens, symbols)) {
    if (c.begin < begin && begin < c.end) return std::nullopt;
  }
  const source::Span silenced =
      Ranges(sources, file, tokens).below(static_cast<std::size_t>(first - tokens.begin()));
  const bool reaches = silenced.begin <= place.begin && place.begin < silenced.end;
  return reaches ? std::optional(begin) : std::nullopt;
}

}  // namespace singspin::syntax
