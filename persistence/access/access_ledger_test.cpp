// What is counted together, what is written when, and that there is a bound.
#include "persistence/access/access_ledger.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace docket {
namespace {

using namespace std::chrono_literals;

const Instant kAt = *Instant::Parse("2024-09-20T09:00:00+08:00");
const AccessLedger::MonotonicTime kNow{};

AccessNote Denied(const std::string& account, const std::string& case_id) {
  AccessNote note;
  note.kind = AccessKind::kDenied;
  note.account = ActorId(account);
  note.operation = "GET /v1/cases/{id}";
  note.case_id = StreamId(case_id);
  note.reason = "case_not_readable";
  return note;
}

AccessLedger Ledger(std::size_t entries_max = 100, std::size_t of_account_max = 10) {
  return AccessLedger({60s, entries_max, of_account_max});
}

TEST(AccessLedger, ANewUseIsWrittenSoonAndItsRepeatsOnceAWindow) {
  auto ledger = Ledger();
  ledger.Count(Denied("eve", "a"), kAt, kNow);
  auto taken = ledger.Take(kNow + 1s, 100);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].count, 1);
  for (int i = 0; i < 5; ++i) {
    ledger.Count(Denied("eve", "a"), Instant::FromMicros(kAt.Micros() + i), kNow + 2s);
  }
  EXPECT_TRUE(ledger.Take(kNow + 59s, 100).empty());
  taken = ledger.Take(kNow + 60s, 100);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].count, 5);
  EXPECT_EQ(taken[0].first_at, kAt);
  EXPECT_EQ(taken[0].last_at.Micros(), kAt.Micros() + 4);
  EXPECT_EQ(ledger.Size(), 0u);
}

TEST(AccessLedger, UsesThatDifferInAnythingWrittenAreCountedApart) {
  auto ledger = Ledger();
  const AccessNote note = Denied("eve", "a");
  std::vector<AccessNote> notes(7, note);
  notes[1].account = ActorId("mallory");
  notes[2].case_id = StreamId("b");
  notes[3].operation = "GET /v1/feed";
  notes[4].reason = "role_not_permitted";
  notes[5].kind = AccessKind::kRead;
  notes[6].consent = "consent-1";
  for (const auto& one : notes) ledger.Count(one, kAt, kNow);
  AccessNote again = note;
  again.request = CorrelationId("another request");
  ledger.Count(again, kAt, kNow);
  EXPECT_EQ(ledger.Take(kNow, 100).size(), 7u);
}

TEST(AccessLedger, AnAccountBeyondItsBoundLosesItsCasesAndDisturbsNobody) {
  auto ledger = Ledger(100, 10);
  for (int i = 0; i < 1000; ++i) ledger.Count(Denied("eve", fmt::format("{}", i)), kAt, kNow);
  ledger.Count(Denied("adam", "a"), kAt, kNow);
  EXPECT_EQ(ledger.Size(), 12u);
  std::int64_t of_eve = 0;
  for (const auto& entry : ledger.Take(kNow, 100)) {
    if (entry.note.account == ActorId("adam")) EXPECT_EQ(entry.note.case_id, StreamId("a"));
    else of_eve += entry.count;
  }
  EXPECT_EQ(of_eve, 1000);
}

TEST(AccessLedger, BeyondTheBoundOfAllOnlyReasonsAreCounted) {
  auto ledger = Ledger(50, 10);
  for (int i = 0; i < 1000; ++i) ledger.Count(Denied(fmt::format("{}", i), "a"), kAt, kNow);
  EXPECT_EQ(ledger.Size(), 51u);
  std::int64_t all = 0;
  for (const auto& entry : ledger.Take(kNow, 100)) all += entry.count;
  EXPECT_EQ(all, 1000);
}

AccessNote Failed(const std::string& account, const std::string& address) {
  AccessNote note;
  note.kind = AccessKind::kLoginFailed;
  note.account = ActorId(account);
  note.reason = "password_wrong";
  note.address = address;
  return note;
}

