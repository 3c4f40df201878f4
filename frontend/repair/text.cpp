#include "frontend/repair/text.h"

#include <algorithm>

namespace singspin::repair {

namespace {

std::string words_of(const source::SourceMap& sources, const syntax::Sequence& sequence, std::size_t from);

std::string words_of(const source::SourceMap& sources, const syntax::Step& step) {
  if (const auto* action = std::get_if<syntax::Action>(&step)) {
    return std::string(sources.text(action->message.span)) +
           (action->sign == syntax::ActionSign::Send ? "!" : "?");
  }
  if (const auto* reference = std::get_if<syntax::Reference>(&step))
    return std::string(sources.text(reference->name.span));
  std::string words;
  for (const syntax::Sequence& alternative : std::get<syntax::Group>(step).alternatives)
    words += (words.empty() ? "(" : " or ") + words_of(sources, alternative, 0);
  return words + ")";
}

std::string words_of(const source::SourceMap& sources, const syntax::Sequence& sequence, std::size_t from) {
  std::string words;
  for (std::size_t i = from; i < sequence.steps.size(); ++i)
    words += (i == from ? "" : " -> ") + words_of(sources, sequence.steps[i]);
  return words;
}

source::Span span_of(const syntax::Step& step) {
  if (const auto* action = std::get_if<syntax::Action>(&step)) return action->span;
  if (const auto* reference = std::get_if<syntax::Reference>(&step)) return reference->name.span;
  return std::get<syntax::Group>(step).span;
}

// All alternatives of a group begin with the same sign (SS0208).
std::optional<syntax::ActionSign> first_sign(const syntax::Step& step) {
  if (const auto* action = std::get_if<syntax::Action>(&step)) return action->sign;
  const auto* group = std::get_if<syntax::Group>(&step);
  if (group == nullptr || group->alternatives.empty()) return std::nullopt;
  return first_sign(group->alternatives.front().steps.front());
}

}  // namespace

std::optional<Alternative> read_alternative(const source::SourceMap& sources,
                                            const syntax::Sequence& sequence) {
  if (sequence.steps.size() < 2) return std::nullopt;
  const auto* first = std::get_if<syntax::Action>(&sequence.steps.front());
  if (first == nullptr) return std::nullopt;
  const auto* last = std::get_if<syntax::Reference>(&sequence.steps.back());
  const bool only_target = sequence.steps.size() == 2 && last != nullptr;
  return Alternative{&sequence,
                     std::string(sources.text(first->message.span)),
                     first->sign == syntax::ActionSign::Send,
                     last != nullptr ? std::string(last->name.text) : "",
                     only_target,
                     first_sign(sequence.steps[1])};
}

std::string rest_words(const source::SourceMap& sources, const syntax::Sequence& sequence) {
  return words_of(sources, sequence, 1);
}

std::string action_words(const Alternative& alternative) {
  return alternative.message + (alternative.sent_by_exporter ? "!" : "?");
}

source::Span rest_span(const syntax::Sequence& sequence) {
  const source::Span first = span_of(sequence.steps[1]), last = span_of(sequence.steps.back());
  return {first.file, first.begin, last.end};
}

std::optional<std::uint32_t> behind_semicolon(std::string_view text, std::uint32_t from) {
  for (std::size_t at = from; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(";")) return static_cast<std::uint32_t>(at + 1);
    if (rest.starts_with("//")) {
      at = text.find('\n', at);
    } else if (rest.starts_with("/*")) {
      at = text.find("*/", at);
      if (at != std::string_view::npos) at += 2;
    } else if (std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::string indentation(const source::SourceMap& sources, source::Span at) {
  const std::string_view line = sources.line_text(at.file, sources.position(at.file, at.begin).line);
  return std::string(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
}

FreshNames::FreshNames(const Subject& subject) {
  for (const ir::Message& message : subject.machine.messages) taken_.insert(message.name);
  for (const ir::NamedState& state : ir::named_states(subject.machine)) taken_.insert(state.name);
  for (const ir::State& state : subject.machine.states) taken_.insert(state.id);
  for (const syntax::Message& message : subject.tree.messages) taken_.emplace(message.name.text);
  for (const syntax::State& state : subject.tree.states) taken_.emplace(state.name.text);
  for (const syntax::NestedType& type : subject.tree.types) taken_.emplace(type.name.text);
}

std::string FreshNames::take(const std::string& wish) {
  std::string name = wish;
  for (int i = 2; !taken_.insert(name).second; ++i) name = wish + std::to_string(i);
  return name;
}

}  // namespace singspin::repair
