#include "workflows/inspection/draw.hpp"

#include <algorithm>
#include <utility>

#include "domain/evidence/sha256.hpp"
#include "domain/json.hpp"

namespace docket::inspection {

std::vector<std::string> DrawnCodes(const Draw& draw, std::size_t size) {
  std::vector<std::pair<std::string, std::string>> ordered;
  for (const auto& code : draw.codes) {
    const Json place = Json::array({draw.seed, draw.catalogue_version, code});
    ordered.emplace_back(Sha256Hex(CanonicalJson(place)), code);
  }
  std::sort(ordered.begin(), ordered.end());
  std::vector<std::string> drawn;
  for (std::size_t i = 0; i < std::min(size, ordered.size()); ++i) {
    drawn.push_back(ordered[i].second);
  }
  return drawn;
}

}  // namespace docket::inspection
