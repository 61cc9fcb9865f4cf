#include "api/http/client_address.hpp"

#include <algorithm>
#include <charconv>

#include <Poco/Net/IPAddress.h>

#include "api/http/message.hpp"

namespace docket::http {

namespace {

using Poco::Net::IPAddress;

/// An IPv4 address that reached a socket of IPv6 is the same address.
std::string Plain(std::string_view text) {
  constexpr std::string_view kMapped = "::ffff:";
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.starts_with(kMapped) && text.find('.') != std::string_view::npos) {
    text.remove_prefix(kMapped.size());
  }
  IPAddress address;
  if (!IPAddress::tryParse(std::string(text), address)) return "";
  return address.toString();
}

}  // namespace

Expected<TrustedProxies> TrustedProxies::Parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const auto& text : networks) {
    const auto parts = SplitAt(text, '/');
    Network network{.address = Plain(parts.front())};
    const IPAddress address(network.address.empty() ? "0.0.0.0" : network.address);
    const unsigned bits_max = address.family() == IPAddress::IPv4 ? 32 : 128;
    network.bits = bits_max;
    bool valid = !network.address.empty() && parts.size() <= 2;
    if (valid && parts.size() == 2) {
      const char* const end = parts[1].data() + parts[1].size();
      const auto [stop, error] = std::from_chars(parts[1].data(), end, network.bits);
      valid = error == std::errc() && stop == end && network.bits <= bits_max;
    }
    if (!valid) {
      return Refuse(RejectionKind::kInvalid,
                    {"trusted_proxy_invalid", "可信代理应为 IP 地址或 地址/位数",
                     "a trusted proxy is an address, or a network as ADDRESS/BITS"});
    }
    proxies.networks_.push_back(std::move(network));
  }
  return proxies;
}

bool TrustedProxies::Trusts(const std::string& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const IPAddress one(address);
    const IPAddress base(network.address);
    if (one.family() != base.family()) return false;
    const IPAddress mask(network.bits, one.family());
    return (one & mask) == (base & mask);
  });
}

std::string TrustedProxies::ClientOf(const std::string& peer, std::string_view forwarded) const {
  const std::string own = Plain(peer);
  if (own.empty() || !Trusts(own)) return own.empty() ? peer : own;
  auto hops = SplitAt(forwarded, ',');
  std::reverse(hops.begin(), hops.end());
  for (const auto hop : hops) {
    const std::string address = Plain(hop);
    if (address.empty()) return own;  // Whatever stands before it was not said by a proxy of ours.
    if (!Trusts(address)) return address;
  }
  return own;
}

}  // namespace docket::http
