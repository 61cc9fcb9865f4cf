#include "domain/evidence/frontier.hpp"

#include <random>

#include <gtest/gtest.h>

#include "domain/evidence/sha256.hpp"

namespace docket {
namespace {

/// RFC 6962 section 2.1 to the letter: split at the largest power of two below the size.
std::string RootOf(const std::vector<std::string>& leaves) {
  if (leaves.empty()) return HexOf(Sha256().Bytes());
  if (leaves.size() == 1) return leaves.front();
  std::size_t half = 1;
  while (half * 2 < leaves.size()) half *= 2;
  const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(half);
  const auto left = BytesOfHex(RootOf({leaves.begin(), middle}));
  const auto right = BytesOfHex(RootOf({middle, leaves.end()}));
  return Sha256().Add("\1").Add(left).Add(right).Hex();
}

std::string LeafOf(std::string_view data) {
  return Sha256().Add(std::string_view("\0", 1)).Add(data).Hex();
}

std::vector<std::string> Leaves(std::size_t count) {
  std::vector<std::string> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(LeafOf(std::to_string(i)));
  return leaves;
}

TEST(FrontierTest, RootsAreThoseOfTheStandard) {
  Frontier tree;
  std::vector<std::string> added;
  EXPECT_EQ(tree.Root(), RootOf(added));
  for (const auto& leaf : Leaves(130)) {
    tree.Add(leaf);
    added.push_back(leaf);
    ASSERT_EQ(tree.Root(), RootOf(added)) << added.size();
  }
}

// The eight leaves of the reference implementations of certificate transparency.
TEST(FrontierTest, RootOfTheReferenceLeavesIsTheReferenceRoot) {
  Frontier tree;
  for (const std::string hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f"}) {
    tree.Add(LeafOf(BytesOfHex(hex)));
  }
  EXPECT_EQ(tree.Root(), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(FrontierTest, GoesOnFromItsStoredBytes) {
  const auto leaves = Leaves(1'000);
  Frontier tree;
  Frontier stored;
  for (const auto& leaf : leaves) {
    tree.Add(leaf);
    stored = Frontier(stored.Size(), stored.Bytes());
    stored.Add(leaf);
    ASSERT_EQ(stored, tree);
  }
  EXPECT_EQ(tree.Size(), 1'000);
}

TEST(FrontierTest, BytesThatDoNotFitTheSizeAreRefused) {
  EXPECT_THROW(Frontier(1, ""), std::invalid_argument);
  EXPECT_THROW(Frontier(2, std::string(64, 'x')), std::invalid_argument);
  EXPECT_THROW(Frontier(-1, ""), std::invalid_argument);
  EXPECT_NO_THROW(Frontier(3, std::string(64, 'x')));
}

}  // namespace
}  // namespace docket
