// Any cutting of a log into events and covered runs gives back the root of the whole.
#include "domain/evidence/covering.hpp"

#include <bit>
#include <random>

#include <gtest/gtest.h>

#include "domain/evidence/frontier.hpp"
#include "domain/evidence/sha256.hpp"

namespace docket {
namespace {

/// What a reader keeps: perfect subtrees, each as its number of leaves and its hash.
class ReadersTree {
 public:
  void AddSubtree(std::uint64_t leaves, const std::string& hash_hex) {
    subtrees_.push_back({leaves, hash_hex});
    while (subtrees_.size() > 1 && subtrees_[subtrees_.size() - 2].leaves == Last().leaves) Merge();
    size_ += leaves;
  }
  void AddRun(std::uint64_t first, std::uint64_t last, const std::vector<std::string>& hashes) {
    std::uint64_t begin = first - 1;
    for (const auto& hash : hashes) {
      const auto left = std::bit_floor(last - begin);
      const auto aligned = begin == 0 ? left : std::uint64_t{1} << std::countr_zero(begin);
      AddSubtree(std::min(left, aligned), hash);
      begin += std::min(left, aligned);
    }
    EXPECT_EQ(begin, last);
  }
  std::string Root() {
    while (subtrees_.size() > 1) Merge();
    return Last().hash_hex;
  }

 private:
  struct Subtree {
    std::uint64_t leaves;
    std::string hash_hex;
  };
  Subtree& Last() { return subtrees_.back(); }
  void Merge() {
    const Subtree right = Last();
    subtrees_.pop_back();
    Last() = {Last().leaves + right.leaves,
              Sha256Hex("\1" + BytesOfHex(Last().hash_hex) + BytesOfHex(right.hash_hex))};
  }
  std::vector<Subtree> subtrees_;
  std::uint64_t size_ = 0;
};

TEST(Covering, AnyCuttingGivesTheRootOfTheWhole) {
  const unsigned seed = 20240920;
  std::mt19937 random(seed);
  for (std::size_t size = 1; size <= 200; ++size) {
    std::vector<std::string> leaves;
    Frontier whole;
    for (std::size_t i = 0; i < size; ++i) {
      leaves.push_back(Sha256Hex(std::to_string(i)));
      whole.Add(leaves.back());
    }
    ReadersTree tree;
    for (std::size_t done = 0; done < size;) {
      const auto run = 1 + random() % (size - done);
      const std::vector<std::string_view> part(leaves.begin() + static_cast<long>(done),
                                               leaves.begin() + static_cast<long>(done + run));
      const auto hashes = CoveringSubtrees(Position{static_cast<std::int64_t>(done) + 1}, part);
      EXPECT_LE(hashes.size(), 2 * std::bit_width(run));
      tree.AddRun(done + 1, done + run, hashes);
      done += run;
    }
    EXPECT_EQ(tree.Root(), whole.Root()) << size << " leaves, seed " << seed;
  }
}

TEST(Covering, OneLeafIsItself) {
  const std::string leaf = Sha256Hex("leaf");
  EXPECT_EQ(CoveringSubtrees(Position{7}, {leaf}), std::vector<std::string>{leaf});
}

}  // namespace
}  // namespace docket
