/// A source of chance that gives the same on every machine: the distributions of the standard
/// library do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace docket::demo {

/// SplitMix64 (Steele, Lea, Flood 2014). Never used for anything secret.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// 0 to bound - 1; `bound` is above 0. The bias of the remainder does not matter here.
  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(Next() % bound); }
  /// Both ends included.
  int Between(int least, int most) {
    return least + static_cast<int>(Below(static_cast<std::size_t>(most - least) + 1));
  }
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  /// One of a list that is not empty.
  template <class List>
  const auto& Pick(const List& list) {
    return list[Below(list.size())];
  }
  /// A source of its own for `purpose`: what is drawn from it changes nothing elsewhere.
  Random Fork(std::string_view purpose) const {
    Random fork(state_);
    for (const char c : purpose) fork.state_ = fork.Next() ^ static_cast<unsigned char>(c);
    return Random(fork.Next());
  }

 private:
  std::uint64_t state_;
};

}  // namespace docket::demo
