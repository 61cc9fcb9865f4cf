#include "persistence/postgres/postgres_credentials.hpp"

#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr PostgresStatement kSelect{
    "select_credential",
    "SELECT name, owner, version, record FROM docket.credentials WHERE kind = $1 AND name = $2"};
constexpr PostgresStatement kSelectOwned{
    "select_credentials_owned",
    "SELECT name, owner, version, record FROM docket.credentials WHERE kind = $1 AND owner = $2"
    " ORDER BY name"};
constexpr PostgresStatement kInsert{
    "insert_credential",
    "INSERT INTO docket.credentials (kind, name, owner, version, record) VALUES ($1, $2, $3, 1, $4)"
    " ON CONFLICT (kind, name) DO NOTHING"};
constexpr PostgresStatement kUpdate{
    "update_credential",
    "UPDATE docket.credentials SET record = $1, version = version + 1"
    " WHERE kind = $2 AND name = $3 AND version = $4"};
constexpr PostgresStatement kDelete{"delete_credential",
                                    "DELETE FROM docket.credentials WHERE kind = $1 AND name = $2"};
constexpr std::size_t kSessionsMax = 4;

CredentialRow RowOf(const pqxx::result& rows, std::size_t i) {
  return {std::string(TextAt(rows, i, 0)), std::string(TextAt(rows, i, 1)), NumberAt(rows, i, 2),
          std::string(TextAt(rows, i, 3))};
}

class PostgresCredentialTable : public CredentialTable {
 public:
  PostgresCredentialTable(const PostgresUrl& url, const SessionSettings& settings)
      : connections_(url, settings, kSessionsMax) {}

  std::optional<CredentialRow> Find(CredentialKind kind, const std::string& name) const override {
    return connections_.Reading(
        [&](PostgresConnection& connection) -> std::optional<CredentialRow> {
          const auto rows = connection.Run(kSelect, std::string(CredentialKindName(kind)), name);
          if (rows.empty()) return std::nullopt;
          return RowOf(rows, 0);
        });
  }

  bool Write(CredentialKind kind, const CredentialRow& row) override {
    const std::string kind_name(CredentialKindName(kind));
    return connections_.Writing([&](PostgresConnection& connection) {
      const auto result =
          row.version == 0 ? connection.Run(kInsert, kind_name, row.name, row.owner, row.record)
                           : connection.Run(kUpdate, row.record, kind_name, row.name, row.version);
      return result.affected_rows() == 1;
    });
  }

  void Remove(CredentialKind kind, const std::string& name) override {
    // Doing it twice is doing it, so a lost connection is tried again.
    connections_.Reading([&](PostgresConnection& connection) {
      return connection.Run(kDelete, std::string(CredentialKindName(kind)), name).affected_rows();
    });
  }

  std::vector<CredentialRow> OwnedBy(CredentialKind kind, const std::string& owner) const override {
    return connections_.Reading([&](PostgresConnection& connection) {
      const auto rows = connection.Run(kSelectOwned, std::string(CredentialKindName(kind)), owner);
      std::vector<CredentialRow> owned;
      for (std::size_t i = 0; i < rows.size(); ++i) owned.push_back(RowOf(rows, i));
      return owned;
    });
  }

 private:
  mutable PostgresPool connections_;
};

}  // namespace

std::unique_ptr<CredentialTable> OpenPostgresCredentials(const PostgresUrl& keys,
                                                         const SessionSettings& session) {
  return std::make_unique<PostgresCredentialTable>(keys, session);
}

}  // namespace docket
