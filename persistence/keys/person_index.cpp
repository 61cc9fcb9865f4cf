#include "persistence/keys/person_index.hpp"

#include <fmt/format.h>

namespace docket {

std::string PersonDigest(const SecretKey& index_key, const Identifier& identifier) {
  return sealing::AuthenticateWith(
      index_key, fmt::format("1:{}:{}", static_cast<int>(identifier.kind), identifier.value));
}

}  // namespace docket
