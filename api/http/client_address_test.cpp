// Whose word counts on where a request comes from.
#include "api/http/client_address.hpp"

#include <gtest/gtest.h>

namespace docket::http {
namespace {

TEST(ClientAddress, OnlyATrustedProxyIsBelieved) {
  const auto proxies = TrustedProxies::Parse({"10.0.0.0/8", "::1"});
  ASSERT_TRUE(proxies);
  EXPECT_EQ(proxies->ClientOf("203.0.113.5", "198.51.100.7"), "203.0.113.5");
  EXPECT_EQ(proxies->ClientOf("10.1.2.3", "198.51.100.7"), "198.51.100.7");
  EXPECT_EQ(proxies->ClientOf("::ffff:10.1.2.3", "198.51.100.7"), "198.51.100.7");
  EXPECT_EQ(proxies->ClientOf("::1", "2001:db8::7"), "2001:db8::7");
  EXPECT_EQ(TrustedProxies().ClientOf("10.1.2.3", "198.51.100.7"), "10.1.2.3");
}

TEST(ClientAddress, WhatAClientWroteBeforeTheProxiesIsNotBelieved) {
  const auto proxies = TrustedProxies::Parse({"10.0.0.0/8"});
  ASSERT_TRUE(proxies);
  EXPECT_EQ(proxies->ClientOf("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2"), "198.51.100.7");
  EXPECT_EQ(proxies->ClientOf("10.0.0.1", "1.2.3.4, nonsense"), "10.0.0.1");
  EXPECT_EQ(proxies->ClientOf("10.0.0.1", ""), "10.0.0.1");
  EXPECT_EQ(proxies->ClientOf("10.0.0.1", "10.0.0.3"), "10.0.0.1");
}

TEST(ClientAddress, NetworksAreAddressesWithBits) {
  for (const char* text : {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8"}) {
    const auto refused = TrustedProxies::Parse({text});
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, "trusted_proxy_invalid");
  }
}

}  // namespace
}  // namespace docket::http
