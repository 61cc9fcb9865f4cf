// The connection to PostgreSQL is broken at message 1, then 2, and so on until an append passes
// untouched; the server vanishes, fills its disk, or its head is locked by a stranger.
// Whatever was acknowledged is stored exactly once, whatever was not at most once, and the same
// command sent again finds out.
#include <chrono>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/transaction>

#include "persistence/postgres/postgres_store.hpp"
#include "tests/support/fault_proxy.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::Fault;
using testing::FaultAction;
using testing::FaultProxy;
using testing::PostgresServer;
using testing::Request;
using testing::Toward;
using testing::Write;

const auto kAny = ExpectedVersion::Any();
const auto kNone = ExpectedVersion::NoStream();

/// One opening of the store.
struct Node {
  Node(const PostgresUrl& url, const Clock& clock, AppenderLimits limits = {})
      : store({.url = url, .owner = "a test"}), log(store.OpenLog(clock, limits)) {}
  PostgresStore store;
  std::unique_ptr<StoreLog> log;
};

class PostgresFaults : public ::testing::Test {
 protected:
  PostgresFaults() { proxy_.LeaveAlone("wake-ups"); }

  PostgresUrl Through() const {
    return *ParsePostgresUrl("postgres://postgres@127.0.0.1:" + std::to_string(proxy_.Port()) +
                             "/" + direct_.Database() + "?sslmode=disable");
  }
  /// Events stored under the command, and that all is dense. The head is read first: a server whose
  /// client has gone may still be about to commit.
  std::size_t StoredOf(const std::string& command) {
    const auto head = witness_.log->ReadHead(LogId::kCases).position;
    for (const auto& event : witness_.log->ReadLog(LogId::kCases, read_, 100'000)) {
      read_ = read_.Next();
      EXPECT_EQ(event.position, read_);
      auto& version = versions_[event.stream];
      version = version.Next();
      EXPECT_EQ(event.version, version) << event.stream.value;
      ++stored_[event.command_id.value];
    }
    EXPECT_GE(read_, head);
    const auto found = stored_.find(command);
    return found == stored_.end() ? 0 : found->second;
  }
  static AppendRequest Of(const std::string& command, std::vector<StreamWrite> writes) {
    auto request = Request(std::move(writes), command);
    for (auto& write : request.writes) {
      for (auto& event : write.events) event.command_id = CommandId(command);
    }
    return request;
  }

  PostgresServer& server_ = testing::SharedPostgres();
  testing::SettableClock clock_;
  PostgresUrl direct_ = *ParsePostgresUrl(server_.NewDatabase());
  FaultProxy proxy_{server_.Port()};
  Node witness_{direct_, clock_};
  Position read_;
  std::map<StreamId, Version> versions_;
  std::map<std::string, std::size_t> stored_;
};

/// How the append goes to the server.
enum class Way : std::uint8_t {
  kQuick,  ///< In one step, on what the writer remembers.
  kLong,   ///< Asking first.
  kFresh,  ///< On a new connection.
};

class FaultLoop : public PostgresFaults {
 protected:
  static constexpr int kMessagesMax = 200;

  /// Breaks append after append, each at a later message, until one passes; how many were broken.
  int Run(Way way, Toward toward, FaultAction action, AppenderLimits limits) {
    Node node(Through(), clock_, limits);
    for (int message = 1; message <= kMessagesMax; ++message) {
      SCOPED_TRACE("message " + std::to_string(message));
      if (!BreakOne(node, way, {toward, message, action}) || HasFailure()) return message - 1;
    }
    ADD_FAILURE() << "no append passed";
    return kMessagesMax;
  }

 private:
  /// Whether the fault struck.
  bool BreakOne(Node& node, Way way, const Fault& fault) {
    const std::string command = "c" + std::to_string(++commands_);
    WarmUp(node, way);
    std::optional<Appended> acknowledged;
    proxy_.Arm(fault);
    try {
      acknowledged = std::get<Appended>(node.log->Append(RequestOf(command, way)));
    } catch (const StoreError& error) {
      EXPECT_STRNE(error.what(), "");
    }
    const bool struck = proxy_.Fired();
    proxy_.Disarm();
    const auto stored = StoredOf(command);
    if (acknowledged) {
      EXPECT_EQ(stored, 2u) << "acknowledged is stored exactly once";
      EXPECT_EQ(acknowledged->last.value - acknowledged->first.value, 1);
    } else {
      EXPECT_TRUE(stored == 0 || stored == 2) << "an append is stored whole or not at all";
    }
    SendAgain(node, way, command, acknowledged);
    return struck;
  }
  /// The same command id gives one definite answer, and what is stored is stored once.
  void SendAgain(Node& node, Way way, const std::string& command,
                 const std::optional<Appended>& acknowledged) {
    std::optional<AppendResult> again;
    for (int attempt = 0; attempt < 5 && !again; ++attempt) {
      try {
        again = node.log->Append(RequestOf(command, way));
      } catch (const StoreError&) {
        // Without retries a dead connection is found out by using it.
        EXPECT_LT(attempt, 4);
      }
    }
    ASSERT_TRUE(again.has_value());
    const auto* known = std::get_if<CommandKnown>(&*again);
    if (acknowledged) {
      ASSERT_NE(known, nullptr);
      EXPECT_EQ(known->result.last, acknowledged->last);
    }
    EXPECT_FALSE(std::holds_alternative<VersionConflict>(*again));
    EXPECT_EQ(StoredOf(command), 2u);
  }
  static AppendRequest RequestOf(const std::string& command, Way way) {
    const auto expected = way == Way::kQuick ? kNone : kAny;
    return Of(command,
              {Write("own-" + command, expected, 1), Write("two-" + command, expected, 1)});
  }
  /// Afterwards the node stands where `way` begins.
  void WarmUp(Node& node, Way way) {
    for (int attempt = 0; attempt < 5; ++attempt) {
      try {
        node.log->Append(Request({Write("warm", kAny, 1)}));
        break;
      } catch (const StoreError&) {
        EXPECT_LT(attempt, 4);
      }
    }
    if (way == Way::kFresh) proxy_.CutAll();
  }

