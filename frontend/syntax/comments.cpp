// Comments stand between tokens, together with preprocessor lines and skipped sections.
#include "frontend/syntax/allow.h"

namespace singspin::syntax {

namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }

class Finder {
 public:
  Finder(std::string_view text, source::FileId file, const Symbols& symbols)
      : text_(text), preprocessor_(file, symbols, ignored_) {}

  std::vector<Comment> run(const std::vector<Token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      gap(tokens[i].begin, i);
      at_ = tokens[i].end;
      line_start_ = false;
    }
    return std::move(comments_);
  }

 private:
  void gap(std::size_t end, std::size_t next_token) {
    while (at_ < end) {
      if (!preprocessor_.live()) dead_line(end);
      else if (text_.compare(at_, 2, "//") == 0) add(line_end(end), next_token);
      else if (text_.compare(at_, 2, "/*") == 0) add(block_end(end), next_token);
      else if (text_[at_] == '#' && line_start_) directive(end);
      else line_start_ = is_line_end(text_[at_]) || (line_start_ && is_blank(text_[at_])), ++at_;
    }
  }

  std::size_t line_end(std::size_t end) const { return std::min(text_.find_first_of("\r\n", at_), end); }
  std::size_t block_end(std::size_t end) const {
    const std::size_t close = text_.find("*/", at_ + 2);
    return close == std::string_view::npos ? end : std::min(close + 2, end);
  }

  void add(std::size_t end, std::size_t next_token) {
    comments_.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), next_token});
    at_ = end;
    line_start_ = false;
  }

  void directive(std::size_t end) {
    const std::size_t begin = at_;
    at_ = line_end(end);
    preprocessor_.directive(text_.substr(begin + 1, at_ - begin - 1), static_cast<std::uint32_t>(begin));
  }

  void dead_line(std::size_t end) {
    while (at_ < end && (is_line_end(text_[at_]) || is_blank(text_[at_]))) ++at_;
    if (at_ < end && text_[at_] == '#') return directive(end);
    at_ = line_end(end);
  }

  std::string_view text_;
  diagnostics::Diagnostics ignored_;  // the lexer has reported them
  Preprocessor preprocessor_;
  std::vector<Comment> comments_;
  std::size_t at_ = 0;
  bool line_start_ = true;
};

}  // namespace

std::vector<Comment> comments(const source::SourceMap& sources, source::FileId file,
                              const std::vector<Token>& tokens, const Symbols& symbols) {
  return Finder(sources.file(file).text, file, symbols).run(tokens);
}

std::vector<Comment> comments_for_singspin(const source::SourceMap& sources, source::FileId file,
                                           const std::vector<Token>& tokens, const Symbols& symbols) {
  const std::string_view text = sources.file(file).text;
  if (text.find("singspin:") == std::string_view::npos) return {};
  std::vector<Comment> result = comments(sources, file, tokens, symbols);
  std::erase_if(result, [&](const Comment& c) {
    std::string_view words = text.substr(c.begin, c.end - c.begin);
    words.remove_prefix(std::min(words.find_first_not_of("/*! \t\r\n"), words.size()));
    return !words.starts_with("singspin:");
  });
  return result;
}

std::vector<Comment> annotation_comments(const source::SourceMap& sources, source::FileId file,
                                         const std::vector<Token>& tokens, const Symbols& symbols) {
  const std::string_view text = sources.file(file).text;
  const auto is_annotation = [&](std::string_view words) {
    return words.starts_with("//@") || words.starts_with("/*@");
  };
  if (text.find("//@") == std::string_view::npos && text.find("/*@") == std::string_view::npos) return {};
  std::vector<Comment> comments = Finder(text, file, symbols).run(tokens);
  std::erase_if(comments, [&](const Comment& c) { return !is_annotation(text.substr(c.begin, c.end - c.begin)); });
  return comments;
}

}  // namespace singspin::syntax
