/// One SQLite store, opened: its files, who owns it, and which incarnation of history it holds.
///
/// Everything else in persistence/sqlite works on a SqliteStore and must not outlive it.
/// Thread-safe. Failure: StoreError.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "domain/time.hpp"
#include "persistence/keys/key_encryption.hpp"
#include "persistence/local_leases.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/sqlite_side_tables.hpp"
#include "persistence/sqlite/sqlite_views.hpp"
#include "persistence/sqlite/store_lock.hpp"
#include "persistence/sqlite/store_url.hpp"
#include "persistence/store.hpp"

namespace docket {

struct SqliteStoreOptions {
  SqlitePaths paths;
  /// One process at a time owns the store.
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";  ///< Shown to a second process that wants to own the store.
  std::shared_ptr<KeyEncryption> keks{};  ///< See StoreOptions.
};

class SqliteStore : public Store, public StoreSettings {
 public:
  explicit SqliteStore(SqliteStoreOptions options);
  ~SqliteStore() override;

  StoreSettings& Settings() override { return *this; }
  std::unique_ptr<StoreLog> OpenLog(const Clock& clock, AppenderLimits limits = {}) override;
  std::unique_ptr<KeyStore> OpenKeys(LostKeys lost = LostKeys::kRefuse) override;
  std::unique_ptr<CredentialTable> OpenCredentials() override;
  /// Held within this process: there is no other that could run anything.
  Leases& SingleRunners() override { return leases_; }
  /// Also of a store opened for reading: read models are no part of the log.
  ViewStore& Views() override { return views_; }
  SideTables& Side() override { return side_; }
  SideTables& Documents() override { return documents_; }

  std::optional<std::string> FindSetting(const std::string& name) const override;
  void Write(const Setting& setting) override;
  Instant LatestRecordedAt() const override;

  const SqlitePaths& Paths() const { return options_.paths; }
  StoreAccess Access() const { return options_.access; }
  /// Identity of this file of the log; a copy gets its own.
  const std::string& FileId() const { return file_id_; }

  /// New connections. The log must have been migrated, which the owner does on opening.
  std::unique_ptr<Database> OpenLogWriter() const;
  std::unique_ptr<Database> OpenLogReader() const;

 private:
  void BindEpochs();
  void MintEpochs();
  /// Leaves the same new nonce in the log and beside it.
  void LeaveMark();

  SqliteStoreOptions options_;
  std::optional<StoreLock> lock_;
  mutable std::mutex mutex_;  ///< Guards own_.
  std::unique_ptr<Database> own_;
  std::string file_id_;
  LocalLeases leases_{*this};
  SqliteViews views_;
  SqliteSideTables side_;
  SqliteSideTables documents_;
};

/// Makes the Merkle trees of logs that were written before trees were kept.
void CompleteTrees(Database& database);

/// True where the owner who opens this log goes on with it, and does not take it for a copy, whose
/// history begins a new epoch. Reads only.
bool IsWhereItWasLeft(const SqlitePaths& paths);

/// Makes a log forget which file it is, so that its next owner mints a new epoch wherever the file
/// has come to lie. For copies.
void ForgetFile(Database& log);

}  // namespace docket
