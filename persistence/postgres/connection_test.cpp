#include "persistence/postgres/connection.hpp"

#include <gtest/gtest.h>

#include "persistence/postgres/binary_array.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket {

namespace {

using testing::PostgresServer;
using testing::SharedPostgres;

constexpr PostgresStatement kOne{"test_one", "SELECT 1"};
constexpr PostgresStatement kTexts{"test_texts",
                                   "SELECT x, row_number() OVER () FROM unnest($1::text[]) AS x"};
constexpr PostgresStatement kMixed{
    "test_mixed",
    "SELECT a, b, c, d FROM unnest($1::bytea[], $2::int8[], $3::int4[], $4::bool[])"
    " AS x (a, b, c, d)"};

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
  BinaryArray texts(BinaryArray::Type::kText);
  for (const auto* text : {"受理", "", "{\"a\":\"\\\\\"}", "NULL"}) texts.AddText(text);
  const auto rows = connection.Run(kTexts, texts.Parameter());
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_STREQ(rows[0][0].c_str(), "受理");
  EXPECT_STREQ(rows[1][0].c_str(), "");
  EXPECT_STREQ(rows[2][0].c_str(), "{\"a\":\"\\\\\"}");
  EXPECT_STREQ(rows[3][0].c_str(), "NULL");

  const BinaryArray none(BinaryArray::Type::kText);
  EXPECT_TRUE(connection.Run(kTexts, none.Parameter()).empty());
}

TEST(PostgresConnection, SendsBytesAndNumbers) {
  PostgresConnection connection(Parsed(SharedPostgres().Url()));
  BinaryArray bytes(BinaryArray::Type::kBytea);
  BinaryArray large(BinaryArray::Type::kInt8);
  BinaryArray small(BinaryArray::Type::kInt4);
  BinaryArray truths(BinaryArray::Type::kBool);
  bytes.AddHex("00ff10");
  large.AddInt8(-9'000'000'000);
  small.AddInt4(-7);
  truths.AddBool(true);
  const auto rows = connection.Run(kMixed, bytes.Parameter(), large.Parameter(), small.Parameter(),
                                   truths.Parameter());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_STREQ(rows[0][0].c_str(), "\\x00ff10");
  EXPECT_STREQ(rows[0][1].c_str(), "-9000000000");
  EXPECT_STREQ(rows[0][2].c_str(), "-7");
  EXPECT_STREQ(rows[0][3].c_str(), "t");
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
