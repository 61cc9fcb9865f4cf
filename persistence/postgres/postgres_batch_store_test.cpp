#include "persistence/postgres/postgres_batch_store.hpp"

#include <future>

#include <gtest/gtest.h>

#include "tests/support/postgres_fixture.hpp"

namespace docket {

namespace {

using testing::AwaitQuery;
using testing::PostgresFixture;

SessionSettings Impatient() {
  return {.purpose = "a writer",
          .role = "docket_app",
          .index_plans = true,
          .lock_timeout = std::chrono::milliseconds(200)};
}

SessionSettings Patient() {
  auto settings = Impatient();
  settings.lock_timeout = std::chrono::seconds(30);
  return settings;
}

class PostgresBatchStoreTest : public ::testing::Test {
 protected:
  PostgresBatchStoreTest() { fixture.Open(); }

  /// What one request becomes, on the head that is stored.
  BatchRows Plan(PostgresBatchStore& store, const std::string& command) {
    store.Begin();
    BatchPlan plan(LogId::kCases, store.Read(LogId::kCases, {}), fixture.clock.Now(), command);
    store.Rollback();
    plan.Add(Prepare(testing::Request(
        {testing::Write("complaint-" + command, ExpectedVersion::Any(), 1)}, command)));
    return plan.TakeRows();
  }
  std::string Waiting() const {
    return "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'a writer'"
           " AND datname = current_database() AND wait_event_type = 'Lock'";
  }
  void EndWriters() {
    fixture.Query(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'a writer'");
  }
  std::unique_ptr<PostgresConnection> Stranger() {
    return std::make_unique<PostgresConnection>(fixture.Options().url,
                                                SessionSettings{.purpose = "a stranger"});
  }

  PostgresFixture fixture;
};

TEST_F(PostgresBatchStoreTest, WritesQuicklyOnlyOnTheHeadItWasDecidedOn) {
  PostgresBatchStore store(fixture.Options().url, Impatient());
  const auto first = Plan(store, "1");
  const auto second = Plan(store, "2");
  EXPECT_TRUE(store.TryWrite(LogId::kCases, first, false));
  EXPECT_FALSE(store.TryWrite(LogId::kCases, second, false));
  EXPECT_FALSE(store.TryWrite(LogId::kCases, first, false));
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM docket.case_events"), "1");
  EXPECT_EQ(fixture.Query("SELECT position FROM docket.heads WHERE log = 1"), "1");
}

TEST_F(PostgresBatchStoreTest, TriesTheQuickWayAgainWhenNobodyElseWrites) {
  PostgresBatchStore store(fixture.Options().url, Impatient());
  PostgresBatchStore other(fixture.Options().url, Impatient());
  EXPECT_TRUE(store.TryWrite(LogId::kCases, Plan(store, "1"), false));
  EXPECT_TRUE(other.TryWrite(LogId::kCases, Plan(other, "2"), false));
  // The plan has read that the head is another's.
  const auto third = Plan(store, "3");
  EXPECT_FALSE(store.TryWrite(LogId::kCases, third, false));
  store.Begin();
  store.Read(LogId::kCases, {});
  store.Write(LogId::kCases, third);
  store.Commit();
  EXPECT_TRUE(store.TryWrite(LogId::kCases, Plan(store, "4"), false));
}

TEST_F(PostgresBatchStoreTest, NamesWhoLocksTheHead) {
  PostgresBatchStore store(fixture.Options().url, Impatient());
  const auto rows = Plan(store, "1");
  const auto stranger = Stranger();
  stranger->Execute("BEGIN; SELECT FROM docket.heads FOR UPDATE");
  const std::string pid = stranger->Execute("SELECT pg_backend_pid()")[0][0].c_str();
  try {
    store.TryWrite(LogId::kCases, rows, false);
    FAIL() << "the head is locked";
  } catch (const OutcomeUnknown&) {
    FAIL() << "the outcome is known";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("process " + pid + " (a stranger)"), std::string::npos)
        << error.what();
  }
  store.Rollback();
  stranger->Execute("ROLLBACK");
  EXPECT_TRUE(store.TryWrite(LogId::kCases, rows, false));
}

TEST_F(PostgresBatchStoreTest, WaitsForAnotherWritersTurn) {
  PostgresBatchStore one(fixture.Options().url, Patient());
  PostgresBatchStore other(fixture.Options().url, Patient());
  const auto quick = Plan(other, "quick");
  one.Begin();
  BatchPlan plan(LogId::kCases, one.Read(LogId::kCases, {}), fixture.clock.Now(), "1");
  plan.Add(
      Prepare(testing::Request({testing::Write("complaint-1", ExpectedVersion::Any(), 1)}, "1")));
  EXPECT_FALSE(other.TryWrite(LogId::kCases, quick, false));
  auto read = std::async(std::launch::async, [&] {
    other.Begin();
    return other.Read(LogId::kCases, {}).head.position;
  });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "1"));
  one.Write(LogId::kCases, plan.TakeRows());
  one.Commit();
  EXPECT_EQ(read.get(), Position{1});
  other.Commit();
  // Nothing was written, and the turn was given back.
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                          " AND database = (SELECT oid FROM pg_database"
                          "                 WHERE datname = current_database())"),
            "0");
}