TEST(AccessLedger, LoginsAreToldApartByAddressMethodAndCredential) {
  auto ledger = Ledger();
  AccessNote note = Failed("zhao", "198.51.100.7");
  note.kind = AccessKind::kLoggedIn;
  std::vector<AccessNote> notes(4, note);
  notes[1].address = "198.51.100.8";
  notes[2].method = LoginMethod::kCertificate;
  notes[3].credential = "key-1";
  for (const auto& one : notes) ledger.Count(one, kAt, kNow);
  ledger.Count(note, kAt, kNow);
  EXPECT_EQ(ledger.Take(kNow, 100).size(), 4u);
}

TEST(AccessLedger, FailuresFromEverywhereDoNotCrowdOutTheHoldersLogin) {
  AccessLedger ledger({.window = 60s, .failures_of_account_max = 5});
  for (int i = 0; i < 1000; ++i) ledger.Count(Failed("zhao", fmt::format("{}", i)), kAt, kNow);
  EXPECT_EQ(ledger.Size(), 6u) << "beyond the bound they are one, without an address";
  AccessNote login = Failed("zhao", "198.51.100.7");
  login.kind = AccessKind::kLoggedIn;
  ledger.Count(login, kAt, kNow);
  std::int64_t failures = 0;
  for (const auto& entry : ledger.Take(kNow, 100)) {
    if (entry.note.kind == AccessKind::kLoggedIn) EXPECT_EQ(entry.note.address, "198.51.100.7");
    else failures += entry.count;
  }
  EXPECT_EQ(failures, 1000);
}

TEST(AccessLedger, StrangersCrowdOutNobodyWhoHasAnAccount) {
  AccessLedger ledger({.window = 60s, .entries_of_strangers_max = 20});
  for (int i = 0; i < 1000; ++i) {
    ledger.Count(Failed(i % 2 == 0 ? "" : fmt::format("{}", i), fmt::format("{}", i)), kAt, kNow);
  }
  EXPECT_EQ(ledger.Size(), 21u);
  ledger.Count(Denied("adam", "a"), kAt, kNow);
  std::int64_t failures = 0;
  for (const auto& entry : ledger.Take(kNow, 100)) {
    if (entry.note.account == ActorId("adam")) EXPECT_EQ(entry.note.case_id, StreamId("a"));
    else failures += entry.count;
  }
  EXPECT_EQ(failures, 1000);
  EXPECT_TRUE(ledger.Take(kNow + 60s, 100).empty());
  ledger.Count(Failed("zhao", "198.51.100.7"), kAt, kNow + 60s);
  EXPECT_EQ(ledger.Take(kNow + 60s, 100).at(0).note.address, "198.51.100.7")
      << "there is room again";
}

TEST(AccessLedger, WhatWasWrittenByItselfIsCountedOnlyWhereItRepeats) {
  auto ledger = Ledger();
  AccessNote note = Denied("eve", "a");
  note.kind = AccessKind::kRead;
  EXPECT_FALSE(ledger.CountWritten(note, kAt, kNow));
  ledger.OpenWritten(note, kNow);
  EXPECT_TRUE(ledger.CountWritten(note, kAt, kNow + 1s));
  EXPECT_TRUE(ledger.Take(kNow + 2s, 100).empty());
  EXPECT_FALSE(ledger.CountWritten(note, kAt, kNow + 60s));
  const auto taken = ledger.Take(kNow + 60s, 100);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].count, 1);
  EXPECT_EQ(ledger.Size(), 0u);
}

TEST(AccessLedger, AllIsTakenInPortions) {
  auto ledger = Ledger();
  for (int i = 0; i < 5; ++i) ledger.Count(Denied("eve", fmt::format("{}", i)), kAt, kNow);
  EXPECT_EQ(ledger.Take(kNow, 3, true).size(), 3u);
  EXPECT_EQ(ledger.Take(kNow, 3, true).size(), 2u);
  EXPECT_TRUE(ledger.Take(kNow, 3, true).empty());
  EXPECT_EQ(ledger.Size(), 0u);
}

}  // namespace
}  // namespace docket
