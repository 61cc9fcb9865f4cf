/// The right edge of a log's Merkle tree (RFC 6962): all that is needed to add leaves and to know
/// the root, some sixty hashes however long the log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace docket {

/// The perfect subtrees that make up a tree of `Size()` leaves, largest first.
class Frontier {
 public:
  static constexpr std::size_t kHashBytes = 32;

  Frontier() = default;
  /// From what Bytes() gave for a tree of `size` leaves. Throws std::invalid_argument when the
  /// number of hashes does not fit the size.
  Frontier(std::int64_t size, std::string_view bytes);

  /// Adds one leaf, given as its hash in hex (see leaf.hpp).
  void Add(std::string_view leaf_hash_hex);
  std::int64_t Size() const { return size_; }
  /// RFC 6962 section 2.1: the Merkle tree hash, hex; of an empty tree SHA-256 of nothing.
  std::string Root() const;
  /// Stored format: the subtree hashes one after the other, largest first.
  std::string Bytes() const;
  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  std::int64_t size_ = 0;
  std::vector<std::string> subtrees_;  ///< Hashes of kHashBytes bytes.
};

}  // namespace docket
