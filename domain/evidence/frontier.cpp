#include "domain/evidence/frontier.hpp"

#include <bit>
#include <stdexcept>

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

std::string Parent(std::string_view left, std::string_view right) {
  static thread_local Sha256 sha;
  return sha.Add(std::string_view("\1", 1)).Add(left).Add(right).Bytes();
}

}  // namespace

Frontier::Frontier(std::int64_t size, std::string_view bytes) : size_(size) {
  const auto subtrees = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
  if (size < 0 || bytes.size() != subtrees * kHashBytes) {
    throw std::invalid_argument(
        fmt::format("{} bytes are not the right edge of a tree of {} leaves", bytes.size(), size));
  }
  for (std::size_t i = 0; i < subtrees; ++i) {
    subtrees_.emplace_back(bytes.substr(i * kHashBytes, kHashBytes));
  }
}

void Frontier::Add(std::string_view leaf_hash_hex) {
  std::string hash = BytesOfHex(leaf_hash_hex);
  // Each trailing one bit of the size is a perfect subtree that the new leaf completes to a larger.
  for (auto rest = static_cast<std::uint64_t>(size_); (rest & 1) != 0; rest >>= 1) {
    hash = Parent(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(std::move(hash));
  ++size_;
}

std::string Frontier::Root() const {
  if (subtrees_.empty()) return Sha256Hex("");
  std::string root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i > 0; --i) root = Parent(subtrees_[i - 1], root);
  return HexOf(root);
}

std::string Frontier::Bytes() const {
  std::string bytes;
  bytes.reserve(subtrees_.size() * kHashBytes);
  for (const auto& subtree : subtrees_) bytes += subtree;
  return bytes;
}

}  // namespace docket