TEST_F(PostgresBatchStoreTest, BatchThatFollowsWaitsForTheOneBefore) {
  PostgresBatchStore store(fixture.Options().url, Patient());
  const auto rows = Plan(store, "1");
  const auto before = Stranger();
  before->Execute("SELECT pg_advisory_lock(1146045259, 1)");
  auto write =
      std::async(std::launch::async, [&] { return store.TryWrite(LogId::kCases, rows, true); });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "1"));
  before->Execute("SELECT pg_advisory_unlock(1146045259, 1)");
  EXPECT_TRUE(write.get());
}

TEST_F(PostgresBatchStoreTest, WritesTwoBatchesAtATime) {
  PostgresBatchStore store(fixture.Options().url, Patient());
  const auto first = Plan(store, "1");
  BatchState next;
  next.head = first.head;
  BatchPlan plan(LogId::kCases, next, fixture.clock.Now(), "2");
  plan.Add(
      Prepare(testing::Request({testing::Write("complaint-2", ExpectedVersion::Any(), 1)}, "2")));
  const auto second = plan.TakeRows();
  const auto stranger = Stranger();
  stranger->Execute("BEGIN; SELECT FROM docket.heads FOR UPDATE");
  auto one =
      std::async(std::launch::async, [&] { return store.TryWrite(LogId::kCases, first, false); });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "1"));
  auto other =
      std::async(std::launch::async, [&] { return store.TryWrite(LogId::kCases, second, true); });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "2"));
  stranger->Execute("ROLLBACK");
  EXPECT_TRUE(one.get());
  EXPECT_TRUE(other.get());
  EXPECT_EQ(fixture.Query("SELECT position FROM docket.heads WHERE log = 1"), "2");
}

TEST_F(PostgresBatchStoreTest, DoesNotKnowTheOutcomeWhenCutWhileWriting) {
  PostgresBatchStore store(fixture.Options().url, Patient());
  const auto rows = Plan(store, "1");
  const auto stranger = Stranger();
  stranger->Execute("BEGIN; SELECT FROM docket.heads FOR UPDATE");
  auto write =
      std::async(std::launch::async, [&] { return store.TryWrite(LogId::kCases, rows, false); });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "1"));
  EndWriters();
  EXPECT_THROW(write.get(), OutcomeUnknown);
  store.Rollback();
  stranger->Execute("ROLLBACK");

  store.Begin();
  const auto state = store.Read(
      LogId::kCases, {.streams = {}, .commands = {}, .events = {rows.events[0].id}, .since = {}});
  EXPECT_TRUE(state.stored.empty());
  store.Write(LogId::kCases, rows);
  store.Commit();
  store.Begin();
  const auto after = store.Read(
      LogId::kCases, {.streams = {}, .commands = {}, .events = {rows.events[0].id}, .since = {}});
  ASSERT_EQ(after.stored.size(), 1U);
  EXPECT_EQ(after.stored.begin()->second.position, Position{1});
  EXPECT_EQ(after.head, rows.head);
}

TEST_F(PostgresBatchStoreTest, KnowsThatNothingHappenedWhenCutWhileWaiting) {
  PostgresBatchStore one(fixture.Options().url, Patient());
  const auto holder = Stranger();
  holder->Execute("SELECT pg_advisory_lock(1146045259, 1)");
  auto read = std::async(std::launch::async, [&] {
    one.Begin();
    return one.Read(LogId::kCases, {});
  });
  ASSERT_TRUE(AwaitQuery(fixture, Waiting(), "1"));
  EndWriters();
  EXPECT_THROW(read.get(), ConnectionLost);
}

TEST_F(PostgresBatchStoreTest, NoticesAnEndedSessionBeforeWriting) {
  PostgresBatchStore store(fixture.Options().url, Impatient());
  const auto rows = Plan(store, "1");
  EndWriters();
  EXPECT_TRUE(store.TryWrite(LogId::kCases, rows, false));
}

TEST_F(PostgresBatchStoreTest, LosesItsTurnWhenItFallsSilent) {
  PostgresBatchStore silent(fixture.Options().url, Patient());
  silent.Begin();
  silent.Read(LogId::kCases, {});
  EXPECT_EQ(fixture.Query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                          " AND classid = 1146045259 AND database ="
                          " (SELECT oid FROM pg_database WHERE datname = current_database())"),
            "1");
  // The server ends such a session by itself; here it is told to.
  EndWriters();
  PostgresBatchStore other(fixture.Options().url, Impatient());
  other.Begin();
  EXPECT_EQ(other.Read(LogId::kCases, {}).head.position, Position{0});
}

}  // namespace

}  // namespace docket
