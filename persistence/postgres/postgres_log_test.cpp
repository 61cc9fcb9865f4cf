#include "persistence/postgres/postgres_log.hpp"

#include <atomic>
#include <condition_variable>
#include <future>

#include <gtest/gtest.h>

#include "tests/support/postgres_fixture.hpp"

namespace docket {

namespace {

using testing::AwaitQuery;
using testing::MakeEvents;
using testing::PostgresFixture;
using testing::Request;
using testing::SharedPostgres;
using testing::Write;

constexpr auto kPatience = std::chrono::seconds(10);

Appended Accepted(const AppendResult& result) {
  EXPECT_TRUE(std::holds_alternative<Appended>(result));
  return std::get<Appended>(result);
}

/// Remembers the furthest position that it was told, and lets a test wait for one.
class Ear {
 public:
  void Hear(Position position) {
    const std::lock_guard guard(mutex_);
    heard_ = position;
    wake_.notify_all();
  }
  bool Await(Position position) {
    std::unique_lock guard(mutex_);
    return wake_.wait_for(guard, kPatience, [&] { return heard_ >= position; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  Position heard_;
};

TEST(PostgresLog, GivesBackWhatWasAppended) {
  PostgresFixture fixture;
  auto open = fixture.Open();
  auto request = Request({Write("complaint-a", ExpectedVersion::NoStream(), 2),
                          Write("complaint-b", ExpectedVersion::Any(), 1)},
                         "command-1");
  request.writes[0].events[0].data = R"({"note":"受理\n\"\\"})";
  request.writes[0].events[1].virtual_clock = true;
  request.writes[0].events[1].confidentiality = Confidentiality::kRestricted;
  const auto sent = request.writes;
  const auto result = Accepted(open->log->Append(std::move(request)));
  EXPECT_EQ(result.first, Position{1});
  EXPECT_EQ(result.last, Position{3});
  EXPECT_EQ(result.version, Version{2});

  open = fixture.Open();
  const auto events = open->log->ReadLog(LogId::kCases, Position{0}, 10);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(static_cast<const NewEvent&>(events[0]), sent[0].events[0]);
  EXPECT_EQ(static_cast<const NewEvent&>(events[1]), sent[0].events[1]);
  EXPECT_EQ(static_cast<const NewEvent&>(events[2]), sent[1].events[0]);
  EXPECT_EQ(events[1].version, Version{2});
  EXPECT_EQ(events[2].recorded_at, fixture.clock.Now());
  EXPECT_EQ(events[2].leaf_hash.size(), 64U);
  EXPECT_EQ(events[2].salt.size(), 32U);

  const auto streams = open->log->ReadStreams(
      LogId::kCases, {StreamId("complaint-b"), StreamId("absent"), StreamId("complaint-a")});
  ASSERT_EQ(streams.size(), 3U);
  EXPECT_EQ(streams[0].size(), 1U);
  EXPECT_TRUE(streams[1].empty());
  EXPECT_EQ(streams[2].size(), 2U);
  EXPECT_EQ(open->log->ReadStream(LogId::kCases, StreamId("complaint-a"), Version{1}, 10).size(),
            1U);
  const auto known = open->log->FindCommand(LogId::kCases, ActorId("lin"), CommandId("command-1"));
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->result.last, Position{3});
  EXPECT_TRUE(known->result.repeated);
  EXPECT_EQ(open->log->ReadHead(LogId::kAccess).position, Position{0});
}

TEST(PostgresLog, WritesBothLogsOfABatchTogether) {
  PostgresFixture fixture;
  const auto open = fixture.Open();
  auto access = Request({Write("access-1", ExpectedVersion::NoStream(), 2)}, "command-2");
  access.log = LogId::kAccess;
  const auto results = open->log->AppendAll(
      {Request({Write("complaint-a", ExpectedVersion::NoStream(), 1)}, "command-1"), access});
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(Accepted(results[0]).last, Position{1});
  EXPECT_EQ(Accepted(results[1]).last, Position{2});
  EXPECT_EQ(open->log->ReadLog(LogId::kAccess, Position{0}, 10).size(), 2U);
}

TEST(PostgresLog, KeepsPositionsAndVersionsDenseBetweenStores) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  constexpr int kEach = 100;
  const auto append = [&](StoreLog& log) {
    for (int i = 0; i < kEach; ++i) {
      Accepted(log.Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
    }
  };
  auto first = std::async(std::launch::async, [&] { append(*one->log); });
  append(*other->log);
  first.get();
  const auto events = one->log->ReadLog(LogId::kCases, Position{0}, 10 * kEach);
  ASSERT_EQ(events.size(), 2U * kEach);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(events[i].version.value, static_cast<std::int64_t>(i) + 1);
  }
}

TEST(PostgresLog, RefusesWhatAnotherStoreHasDone) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  Accepted(one->log->Append(Request({Write("complaint-a", ExpectedVersion::NoStream(), 1)}, "c1")));
  Accepted(
      other->log->Append(Request({Write("complaint-a", ExpectedVersion::Exactly(Version{1}), 1)})));
  // The first store remembers version 1 and its own head: both are gone.
  const auto conflict =
      one->log->Append(Request({Write("complaint-a", ExpectedVersion::Exactly(Version{1}), 1)}));
  ASSERT_TRUE(std::holds_alternative<VersionConflict>(conflict));
  EXPECT_EQ(std::get<VersionConflict>(conflict).actual, Version{2});
  const auto repeated =
      other->log->Append(Request({Write("complaint-b", ExpectedVersion::Any(), 1)}, "c1"));
  ASSERT_TRUE(std::holds_alternative<CommandKnown>(repeated));
  EXPECT_EQ(std::get<CommandKnown>(repeated).result.first, Position{1});
}

