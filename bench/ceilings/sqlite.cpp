#include <sqlite3.h>

#include "bench/ceilings/works.hpp"

namespace docket::bench {

namespace {

constexpr const char* kCreate =
    "CREATE TABLE events (position INTEGER PRIMARY KEY, stream_id TEXT NOT NULL,"
    " version INTEGER NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL,"
    " recorded_at INTEGER NOT NULL, UNIQUE (stream_id, version))";
constexpr const char* kInsert =
    "INSERT INTO events (stream_id, version, type, data, recorded_at) VALUES (?, ?, ?, ?, ?)";
constexpr std::size_t kStreams = 20'000;
constexpr std::size_t kStep = 7'919;

class Connection {
 public:
  explicit Connection(const std::string& file) {
    Check(sqlite3_open(file.c_str(), &database_) == SQLITE_OK, "{} does not open", file);
  }
  ~Connection() {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Execute(const std::string& sql) {
    const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
    Check(code == SQLITE_OK, "{}: {}", sql, sqlite3_errmsg(database_));
  }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK, "{}",
          sqlite3_errmsg(database_));
    statements_.push_back(statement);
    return statement;
  }
  void Step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    Check(code == SQLITE_DONE, "{}", sqlite3_errmsg(database_));
    sqlite3_reset(statement);
  }
  std::int64_t Number(const char* sql) {
    auto* statement = Prepare(sql);
    Check(sqlite3_step(statement) == SQLITE_ROW, "{}", sqlite3_errmsg(database_));
    return sqlite3_column_int64(statement, 0);
  }

 private:
  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

}  // namespace

Json SqliteInsert(const Options& options) {
  const auto rows = options.at("rows").get<std::size_t>();
  Connection connection(options.at("folder").get<std::string>() + "/plain.db");
  connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  connection.Execute(
      fmt::format("PRAGMA wal_autocheckpoint = {}", options.at("checkpoint").get<int>()));
  connection.Execute(kCreate);
  auto* begin = connection.Prepare("BEGIN IMMEDIATE");
  auto* insert = connection.Prepare(kInsert);
  auto* commit = connection.Prepare("COMMIT");
  const std::string data = EventText();
  std::size_t row = 0;
  auto loop = ClosedLoop(1, options.at("seconds").get<double>(), [&](std::size_t, std::size_t) {
    connection.Step(begin);
    for (std::size_t i = 0; i < rows; ++i, ++row) {
      const std::string stream = fmt::format("case-{}", row * kStep % kStreams);
      sqlite3_bind_text(insert, 1, stream.data(), static_cast<int>(stream.size()), SQLITE_STATIC);
      sqlite3_bind_int64(insert, 2, static_cast<std::int64_t>(row / kStreams) + 1);
      sqlite3_bind_text(insert, 3, "ComplaintAccepted", -1, SQLITE_STATIC);
      sqlite3_bind_blob(insert, 4, data.data(), static_cast<int>(data.size()), SQLITE_STATIC);
      sqlite3_bind_int64(insert, 5, static_cast<std::int64_t>(row));
      connection.Step(insert);
    }
    connection.Step(commit);
  });
  const auto stored = static_cast<std::size_t>(connection.Number("SELECT count(*) FROM events"));
  Check(stored == loop.calls * rows, "{} rows acknowledged, {} stored", loop.calls * rows, stored);
  return ToJson(loop, rows);
}

}  // namespace docket::bench
