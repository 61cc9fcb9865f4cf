#include "persistence/appender.hpp"

#include <semaphore>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();
const auto kNew = ExpectedVersion::NoStream();

/// A store in memory whose commits can be held up and made to fail.
class HeldStore : public BatchStore {
 public:
  bool TryWrite(LogId log, const BatchRows& rows, bool /*follows*/) override {
    Begin();
    if (rows.before != committed.head) return false;
    try {
      Write(log, rows);
    } catch (const RowsRefused&) {
      return false;
    }
    Commit();
    return true;
  }
  void Begin() override {
    ++begun;
    if (hold) {
      entered.release();
      go_on.acquire();
    }
  }
  BatchState Read(LogId, const BatchKeys& keys) override {
    ++read;
    BatchState state = committed;
    for (const auto& id : keys.events) {
      const auto found = stored.find(id);
      if (found != stored.end() && keys.since < found->second.position) state.stored.insert(*found);
    }
    return state;
  }
  void Write(LogId, const BatchRows& rows) override {
    for (const auto& move : rows.streams) {
      if (move.stream.value == "refused") throw RowsRefused("the schema refuses a row");
    }
    written = committed;
    written.head = rows.head;
    for (const auto& move : rows.streams) written.versions[move.stream] = move.to;
    written_events = rows.events;
  }
  void Commit() override {
    if (fail_commits > 0) {
      --fail_commits;
      throw StoreError("no space left");
    }
    if (lose_before > 0) {
      --lose_before;
      throw ConnectionLost("gone");
    }
    if (lose_commits > 0 && --lose_commits % 2 == 0) throw OutcomeUnknown("gone, not stored");
    committed = written;
    for (const auto& event : written_events) {
      stored[event.id] = {event.position, event.stream, event.version, event.recorded_at};
    }
    if (lose_commits % 2 == 1) throw OutcomeUnknown("gone, but stored");
  }
  void Rollback() noexcept override { ++rolled_back; }

  BatchState committed;
  BatchState written;
  std::vector<RecordedEvent> written_events;
  std::map<EventId, StoredEvent> stored;
  std::atomic<int> read{0};
  std::atomic<int> lose_before{0};   ///< Attempts that lose the connection before the commit.
  std::atomic<int> lose_commits{0};  ///< By turns stored and not stored; 2: stored, then not.
  std::atomic<int> begun{0};
  std::atomic<int> rolled_back{0};
  std::atomic<int> fail_commits{0};
  std::atomic<bool> hold{false};
  std::counting_semaphore<> entered{0};
  std::counting_semaphore<> go_on{0};
};

/// Two may write the quick way, and each does so when it is told to.
class SteppedStore : public HeldStore {
 public:
  bool TryWrite(LogId log, const BatchRows& rows, bool follows) override {
    if (!stepped) return HeldStore::TryWrite(log, rows, follows);
    Step& step = steps[writers++];
    step.follows = follows;
    step.decided_on = rows.before.position;
    step.entered.release();
    step.go_on.acquire();
    if (step.is_lost) throw OutcomeUnknown("gone, not stored");
    const bool is_written = HeldStore::TryWrite(log, rows, follows);
    step.left.release();
    return is_written;
  }
  std::size_t QuickWritersMax() const override { return 2; }

  struct Step {
    std::atomic<bool> follows{false};
    std::atomic<Position> decided_on{};
    std::atomic<bool> is_lost{false};
    std::binary_semaphore entered{0};
    std::binary_semaphore go_on{0};
    std::binary_semaphore left{0};
    /// Lets it write, and waits until it has.
    void Finish() {
      go_on.release();
      left.acquire();
    }
  };
  std::atomic<bool> stepped{false};
  std::atomic<std::size_t> writers{0};
  std::array<Step, 3> steps;
};