TEST(PostgresLog, FailsTheOneRequestWhoseRowsAreRefused) {
  PostgresFixture fixture;
  const auto open = fixture.Open();
  auto bad = Request({Write("complaint-bad", ExpectedVersion::Any(), 1)});
  bad.writes[0].events[0].unit = UnitId("not UTF-8: \xFF");
  EXPECT_THROW(open->log->Append(std::move(bad)), RowsRefused);
  EXPECT_EQ(
      Accepted(open->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)}))).first,
      Position{1});
}

TEST(PostgresLog, GoesOnWhenItsSessionsAreEnded) {
  PostgresFixture fixture;
  const auto open = fixture.Open();
  Accepted(open->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  EXPECT_EQ(open->log->ReadHead(LogId::kCases).position, Position{1});
  fixture.Query(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
      " WHERE datname = current_database() AND application_name LIKE 'docket%'");
  EXPECT_EQ(open->log->ReadHead(LogId::kCases).position, Position{1});
  Accepted(open->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  EXPECT_EQ(open->log->ReadLog(LogId::kCases, Position{0}, 10).size(), 2U);
}

TEST(PostgresLog, StoresEachAcknowledgedCommandOnceWhenTheServerIsKilled) {
  testing::PostgresServer server;
  testing::SettableClock clock;
  testing::OpenPostgres open({.url = *ParsePostgresUrl(server.NewDatabase())}, clock);
  std::atomic<int> acknowledged{0};
  std::atomic<bool> stop{false};
  std::vector<std::future<void>> clients;
  for (int client = 0; client < 4; ++client) {
    clients.push_back(std::async(std::launch::async, [&, client] {
      for (int i = 0; !stop; ++i) {
        const std::string id = std::to_string(client) + "-" + std::to_string(i);
        const auto result =
            open.log->Append(Request({Write("s-" + id, ExpectedVersion::NoStream(), 1)}, id));
        EXPECT_FALSE(std::holds_alternative<VersionConflict>(result));
        ++acknowledged;
      }
    }));
  }
  const auto await = [&](int count) {
    while (acknowledged < count) std::this_thread::yield();
  };
  await(20);
  server.Kill9();
  server.Start();
  await(acknowledged + 20);
  stop = true;
  for (auto& client : clients) client.get();
  const auto events = open.log->ReadLog(LogId::kCases, Position{0}, 1'000'000);
  EXPECT_EQ(static_cast<int>(events.size()), acknowledged.load());
  EXPECT_EQ(events.back().position.value, acknowledged.load());
}

TEST(PostgresWakeups, TellOfOwnAndOthersAppends) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  Ear ear;
  const auto subscription = one->log->OnAppended([&](Position position) { ear.Hear(position); });
  Accepted(one->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  EXPECT_TRUE(ear.Await(Position{1}));
  Accepted(other->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  EXPECT_TRUE(ear.Await(Position{2}));
}

TEST(PostgresWakeups, SurviveTheLossOfTheListeningSession) {
  PostgresFixture fixture;
  const auto one = fixture.Open();
  const auto other = fixture.Open();
  Ear ear;
  const auto subscription = one->log->OnAppended([&](Position position) { ear.Hear(position); });
  Accepted(other->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  ASSERT_TRUE(ear.Await(Position{1}));
  fixture.Query(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
      " WHERE datname = current_database() AND application_name = 'docket wake-ups'");
  Accepted(other->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  EXPECT_TRUE(ear.Await(Position{2}));
}

TEST(PostgresLog, ReadsForAReaderAndRefusesItsAppends) {
  PostgresFixture fixture;
  const auto writer = fixture.Open();
  Accepted(writer->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})));
  auto options = fixture.Options();
  options.access = StoreAccess::kReader;
  const testing::OpenPostgres reader(options, fixture.clock);
  EXPECT_EQ(reader.log->ReadLog(LogId::kCases, Position{0}, 10).size(), 1U);
  EXPECT_THROW(reader.log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 1)})),
               StoreError);
  EXPECT_THROW((void)reader.log->OnAppended([](Position) {}), StoreError);
}

TEST(PostgresLog, MakesPartitionsAheadAndReadsAcrossThem) {
  PostgresFixture fixture;
  const auto partitions = [&] {
    return fixture.Query(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'docket.case_events'::regclass");
  };
  { const auto open = fixture.Open(); }
  EXPECT_EQ(partitions(), "2");
  // 2^24 - 2 leaves: a subtree for each bit that is set.
  fixture.Query(
      "UPDATE docket.heads SET position = (1 << 24) - 2,"
      " tree = decode(repeat('00', 32 * 23), 'hex') WHERE log = 1");
  const auto open = fixture.Open();
  const Position before{(1 << 24) - 2};
  Accepted(open->log->Append(Request({Write("complaint-a", ExpectedVersion::Any(), 5)})));
  EXPECT_EQ(partitions(), "3");
  EXPECT_EQ(open->log->ReadLog(LogId::kCases, before, 10).size(), 5U);
  EXPECT_EQ(open->log->ReadStream(LogId::kCases, StreamId("complaint-a"), Version{0}, 10).size(),
            5U);
}

}  // namespace

}  // namespace docket
