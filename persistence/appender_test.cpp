#include "persistence/appender.hpp"

#include <semaphore>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();

/// A store in memory whose commits can be held up and made to fail.
class HeldStore : public BatchStore {
 public:
  void Begin() override {
    ++begun;
    if (hold) {
      entered.release();
      go_on.acquire();
    }
  }
  BatchState Read(LogId, const BatchKeys&) override { return committed; }
  void Write(LogId, const BatchRows& rows) override {
    written = committed;
    written.head = rows.head;
    for (const auto& move : rows.streams) written.versions[move.stream] = move.to;
  }
  void Commit() override {
    if (fail_commits > 0) {
      --fail_commits;
      throw StoreError("no space left");
    }
    committed = written;
  }
  void Rollback() noexcept override { ++rolled_back; }

  BatchState committed;
  BatchState written;
  std::atomic<int> begun{0};
  std::atomic<int> rolled_back{0};
  std::atomic<int> fail_commits{0};
  std::atomic<bool> hold{false};
  std::counting_semaphore<> entered{0};
  std::counting_semaphore<> go_on{0};
};

class AppenderTest : public ::testing::Test {
 protected:
  testing::SettableClock clock_;
  HeldStore store_;
};

TEST_F(AppenderTest, RequestsThatWaitTogetherShareOneTransaction) {
  store_.hold = true;
  Appender appender(store_, clock_);
  std::vector<std::thread> writers;
  const auto append = [&] { appender.Append(Request({Write("a", kAny, 1)})); };
  writers.emplace_back(append);
  store_.entered.acquire();
  // The first batch is in the store: everybody else can only queue.
  for (int i = 0; i < 20; ++i) writers.emplace_back(append);
  while (appender.Waiting() < 20) std::this_thread::yield();
  store_.hold = false;
  store_.go_on.release();
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(store_.begun, 2);
  EXPECT_EQ(store_.committed.head.position, Position{21});
}

TEST_F(AppenderTest, FullQueueRefusesAndNothingIsLost) {
  store_.hold = true;
  Appender appender(store_, clock_, {.queue_max = 2});
  std::vector<std::thread> writers;
  const auto append = [&] { appender.Append(Request({Write("a", kAny, 1)})); };
  writers.emplace_back(append);
  store_.entered.acquire();
  writers.emplace_back(append);
  writers.emplace_back(append);
  while (appender.Waiting() < 2) std::this_thread::yield();
  EXPECT_THROW(append(), Overloaded);
  store_.hold = false;
  store_.go_on.release();
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(store_.committed.head.position, Position{3});
}

TEST_F(AppenderTest, FailedCommitFailsItsBatchAndTheNextOneIsFine) {
  store_.fail_commits = 1;
  Appender appender(store_, clock_);
  EXPECT_THROW(appender.Append(Request({Write("a", kAny, 1)})), StoreError);
  EXPECT_EQ(store_.rolled_back, 1);
  const auto result = appender.Append(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(std::get<Appended>(result).first, Position{1});
}

TEST_F(AppenderTest, BatchesAreBounded) {
  store_.hold = true;
  Appender appender(store_, clock_, {.batch_requests_max = 5});
  std::vector<std::thread> writers;
  const auto append = [&] { appender.Append(Request({Write("a", kAny, 1)})); };
  writers.emplace_back(append);
  store_.entered.acquire();
  for (int i = 0; i < 10; ++i) writers.emplace_back(append);
  while (appender.Waiting() < 10) std::this_thread::yield();
  store_.hold = false;
  store_.go_on.release();
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(store_.begun, 3);
}

TEST_F(AppenderTest, WhatIsQueuedIsServedBeforeItStops) {
  std::optional<Appender> appender(std::in_place, store_, clock_);
  store_.hold = true;
  std::thread writer([&] { appender->Append(Request({Write("a", kAny, 1)})); });
  store_.entered.acquire();
  store_.hold = false;
  store_.go_on.release();
  writer.join();
  appender.reset();
  EXPECT_EQ(store_.committed.head.position, Position{1});
}

}  // namespace
}  // namespace docket
