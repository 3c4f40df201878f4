// Deleting, doubling or swapping any token of any sample never crashes, never gives a message without a
// place, and never hides a contract that was not touched.
#include <gtest/gtest.h>

#include <cstdio>
#include <set>

#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/property/samples.h"

namespace singspin {
namespace {

enum class Change { Delete, Double, Swap };
constexpr Change kChanges[] = {Change::Delete, Change::Double, Change::Swap};

// Stands behind every sample.
constexpr std::string_view kLast = R"(
contract BehindTheSample {
    out message Ready();
    state Start: Ready! -> Start;
}
)";

struct Original {
  fuzz::FrontEnd front_end;
  std::string_view text() const { return front_end.sources.file({0}).text; }
  const std::vector<syntax::Token>& tokens() const { return front_end.tokens.front().tokens; }
  const std::vector<syntax::Contract>& contracts() const { return front_end.files.front().contracts; }
};

std::string mutated(const Original& original, std::size_t at, Change change) {
  const std::string_view text = original.text();
  const syntax::Token& token = original.tokens()[at];
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  std::string result(text.substr(0, token.begin));
  if (change == Change::Swap) {
    const syntax::Token& next = original.tokens()[at + 1];
    result += text.substr(next.begin, next.end - next.begin);
    result += text.substr(token.end, next.begin - token.end);
    result += word;
    return result += text.substr(next.end);
  }
  if (change == Change::Double) (result += word).append(" ").append(word);
  return result += text.substr(token.end);
}

fuzz::FrontEnd checked(std::string_view text) {
  fuzz::FrontEnd mutant = fuzz::run_front_end(text);
  fuzz::check_tree(mutant.sources, mutant.files.front());
  fuzz::check_diagnostics(mutant.sources, mutant.diagnostics);
  return mutant;
}

// The contracts of the original that the changed tokens are not part of and that the mutant cannot read.
std::vector<std::string> hidden(const Original& original, const fuzz::FrontEnd& mutant, std::size_t at) {
  std::multiset<std::string_view> found;
  for (const syntax::Contract& c : mutant.files.front().contracts) {
    if (!c.broken) found.insert(c.name.text);
  }
  const std::uint32_t begin = original.tokens()[at].begin;
  const std::uint32_t end = original.tokens()[std::min(at + 1, original.tokens().size() - 1)].end;
  std::vector<std::string> result;
  for (const syntax::Contract& c : original.contracts()) {
    const bool touched = begin < c.span.end && c.span.begin < end;
    if (touched || c.broken) continue;
    const auto same = found.find(c.name.text);
    if (same == found.end()) result.emplace_back(c.name.text);
    else found.erase(same);
  }
  return result;
}

bool inside_a_contract(const Original& original, std::size_t at) {
  const std::uint32_t begin = original.tokens()[at].begin;
  for (const syntax::Contract& c : original.contracts()) {
    if (c.span.begin < begin && begin < c.span.end) return true;
  }
  return false;
}

struct Counts {
  std::size_t mutants = 0, inside = 0, hiding = 0;
};

// `first` chooses which mutants are run where not all of them are.
void mutate(const property::Sample& sample, std::size_t first, Counts& counts) {
  const Original original{checked(sample.text + std::string(kLast))};
  const std::size_t size = original.tokens().size() - 1;
  for (std::size_t i = first % property::kStride; i < size * std::size(kChanges); i += property::kStride) {
    const std::size_t at = i / std::size(kChanges);
    const Change change = kChanges[i % std::size(kChanges)];
    if (change == Change::Swap && at + 1 == size) continue;
    const std::string text = mutated(original, at, change);
    const fuzz::FrontEnd mutant = checked(text);
    ++counts.mutants;
    if (!inside_a_contract(original, at)) continue;
    ++counts.inside;
    for (const std::string& name : hidden(original, mutant, at)) {
      ++counts.hiding;
      const auto place = original.front_end.sources.position({0}, original.tokens()[at].begin);
      ADD_FAILURE() << sample.path << ":" << place.line << ":" << place.column << ": change "
                    << static_cast<int>(change) << " hides contract " << name;
    }
  }
}

Counts mutate_all(const std::vector<property::Sample>& samples) {
  Counts counts;
  std::size_t number = 0;
  for (const property::Sample& sample : samples) mutate(sample, number++, counts);
  std::printf("%zu mutants of %zu samples, %zu of them inside a contract, %zu hide another one\n",
              counts.mutants, samples.size(), counts.inside, counts.hiding);
  return counts;
}

TEST(Mutation, OfAnyTokenOfASample) {
  EXPECT_GT(mutate_all(property::samples()).mutants, 100'000U / property::kStride);
}

TEST(Mutation, OfAnyTokenOfARandomContract) {
  EXPECT_GT(mutate_all(property::random_samples()).mutants, 100'000U / property::kStride);
}

}  // namespace
}  // namespace singspin
