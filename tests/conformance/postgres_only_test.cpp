// Scenarios that only a store with several writing processes can get into. A SQLite store has one
// owner: no other process can append, hold a transaction of another log meanwhile, or lose a
// connection, so there is nothing of this to try on it.
#include <chrono>
#include <condition_variable>
#include <thread>

#include <pqxx/connection>
#include <pqxx/transaction>

#include "persistence/postgres/postgres_store.hpp"
#include "tests/conformance/conformance.hpp"
#include "tests/conformance/postgres_under_test.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::ConformanceServer;
using testing::ForAccess;
using testing::kAny;
using testing::kNone;
using testing::PostgresUnderTest;
using testing::Request;
using testing::Write;
using testing::WriteHeld;

/// The bound within which a listener is told though its connection was lost: reconnecting, with
/// room for a busy machine.
constexpr auto kToldWithin = 15s;

class Heard {
 public:
  StoreLog::Listener Listener() {
    return [this](Position position) {
      const std::lock_guard guard(mutex_);
      last_ = std::max(last_, position);
      moved_.notify_all();
    };
  }
  bool WaitFor(Position position) {
    std::unique_lock guard(mutex_);
    return moved_.wait_for(guard, kToldWithin, [&] { return last_ >= position; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  Position last_;
};

class Several : public testing::ConformanceTest {
 protected:
  PostgresUnderTest& Postgres() { return dynamic_cast<PostgresUnderTest&>(*store_); }
  std::string Order() {
    std::string order;
    for (const auto& event : All()) order += event.stream.value;
    return order;
  }
};

TEST_F(Several, S14OlderTransactionDoesNotInvertAStream) {
  // The transaction has its id first, from the other log, and appends to the stream second.
  auto writer = store_->OpenWriter();
  const auto access =
      WriteHeld(writer, ForAccess(Request({Write("denied", kNone, 1)})), clock_.Now());
  Accepted(Request({Write("s", kNone, 1)}));
  const auto rows = WriteHeld(writer, Request({Write("s", kAny, 1)}), clock_.Now());
  writer.batches->Commit();
  const auto events = Stream("s");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].position, Position{1});
  EXPECT_EQ(events[1].position, Position{2});
  EXPECT_EQ(events[1].id, rows.events.front().id);
  EXPECT_EQ(HeadPosition(LogId::kAccess), Position{1});
}

TEST_F(Several, S16ForeignTransactionDoesNotStall) {
  Accepted(Request({Write("a", kNone, 1)}));
  // A write transaction and a snapshot that idle, in another database and in this one.
  const std::string elsewhere = ConformanceServer().NewDatabase();
  const auto idle = [](const std::string& url, const std::string& sql) {
    auto connection = std::make_unique<pqxx::connection>(url);
    auto work = std::make_unique<pqxx::work>(*connection);
    work->exec(sql);
    return std::pair(std::move(connection), std::move(work));
  };
  const auto here = ConformanceServer().Url(Postgres().Url().Database());
  const auto first = idle(elsewhere, "CREATE TABLE idle (n int); INSERT INTO idle VALUES (1)");
  const auto second = idle(here, "CREATE TABLE idle (n int); INSERT INTO idle VALUES (1)");
  const auto third = idle(here,
                          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
                          " SELECT count(*) FROM docket.case_events");
  Accepted(Request({Write("b", kNone, 1)}));
  Accepted(*Second().log, Request({Write("c", kNone, 1)}));
  EXPECT_EQ(Order(), "abc");
}

TEST_F(Several, S19ListenersHearWhatAnotherProcessAppends) {
  Heard heard;
  Heard access;
  const auto first = Log().OnAppended(heard.Listener());
  const auto second = Log().OnAppended(access.Listener(), LogId::kAccess);
  for (int i = 1; i <= 5; ++i) {
    Accepted(*Second().log, Request({Write("a", kAny, 1)}));
    ASSERT_TRUE(heard.WaitFor(Position{i}));
  }
  Accepted(*Second().log, ForAccess(Request({Write("a", kAny, 1)})));
  EXPECT_TRUE(access.WaitFor(Position{1}));
}

TEST_F(Several, S19LostNotificationIsMadeGood) {
  Heard heard;
  const auto subscription = Log().OnAppended(heard.Listener());
  Accepted(*Second().log, Request({Write("a", kAny, 1)}));
  ASSERT_TRUE(heard.WaitFor(Position{1}));
  for (int i = 2; i <= 4; ++i) {
    // Whoever listens or announces loses its connection; then one event, and no further one.
    Postgres().Query(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname ="
        " current_database() AND application_name LIKE '%wake-ups%'");
    Accepted(*Second().log, Request({Write("a", kAny, 1)}));
    EXPECT_TRUE(heard.WaitFor(Position{i})) << i;
  }
}

TEST_F(Several, S19EveryLostConnectionIsMadeGood) {
  for (int i = 1; i <= 5; ++i) {
    Postgres().Query(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname ="
        " current_database() AND pid <> pg_backend_pid()");
    Accepted(i % 2 == 0 ? Log() : *Second().log, Request({Write("a", kAny, 1)}));
    EXPECT_EQ(Log().ReadHead(LogId::kCases).position, Position{i});
  }
}

TEST_F(Several, S20LeaseOfALostSessionIsTakenOver) {
  auto held = First().store->SingleRunners().TryTake("sweeper");
  ASSERT_NE(held, nullptr);
  ASSERT_EQ(Second().store->SingleRunners().TryTake("sweeper"), nullptr);
  Postgres().Query(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
      " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
  std::unique_ptr<Lease> taken;
  const auto deadline = std::chrono::steady_clock::now() + kToldWithin;
  while (!taken && std::chrono::steady_clock::now() < deadline) {
    taken = Second().store->SingleRunners().TryTake("sweeper");
  }
  ASSERT_NE(taken, nullptr);
  EXPECT_GT(taken->Token(), held->Token());
  EXPECT_TRUE(taken->IsHeld());
  EXPECT_FALSE(held->IsHeld()) << "who was replaced must learn of it";
  // Its end takes nothing from the new holder.
  held.reset();
  EXPECT_TRUE(taken->IsHeld());
}

// Shows A070.
TEST_F(Several, HistoryIsNotChangedOrRemovedByAnybody) {
  Accepted(Request({Write("a", kNone, 2)}, "c1"));
  Accepted(ForAccess(Request({Write("a", kNone, 1)})));
  for (const std::string statement :
       {"UPDATE docket.case_events SET data = '{}'",
        "DELETE FROM docket.case_events WHERE position = 2", "TRUNCATE docket.case_events",
        "UPDATE docket.access_events SET actor = 'x'", "DELETE FROM docket.access_events",
        "TRUNCATE docket.access_events", "UPDATE docket.commands SET content_mac = ''",
        "DELETE FROM docket.commands", "TRUNCATE docket.commands", "DELETE FROM docket.epochs",
        "UPDATE docket.epochs SET fork_position = 0", "UPDATE docket.heads SET position = 1",
        "DELETE FROM docket.heads", "UPDATE docket.heads SET recorded_at = 1",
        "UPDATE docket.streams SET version = 1", "DELETE FROM docket.streams",
        "TRUNCATE docket.streams"}) {
    EXPECT_THROW(Postgres().Query(statement), pqxx::sql_error) << statement << " as superuser";
    EXPECT_THROW(Postgres().Query("SET ROLE docket_app; " + statement), pqxx::sql_error)
        << statement << " as the program";
  }
}

TEST_F(Several, ManyNodesOpenAnEmptyStoreAtOnce) {
  const auto url = *ParsePostgresUrl(ConformanceServer().NewDatabase());
  std::mutex mutex;
  std::set<Epoch> epochs;
  testing::InThreads(4, [&](int) {
    PostgresStore store({.url = url, .owner = "a test"});
    const auto log = store.OpenLog(clock_);
    Accepted(*log, Request({Write("a", kAny, 1)}));
    const std::lock_guard guard(mutex);
    epochs.insert(log->ReadHead(LogId::kCases).epoch);
  });
  EXPECT_EQ(epochs.size(), 1u);
}

}  // namespace
}  // namespace docket
