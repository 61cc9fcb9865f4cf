// Scenarios of feeds: a reader that goes on from the last position it saw misses nothing.
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "persistence/batch_plan.hpp"
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::ForAccess;
using testing::InThreads;
using testing::kAny;
using testing::kNone;
using testing::Request;
using testing::Write;
using testing::WriteHeld;

/// Goes on from the last position that it saw, as every subscriber does.
class Reader {
 public:
  explicit Reader(const EventLog& log) : log_(log) {}
  /// The streams of what is new.
  std::string Poll() {
    std::string streams;
    for (const auto& event : log_.ReadLog(LogId::kCases, checkpoint_, 100)) {
      EXPECT_EQ(event.position, checkpoint_.Next()) << "skipped or repeated";
      checkpoint_ = event.position;
      auto& version = versions_[event.stream];
      EXPECT_EQ(event.version, version.Next()) << "a stream out of order";
      version = event.version;
      streams += event.stream.value;
    }
    return streams;
  }
  Position At() const { return checkpoint_; }

 private:
  const EventLog& log_;
  Position checkpoint_;
  std::map<StreamId, Version> versions_;
};

class Feed : public testing::ConformanceTest {
 protected:
  std::future<Appended> InBackground(EventLog& log, AppendRequest request) {
    return std::async(std::launch::async, [&log, request = std::move(request)]() mutable {
      return Accepted(log, std::move(request));
    });
  }
};

TEST_F(Feed, S12LateCommitterIsNotLost) {
  Accepted(Request({Write("a", kNone, 1)}));
  auto writer = store_->OpenWriter();
  Reader reader(Log());
  EXPECT_EQ(reader.Poll(), "a");
  // Position 2 is taken and its transaction stays open.
  const auto held = WriteHeld(writer, Request({Write("late", kNone, 1)}), clock_.Now());
  auto later = InBackground(*Second().log, Request({Write("b", kNone, 1)}));
  EXPECT_EQ(later.wait_for(150ms), std::future_status::timeout);
  EXPECT_EQ(reader.Poll(), "") << "nothing may pass the open position";
  writer.batches->Commit();
  EXPECT_EQ(later.get().first, Position{3});
  EXPECT_EQ(reader.Poll(), "lateb");
  EXPECT_EQ(held.events.front().position, Position{2});
}

TEST_F(Feed, S12RolledBackHolderLeavesNoGap) {
  Accepted(Request({Write("a", kNone, 1)}));
  auto writer = store_->OpenWriter();
  Reader reader(Log());
  WriteHeld(writer, Request({Write("late", kNone, 3)}), clock_.Now());
  auto later = InBackground(*Second().log, Request({Write("b", kNone, 1)}));
  EXPECT_EQ(later.wait_for(50ms), std::future_status::timeout);
  writer.batches->Rollback();
  EXPECT_EQ(later.get().first, Position{2});
  EXPECT_EQ(reader.Poll(), "ab");
  EXPECT_TRUE(Stream("late").empty());
}

TEST_F(Feed, S13InterleavedBatchesAreNotLost) {
  auto writer = store_->OpenWriter();
  Reader here(Log());
  Reader there(*Second().log);
  for (int round = 0; round < 10; ++round) {
    const auto held =
        WriteHeld(writer, Request({Write("x", kAny, 1), Write("y", kAny, 1), Write("x", kAny, 1)}),
                  clock_.Now());
    auto first = InBackground(Log(), Request({Write("y", kAny, 1)}));
    auto second = InBackground(*Second().log, Request({Write("x", kAny, 1)}));
    EXPECT_EQ(here.Poll() + there.Poll(), "");
    if (round % 3 == 2) writer.batches->Rollback();
    else writer.batches->Commit();
    first.get();
    second.get();
    const auto polled = here.Poll();
    EXPECT_EQ(polled, there.Poll());
    EXPECT_EQ(polled.size(), round % 3 == 2 ? 2u : 5u);
  }
}

