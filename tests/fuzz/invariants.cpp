#include "tests/fuzz/invariants.h"

#include <algorithm>

#include "frontend/base/overloaded.h"
#include "tests/fuzz/require.h"

namespace singspin::fuzz {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

bool at_boundary(std::string_view text, std::size_t offset) {
  return offset == text.size() || !is_continuation(text[offset]);
}

// Conservative: what might be a comment or a preprocessor line counts as one.
bool is_gap(std::string_view gap) {
  if (gap.find_first_of("#/") != std::string_view::npos) return true;
  return std::all_of(gap.begin(), gap.end(), [](char c) {
    // A no-break space and a byte order mark are white space too.
    return static_cast<unsigned char>(c) >= 0x80 || c == ' ' || (c >= '\t' && c <= '\r');
  });
}

class TreeCheck {
 public:
  TreeCheck(const source::SourceMap& sources, const syntax::File& file) : sources_(sources), file_(file) {}

  void run() const {
    REQUIRE(!file_.scopes.empty(), "the file is a scope");
    std::uint32_t behind = 0;
    for (const syntax::Contract& c : file_.contracts) {
      REQUIRE(c.span.begin >= behind, "contracts stand in order and apart");
      behind = c.span.end;
      contract(c);
    }
    for (const syntax::EntryUse& use : file_.entry_uses) {
      qualified(use.contract);
      name(use.state);
      REQUIRE(file_.scopes.contains(use.scope), "the scope of an entry exists");
    }
  }

 private:
  void contract(const syntax::Contract& c) const {
    REQUIRE(file_.scopes.contains(c.scope), "the scope of a contract exists");
    span(c.span);
    name(c.name);
    if (c.base) qualified(*c.base);
    for (const syntax::Message& m : c.messages) message(m);
    for (const syntax::State& s : c.states) {
      name(s.name);
      span(s.span);
      for (const syntax::Sequence& sequence : s.sequences) steps(sequence);
    }
    for (const syntax::NestedType& t : c.types) {
      name(t.name);
      for (const syntax::QualifiedName& field : t.endpoint_fields) qualified(field);
    }
  }

  void message(const syntax::Message& m) const {
    name(m.name);
    span(m.span);
    for (const syntax::Parameter& p : m.parameters) {
      span(p.type.span);
      qualified(p.type.name);
      if (p.name) name(*p.name);
    }
  }

  void steps(const syntax::Sequence& sequence) const {
    REQUIRE(!sequence.steps.empty(), "a sequence has steps");
    span(sequence.span);
    for (const syntax::Step& step : sequence.steps) {
      std::visit(base::Overloaded{[&](const syntax::Action& a) {
                                    name(a.message);
                                    span(a.span);
                                  },
                                  [&](const syntax::Reference& r) { name(r.name); },
                                  [&](const syntax::Group& g) {
                                    span(g.span);
                                    for (const syntax::Sequence& s : g.alternatives) steps(s);
                                  }},
                 step);
    }
  }

  void span(source::Span s) const {
    REQUIRE(s.file == file_.id, "a tree stays in its file");
    check_span(sources_, s);
  }
  void name(const syntax::Name& n) const {
    span(n.span);
    REQUIRE(!n.text.empty(), "names are not empty");
    REQUIRE(sources_.text(n.span).ends_with(n.text), "a name is what the text says");
  }
  void qualified(const syntax::QualifiedName& q) const {
    REQUIRE(!q.parts.empty(), "a qualified name has parts");
    for (const syntax::Name& part : q.parts) span(part.span);
    span(q.span);
  }

  const source::SourceMap& sources_;
  const syntax::File& file_;
};

}  // namespace

void check_span(const source::SourceMap& sources, source::Span span) {
  REQUIRE(span.file.value < sources.size(), "a span is of a file");
  const std::string& text = sources.file(span.file).text;
  REQUIRE(span.begin <= span.end && span.end <= text.size(), "a span is inside its text");
  REQUIRE(at_boundary(text, span.begin) && at_boundary(text, span.end), "a span cuts no character");
}

void check_tokens(const source::SourceMap& sources, source::FileId file,
                  const std::vector<syntax::Token>& tokens) {
  const std::string_view text = sources.file(file).text;
  REQUIRE(!tokens.empty() && tokens.back().kind == syntax::TokenKind::End, "tokens end with End");
  REQUIRE(tokens.back().begin == text.size(), "End is at the end");
  std::uint32_t behind = 0;
  for (const syntax::Token& token : tokens) {
    const bool last = &token == &tokens.back();
    check_span(sources, {file, token.begin, token.end});
    REQUIRE(token.begin >= behind, "tokens stand in order and apart");
    REQUIRE((token.begin == token.end) == last, "only End is empty");
    REQUIRE((token.kind == syntax::TokenKind::End) == last, "there is one End");
    REQUIRE(is_gap(text.substr(behind, token.begin - behind)), "no text is lost between tokens");
    behind = token.end;
  }
}

void check_tree(const source::SourceMap& sources, const syntax::File& file) {
  TreeCheck(sources, file).run();
}

void check_diagnostics(const source::SourceMap& sources, const diagnostics::Diagnostics& diagnostics) {
  for (const diagnostics::Diagnostic& d : diagnostics.list()) {
    REQUIRE(d.span.has_value(), "a diagnostic about a text has a place");
    check_span(sources, *d.span);
    REQUIRE(!d.message.empty() && d.message.find('\n') == std::string::npos, "a message is one line");
    for (const diagnostics::Label& label : d.labels) check_span(sources, label.span);
    if (d.help_span) check_span(sources, *d.help_span);
    for (const diagnostics::Fix& fix : d.fixes) {
      REQUIRE(!fix.title.empty() && !fix.edits.empty(), "a fix has a title and edits");
      for (const diagnostics::Edit& edit : fix.edits) check_span(sources, edit.span);
    }
  }
}

void check_contract(const source::SourceMap& sources, const ir::Contract& contract) {
  REQUIRE(ir::validate(contract).empty(), "the IR is valid");
  check_span(sources, contract.span);
  for (const ir::Message& m : contract.messages) check_span(sources, m.span);
  for (const ir::State& s : contract.states) check_span(sources, s.span);
  for (const ir::Transition& t : contract.transitions) check_span(sources, t.span);
  for (const ir::InlinedState& s : contract.inlined) check_span(sources, s.span);
  for (const ir::Entry& e : contract.entries) {
    if (e.declared_at) check_span(sources, *e.declared_at);
  }
}

void check_printable(std::string_view text) {
  std::size_t expected = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    REQUIRE(is_continuation(c) == (expected > 0), "what is printed is UTF-8");
    if (expected > 0) --expected;
    else expected = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    REQUIRE((byte >= 0x20 && byte != 0x7f) || c == '\n', "no control character is printed");
  }
  REQUIRE(expected == 0, "what is printed is UTF-8");
}

}  // namespace singspin::fuzz
