// The relay against a real Redis: the stream holds each event once and in order, whatever happens
// to Redis, to the relay, or to a second one beside it.
#include "persistence/redis/relay.hpp"

#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"
#include "tests/support/redis_server.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::RedisServer;
using testing::RedisServerOptions;
using testing::Request;
using testing::Write;

struct Entry {
  std::string id;
  std::map<std::string, std::string> fields;
};

std::vector<Entry> ReadEntries(RedisConnection redis, const std::string& stream) {
  std::vector<Entry> entries;
  for (const auto& raw : redis.Run({"XRANGE", stream, "-", "+"}).elements) {
    Entry entry{raw.elements[0].text, {}};
    const auto& fields = raw.elements[1].elements;
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
      entry.fields[fields[i].text] = fields[i + 1].text;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

class RelayTest : public ::testing::Test {
 protected:
  void Append(std::size_t count) {
    log_.Log().Append(Request({Write("complaint-1", ExpectedVersion::Any(), count)}));
  }
  Relay MakeRelay(const RedisServer& server, RelayOptions options = {}) {
    options.report = [this](const Notice& notice) {
      const std::lock_guard guard(mutex_);
      reports_.push_back(notice.message);
    };
    return {log_.Log(), server.Connect(), options};
  }
  Epoch EpochNow() { return log_.Log().ReadHead(LogId::kCases).epoch; }
  RelayKeys Keys() { return RelayKeysOf("docket", LogId::kCases, EpochNow()); }
  static void RelayAll(Relay& relay) {
    while (relay.RunOnce() > 0) {
    }
  }
  /// The stream holds the events after `after`, each once, in order and as the log has them.
  void ExpectWhole(const RedisServer& server, Position after = {}) {
    const auto events = log_.Log().ReadLog(LogId::kCases, after, 1'000'000);
    const auto entries = ReadEntries(server.Connect(), Keys().stream);
    ASSERT_EQ(entries.size(), events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      ASSERT_EQ(entries[i].id, std::to_string(events[i].position.value) + "-0");
      ASSERT_EQ(entries[i].fields.at("id"), events[i].id.value);
      ASSERT_EQ(entries[i].fields.at("data"), events[i].data);
    }
  }
  void RelayThroughKills(RedisServerOptions options);

  LogFixture log_;
  std::mutex mutex_;
  std::vector<std::string> reports_;
};

TEST_F(RelayTest, AnEntryIsTheEnvelope) {
  const RedisServer server;
  Append(1);
  auto relay = MakeRelay(server);
  EXPECT_EQ(relay.RunOnce(), 1u);
  const auto event = log_.Log().ReadLog(LogId::kCases, Position{}, 1).front();
  const auto entry = ReadEntries(server.Connect(), Keys().stream).front();
  EXPECT_EQ(entry.id, "1-0");
  const std::map<std::string, std::string> expected = {{"specversion", "1.0"},
                                                       {"id", event.id.value},
                                                       {"source", "/docket/cases"},
                                                       {"type", "complaint.lodged"},
                                                       {"subject", "complaint-1"},
                                                       {"time", "2024-09-20T09:30:00+08:00"},
                                                       {"datacontenttype", "application/json"},
                                                       {"epoch", EpochNow().value},
                                                       {"position", "1"},
                                                       {"version", "1"},
                                                       {"schemaversion", "1"},
                                                       {"recordedat", "2024-09-21T10:00:00+08:00"},
                                                       {"actor", "lin"},
                                                       {"recordedby", "chen"},
                                                       {"unit", "fz-housing"},
                                                       {"role", std::string(NameOf(Role::kIntake))},
                                                       {"commandid", "command"},
                                                       {"correlation", "correlation"},
                                                       {"region", "350100"},
                                                       {"confidentiality", "ordinary"},
                                                       {"virtualclock", "false"},
                                                       {"salt", event.salt},
                                                       {"datadigest", event.data_digest},
                                                       {"leafhash", event.leaf_hash},
                                                       {"data", R"({"note":"受理"})"}};
  EXPECT_EQ(entry.fields, expected);
  EXPECT_EQ(server.Connect().Run({"GET", Keys().epoch}).text, EpochNow().value);
}

TEST_F(RelayTest, CopiesInBatchesAndGoesOnWhereTheStreamEnds) {
  const RedisServer server;
  for (int i = 0; i < 10; ++i) Append(100);
  {
    auto first = MakeRelay(server, {.batch_events_max = 300});
    EXPECT_EQ(first.RunOnce(), 300u);
    EXPECT_EQ(first.RelayedTo(), Position{300});
  }
  auto second = MakeRelay(server, {.batch_events_max = 300});
  RelayAll(second);
  EXPECT_EQ(second.RelayedTo(), Position{1'000});
  EXPECT_EQ(second.RunOnce(), 0u);
  ExpectWhole(server);
}

TEST_F(RelayTest, RedisRefusesAPositionItHas) {
  const RedisServer server;
  Append(3);
  auto relay = MakeRelay(server);
  RelayAll(relay);
  auto redis = server.Connect();
  for (const char* id : {"1-0", "3-0"}) {
    EXPECT_THROW(redis.Run({"XADD", Keys().stream, id, "type", "doubled"}), RedisRefused) << id;
  }
  ExpectWhole(server);
}

TEST_F(RelayTest, TwoAtOnceAddEachEventOnce) {
  const RedisServer server;
  std::atomic<bool> done{false};
  const auto run = [&] {
    auto relay = MakeRelay(server, {.batch_events_max = 7});
    while (relay.RunOnce() > 0 || !done || relay.RelayedTo() < Position{1'000}) {
    }
  };
  std::thread one(run);
  std::thread other(run);
  for (int i = 0; i < 100; ++i) Append(10);
  done = true;
  one.join();
  other.join();
  ExpectWhole(server);
}

/// Appends and relays while Redis is killed and started again five times.
void RelayTest::RelayThroughKills(RedisServerOptions options) {
  RedisServer server(std::move(options));
  std::atomic<bool> done{false};
  std::atomic<std::int64_t> relayed{0};
  std::thread relaying([&] {
    auto relay = MakeRelay(server, {.batch_events_max = 20});
    while (!done || relay.RelayedTo() < log_.Log().ReadHead(LogId::kCases).position) {
      try {
        relayed += static_cast<std::int64_t>(relay.RunOnce());
      } catch (const RedisError&) {
        // It comes back when its backoff is over.
      }
    }
  });
  for (int kill = 0; kill < 5; ++kill) {
    const auto before = relayed.load();
    while (relayed < before + 100) Append(10);
    server.Kill9();
    Append(10);
    server.Start();
  }
  done = true;
  relaying.join();
  ExpectWhole(server);
}

TEST_F(RelayTest, IsWholeAfterRedisWasKilledAndKeptItsFile) {
  RelayThroughKills({.append_only = true});
  EXPECT_TRUE(reports_.empty()) << reports_.front();
}

TEST_F(RelayTest, IsWholeAgainAfterRedisLostEverything) {
  RelayThroughKills({});
  ASSERT_GE(reports_.size(), 5u);
  EXPECT_NE(reports_.front().find("the stream ends at 0 and had come to"), std::string::npos);
}

TEST_F(RelayTest, NoticesThatSomebodyEmptiedRedis) {
  const RedisServer server;
  Append(10);
  auto relay = MakeRelay(server);
  RelayAll(relay);
  server.Connect().Run({"FLUSHALL"});
  Append(5);
  RelayAll(relay);
  ExpectWhole(server);
  EXPECT_EQ(server.Connect().Run({"GET", Keys().epoch}).text, EpochNow().value);
  EXPECT_EQ(reports_.size(), 1u);
}

TEST_F(RelayTest, LeavesNoGapWhenRedisIsFull) {
  const RedisServer server;
  auto redis = server.Connect();
  Append(50);
  auto relay = MakeRelay(server, {.batch_events_max = 20});
  RelayAll(relay);
  redis.Run({"CONFIG", "SET", "maxmemory", "1"});
  Append(50);
  EXPECT_THROW(relay.RunOnce(), RedisRefused);
  redis.Run({"CONFIG", "SET", "maxmemory", "0"});
  RelayAll(relay);
  ExpectWhole(server);
}

TEST_F(RelayTest, ANewEpochBeginsANewStream) {
  const RedisServer server;
  Append(4);
  auto relay = MakeRelay(server);
  RelayAll(relay);
  const auto old = Keys();
  log_.Close();
  // As a restored backup: another file with the same history.
  std::filesystem::remove(log_.Paths().mark);
  log_.Open();
  ASSERT_NE(Keys().stream, old.stream);
  Append(2);
  auto again = MakeRelay(server);
  RelayAll(again);
  ExpectWhole(server);
  EXPECT_EQ(ReadEntries(server.Connect(), old.stream).size(), 4u) << "the old one is left alone";
  EXPECT_EQ(server.Connect().Run({"GET", old.epoch}).text, EpochNow().value);
}

TEST_F(RelayTest, TrimsAndStillGoesOnAtItsEnd) {
  const RedisServer server;
  for (int i = 0; i < 20; ++i) Append(100);
  auto relay = MakeRelay(server, {.batch_events_max = 200, .entries_max = 300});
  RelayAll(relay);
  Append(1);
  RelayAll(relay);
  const auto entries = ReadEntries(server.Connect(), Keys().stream);
  EXPECT_GE(entries.size(), 300u);
  EXPECT_LT(entries.size(), 600u);
  ExpectWhole(server, Position{2'001 - static_cast<std::int64_t>(entries.size())});
  EXPECT_TRUE(reports_.empty());
}

TEST_F(RelayTest, BeginsWhereItIsTold) {
  const RedisServer server;
  Append(10);
  auto relay = MakeRelay(server, {.start_after = Position{6}});
  RelayAll(relay);
  ExpectWhole(server, Position{6});
}

TEST_F(RelayTest, NeverMixesTwoHistories) {
  const RedisServer server;
  Append(3);
  auto redis = server.Connect();
  redis.Run({"XADD", Keys().stream, "9-0", "type", "of another log"});
  auto relay = MakeRelay(server);
  EXPECT_THROW(relay.RunOnce(), RedisError);
  redis.Run({"DEL", Keys().stream});
  redis.Run({"XADD", Keys().stream, "1-7", "type", "not by a relay"});
  EXPECT_THROW(relay.RunOnce(), RedisError);
  redis.Run({"DEL", Keys().stream});
  RelayAll(relay);
  ExpectWhole(server);
}

// The commands of docs/operations.md.
TEST_F(RelayTest, AConsumerGroupReadsEachEntryOnce) {
  const RedisServer server;
  Append(3);
  auto relay = MakeRelay(server);
  RelayAll(relay);
  const auto stream = "docket:cases:" + EpochNow().value;
  EXPECT_EQ(server.Cli("GET docket:cases:epoch"), EpochNow().value + "\n");
  EXPECT_EQ(server.Cli("XGROUP CREATE " + stream + " bulletin 0 MKSTREAM"), "OK\n");
  const auto read = "XREADGROUP GROUP bulletin one COUNT 2 STREAMS " + stream + " '>'";
  const auto first = server.Cli(read);
  EXPECT_NE(first.find("1-0"), std::string::npos) << first;
  EXPECT_NE(first.find("2-0"), std::string::npos) << first;
  EXPECT_EQ(first.find("3-0"), std::string::npos) << first;
  EXPECT_EQ(server.Cli("XACK " + stream + " bulletin 1-0 2-0"), "2\n");
  const auto second = server.Cli(read);
  EXPECT_NE(second.find("3-0"), std::string::npos) << second;
  EXPECT_EQ(second.find("2-0"), std::string::npos) << second;
}

}  // namespace
}  // namespace docket
