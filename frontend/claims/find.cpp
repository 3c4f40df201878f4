#include "frontend/claims/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "frontend/base/nearest.h"
#include "frontend/claims/words.h"
#include "frontend/syntax/allow.h"

namespace singspin::claims {

namespace {

using diagnostics::Code;
using Kind = Piece::Kind;

// Where an endpoint at `exp@S` may be: at S, or at an implicit state that S leads to before any other
// named one (the driver annotations say the same of their ports, rule 2).
std::vector<ir::StateId> inside(const ir::Contract& contract, const ir::NamedState& state) {
  std::vector<bool> seen(contract.states.size());
  std::vector<ir::StateId> todo = state.at, result;
  for (const ir::StateId s : todo) seen[s.value] = true;
  while (!todo.empty()) {
    const ir::StateId s = todo.back();
    todo.pop_back();
    result.push_back(s);
    for (const ir::TransitionId t : contract.states[s].out) {
      const ir::StateId to = contract.transitions[t].to;
      if (seen[to.value] || contract.states[to].kind == ir::State::Kind::Named) continue;
      seen[to.value] = true;
      todo.push_back(to);
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

// Thrown away with the claim; the diagnostic is already there.
struct Broken {};

class Parser {
 public:
  Parser(const ir::Contract& contract, ir::ContractId id, diagnostics::Diagnostics& diagnostics)
      : contract_(contract), id_(id), diagnostics_(diagnostics), states_(ir::named_states(contract)) {}

  // The last piece is the end.
  void read(std::vector<Piece> pieces) {
    pieces_ = std::move(pieces);
    for (next_ = 0; !at_end();) {
      try {
        claim(++number_);
      } catch (const Broken&) {
        while (!at_end() && !take(";")) ++next_;
      }
    }
  }
  std::vector<Claim> claims() && { return std::move(claims_); }

 private:
  const Piece& piece() const { return pieces_[next_]; }
  bool at_end() const { return piece().kind == Kind::End; }
  bool is(std::string_view text) const { return piece().kind != Kind::End && piece().text == text; }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++next_;
    return true;
  }

  [[noreturn]] void fail(std::string expected) {
    auto& d = diagnostics_.add(Code::check_syntax, piece().span,
                               fmt::format("a check of {} is not understood", contract_.name),
                               "expected " + expected);
    d.subject = contract_.qualified_name;
    d.help = "`singspin explain SS0045` shows how checks are written";
    throw Broken{};
  }
  void expect(std::string_view text) {
    if (!take(text)) fail(fmt::format("`{}`", text));
  }

  void claim(std::size_t number) {
    const std::size_t first = next_;
    depth_ = 0;
    temporal_ = false;
    expect("check");
    claim_ = Claim{};
    claim_.contract = id_;
    claim_.name = fmt::format("user:check-{}", number);
    if (piece().kind == Kind::Name && pieces_[next_ + 1].text == ":") name();
    body();
    expect(";");
    claim_.span = {pieces_[first].span.file, pieces_[first].span.begin, pieces_[next_ - 1].span.end};
    claim_.text = text(first);
    claims_.push_back(std::move(claim_));
  }

  // As written; a check over several comments is put together again.
  std::string text(std::size_t first) const {
    std::string result;
    for (std::size_t i = first; i < next_; ++i) {
      const bool apart = i > first && pieces_[i].span.begin > pieces_[i - 1].span.end;
      result += (apart ? " " : "") + std::string(pieces_[i].text);
    }
    return result;
  }

  void name() {
    claim_.name = fmt::format("user:{}", piece().text);
    if (!names_.insert(claim_.name).second) fail("another name: there is a check of this one");
    next_ += 2;
  }

  void body() {
    if (take("never")) return invariant(Claim::Kind::Never);
    if (take("always")) return invariant(Claim::Kind::Always);
    if (take("reachable")) return invariant(Claim::Kind::Reachable);
    if (is("(")) return leads_to();
    if (!take("ltl")) fail("never, always, reachable, ltl or `(`");
    claim_.kind = Claim::Kind::Ltl;
    temporal_ = true;
    expect("{");
    formula();
    expect("}");
    temporal_ = false;
  }

  void invariant(Claim::Kind kind) {
    claim_.kind = kind;
    const std::size_t inner = enclosed();
    if (kind == Claim::Kind::Reachable) return;
    const std::size_t now = kind == Claim::Kind::Never ? add({.op = Op::Not, .left = inner}) : inner;
    add({.op = Op::Always, .left = now});
  }

  void leads_to() {
    claim_.kind = Claim::Kind::LeadsTo;
    const std::size_t from = enclosed();
    expect("leadsto");
    const std::size_t to = enclosed();
    const std::size_t later = add({.op = Op::Eventually, .left = to});
    add({.op = Op::Always, .left = add({.op = Op::Implies, .left = from, .right = later})});
  }

  std::size_t enclosed() {
    expect("(");
    const std::size_t row = formula();
    expect(")");
    return row;
  }

  std::size_t add(Node node) {
    claim_.nodes.push_back(std::move(node));
    return claim_.nodes.size() - 1;
  }
  std::size_t join(Op op, std::size_t left, std::size_t right) {
    return add({.op = op, .left = left, .right = right});
  }

  std::size_t formula() {
    constexpr int kDeepest = 100;
    if (++depth_ > kDeepest) fail("fewer parentheses");
    const std::size_t left = either();
    const std::size_t row = take("->") ? join(Op::Implies, left, formula()) : left;
    --depth_;
    return row;
  }
  std::size_t either() {
    std::size_t row = both();
    while (take("||")) row = join(Op::Or, row, both());
    return row;
  }
  std::size_t both() {
    std::size_t row = until();
    while (take("&&")) row = join(Op::And, row, until());
    return row;
  }
  std::size_t until() {
    const std::size_t left = unary();
    const bool strong = is("U") || is("until");
    if (!strong && !is("W") && !is("weakuntil")) return left;
    need_temporal();
    ++next_;
    const int depth = depth_;
    const std::size_t right = formula_until();
    depth_ = depth;
    return join(strong ? Op::Until : Op::WeakUntil, left, right);
  }
  std::size_t formula_until() {
    constexpr int kDeepest = 100;
    if (++depth_ > kDeepest) fail("fewer operators");
    return until();
  }

  void need_temporal() {
    if (!temporal_) fail("no temporal operator; they stand in `check ltl { ... };`");
  }

  std::size_t unary() {
    constexpr int kDeepest = 100;
    const int depth = depth_;
    std::vector<Op> operators;
    for (;; ++next_) {
      if (is("!")) operators.push_back(Op::Not);
      else if (is("[]") || is("always")) need_temporal(), operators.push_back(Op::Always);
      else if (is("<>") || is("eventually")) need_temporal(), operators.push_back(Op::Eventually);
      else break;
      if (operators.size() > kDeepest) fail("fewer operators");
    }
    std::size_t row = atom();
    for (std::size_t i = operators.size(); i-- > 0;) row = add({.op = operators[i], .left = row});
    depth_ = depth;
    return row;
  }

  std::size_t atom() {
    if (is("(")) return enclosed();
    if (take("true")) return add({.op = Op::True});
    if (take("false")) return add({.op = Op::False});
    if (is("exp") || is("imp")) return place();
    if (is("sent") || is("received")) return event();
    if (take("len")) return length();
    fail("exp@STATE, imp@STATE, sent MESSAGE, received MESSAGE, len(...), true or false");
  }

  std::size_t place() {
    Node node{.op = Op::At, .role = is("exp") ? ir::Role::Exporter : ir::Role::Importer};
    ++next_;
    expect("@");
    const auto found = std::find_if(states_.begin(), states_.end(),
                                    [&](const ir::NamedState& s) { return s.name == piece().text; });
    if (found == states_.end())
      unknown("state", [&](auto& names) {
        for (const ir::NamedState& s : states_) names.push_back(s.name);
      });
    ++next_;
    node.states = inside(contract_, *found);
    return add(std::move(node));
  }

  std::size_t event() {
    Node node{.op = is("sent") ? Op::Sent : Op::Received};
    ++next_;
    for (const ir::MessageId m : contract_.messages.ids()) {
      if (contract_.messages[m].name != piece().text) continue;
      node.message = m;
      ++next_;
      return add(std::move(node));
    }
    unknown("message", [&](auto& names) {
      for (const ir::Message& m : contract_.messages) names.push_back(m.name);
    });
  }

  template <class AddNames>
  [[noreturn]] void unknown(std::string_view what, AddNames add_names) {
    if (piece().kind != Kind::Name) fail(fmt::format("a {}", what));
    auto& d = diagnostics_.add(Code::check_unknown_name, piece().span,
                               fmt::format("{} has no {} {}", contract_.name, what, piece().text),
                               fmt::format("not a {} of this contract", what));
    d.subject = contract_.qualified_name;
    std::vector<std::string_view> names;
    add_names(names);
    const std::string_view nearest = base::nearest(piece().text, names);
    if (!nearest.empty()) {
      d.help = fmt::format("a {} has a similar name: {}", what, nearest);
      d.fixes.push_back({fmt::format("write {}", nearest), {{piece().span, std::string(nearest)}}});
    }
    throw Broken{};
  }

  std::size_t length() {
    Node node{.op = Op::Length};
    expect("(");
    const bool to_importer = is("exp");
    node.role = to_importer ? ir::Role::Importer : ir::Role::Exporter;
    if (!take("exp") && !take("imp")) fail("exp->imp or imp->exp");
    expect("->");
    expect(to_importer ? "imp" : "exp");
    expect(")");
    node.comparison = comparison();
    const std::string_view digits = piece().text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), node.number);
    if (piece().kind != Kind::Number || error != std::errc()) fail("a number");
    ++next_;
    return add(std::move(node));
  }

  Comparison comparison() {
    if (take("<=")) return Comparison::LessEqual;
    if (take("<")) return Comparison::Less;
    if (take("==")) return Comparison::Equal;
    if (take("!=")) return Comparison::NotEqual;
    if (take(">=")) return Comparison::GreaterEqual;
    if (take(">")) return Comparison::Greater;
    fail("a comparison such as `<=`");
  }

  std::vector<Piece> pieces_;
  const ir::Contract& contract_;
  ir::ContractId id_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<ir::NamedState> states_;
  std::vector<Claim> claims_;
  std::set<std::string> names_;
  Claim claim_;
  std::size_t number_ = 0;
  std::size_t next_ = 0;
  int depth_ = 0;
  bool temporal_ = false;
};

// Without the marks of the comment.
source::Span content(std::string_view text, source::FileId file, const syntax::Comment& comment) {
  const bool block = text[comment.begin + 1] == '*';
  source::Span span{file, comment.begin + 3, comment.end};
  if (!block) return span;
  const std::string_view end = text.substr(0, comment.end);
  if (end.ends_with("@*/") && comment.end >= span.begin + 3) span.end -= 3;
  else if (end.ends_with("*/") && comment.end >= span.begin + 2) span.end -= 2;
  return span;
}

}  // namespace

std::vector<source::Span> texts_between(const source::SourceMap& sources, source::FileId file,
                                        std::span<const syntax::Comment> comments, const source::Span& body) {
  const std::string_view text = sources.file(file).text;
  std::vector<source::Span> texts;
  const auto first =
      std::lower_bound(comments.begin(), comments.end(), body.begin,
                       [](const syntax::Comment& c, std::uint32_t begin) { return c.begin < begin; });
  for (auto c = first; c != comments.end() && c->end <= body.end; ++c)
    texts.push_back(content(text, file, *c));
  return texts;
}

std::vector<Claim> find_claims(const source::SourceMap& sources,
                               const std::vector<std::vector<source::Span>>& places,
                               const ir::Contract& contract, ir::ContractId id,
                               diagnostics::Diagnostics& diagnostics) {
  if (places.empty()) return {};
  Parser parser(contract, id, diagnostics);
  for (const std::vector<source::Span>& texts : places) {
    std::vector<Piece> pieces;
    for (const source::Span& t : texts) split(sources.file(t.file).text, t.file, t.begin, t.end, pieces);
    if (pieces.empty()) continue;
    const source::Span last = pieces.back().span;
    pieces.push_back({Kind::End, {}, {last.file, last.end - 1, last.end}});
    parser.read(std::move(pieces));
  }
  return std::move(parser).claims();
}

}  // namespace singspin::claims