/// Others write to it, too.
class SharedStore : public HeldStore {
 public:
  bool IsContended(LogId) override { return true; }
  void Begin() override {
    HeldStore::Begin();
    turns.emplace_back();
  }
  BatchState Read(LogId log, const BatchKeys& keys) override {
    turns.back().push_back(log);
    asked.push_back(keys.streams.size());
    auto state = HeldStore::Read(log, keys);
    // What was not asked for is not said.
    std::erase_if(state.versions, [&](const auto& known) {
      return std::find(keys.streams.begin(), keys.streams.end(), known.first) == keys.streams.end();
    });
    return state;
  }
  void Write(LogId log, const BatchRows& rows) override {
    for (const auto& move : rows.streams) {
      const auto known = committed.versions.find(move.stream);
      const Version now = known == committed.versions.end() ? Version{} : known->second;
      if (now != move.from) throw RowsRefused("a stream has moved");
    }
    HeldStore::Write(log, rows);
  }
  std::vector<std::size_t> asked;         ///< About how many streams, by each Read.
  std::vector<std::vector<LogId>> turns;  ///< Which logs each transaction locked, in its order.
};

class SharedTest : public ::testing::Test {
 protected:
  Version Append(ExpectedVersion expected) {
    const auto result = appender_.Append(Request({Write("a", expected, 1)}));
    const auto* appended = std::get_if<Appended>(&result);
    return appended != nullptr ? appended->version : Version{-1};
  }
  testing::SettableClock clock_;
  SharedStore store_;
  Appender appender_{store_, clock_};
  using Asked = std::vector<std::size_t>;
};

TEST_F(SharedTest, StreamsThatOthersLeaveAloneAreNotAskedFor) {
  EXPECT_EQ(Append(kNew), Version{1});
  EXPECT_EQ(Append(kAny), Version{2});
  EXPECT_EQ(Append(ExpectedVersion::Exactly(Version{2})), Version{3});
  EXPECT_EQ(store_.asked, (Asked{0, 0, 0}));
}

TEST_F(SharedTest, StreamThatAnotherHasMovedIsAskedForAfterAll) {
  Append(kNew);
  store_.committed.versions[StreamId("a")] = Version{7};
  EXPECT_EQ(Append(kAny), Version{8});
  EXPECT_EQ(store_.asked, (Asked{0, 0, 1}));
  // For some time nothing is believed.
  EXPECT_EQ(Append(kAny), Version{9});
  EXPECT_EQ(store_.asked, (Asked{0, 0, 1, 1}));
}

TEST_F(SharedTest, RefusalIsDecidedOnWhatTheStoreSays) {
  Append(kNew);
  EXPECT_EQ(Append(kNew), Version{-1});
  EXPECT_EQ(store_.asked, (Asked{0, 0, 1}));
  store_.committed.versions.clear();
  EXPECT_EQ(Append(kNew), Version{1});
}

TEST_F(SharedTest, TurnInOneLogIsNotWaitedWithForTheOther) {
  // Two writers that each hold the turn the other asks for would wait for each other.
  auto access = Request({Write("a", kNew, 1)});
  access.log = LogId::kAccess;
  appender_.AppendAll({access, Request({Write("b", kNew, 1)})});
  EXPECT_EQ(store_.turns, (std::vector<std::vector<LogId>>{{LogId::kAccess}, {LogId::kCases}}));
}

class AheadTest : public ::testing::Test {
 protected:
  AheadTest() { Append("warm", kAny); }
  void Append(const std::string& stream, ExpectedVersion expected) {
    const auto result = appender_.Append(Request({Write(stream, expected, 1)}));
    const std::lock_guard guard(mutex_);
    firsts_.push_back(std::get<Appended>(result).first.value);
  }
  /// The first batch is on its way, and so is the second, which was decided on it.
  void StartTwo() {
    store_.stepped = true;
    writers_.emplace_back([this] { Append("a", kNew); });
    store_.steps[0].entered.acquire();
    writers_.emplace_back([this] { Append("a", kAny); });
    store_.steps[1].entered.acquire();
  }
  void Join() {
    for (auto& writer : writers_) writer.join();
    std::sort(firsts_.begin(), firsts_.end());
  }

