#include "persistence/postgres/connection.hpp"

#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket {

namespace {

using testing::PostgresServer;
using testing::SharedPostgres;

constexpr PostgresStatement kOne{"test_one", "SELECT 1"};
constexpr PostgresStatement kTexts{"test_texts",
                                   "SELECT x, row_number() OVER () FROM unnest($1::text[]) AS x"};
constexpr PostgresStatement kMixed{"test_mixed", "SELECT * FROM unnest($1::mixed[])"};

PostgresUrl Parsed(const std::string& url) { return *ParsePostgresUrl(url); }

std::string RefusalOf(const std::string& url) {
  const auto parsed = ParsePostgresUrl(url);
  return parsed ? "" : parsed.error().code;
}

TEST(PostgresUrl, ReadsWhatAnOperatorWrites) {
  const auto url = Parsed("postgresql://docket:s%2Fcret@db.example:5433/office?sslmode=require");
  EXPECT_EQ(url.Database(), "office");
  EXPECT_EQ(url.Shown(), "postgres://docket@db.example:5433/office");
  EXPECT_TRUE(url.ConnectText().starts_with(
      "postgresql://docket:s%2Fcret@db.example:5433/office?sslmode=require&connect_timeout="));
  EXPECT_EQ(url.WithDatabase("office_keys").Shown(),
            "postgres://docket@db.example:5433/office_keys");
}

TEST(PostgresUrl, KeepsLimitsThatTheOperatorSets) {
  const auto text = Parsed("postgres://h/d?connect_timeout=60").ConnectText();
  EXPECT_EQ(text.find("connect_timeout=5"), std::string::npos);
}

TEST(PostgresUrl, RefusesInAFixedOrder) {
  EXPECT_EQ(RefusalOf("mysql://h /?x"), "store_url_scheme");
  EXPECT_EQ(RefusalOf("postgres://h /?x"), "store_url_encoding");
  EXPECT_EQ(RefusalOf("postgres://h%2/d"), "store_url_encoding");
  EXPECT_EQ(RefusalOf("postgres://h%00/d"), "store_url_encoding");
  EXPECT_EQ(RefusalOf("postgres://h"), "store_url_database");
  EXPECT_EQ(RefusalOf("postgres://h/?x"), "store_url_database");
  EXPECT_EQ(RefusalOf("postgres://h/a/b"), "store_url_database");
  EXPECT_EQ(RefusalOf("postgres://h/d?x"), "store_url_parameter");
  EXPECT_EQ(RefusalOf("postgres://h/d?sslmode=require&options=-c"), "store_url_parameter");
  EXPECT_EQ(RefusalOf("postgres:///d?host=/run/postgresql"), "");
}

TEST(PostgresUrl, BlotsOutThePasswordAsWrittenAndAsMeant) {
  const auto url = Parsed("postgres://u:s%2Fcret@h/d");
  EXPECT_EQ(url.WithoutSecret("bad s%2Fcret and s/cret"), "bad *** and ***");
}

TEST(PostgresConnection, SetsItsSession) {
  PostgresConnection connection(Parsed(SharedPostgres().Url()), {.purpose = "it's a test"});
  const auto shown = [&](const std::string& name) {
    return std::string(connection.Execute("SHOW " + name)[0][0].c_str());
  };
  EXPECT_EQ(shown("application_name"), "it's a test");
  EXPECT_EQ(shown("synchronous_commit"), "on");
  EXPECT_EQ(shown("TimeZone"), "UTC");
  EXPECT_EQ(shown("lock_timeout"), "10s");
  EXPECT_EQ(shown("statement_timeout"), "30s");
  EXPECT_EQ(shown("idle_in_transaction_session_timeout"), "30s");
  EXPECT_EQ(shown("search_path"), "docket");
}

TEST(PostgresConnection, SendsArraysInBinary) {
  PostgresConnection connection(Parsed(SharedPostgres().Url()));
  BinaryArray texts(PostgresType::kText);
  for (const auto* text : {"受理", "", "{\"a\":\"\\\\\"}", "NULL"}) texts.AddText(text);
  const auto rows = connection.Run(kTexts, texts.Parameter());
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_STREQ(rows[0][0].c_str(), "受理");
  EXPECT_STREQ(rows[1][0].c_str(), "");
  EXPECT_STREQ(rows[2][0].c_str(), "{\"a\":\"\\\\\"}");
  EXPECT_STREQ(rows[3][0].c_str(), "NULL");

  const BinaryArray none(PostgresType::kText);
  EXPECT_TRUE(connection.Run(kTexts, none.Parameter()).empty());
}

TEST(PostgresConnection, SendsRowsInBinary) {
  PostgresConnection connection(Parsed(SharedPostgres().NewDatabase()));
  connection.Execute(
      "CREATE SCHEMA docket; CREATE TYPE mixed AS (a bytea, b int8, c int4, d bool)");
  const auto type = connection.Execute("SELECT 'mixed'::regtype::oid")[0][0].as<std::uint32_t>();
  BinaryRows sent(type);
  EXPECT_TRUE(connection.Run(kMixed, sent.Parameter()).empty());
  for (const std::int64_t number : {-9'000'000'000, 5L}) {
    sent.BeginRow(4);
    sent.AddBytesOfHex("00ff10");
    sent.AddInt8(number);
    sent.AddInt4(-7);
    sent.AddBool(true);
  }
  const auto rows = connection.Run(kMixed, sent.Parameter());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_STREQ(rows[0][0].c_str(), "\\x00ff10");
  EXPECT_STREQ(rows[0][1].c_str(), "-9000000000");
  EXPECT_STREQ(rows[0][2].c_str(), "-7");
  EXPECT_STREQ(rows[0][3].c_str(), "t");
  EXPECT_STREQ(rows[1][1].c_str(), "5");
}

TEST(PostgresConnection, TellsARefusalFromALoss) {
  PostgresConnection connection(Parsed(SharedPostgres().Url()));
  try {
    connection.Execute("SELECT 1/0");
    FAIL() << "division by zero";
  } catch (const PostgresError& error) {
    EXPECT_EQ(error.State(), "22012");
  }
  EXPECT_TRUE(connection.IsOpen());
  const std::string pid = connection.Execute("SELECT pg_backend_pid()")[0][0].c_str();
  SharedPostgres().Query("postgres", "SELECT pg_terminate_backend(" + pid + ", 5000)");
  EXPECT_THROW(connection.Run(kOne), ConnectionLost);
  EXPECT_FALSE(connection.IsOpen());
  // It stays broken: a new session would have lost what the old one held.
  EXPECT_THROW(connection.Run(kOne), ConnectionLost);
}

TEST(PostgresConnection, NamesNoPasswordWhenItCannotConnect) {
  const auto url =
      "postgres://docket:hunter2@127.0.0.1:" + std::to_string(SharedPostgres().Port()) + "/absent";
  try {
    const PostgresConnection connection(Parsed(url));
    FAIL() << "the role is absent";
  } catch (const ConnectionLost& error) {
    EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("docket"), std::string::npos) << error.what();
  }
}

TEST(PostgresPool, WhoFindsAllSessionsInUseWaitsAndOpensNoMore) {
  constexpr std::size_t kSessions = 3;
  PostgresPool pool(Parsed(SharedPostgres().Url()), {}, kSessions);
  std::mutex mutex;
  std::set<int> sessions;
  std::vector<std::thread> readers;
  for (int i = 0; i < 24; ++i) {
    readers.emplace_back([&] {
      for (int k = 0; k < 5; ++k) {
        const int pid = pool.Reading([](PostgresConnection& connection) {
          return static_cast<int>(
              NumberAt(connection.Execute("SELECT pg_backend_pid() FROM pg_sleep(0.001)"), 0, 0));
        });
        const std::lock_guard guard(mutex);
        sessions.insert(pid);
      }
    });
  }
  for (auto& reader : readers) reader.join();
  EXPECT_LE(sessions.size(), kSessions);
}

TEST(PostgresPool, ReadsAgainOnANewConnectionAfterALoss) {
  PostgresPool pool(Parsed(SharedPostgres().Url()), {});
  const auto pid_of = [](PostgresConnection& connection) {
    return std::string(connection.Execute("SELECT pg_backend_pid()")[0][0].c_str());
  };
  const auto first = pool.Reading(pid_of);
  EXPECT_EQ(pool.Reading(pid_of), first);
  SharedPostgres().Query("postgres", "SELECT pg_terminate_backend(" + first + ", 5000)");
  EXPECT_NE(pool.Reading(pid_of), first);
}

TEST(PostgresTls, VerifiesTheServersCertificate) {
  PostgresServer server({.tls = true});
  const std::string url =
      server.Url() + "?sslmode=verify-full&sslrootcert=" + server.CertificateFile();
  PostgresConnection connection(Parsed(url));
  EXPECT_STREQ(
      connection.Execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0][0].c_str(),
      "t");

  PostgresServer other({.tls = true});
  const std::string wrong =
      server.Url() + "?sslmode=verify-full&sslrootcert=" + other.CertificateFile();
  EXPECT_THROW(PostgresConnection{Parsed(wrong)}, ConnectionLost);
}

TEST(PostgresServer, IsTheSameAfterAKill) {
  PostgresServer server;
  server.CreateDatabase("office");
  server.Query("office", "CREATE TABLE t AS SELECT 7 AS n");
  server.Kill9();
  server.Start();
  EXPECT_EQ(server.Query("office", "SELECT n FROM t"), "7");
}

}  // namespace

}  // namespace docket
