/// The random draw of an inspection (随机抽取), so that anybody can do it again.
#pragma once

#include <string>
#include <vector>

namespace docket::inspection {

/// Names the algorithm in the event; another one gets another name.
inline constexpr std::string_view kDrawAlgorithm = "sha256-order-1";

/// From what a sample is drawn.
struct Draw {
  std::string seed;               ///< As announced; any text.
  std::string catalogue_version;  ///< Of the list that `codes` are taken from.
  std::vector<std::string> codes;
};

/// The first `size` codes in ascending order of the lower-case hex of SHA-256 over the bytes of
/// the canonical JSON (RFC 8785) `["seed","catalogue_version","code"]`. All of them where there
/// are fewer. The order in which the codes are given does not matter.
std::vector<std::string> DrawnCodes(const Draw& draw, std::size_t size);

}  // namespace docket::inspection
