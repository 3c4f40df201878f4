#include "frontend/project/sections.h"

#include <algorithm>
#include <array>

namespace singspin::project {

namespace {

using Kind = syntax::Directive::Kind;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Text that reads the same to everything around it, whether it is there or not: whole comments and
// strings, brackets in pairs, and no word that begins something the parser looks for in code.
class TextJudge {
 public:
  void read(std::string_view text) {
    text_ = text;
    for (at_ = 0; at_ < text_.size() && plain_;) next();
  }
  bool end_branch() {
    const bool plain = plain_ && std::all_of(open_.begin(), open_.end(), [](int n) { return n == 0; });
    *this = {};
    return plain;
  }

 private:
  void next() {
    const char c = text_[at_];
    if (is_word(c)) return word();
    if (text_.substr(at_, 2) == "//") return skip_to("\n", 0);
    if (text_.substr(at_, 2) == "/*") return must_end("*/", at_ + 2);
    if (text_.substr(at_, 2) == "@\"") return must_end("\"", at_ + 2);
    if (c == '"' || c == '\'') return quoted(c);
    constexpr std::string_view kOpen = "{([", kClose = "})]";
    if (const std::size_t i = kOpen.find(c); i != std::string_view::npos) ++open_[i];
    if (const std::size_t i = kClose.find(c); i != std::string_view::npos && --open_[i] < 0) plain_ = false;
    ++at_;
  }

  void word() {
    constexpr std::array<std::string_view, 7> kWords = {"contract", "NewChannel", "using",    "namespace",
                                                        "class",    "struct",     "interface"};
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    const std::string_view found = text_.substr(begin, at_ - begin);
    if (std::find(kWords.begin(), kWords.end(), found) != kWords.end()) plain_ = false;
  }

  void skip_to(std::string_view end, std::size_t behind) {
    const std::size_t found = text_.find(end, at_);
    at_ = found == std::string_view::npos ? text_.size() : found + behind;
  }
  void must_end(std::string_view end, std::size_t from) {
    const std::size_t found = text_.find(end, from);
    plain_ = plain_ && found != std::string_view::npos;
    at_ = plain_ ? found + end.size() : text_.size();
  }
  void quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n' && text_[at_] != '\r'; ++at_)
      if (text_[at_] == '\\') ++at_;
    plain_ = plain_ && at_ < text_.size() && text_[at_] == quote;
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<int, 3> open_{};
  bool plain_ = true;
};

bool touches(source::Span a, source::Span b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

Sections::Sections(std::string_view text, const std::vector<syntax::Directive>& directives)
    : directives_(directives), chain_of_(directives.size()) {
  find_chains(text);
  judge_text(text);
  settle();
}

void Sections::find_chains(std::string_view text) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < directives_.size(); ++i) {
    const syntax::Directive& d = directives_[i];
    const std::optional<std::size_t> around = open.empty() ? std::nullopt : std::optional(open.back());
    if (d.kind == Kind::If) {
      open.push_back(chains_.size());
      const source::Span to_end{d.span.file, d.span.begin, static_cast<std::uint32_t>(text.size())};
      chains_.push_back({i, to_end, around, false, false, {}});
    }
    if (open.empty()) continue;
    chain_of_[i] = open.back();
    if (d.kind == Kind::Define || d.kind == Kind::Undef) definers_[d.operand].push_back(open.back());
    Chain& chain = chains_[open.back()];
    if (d.kind == Kind::If || d.kind == Kind::Elif) {
      syntax::Symbols none;
      syntax::evaluate_condition(d.operand, none, chain.asked);
    }
    if (d.kind == Kind::Endif) {
      chain.span.end = d.span.end;
      open.pop_back();
    }
  }
}

// The text of a section without the sections inside it: if those are plain, they change nothing of it.
void Sections::judge_text(std::string_view text) {
  std::vector<TextJudge> judges(chains_.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < directives_.size(); ++i) {
    const Kind kind = directives_[i].kind;
    if (kind == Kind::If) open.push_back(*chain_of_[i]);
    if (open.empty()) continue;
    const std::size_t chain = open.back();
    const bool ends = kind == Kind::Elif || kind == Kind::Else || kind == Kind::Endif;
    if (ends && !judges[chain].end_branch()) chains_[chain].matters = true;
    if (kind == Kind::Endif) open.pop_back();
    if (open.empty()) continue;
    const std::size_t end = i + 1 < directives_.size() ? directives_[i + 1].span.begin : text.size();
    judges[open.back()].read(text.substr(directives_[i].span.end, end - directives_[i].span.end));
  }
  for (const std::size_t chain : open) {
    if (!judges[chain].end_branch()) chains_[chain].matters = true;
  }
}

// A section matters with what stands in it, and with the symbols that its `#define` lines decide.
void Sections::settle() {
  std::vector<std::size_t> todo;
  const auto mark = [&](std::size_t chain) {
    if (!chains_[chain].settled) todo.push_back(chain);
    chains_[chain].matters = chains_[chain].settled = true;
  };
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    if (chains_[i].matters) mark(i);
  }
  while (!todo.empty()) {
    const Chain& chain = chains_[todo.back()];
    todo.pop_back();
    if (chain.parent) mark(*chain.parent);
    for (const std::string& name : chain.asked) {
      const auto definers = definers_.find(name);
      if (definers == definers_.end()) continue;
      for (const std::size_t other : definers->second) mark(other);
      definers_.erase(definers);
    }
  }
}

