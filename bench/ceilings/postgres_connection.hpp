/// libpq with prepared statements and binary parameters, no more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "bench/work.hpp"

namespace docket::bench {

/// PostgreSQL's binary format of numbers.
inline void AppendInt32(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}
inline std::string Int64(std::int64_t number) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift));
  }
  return out;
}
inline std::int64_t ReadInt64(const char* bytes) {
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<std::int64_t>(number);
}

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// Not thread-safe. Failure: WorkFailed with the server's message.
class PostgresConnection {
 public:
  explicit PostgresConnection(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    Check(PQstatus(connection_) == CONNECTION_OK, "{}", PQerrorMessage(connection_));
  }
  ~PostgresConnection() { PQfinish(connection_); }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  Result Execute(const std::string& sql) { return Checked(PQexec(connection_, sql.c_str())); }
  std::int64_t Number(const std::string& sql) {
    return std::stoll(PQgetvalue(Execute(sql).get(), 0, 0));
  }
  void Prepare(const char* name, const char* sql) {
    Checked(PQprepare(connection_, name, sql, 0, nullptr));
  }
  /// Parameters and results in binary.
  Result Run(const char* name, const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& parameter : parameters) {
      values.push_back(parameter.data());
      lengths.push_back(static_cast<int>(parameter.size()));
    }
    const std::vector<int> formats(parameters.size(), 1);
    return Checked(PQexecPrepared(connection_, name, static_cast<int>(parameters.size()),
                                  values.data(), lengths.data(), formats.data(), 1));
  }
  void Copy(const std::string& sql, std::string_view rows) {
    Checked(PQexec(connection_, sql.c_str()));
    const bool sent = PQputCopyData(connection_, rows.data(), static_cast<int>(rows.size())) == 1 &&
                      PQputCopyEnd(connection_, nullptr) == 1;
    Check(sent, "{}", PQerrorMessage(connection_));
    Checked(PQgetResult(connection_));
    Check(PQgetResult(connection_) == nullptr, "more than one answer to a COPY");
  }

 private:
  Result Checked(PGresult* raw) {
    Result result(raw, PQclear);
    const auto status = PQresultStatus(raw);
    Check(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN, "{}",
          PQerrorMessage(connection_));
    return result;
  }

  PGconn* connection_;
};

/// The table that a plain PostgreSQL log would be.
constexpr const char* kCreateEvents =
    "CREATE TABLE IF NOT EXISTS events ("
    " position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream_id text NOT NULL,"
    " version bigint NOT NULL, type text NOT NULL, data bytea NOT NULL,"
    " recorded_at timestamptz NOT NULL DEFAULT now(), UNIQUE (stream_id, version))";
constexpr const char* kCountEvents = "SELECT count(*) FROM events";
constexpr auto kEventType = "ComplaintAccepted";

/// Which stream a client writes next: many streams, not in the order of their names.
class StreamChoice {
 public:
  explicit StreamChoice(std::size_t client) : client_(client) {}
  void Next() { ++turn_; }
  std::string Stream() const {
    return fmt::format("case-{}-{}", client_, turn_ * kStep % kStreams);
  }
  std::int64_t Version() const { return static_cast<std::int64_t>(turn_ / kStreams) + 1; }

 private:
  static constexpr std::size_t kStreams = 20'000;
  static constexpr std::size_t kStep = 7'919;
  std::size_t client_;
  std::size_t turn_ = 0;
};

inline std::string Url(const Options& options) { return options.at("database").get<std::string>(); }
inline std::vector<std::unique_ptr<PostgresConnection>> Connect(const Options& options) {
  std::vector<std::unique_ptr<PostgresConnection>> connections;
  for (std::size_t i = 0; i < options.at("connections").get<std::size_t>(); ++i) {
    connections.push_back(std::make_unique<PostgresConnection>(Url(options)));
  }
  return connections;
}

}  // namespace docket::bench
