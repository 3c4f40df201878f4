#include "frontend/claims/file.h"

#include "frontend/claims/words.h"

namespace singspin::claims {

namespace {

using Kind = Piece::Kind;

class Reader {
 public:
  Reader(std::vector<Piece> pieces, diagnostics::Diagnostics& diagnostics)
      : pieces_(std::move(pieces)), diagnostics_(diagnostics) {}

  std::vector<Block> run() {
    while (piece().kind != Kind::End) {
      if (!block()) skip();
    }
    return std::move(blocks_);
  }

 private:
  const Piece& piece() const { return pieces_[next_]; }
  bool is(std::string_view text) const { return piece().kind != Kind::End && piece().text == text; }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++next_;
    return true;
  }

  bool fail(std::string expected) {
    auto& d = diagnostics_.add(diagnostics::Code::check_syntax, piece().span,
                               "a property file is not understood", "expected " + std::move(expected));
    d.help = "a property file is a list of `contract NAME { check ...; }`";
    return false;
  }

  // file = { "contract" NAME { "." NAME } "{" { check } "}" }
  bool block() {
    if (!take("contract")) return fail("`contract`");
    Block block;
    block.name = piece().span;
    do {
      if (piece().kind != Kind::Name) return fail("the name of a contract");
      block.name.end = piece().span.end;
      block.contract += block.contract.empty() ? "" : ".";
      block.contract += piece().text;
      ++next_;
    } while (take("."));
    if (!is("{")) return fail("`{`");
    const source::Span open = piece().span;
    block.checks = {open.file, open.end, open.end};
    int depth = 0;
    do {
      if (piece().kind == Kind::End) {
        auto& d = diagnostics_.add(diagnostics::Code::check_syntax, open, "a property file is not understood",
                                   "no `}` for this");
        d.help = "a property file is a list of `contract NAME { check ...; }`";
        return false;
      }
      depth += is("{") ? 1 : is("}") ? -1 : 0;
      block.checks.end = piece().span.begin;
      ++next_;
    } while (depth > 0);
    blocks_.push_back(std::move(block));
    return true;
  }

  // To the next block: one message per slip.
  void skip() {
    while (piece().kind != Kind::End && !is("contract")) ++next_;
  }

  std::vector<Piece> pieces_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Block> blocks_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<Block> read_file(const source::SourceMap& sources, source::FileId file,
                             diagnostics::Diagnostics& diagnostics) {
  const std::string_view text = sources.file(file).text;
  const auto size = static_cast<std::uint32_t>(text.size());
  std::vector<Piece> pieces;
  split(text, file, 0, size, pieces);
  pieces.push_back({Kind::End, {}, {file, size == 0 ? 0 : size - 1, size}});
  return Reader(std::move(pieces), diagnostics).run();
}

}  // namespace singspin::claims
