/// One PostgreSQL store, opened. Any number of processes may open it at once.
///
/// Everything that it gives out must not outlive it. Thread-safe. Failure: StoreError.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "persistence/keys/key_encryption.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/postgres_leases.hpp"
#include "persistence/postgres/postgres_side_tables.hpp"
#include "persistence/postgres/postgres_url.hpp"
#include "persistence/postgres/postgres_views.hpp"
#include "persistence/store.hpp"

namespace docket {

struct PostgresStoreOptions {
  PostgresUrl url;
  /// Where the keys of data subjects are; absent: in the database `NAME_keys` of the same server,
  /// which is created when missing.
  std::optional<PostgresUrl> keys_url = {};
  /// Who writes migrates what is missing, as far as its login owns the database, and from then on
  /// works in the role docket_app; who reads works in docket_reader.
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";              ///< Shown to whoever looks at the server's sessions.
  std::shared_ptr<KeyEncryption> keks = {};  ///< See StoreOptions.
};

class PostgresStore : public Store, public StoreSettings {
 public:
  explicit PostgresStore(PostgresStoreOptions options);

  StoreSettings& Settings() override { return *this; }
  std::unique_ptr<StoreLog> OpenLog(const Clock& clock, AppenderLimits limits = {}) override;
  std::unique_ptr<KeyStore> OpenKeys(LostKeys lost = LostKeys::kRefuse) override;
  std::unique_ptr<CredentialTable> OpenCredentials() override;
  Leases& SingleRunners() override { return leases_; }
  /// Also a store opened for reading may build read models, which are no part of the log, where its
  /// login may act as docket_app.
  ViewStore& Views() override { return views_; }
  SideTables& Side() override { return side_; }
  SideTables& Documents() override { return side_; }

  std::optional<std::string> FindSetting(const std::string& name) const override;
  void Write(const Setting& setting) override;
  Instant LatestRecordedAt() const override;

  const PostgresUrl& Url() const { return options_.url; }
  StoreAccess Access() const { return options_.access; }
  /// Settings of a session in the role of this store.
  SessionSettings SessionFor(const std::string& purpose) const;

 private:
  SessionSettings LogSessionFor(const std::string& purpose) const;
  PostgresUrl KeysUrl() const;

  const PostgresStoreOptions options_;
  mutable PostgresPool sessions_;
  PostgresLeases leases_;
  PostgresViews views_;
  PostgresSideTables side_;
};

}  // namespace docket
