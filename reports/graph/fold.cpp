#include "reports/graph/fold.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace singspin::graph {

namespace {

constexpr unsigned kDeepestGroup = 3;

using PieceId = base::Id<struct PieceTag>;
using WayId = base::Id<struct WayTag>;

// Parts of one label are chained, so that joining two labels takes no copying.
struct Piece {
  ir::TransitionId action;
  std::vector<PieceId> alternatives;  // first pieces
  std::optional<PieceId> next;
};

// An arc that may still be joined with others.
struct Way {
  ir::StateId from;
  ir::StateId to;
  PieceId first, last;
  unsigned depth = 0;  // of nested groups
  bool gone = false;
};

struct Ends {
  std::vector<WayId> in, out;  // with those that are gone
  std::size_t in_count = 0, out_count = 0;
};

// Series and parallel reduction at the implicit states, each in constant time.
class Folder {
 public:
  explicit Folder(const ir::Contract& contract) : contract_(contract), keeps_(contract.states.size()) {
    for (const ir::StateId id : contract.states.ids()) {
      const ir::State& state = contract.states[id];
      keeps_[id.value] = state.kind == ir::State::Kind::Named || state.mixed != ir::MixedForm::NotMixed;
      ends_.add({});
    }
    for (const ir::Entry& entry : contract.entries) keeps_[entry.state.value] = true;
    for (const ir::TransitionId id : contract.transitions.ids()) {
      const ir::Transition& t = contract.transitions[id];
      const PieceId piece = pieces_.add({id, {}, std::nullopt});
      add({t.from, t.to, piece, piece, 0, false});
    }
  }

  std::vector<Arc> fold() {
    for (const ir::StateId id : contract_.states.ids()) touched_.push_back(id);
    std::reverse(touched_.begin(), touched_.end());
    while (!touched_.empty()) {
      const ir::StateId state = touched_.back();
      touched_.pop_back();
      if (!keeps_[state.value]) try_series(state);
    }
    return arcs();
  }

 private:
  static std::uint64_t key(const Way& way) { return std::uint64_t{way.from.value} << 32 | way.to.value; }

  // Alternatives between the same two states become a group at once. A named state keeps its ways apart.
  void add(const Way& way) {
    if (!keeps_[way.from.value]) {
      const auto [place, is_new] = between_.try_emplace(key(way), WayId{});
      if (!is_new && !ways_[place->second].gone && join_parallel(ways_[place->second], way)) return;
      place->second = WayId{static_cast<std::uint32_t>(ways_.size())};
    }
    const WayId id = ways_.add(way);
    ends_[way.from].out.push_back(id);
    ends_[way.to].in.push_back(id);
    ++ends_[way.from].out_count;
    ++ends_[way.to].in_count;
  }

  void remove(WayId id) {
    Way& way = ways_[id];
    way.gone = true;
    --ends_[way.from].out_count;
    --ends_[way.to].in_count;
  }

  bool is_group(const Way& way) const {
    return way.first == way.last && !pieces_[way.first].alternatives.empty();
  }

  // False: the group would be nested too deep to be read.
  bool join_parallel(Way& known, const Way& other) {
    const unsigned known_depth = known.depth + (is_group(known) ? 0 : 1);
    const unsigned depth = std::max(known_depth, other.depth + (is_group(other) ? 0 : 1));
    if (depth > kDeepestGroup) return false;
    if (!is_group(known)) known.first = known.last = pieces_.add({{}, {known.first}, std::nullopt});
    if (is_group(other)) {
      const std::vector<PieceId> more = pieces_[other.first].alternatives;
      auto& all = pieces_[known.first].alternatives;
      all.insert(all.end(), more.begin(), more.end());
    } else {
      pieces_[known.first].alternatives.push_back(other.first);
    }
    known.depth = depth;
    return true;
  }

  WayId living(const std::vector<WayId>& ways) const {
    return *std::find_if(ways.begin(), ways.end(), [&](WayId id) { return !ways_[id].gone; });
  }

  // One way in, one way out: the state vanishes.
  void try_series(ir::StateId state) {
    const Ends& ends = ends_[state];
    if (ends.in_count != 1 || ends.out_count != 1) return;
    const WayId in = living(ends.in), out = living(ends.out);
    if (in == out) return;  // a ring nobody can enter
    const Way first = ways_[in], second = ways_[out];
    remove(in);
    remove(out);
    pieces_[first.last].next = second.first;
    add({first.from, second.to, first.first, second.last, std::max(first.depth, second.depth), false});
    touched_.push_back(first.from);
    touched_.push_back(second.to);
  }

  Label label(PieceId first) const {
    Label result;
    for (std::optional<PieceId> id = first; id; id = pieces_[*id].next) {
      const Piece& piece = pieces_[*id];
      Part part{piece.action, {}};
      for (const PieceId alternative : piece.alternatives) part.alternatives.push_back(label(alternative));
      std::sort(part.alternatives.begin(), part.alternatives.end(),
                [](const Label& a, const Label& b) { return first_action(a) < first_action(b); });
      if (!part.alternatives.empty()) part.action = first_action(part.alternatives.front());
      result.parts.push_back(std::move(part));
    }
    return result;
  }

  std::vector<Arc> arcs() const {
    std::vector<Arc> result;
    for (const Way& way : ways_) {
      if (!way.gone) result.push_back({way.from, way.to, label(way.first)});
    }
    std::sort(result.begin(), result.end(),
              [](const Arc& a, const Arc& b) { return first_action(a.label) < first_action(b.label); });
    return result;
  }

  const ir::Contract& contract_;
  std::vector<bool> keeps_;  // by state: it never vanishes
  base::Table<ir::StateId, Ends> ends_;
  base::Table<PieceId, Piece> pieces_;
  base::Table<WayId, Way> ways_;
  std::unordered_map<std::uint64_t, WayId> between_;  // from an implicit state to another state
  std::vector<ir::StateId> touched_;
};

}  // namespace

std::vector<Arc> folded_arcs(const ir::Contract& contract) { return Folder(contract).fold(); }

std::vector<Arc> full_arcs(const ir::Contract& contract) {
  std::vector<Arc> arcs;
  for (const ir::TransitionId id : contract.transitions.ids()) {
    const ir::Transition& t = contract.transitions[id];
    arcs.push_back({t.from, t.to, {{{id, {}}}}});
  }
  return arcs;
}

}  // namespace singspin::graph