  testing::SettableClock clock_;
  SteppedStore store_;
  Appender appender_{store_, clock_};
  std::mutex mutex_;
  std::vector<std::int64_t> firsts_;
  std::vector<std::thread> writers_;
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

TEST_F(AppenderTest, RequestThatTheSchemaRefusesFailsAlone) {
  store_.hold = true;
  Appender appender(store_, clock_);
  std::vector<std::thread> writers;
  std::atomic<int> failed{0};
  const auto append = [&](const std::string& stream) {
    try {
      appender.Append(Request({Write(stream, kAny, 1)}));
    } catch (const RowsRefused&) {
      ++failed;
    }
  };
  writers.emplace_back(append, "a");
  store_.entered.acquire();
  for (int i = 0; i < 12; ++i) writers.emplace_back(append, i % 4 == 0 ? "refused" : "a");
  while (appender.Waiting() < 12) std::this_thread::yield();
  store_.hold = false;
  store_.go_on.release();
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(failed, 3);
  EXPECT_EQ(store_.committed.head.position, Position{10});
}

TEST_F(AppenderTest, WriterThatRemembersDoesNotAsk) {
  Appender appender(store_, clock_);
  for (int i = 0; i < 10; ++i) appender.Append(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(store_.read, 1);
  EXPECT_EQ(store_.committed.head.position, Position{10});
  EXPECT_EQ(store_.committed.head.tree.Size(), 10);
}

TEST_F(AppenderTest, RefusalIsNeverDecidedFromMemory) {
  Appender appender(store_, clock_);
  appender.Append(Request({Write("a", kAny, 1)}));
  const auto result = appender.Append(Request({Write("a", ExpectedVersion::NoStream(), 1)}));
  EXPECT_TRUE(std::holds_alternative<VersionConflict>(result));
  EXPECT_EQ(store_.read, 2);
}

TEST_F(AppenderTest, WriterThatWasOvertakenAsksAgain) {
  Appender appender(store_, clock_);
  appender.Append(Request({Write("a", kAny, 1)}));
  store_.committed.head.batch = "somebody else's";
  store_.committed.versions[StreamId("a")] = Version{9};
  const auto result = appender.Append(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(std::get<Appended>(result).version, Version{10});
}

TEST_F(AppenderTest, LostConnectionIsTriedAgain) {
  store_.lose_before = 3;
  Appender appender(store_, clock_);
  const auto result = appender.Append(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(std::get<Appended>(result).first, Position{1});
  EXPECT_EQ(store_.rolled_back, 3);
}

TEST_F(AppenderTest, LostConnectionIsGivenUpInTheEnd) {
  store_.lose_before = 1'000;
  Appender appender(store_, clock_, {.retry_for = std::chrono::milliseconds{1}});
  EXPECT_THROW(appender.Append(Request({Write("a", kAny, 1)})), ConnectionLost);
  EXPECT_EQ(store_.committed.head.position, Position{});
}

TEST_F(AppenderTest, UnknownOutcomeThatWasStoredIsAnsweredAndNotStoredTwice) {
  Appender appender(store_, clock_);
  appender.Append(Request({Write("a", kAny, 1)}));
  store_.lose_commits = 2;
  const auto result = appender.Append(Request({Write("a", kAny, 2), Write("b", kAny, 1)}));
  EXPECT_EQ(std::get<Appended>(result).first, Position{2});
  EXPECT_EQ(std::get<Appended>(result).last, Position{4});
  EXPECT_EQ(std::get<Appended>(result).version, Version{3});
  EXPECT_EQ(store_.committed.head.position, Position{4});
}

TEST_F(AppenderTest, UnknownOutcomeThatWasNotStoredIsStoredOnce) {
  Appender appender(store_, clock_);
  appender.Append(Request({Write("a", kAny, 1)}));
  store_.lose_commits = 1;
  const auto result = appender.Append(Request({Write("a", kAny, 2)}));
  EXPECT_EQ(std::get<Appended>(result).first, Position{2});
  EXPECT_EQ(store_.committed.head.position, Position{3});
}

TEST_F(AheadTest, NextBatchIsDecidedOnOneThatIsNotYetThere) {
  StartTwo();
  EXPECT_FALSE(store_.steps[0].follows);
  EXPECT_TRUE(store_.steps[1].follows);
  EXPECT_EQ(store_.steps[1].decided_on.load(), Position{2});
  store_.steps[0].Finish();
  store_.steps[1].Finish();
  Join();
  EXPECT_EQ(firsts_, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(store_.read, 1);
}

TEST_F(AheadTest, BatchThatWasDecidedOnALostOneIsDecidedAgain) {
  StartTwo();
  store_.steps[0].is_lost = true;
  // The second comes first, and finds a head on which it was not decided.
  store_.steps[1].Finish();
  store_.steps[0].go_on.release();
  Join();
  EXPECT_EQ(firsts_, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(store_.committed.head.position, Position{3});
  EXPECT_EQ(store_.committed.versions.at(StreamId("a")), Version{2});
  EXPECT_EQ(store_.stored.size(), 3U);
}

TEST_F(AheadTest, ThirdBatchWaitsUntilOneOfTwoIsThere) {
  StartTwo();
  writers_.emplace_back([this] { Append("b", kNew); });
  while (appender_.Waiting() == 0) std::this_thread::yield();
  EXPECT_EQ(store_.writers, 2U);
  store_.steps[0].Finish();
  store_.steps[2].entered.acquire();
  store_.steps[1].Finish();
  store_.steps[2].Finish();
  Join();
  EXPECT_EQ(firsts_, (std::vector<std::int64_t>{1, 2, 3, 4}));
}

TEST_F(AheadTest, ListenersHearOfGrowthOnly) {
  std::vector<std::int64_t> heard;
  appender_.AddListener([&](LogId, Position position) { heard.push_back(position.value); });
  StartTwo();
  store_.steps[0].Finish();
  store_.steps[1].Finish();
  Join();
  EXPECT_EQ(heard.back(), 3);
  EXPECT_TRUE(std::is_sorted(heard.begin(), heard.end()));
}

TEST_F(AheadTest, TurnOfAThreadThatStillWritesIsTakenBack) {
  // A batch holds two requests, so one thread leads twice: while the first batch is on its way, the
  // turn is given to a request of the thread that writes it.
  Appender appender(store_, clock_, {.batch_requests_max = 2});
  appender.Append(Request({Write("warm", kAny, 1)}));
  store_.stepped = true;
  store_.steps[0].is_lost = true;
  std::vector<AppendResult> results;
  writers_.emplace_back([&] {
    std::vector<AppendRequest> requests;
    for (const auto* stream : {"a", "b", "c", "d"}) {
      requests.push_back(Request({Write(stream, kNew, 1)}));
    }
    results = appender.AppendAll(std::move(requests));
  });
  store_.steps[0].entered.acquire();
  store_.stepped = false;
  store_.steps[0].go_on.release();
  Join();
  ASSERT_EQ(results.size(), 4U);
  for (const auto& result : results) EXPECT_TRUE(std::holds_alternative<Appended>(result));
  EXPECT_EQ(store_.committed.head.position, Position{6});
}

TEST_F(AppenderTest, RequestsSentTogetherAreAnsweredInTheirOrder) {
  Appender appender(store_, clock_);
  std::vector<AppendRequest> requests;
  for (int i = 0; i < 5; ++i) requests.push_back(Request({Write("a", kAny, 1)}));
  const auto results = appender.AppendAll(std::move(requests));
  for (std::int64_t i = 0; i < 5; ++i) {
    EXPECT_EQ(std::get<Appended>(results[static_cast<std::size_t>(i)]).first, Position{i + 1});
  }
}

}  // namespace
}  // namespace docket
