// Addresses that a webhook must not reach, and some that it may.
#include "api/webhooks/public_address.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

bool IsPublic(const char* text) { return IsPublicAddress(Poco::Net::IPAddress(text)); }

TEST(PublicAddress, WhatOnlyTheServerReachesIsNotPublic) {
  for (const char* address : {"127.0.0.1",
                              "127.8.9.1",
                              "10.0.0.1",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "255.255.255.255",
                              "224.0.0.1",
                              "192.0.2.1",
                              "198.18.0.1",
                              "240.0.0.1",
                              "::1",
                              "::",
                              "fe80::1",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001:db8::1",
                              "2001::1"}) {
    EXPECT_FALSE(IsPublic(address)) << address;
  }
}

TEST(PublicAddress, TheRestIs) {
  for (const char* address : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "172.15.0.1", "172.32.0.1",
                              "100.63.0.1", "100.128.0.1", "2606:4700::1111", "2400:3200::1"}) {
    EXPECT_TRUE(IsPublic(address)) << address;
  }
}

}  // namespace
}  // namespace docket
