#include "api/webhooks/public_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace docket {

namespace {

struct Block {
  std::uint32_t first;
  unsigned bits;
};
/// IANA's special-purpose blocks of IPv4, and multicast and what is reserved above.
constexpr std::array kSpecial{Block{0x00000000, 8},  Block{0x0a000000, 8},  Block{0x64400000, 10},
                              Block{0x7f000000, 8},  Block{0xa9fe0000, 16}, Block{0xac100000, 12},
                              Block{0xc0000000, 24}, Block{0xc0000200, 24}, Block{0xc0586300, 24},
                              Block{0xc0a80000, 16}, Block{0xc6120000, 15}, Block{0xc6336400, 24},
                              Block{0xcb007100, 24}, Block{0xe0000000, 3}};

bool IsPublic4(std::uint32_t address) {
  return std::none_of(kSpecial.begin(), kSpecial.end(), [&](const Block& block) {
    return (address ^ block.first) >> (32 - block.bits) == 0;
  });
}

std::uint32_t Number(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

bool IsPublic6(const unsigned char* bytes) {
  const std::uint32_t head = Number(bytes);
  const bool global = head >> 29 == 1;  // 2000::/3 is all that is routed.
  const bool documentation = head == 0x20010db8;
  const bool protocol = head >> 9 == 0x20010000 >> 9;  // 2001::/23: Teredo and others.
  const bool six_to_four = head >> 16 == 0x2002;
  return global && !documentation && !protocol && !six_to_four;
}

}  // namespace

bool IsPublicAddress(const Poco::Net::IPAddress& address) {
  const auto* const bytes = static_cast<const unsigned char*>(address.addr());
  if (address.family() == Poco::Net::AddressFamily::IPv4) return IsPublic4(Number(bytes));
  return IsPublic6(bytes);
}

}  // namespace docket
