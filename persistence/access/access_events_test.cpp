// The stored format of the second log: a text of each version that is or was ever written.
#include "persistence/access/access_events.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

const Instant kFirst = *Instant::Parse("2024-09-20T09:00:00+08:00");
const Instant kLast = *Instant::Parse("2024-09-20T09:00:30+08:00");
const std::string kTimes =
    R"("first_at":"2024-09-20T09:00:00+08:00","last_at":"2024-09-20T09:00:30+08:00")";

/// It is written so, and what was written so is read.
template <class Event>
void ExpectStoredAs(const Event& event, const std::string& text) {
  EXPECT_EQ(CanonicalJson(Encode(event)), text);
  const auto read = Decode<Event>(Json::parse(text));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(CanonicalJson(Encode(*read)), text);
}

TEST(AccessEvents, ASuccessfulLogin) {
  ExpectStoredAs(SomebodyLoggedIn{LoginMethod::kApiKey, "key-1", "198.51.100.7", 2, kFirst, kLast},
                 R"({"address":"198.51.100.7","count":2,"credential":"key-1",)" + kTimes +
                     R"(,"method":"api_key"})");
  for (const auto& [method, name, zh] : EnumTable<LoginMethod>::kNames) {
    SomebodyLoggedIn login;
    login.method = method;
    EXPECT_EQ(Encode(login)["method"], name) << zh;
  }
}

TEST(AccessEvents, AFailedLogin) {
  ExpectStoredAs(LoginFailed{LoginMethod::kPassword, "password_wrong", std::nullopt, "198.51.100.7",
                             5, kFirst, kLast},
                 R"({"address":"198.51.100.7","count":5,)" + kTimes +
                     R"(,"method":"password","reason":"password_wrong"})");
}

TEST(AccessEvents, TheEndOfASession) {
  ExpectStoredAs(SessionEnded{"password_reset", ActorId("admin"), "198.51.100.7", 1, kFirst, kLast},
                 R"({"address":"198.51.100.7","count":1,"ended_by":"admin",)" + kTimes +
                     R"(,"reason":"password_reset"})");
}

TEST(AccessEvents, ReadingsAndDenialsOfTheFirstVersionHaveNoAddress) {
  ExpectStoredAs(AccessWasDenied{"GET /v1/cases/{id}", StreamId("complaint-1"), "decide",
                                 "case_not_readable", std::nullopt, 1, kFirst, kLast},
                 R"({"case_id":"complaint-1","command":"decide","count":1,)" + kTimes +
                     R"(,"operation":"GET /v1/cases/{id}","reason":"case_not_readable"})");
  ExpectStoredAs(AccessWasRead{"GET /v1/cases/{id}", StreamId("complaint-1"), "open", true,
                               "PHCZ-1", std::nullopt, 1, kFirst, kLast},
                 R"({"access":"open","case_id":"complaint-1","consent":"PHCZ-1","count":1,)" +
                     kTimes + R"(,"operation":"GET /v1/cases/{id}","personal":true})");
}

TEST(AccessEvents, ReadingsAndDenialsOfTheSecondHaveOne) {
  ExpectStoredAs(
      AccessWasDenied{{}, {}, {}, "token_missing", "198.51.100.7", 1, kFirst, kLast},
      R"({"address":"198.51.100.7","count":1,)" + kTimes + R"(,"reason":"token_missing"})");
  ExpectStoredAs(AccessWasRead{{}, {}, "sealed", false, {}, "198.51.100.7", 1, kFirst, kLast},
                 R"({"access":"sealed","address":"198.51.100.7","count":1,)" + kTimes +
                     R"(,"personal":false})");
}

}  // namespace
}  // namespace docket
