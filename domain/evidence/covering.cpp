#include "domain/evidence/covering.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "domain/evidence/frontier.hpp"

namespace docket {

std::vector<std::string> CoveringSubtrees(Position first,
                                          const std::vector<std::string_view>& leaf_hashes) {
  std::vector<std::string> subtrees;
  auto begin = static_cast<std::uint64_t>(first.value - 1);
  for (std::size_t done = 0; done < leaf_hashes.size();) {
    const auto left = std::bit_floor(static_cast<std::uint64_t>(leaf_hashes.size() - done));
    const auto aligned = begin == 0 ? left : std::uint64_t{1} << std::countr_zero(begin);
    const auto size = std::min(left, aligned);
    Frontier tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.Add(leaf_hashes[done + i]);
    subtrees.push_back(tree.Root());
    begin += size;
    done += size;
  }
  return subtrees;
}

}  // namespace docket
