// std::visit with one lambda per alternative and no catch-all.
#pragma once

namespace singspin::base {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace singspin::base
