/// Where a request really comes from: the other end of the connection or, behind a proxy that is
/// trusted by name, what the proxy says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/rejection.hpp"

namespace docket::http {

class TrustedProxies {
 public:
  /// Each an address, or a network as `ADDRESS/BITS`; refused with `trusted_proxy_invalid`.
  static Expected<TrustedProxies> Parse(const std::vector<std::string>& networks);

  /// `peer` is an address; `forwarded` the header X-Forwarded-For, empty where there is none. The
  /// last address in it that is no trusted proxy's; `peer` where the peer is not trusted, or where
  /// the header names nobody else.
  std::string ClientOf(const std::string& peer, std::string_view forwarded) const;

 private:
  struct Network {
    std::string address;
    unsigned bits = 0;
  };
  bool Trusts(const std::string& address) const;

  std::vector<Network> networks_;
};

}  // namespace docket::http
