#include "persistence/ids/random_uuid.hpp"

#include <array>

#include <sodium.h>

#include "domain/evidence/sha256.hpp"

namespace docket {

std::string RandomUuid() {
  std::array<char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string uuid = HexOf({bytes.data(), bytes.size()});
  for (const std::size_t place : {8, 13, 18, 23}) uuid.insert(place, 1, '-');
  return uuid;
}

}  // namespace docket
