// Which account may use which operation.
#include "api/auth/operations.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

bool May(Role role, std::string_view method, std::string_view pattern) {
  return MayUse(method, pattern, {ActorId("x"), UnitId("unit"), {role}}).has_value();
}

TEST(Operations, TheAccessLogIsForTheSystemAuditorAlone) {
  for (const auto& role : EnumTable<Role>::kNames) {
    const bool auditor = role.value == Role::kSystemAuditor;
    EXPECT_EQ(May(role.value, "GET", "/v1/access-log"), auditor) << role.name;
    EXPECT_EQ(May(role.value, "HEAD", "/v1/access-log"), auditor) << role.name;
  }
}

TEST(Operations, PartiesReadNoFeed) {
  EXPECT_FALSE(May(Role::kComplainant, "GET", "/v1/feed"));
  EXPECT_FALSE(May(Role::kRespondent, "GET", "/v1/feed"));
  EXPECT_TRUE(May(Role::kResourceOffice, "GET", "/v1/feed"));
}

TEST(Operations, OnlyProvidersPush) {
  for (const auto& role : EnumTable<Role>::kNames) {
    EXPECT_EQ(May(role.value, "POST", "/v1/intake/{message}"), role.value == Role::kDataProvider)
        << role.name;
  }
}

TEST(Operations, WhatIsNotListedIsForNobody) {
  EXPECT_FALSE(May(Role::kHead, "DELETE", "/v1/access-log"));
  EXPECT_FALSE(May(Role::kHead, "GET", "/v1/unheard-of"));
}

TEST(Operations, AnAccountWhoseRolesExcludeEachOtherUsesNothing) {
  const Actor both{ActorId("x"), UnitId("unit"), {Role::kHead, Role::kSystemAuditor}};
  for (const auto& rule : OperationRules()) {
    EXPECT_EQ(MayUse(rule.method, rule.pattern, both).has_value(),
              rule.audience == Audience::kEverybody);
  }
}

TEST(Operations, AnAccountWithoutRolesUsesNothing) {
  const Actor nobody{ActorId("key"), UnitId("unit"), {}};
  for (const char* pattern : {"/v1/access-log", "/v1/feed", "/v1/cases"}) {
    EXPECT_FALSE(MayUse("GET", pattern, nobody)) << pattern;
  }
  EXPECT_TRUE(MayUse("GET", "/v1/health", nobody));
}

}  // namespace
}  // namespace docket