TEST_F(Feed, S14StreamOrderSurvivesTheFeed) {
  constexpr int kEach = 60;
  auto& other = *Second().log;
  std::atomic<bool> done{false};
  std::thread polling([&] {
    Reader reader(other);
    bool last = false;
    while (!last) {
      last = done;
      while (!reader.Poll().empty()) {
      }
    }
    EXPECT_EQ(reader.At(), other.ReadHead(LogId::kCases).position);
  });
  InThreads(8, [&](int thread) {
    for (int i = 0; i < kEach; ++i) {
      auto& log = (thread + i) % 2 == 0 ? Log() : other;
      Accepted(log, Request({Write("s" + std::to_string(i % 3), kAny, 1 + i % 2)}));
    }
  });
  done = true;
  polling.join();
}

TEST_F(Feed, S15RolledBackAppendsDoNotStall) {
  Accepted(Request({Write("a", kNone, 1)}));
  Reader reader(Log());
  auto writer = store_->OpenWriter();
  auto& batches = *writer.batches;
  batches.Begin();
  BatchPlan plan(LogId::kCases, batches.Read(LogId::kCases, {}), clock_.Now(), "batch");
  batches.Rollback();
  // As if stream a did not exist: all is written, and taken back when the stream is.
  plan.Add(Prepare(Request({Write("a", kNone, 3)})));
  const auto rows = plan.TakeRows();
  for (int i = 0; i < 1'000; ++i) {
    batches.Begin();
    batches.Read(LogId::kCases, {});
    const auto commit = [&] {
      batches.Write(LogId::kCases, rows);
      batches.Commit();
    };
    ASSERT_THROW(commit(), RowsRefused);
    batches.Rollback();
  }
  EXPECT_EQ(Accepted(Request({Write("b", kNone, 1)})).first, Position{2});
  EXPECT_EQ(reader.Poll(), "ab");
}

TEST_F(Feed, S15RefusedAppendsLeaveNoGap) {
  Accepted(Request({Write("a", kNone, 1)}));
  for (int i = 0; i < 100; ++i) {
    Conflicted(Request({Write("b", kNone, 1), Write("a", kNone, 2)}));
    if (i % 10 == 0) Accepted(*Second().log, Request({Write("a", kAny, 1)}));
  }
  EXPECT_EQ(HeadPosition(), Position{11});
  EXPECT_TRUE(Stream("b").empty());
}

/// Counts what a listener hears, and can be waited for.
class Heard {
 public:
  StoreLog::Listener Listener() {
    return [this](Position position) {
      const std::lock_guard guard(mutex_);
      last_ = std::max(last_, position);
      ++calls_;
      moved_.notify_all();
    };
  }
  bool WaitFor(Position position) {
    std::unique_lock guard(mutex_);
    return moved_.wait_for(guard, 20s, [&] { return last_ >= position; });
  }
  int Calls() {
    const std::lock_guard guard(mutex_);
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  Position last_;
  int calls_ = 0;
};

TEST_F(Feed, S19ListenersHearOfTheirLogUntilTheyLeave) {
  Heard cases;
  Heard access;
  {
    const auto first = Log().OnAppended(cases.Listener());
    const auto second = Log().OnAppended(access.Listener(), LogId::kAccess);
    Accepted(Request({Write("a", kAny, 3)}));
    EXPECT_TRUE(cases.WaitFor(Position{3}));
    EXPECT_EQ(access.Calls(), 0);
    Accepted(ForAccess(Request({Write("a", kAny, 1)})));
    EXPECT_TRUE(access.WaitFor(Position{1}));
  }
  const int calls = cases.Calls();
  Accepted(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(cases.Calls(), calls);
}

TEST_F(Feed, S19WhoIsWokenFindsWhatItWasWokenFor) {
  Reader reader(Log());
  Heard heard;
  const auto subscription = Log().OnAppended(heard.Listener());
  for (int i = 1; i <= 50; ++i) {
    Accepted(Request({Write("a", kAny, 1)}));
    ASSERT_TRUE(heard.WaitFor(Position{i}));
    EXPECT_EQ(reader.Poll(), "a");
  }
}

}  // namespace
}  // namespace docket
