#include "persistence/sqlite/sqlite_credentials.hpp"

#include <mutex>

#include "persistence/sqlite/database.hpp"

namespace docket {

namespace {

constexpr const char* kSelect =
    "SELECT name, owner, version, record FROM credentials WHERE kind = ? AND name = ?";
constexpr const char* kSelectOwned =
    "SELECT name, owner, version, record FROM credentials WHERE kind = ? AND owner = ?"
    " ORDER BY name";
constexpr const char* kInsert =
    "INSERT INTO credentials (kind, name, owner, version, record) VALUES (?, ?, ?, 1, ?)"
    " ON CONFLICT (kind, name) DO NOTHING";
constexpr const char* kUpdate =
    "UPDATE credentials SET record = ?, version = version + 1"
    " WHERE kind = ? AND name = ? AND version = ?";
constexpr const char* kDelete = "DELETE FROM credentials WHERE kind = ? AND name = ?";

CredentialRow RowOf(const Statement& query) {
  return {query.Text(0), query.Text(1), query.Integer(2), query.Text(3)};
}

class SqliteCredentialTable : public CredentialTable {
 public:
  explicit SqliteCredentialTable(const SqlitePaths& paths)
      : database_(paths.keys, DatabaseOptions{.secure_delete = true}) {}

  std::optional<CredentialRow> Find(CredentialKind kind, const std::string& name) const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelect);
    query.Bind(CredentialKindName(kind), name);
    if (!query.Step()) return std::nullopt;
    return RowOf(query);
  }

  bool Write(CredentialKind kind, const CredentialRow& row) override {
    const std::lock_guard guard(mutex_);
    const auto kind_name = CredentialKindName(kind);
    if (row.version == 0) {
      database_.Prepare(kInsert).Bind(kind_name, row.name, row.owner, row.record).Run();
    } else {
      database_.Prepare(kUpdate).Bind(row.record, kind_name, row.name, row.version).Run();
    }
    return database_.Changes() == 1;
  }

  void Remove(CredentialKind kind, const std::string& name) override {
    const std::lock_guard guard(mutex_);
    database_.Prepare(kDelete).Bind(CredentialKindName(kind), name).Run();
  }

  std::vector<CredentialRow> OwnedBy(CredentialKind kind, const std::string& owner) const override {
    const std::lock_guard guard(mutex_);
    auto query = database_.Prepare(kSelectOwned);
    query.Bind(CredentialKindName(kind), owner);
    std::vector<CredentialRow> rows;
    while (query.Step()) rows.push_back(RowOf(query));
    return rows;
  }

 private:
  mutable std::mutex mutex_;  ///< Guards database_.
  mutable Database database_;
};

}  // namespace

std::unique_ptr<CredentialTable> OpenSqliteCredentials(const SqlitePaths& paths) {
  return std::make_unique<SqliteCredentialTable>(paths);
}

}  // namespace docket
