/// The fixture of the conformance suite: a store, one or two nodes on it, a clock that a test sets.
///
/// After every test the whole store is read and compared with what holds of any log: see
/// ExpectWhole. Names of tests begin with the number of their scenario.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/conformance/store_under_test.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket::testing {

/// One opening of the store and of its log, as a process has it.
struct Node {
  std::shared_ptr<Store> store;
  std::unique_ptr<StoreLog> log;
};

inline const auto kAny = ExpectedVersion::Any();
inline const auto kNone = ExpectedVersion::NoStream();
inline const auto kExists = ExpectedVersion::StreamExists();
inline ExpectedVersion Exactly(std::int64_t version) {
  return ExpectedVersion::Exactly(Version{version});
}

/// The request, for the access log.
AppendRequest ForAccess(AppendRequest request);

class ConformanceTest : public ::testing::Test {
 protected:
  explicit ConformanceTest(AppenderLimits limits = {});
  void TearDown() override { ExpectWhole(); }

  StoreLog& Log() { return *first_.log; }
  Node& First() { return first_; }
  /// A second node, opened when first asked for.
  Node& Second();
  Node OpenNode();
  /// The keys as the node's process has them open: once a store object.
  KeyStore& KeysOf(Node& node);
  /// Closes both nodes and opens the first anew.
  void Reopen();

  /// Of Log(), unless another is given. Throw when the answer is another.
  Appended Accepted(AppendRequest request) { return Accepted(Log(), std::move(request)); }
  static Appended Accepted(EventLog& log, AppendRequest request);
  VersionConflict Conflicted(AppendRequest request);
  CommandKnown Known(AppendRequest request);

  /// Read in pages, as any reader does.
  std::vector<RecordedEvent> All(LogId log = LogId::kCases) { return AllOf(Log(), log); }
  static std::vector<RecordedEvent> AllOf(const EventLog& log, LogId id = LogId::kCases);
  std::vector<RecordedEvent> Stream(const std::string& stream, LogId log = LogId::kCases);
  Position HeadPosition(LogId log = LogId::kCases) { return Log().ReadHead(log).position; }

  /// Positions and versions are dense, recorded_at never decreases, every digest and leaf hash
  /// recomputes, and the tree at the head is that of the leaves; on both logs.
  void ExpectWhole();

  std::unique_ptr<StoreUnderTest> store_ = NewStoreUnderTest();
  SettableClock clock_;

 private:
  void ExpectWholeLog(LogId log);

  AppenderLimits limits_;
  Node first_;
  Node second_;
  std::map<const Store*, std::unique_ptr<KeyStore>> keys_;
};

/// Runs `work(number)` in so many threads at once; what one throws fails the test.
void InThreads(int count, const std::function<void(int)>& work);

/// What a held writer would write for this request on top of what is stored now: its transaction
/// is open afterwards, and the head is its own until Commit or Rollback.
BatchRows WriteHeld(HeldWriter& writer, const AppendRequest& request, Instant now);

}  // namespace docket::testing
