/// Few hashes that stand for many leaves: how a reader of the feed proves that what was left out
/// for it is as the log has it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"

namespace docket {

/// The largest perfect subtrees of the log's Merkle tree (RFC 6962) that together hold the leaves
/// from `first` on, left to right, each as its hash in hex. A subtree of 2^k leaves begins at a
/// multiple of 2^k, so that the number of its leaves follows from its place: at most two for each
/// doubling of the run's length. `leaf_hashes` is in hex.
std::vector<std::string> CoveringSubtrees(Position first,
                                          const std::vector<std::string_view>& leaf_hashes);

}  // namespace docket
