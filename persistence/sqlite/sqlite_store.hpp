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
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/store_lock.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

enum class StoreAccess : std::uint8_t {
  kOwner,   ///< Migrates, binds the epoch, may write. One process at a time.
  kReader,  ///< Reads beside an owner, changes nothing.
};

struct StoreOptions {
  SqlitePaths paths;
  StoreAccess access = StoreAccess::kOwner;
  std::string owner = "docket";  ///< Shown to a second process that wants to own the store.
};

class SqliteStore {
 public:
  explicit SqliteStore(StoreOptions options);
  ~SqliteStore();

  const SqlitePaths& Paths() const { return options_.paths; }
  StoreAccess Access() const { return options_.access; }
  /// Identity of this file of the log; a copy gets its own.
  const std::string& FileId() const { return file_id_; }

  /// New connections. The log must have been migrated, which the owner does on opening.
  std::unique_ptr<Database> OpenLogWriter() const;
  std::unique_ptr<Database> OpenLogReader() const;

  /// Small settings that belong to the log (offset of the legal clock).
  std::optional<std::string> FindSetting(const std::string& name) const;
  struct Setting {
    std::string name;
    std::string value;
  };
  void Write(const Setting& setting);
  /// The latest recorded_at of all logs; 1970 when they are empty.
  Instant LatestRecordedAt() const;

 private:
  void BindEpochs();
  bool IsSameFile() const;
  void MintEpochs();
  /// Leaves the same new nonce in the log and beside it.
  void LeaveMark();

  StoreOptions options_;
  std::optional<StoreLock> lock_;
  mutable std::mutex mutex_;  ///< Guards own_.
  std::unique_ptr<Database> own_;
  std::string file_id_;
};

/// A random UUID (version 4): file ids and epochs say nothing about time.
std::string RandomUuid();

}  // namespace docket
