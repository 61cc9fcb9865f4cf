/// Backup and restore of a SQLite store: copies that are checked, of the log and, apart from it, of
/// the keys. Read models are not copied: they are rebuilt.
///
/// What fails leaves no log under the final name. Failure: StoreError.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/rejection.hpp"
#include "persistence/restored_log.hpp"
#include "persistence/sqlite/log_check.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

/// What is being done, and how much of it: pages while copying, events while checking (total 0:
/// unknown).
struct BackupStep {
  enum class Kind : std::uint8_t { kCopying, kChecking };
  Kind kind = Kind::kCopying;
  std::int64_t done = 0;
  std::int64_t total = 0;
};
using BackupProgress = std::function<void(const BackupStep&)>;

/// One file that was written.
struct CopiedFile {
  std::string path;
  std::int64_t bytes = 0;
  std::string sha256;  ///< Of the whole file, hex.
};

/// The files of one backup.
struct BackupFiles {
  std::string log;
  std::string keys;         ///< Empty: the keys are not part of it.
  std::string documents{};  ///< Empty: documents are not part of it.
};

struct Backup {
  CopiedFile log;
  std::optional<CopiedFile> keys;
  std::optional<CopiedFile> documents;
  CheckedLog cases;
  CheckedLog access;
};

/// Copies the log as it is now, also beside the process that owns it, and checks the copy; then the
/// documents and the keys, so that nothing of the copy lacks its key. The files are readable by
/// their owner only. The copy of the log carries no identity: whoever opens it begins a new epoch.
/// Refused (kConflict): `file_exists`.
Expected<Backup> BackUpStore(const SqlitePaths& paths, const BackupFiles& to,
                             const BackupProgress& progress = {});

/// Makes a new store of a backup: checked before it takes its name, owned while it is made, with a
/// new epoch. Without keys in the backup, those that lie at the target stay. Refused (kConflict):
/// `store_exists` where a log, or what the backup brings, lies at the target. Throws StoreError
/// when the keys do not belong to the log, LogDamaged when the backup is damaged.
Expected<RestoredLog> RestoreStore(const BackupFiles& from, const SqlitePaths& target,
                                   const BackupProgress& progress = {});

}  // namespace docket