void Sections::mark_places(const syntax::File& tree) {
  // Contracts stand in the order of the text; an entry is a few words.
  std::vector<source::Span> places;
  for (const syntax::Contract& c : tree.contracts) places.push_back(c.span);
  for (const syntax::EntryUse& use : tree.entry_uses)
    places.push_back({tree.id, use.contract.span.begin, use.state.span.end});
  std::sort(places.begin(), places.end());
  for (Chain& chain : chains_) {
    const auto behind =
        std::lower_bound(places.begin(), places.end(), chain.span.end,
                         [](const source::Span& s, std::uint32_t at) { return s.begin < at; });
    // Places do not overlap, but for what a broken contract swallows: the one before is enough.
    if (behind != places.begin() && touches(*std::prev(behind), chain.span)) chain.matters = true;
  }
  settle();
}

void Sections::mark_symbol(std::string_view name) {
  for (Chain& chain : chains_) chain.matters = chain.matters || chain.asked.contains(name);
  settle();
}

std::optional<source::Span> Sections::first() const {
  for (const Chain& chain : chains_) {
    if (chain.matters && !chain.asked.empty()) return directives_[chain.first].span;
  }
  return std::nullopt;
}

std::size_t Sections::mattering() const {
  return static_cast<std::size_t>(
      std::count_if(chains_.begin(), chains_.end(), [](const Chain& c) { return c.matters; }));
}

std::set<std::string> Sections::idle_symbols() const {
  std::set<std::string> idle;
  for (const Chain& chain : chains_) {
    if (!chain.matters) idle.insert(chain.asked.begin(), chain.asked.end());
  }
  for (const Chain& chain : chains_) {
    if (!chain.matters) continue;
    for (const std::string& name : chain.asked) idle.erase(name);
  }
  return idle;
}

std::vector<std::size_t> Sections::select(const IsDefined& is_defined) const {
  struct Open {
    bool outer, taken, live, else_seen;
  };
  std::vector<Open> open;
  std::map<std::string_view, bool> local;  // what the file itself defines and undefines
  std::vector<std::size_t> selection;
  const auto live = [&] { return open.empty() || open.back().live; };
  const auto holds = [&](std::size_t i) {
    const bool matters = chains_[*chain_of_[i]].matters;
    return syntax::evaluate_condition(directives_[i].operand, [&](std::string_view name) {
             const auto known = local.find(name);
             return known != local.end() ? known->second : is_defined(name, matters);
           }) == syntax::ConditionValue::True;
  };
  const auto enter = [&](std::size_t i) {
    if (open.back().live && chains_[*chain_of_[i]].matters) selection.push_back(i);
  };
  for (std::size_t i = 0; i < directives_.size(); ++i) {
    const syntax::Directive& d = directives_[i];
    switch (d.kind) {
      case Kind::If: {
        const bool outer = live(), value = outer && holds(i);
        open.push_back({outer, value, value, false});
        enter(i);
        break;
      }
      case Kind::Elif:
      case Kind::Else: {
        if (open.empty() || open.back().else_seen) break;
        Open& now = open.back();
        now.else_seen = d.kind == Kind::Else;
        now.live = now.outer && !now.taken && (now.else_seen || holds(i));
        now.taken = now.taken || now.live;
        enter(i);
        break;
      }
      case Kind::Endif:
        if (!open.empty()) open.pop_back();
        break;
      case Kind::Define:
      case Kind::Undef:
        if (live()) local[d.operand] = d.kind == Kind::Define;
        break;
    }
  }
  return selection;
}

}  // namespace singspin::project