  int commands_ = 0;
};

TEST_F(FaultLoop, QuickAppendSurvivesEveryCut) {
  for (const auto toward : {Toward::kServer, Toward::kClient}) {
    for (const auto action :
         {FaultAction::kCutBefore, FaultAction::kCutInside, FaultAction::kCutAfter}) {
      EXPECT_GE(Run(Way::kQuick, toward, action, {}), 3);
      EXPECT_GE(Run(Way::kQuick, toward, action, {.retry_for = 0ms}), 3);
    }
  }
}

TEST_F(FaultLoop, LongAppendSurvivesEveryCut) {
  for (const auto toward : {Toward::kServer, Toward::kClient}) {
    for (const auto action :
         {FaultAction::kCutBefore, FaultAction::kCutInside, FaultAction::kCutAfter}) {
      EXPECT_GE(Run(Way::kLong, toward, action, {}), 6);
      EXPECT_GE(Run(Way::kLong, toward, action, {.retry_for = 0ms}), 6);
    }
  }
}

TEST_F(FaultLoop, ConnectingSurvivesEveryCut) {
  for (const auto toward : {Toward::kServer, Toward::kClient}) {
    EXPECT_GE(Run(Way::kFresh, toward, FaultAction::kCutBefore, {}), 10);
  }
}

TEST_F(FaultLoop, DelayedMessagesOnlyTakeLonger) {
  EXPECT_GE(Run(Way::kQuick, Toward::kServer, FaultAction::kDelay, {}), 3);
  EXPECT_GE(Run(Way::kLong, Toward::kClient, FaultAction::kDelay, {}), 6);
}

TEST_F(PostgresFaults, SwallowedReplyOfTheCommitIsFoundOut) {
  Node node(Through(), clock_);
  node.log->Append(Request({Write("a", kAny, 1)}));
  for (int i = 0; i < 5; ++i) {
    const std::string command = "c" + std::to_string(i);
    // The whole append is one statement; the first word that comes back is that it is done.
    proxy_.Arm({Toward::kClient, 1, FaultAction::kCutBefore});
    const auto result = node.log->Append(Of(command, {Write("s" + command, kNone, 2)}));
    EXPECT_TRUE(proxy_.Fired());
    ASSERT_TRUE(std::holds_alternative<Appended>(result));
    EXPECT_EQ(StoredOf(command), 2u);
    EXPECT_EQ(std::get<Appended>(result).last, read_);
    EXPECT_FALSE(std::get<Appended>(result).repeated);
  }
}

TEST(PostgresServerFaults, KilledServerRecoversWithEverythingAcknowledged) {
  PostgresServer server;
  const testing::SettableClock clock;
  Node node(*ParsePostgresUrl(server.NewDatabase()), clock);
  const auto epoch = node.log->ReadHead(LogId::kCases).epoch;
  for (int i = 1; i <= 5; ++i) {
    node.log->Append(Request({Write("a", kAny, 1)}));
    server.Kill9();
    std::thread restart([&] { server.Start(); });
    // Sent while nobody is there: the appender goes on trying.
    const auto result = node.log->Append(Request({Write("a", kAny, 1)}));
    restart.join();
    EXPECT_EQ(std::get<Appended>(result).last, Position{2 * i});
    EXPECT_EQ(std::get<Appended>(result).epoch, epoch) << "a crash is no fork of history";
    EXPECT_EQ(node.log->ReadHead(LogId::kCases).position, Position{2 * i});
  }
}

TEST(PostgresServerFaults, StoppedServerIsAClearErrorAndThenNone) {
  PostgresServer server;
  const testing::SettableClock clock;
  const auto url = *ParsePostgresUrl(server.NewDatabase());
  Node node(url, clock, {.retry_for = 200ms});
  node.log->Append(Request({Write("a", kAny, 1)}));
  server.Stop();
  for (int i = 0; i < 2; ++i) {
    try {
      node.log->Append(Request({Write("a", kAny, 1)}, "c1"));
      FAIL() << "nobody is there";
    } catch (const StoreError& error) {
      EXPECT_NE(std::string(error.what()).find(url.Shown()), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(Node(url, clock), StoreError);
  server.Start();
  node.log->Append(Request({Write("a", kAny, 1)}, "c1"));
  EXPECT_EQ(node.log->ReadHead(LogId::kCases).position, Position{2});
}

TEST_F(PostgresFaults, HeadLockedByAStrangerIsABoundedWaitThatNamesIt) {
  Node node(direct_, clock_);
  node.log->Append(Request({Write("a", kAny, 1)}));
  pqxx::connection stranger(server_.Url(direct_.Database()) + "?application_name=stranger");
  const int pid = stranger.backendpid();
  {
    pqxx::work work(stranger);
    work.exec("SELECT 1 FROM docket.heads FOR UPDATE");
    const auto started = steady_clock::now();
    try {
      node.log->Append(Of("c1", {Write("a", kAny, 1)}));
      FAIL() << "the head is locked";
    } catch (const StoreError& error) {
      const std::string text = error.what();
      EXPECT_NE(text.find(std::to_string(pid)), std::string::npos) << text;
      EXPECT_NE(text.find("stranger"), std::string::npos) << text;
    }
    EXPECT_LT(steady_clock::now() - started, 60s);
    EXPECT_EQ(node.log->ReadHead(LogId::kCases).position, Position{1}) << "reading goes on";
  }
  node.log->Append(Of("c1", {Write("a", kAny, 1)}));
  EXPECT_EQ(StoredOf("c1"), 1u);
}

TEST_F(PostgresFaults, FullDiskIsAClearErrorAndLosesNothing) {
  // A segment of the write-ahead log has 16 MiB and is there already; tables grow beyond that.
  constexpr std::size_t kFileBytesMax = std::size_t{17} << 20;
  constexpr int kAppendsMax = 60;
  Node node(direct_, clock_);
  node.log->Append(Of("c0", {Write("a", kAny, 1)}));
  const auto writer = server_.Query(direct_.Database(),
                                    "SELECT pid FROM pg_stat_activity WHERE datname ="
                                    " current_database() AND application_name LIKE '%appender'"
                                    " ORDER BY backend_start DESC LIMIT 1");
  // No file of that process may grow beyond this, as on a full disk. Run by the server: whoever
  // runs the tests may be somebody else.
  const auto limit_files = [&](const std::string& bytes_max) {
    server_.Query("postgres", "COPY (SELECT 1) TO PROGRAM 'cat >&2; prlimit --pid " + writer +
                                  " --fsize=" + bytes_max + ":'");
  };
  limit_files(std::to_string(kFileBytesMax));
  std::mt19937_64 random(3);
  std::string refused;
  int appended = 0;
  for (int i = 1; i <= kAppendsMax && refused.empty(); ++i) {
    auto write = Write("a", kAny, 1);
    auto& data = write.events[0].data;
    data = "\"";
    while (data.size() < std::size_t{1} << 20) data += std::to_string(random());
    data += '"';
    try {
      node.log->Append(Of("c" + std::to_string(i), {write}));
      ++appended;
    } catch (const StoreError& error) {
      refused = error.what();
    }
  }
  EXPECT_NE(refused.find("could not extend"), std::string::npos) << refused;
  EXPECT_EQ(StoredOf("c" + std::to_string(appended)), 1u);
  EXPECT_EQ(StoredOf("c" + std::to_string(appended + 1)), 0u);
  EXPECT_EQ(read_, Position{appended + 1});
  limit_files("unlimited");
  node.log->Append(Of("after", {Write("a", kAny, 1)}));
  EXPECT_EQ(StoredOf("after"), 1u);
}

TEST_F(PostgresFaults, SchemaOfAnotherProgramIsNotOpened) {
  const auto open = [&] { const PostgresStore store({.url = direct_, .owner = "a test"}); };
  EXPECT_NO_THROW(open());
  const auto name = server_.Query(
      direct_.Database(), "SELECT name FROM docket.schema_migrations ORDER BY name LIMIT 1");
  const auto change = [&](const std::string& from, const std::string& to) {
    server_.Query(direct_.Database(), "UPDATE docket.schema_migrations SET name = '" + to +
                                          "' WHERE name = '" + from + "'");
  };
  change(name, "9999_newer");
  EXPECT_THROW(open(), StoreError) << "a newer program has been here";
  change("9999_newer", name);
  EXPECT_NO_THROW(open());
  EXPECT_EQ(StoredOf(""), 0u);
}

}  // namespace
}  // namespace docket
