#include "persistence/sqlite/backup.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "domain/evidence/sha256.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

namespace {

namespace fs = std::filesystem;

constexpr Refusal kFileExists{"file_exists", "目标文件已存在，不覆盖",
                              "the file exists and is not overwritten"};
constexpr Refusal kStoreExists{"store_exists", "目标存储已存在，不覆盖",
                               "the target store exists and is not overwritten"};
constexpr const char* kSelectKeyStore = "SELECT value FROM settings WHERE name = 'key_store'";
constexpr const char* kSelectKeysId = "SELECT value FROM settings WHERE name = 'id'";
constexpr const char* kOwner = "docket restore";

[[noreturn]] void FailSystem(std::string_view doing, const std::string& path) {
  throw StoreError(fmt::format("cannot {} {}: {}", doing, path, std::strerror(errno)));
}

void Sync(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) FailSystem("sync", path);
}

/// A file in the making, under a name of its own; removed unless it is kept.
class PartialFile {
 public:
  /// Readable by its owner only: a backup of a log still holds the cases.
  explicit PartialFile(std::string path) : path_(std::move(path)), partial_(path_ + ".part") {
    const int file = open(partial_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST) {
      throw StoreError(
          fmt::format("{} exists: another copy is being made, or was interrupted; "
                      "remove it in the latter case",
                      partial_));
    }
    if (file < 0) FailSystem("create", partial_);
    close(file);
  }
  ~PartialFile() {
    if (kept_) return;
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
      fs::remove(partial_ + suffix, ignored);
    }
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  const std::string& Partial() const { return partial_; }
  /// Durable under its final name, unless somebody else took that meanwhile.
  void Keep() {
    Sync(partial_, O_RDONLY);
    if (link(partial_.c_str(), path_.c_str()) != 0) FailSystem("create", path_);
    kept_ = true;
    if (unlink(partial_.c_str()) != 0) FailSystem("remove", partial_);
    const auto folder = fs::path(path_).parent_path();
    Sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
  }

 private:
  const std::string path_;
  const std::string partial_;
  bool kept_ = false;
};

void CopyDatabase(const std::string& from, const std::string& to, const BackupProgress& progress) {
  Database source(from, {.read_only = true});
  Database target(to, {.single_file = true});
  source.CopyTo(target, [&](std::int64_t done, std::int64_t total) {
    if (progress) progress({BackupStep::Kind::kCopying, done, total});
  });
}

/// `visit(database)` on a copy, which afterwards is one file again: the copied pages say that there
/// is a write-ahead log.
template <class Visit>
auto WithCopy(const std::string& path, const Visit& visit) {
  Database copy(path, {.single_file = true});
  return visit(copy);
}

CopiedFile Describe(const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Sha256 digest;
  std::int64_t bytes = 0;
  std::string part(1 << 20, '\0');
  while (file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto size = static_cast<std::size_t>(file.gcount());
    digest.Add(std::string_view(part).substr(0, size));
    bytes += static_cast<std::int64_t>(size);
  }
  if (file.bad() || !file.eof()) throw StoreError(fmt::format("cannot read {}", path));
  return {.path = name, .bytes = bytes, .sha256 = digest.Hex()};
}

CheckProgress Checking(const BackupProgress& progress) {
  return [&progress](std::int64_t events) {
    if (progress) progress({BackupStep::Kind::kChecking, events, 0});
  };
}

std::optional<std::string> FindText(Database& database, const char* sql) {
  auto query = database.Prepare(sql);
  if (!query.Step()) return std::nullopt;
  return query.Text(0);
}

/// Copies, migrates, makes the copy forget where it came from, and checks all of it.
std::array<CheckedLog, 2> MakeLogCopy(const std::string& from, const PartialFile& to,
                                      const BackupProgress& progress) {
  CopyDatabase(from, to.Partial(), progress);
  return WithCopy(to.Partial(), [&](Database& copy) {
    CheckFile(copy);
    Migrate(copy, MigrationsOf("log"));
    CompleteTrees(copy);
    ForgetFile(copy);
    return CheckLogs(copy, Checking(progress));
  });
}

void CheckKeysBelong(Database& log, const std::string& keys_path) {
  const auto wanted = FindText(log, kSelectKeyStore);
  Database keys(keys_path, {.read_only = true});
  if (wanted && FindText(keys, kSelectKeysId) != wanted) {
    throw StoreError(fmt::format("the keys {} belong to another log", keys_path));
  }
}

/// Of what is beside the log: `keys`, `documents`.
void MakeCopyOf(std::string_view kind, const std::string& from, const PartialFile& to,
                const BackupProgress& progress = {}) {
  CopyDatabase(from, to.Partial(), progress);
  WithCopy(to.Partial(), [&](Database& copy) {
    CheckFile(copy);
    Migrate(copy, MigrationsOf(kind));
    return 0;
  });
}

/// A database's own files, so that what remains of an old one is not taken for part of the new.
bool AnyOf(const std::string& database) {
  return fs::exists(database) || fs::exists(database + "-wal") || fs::exists(database + "-journal");
}

}  // namespace

Expected<Backup> BackUpStore(const SqlitePaths& paths, const BackupFiles& to,
                             const BackupProgress& progress) {
  for (const auto& path : {to.log, to.keys, to.documents}) {
    if (!path.empty() && fs::exists(path)) return Refuse(RejectionKind::kConflict, kFileExists);
  }
  Database source(paths.log, {.read_only = true});
  CheckMigrated(source, MigrationsOf("log"));
  PartialFile log(to.log);
  const auto checked = MakeLogCopy(paths.log, log, progress);
  Backup made{Describe(to.log, log.Partial()), std::nullopt, std::nullopt, checked[0], checked[1]};
  if (!to.documents.empty() && fs::exists(paths.documents)) {
    PartialFile documents(to.documents);
    MakeCopyOf("documents", paths.documents, documents, progress);
    made.documents = Describe(to.documents, documents.Partial());
    documents.Keep();
  }
  if (!to.keys.empty()) {
    CheckKeysBelong(source, paths.keys);
    PartialFile keys(to.keys);
    MakeCopyOf("keys", paths.keys, keys);
    made.keys = Describe(to.keys, keys.Partial());
    keys.Keep();
  }
  log.Keep();
  return made;
}

Expected<RestoredLog> RestoreStore(const BackupFiles& from, const SqlitePaths& target,
                                   const BackupProgress& progress) {
  if (AnyOf(target.log) || (!from.keys.empty() && AnyOf(target.keys)) ||
      (!from.documents.empty() && AnyOf(target.documents))) {
    return Refuse(RejectionKind::kConflict, kStoreExists);
  }
  std::array<CheckedLog, 2> checked;
  {
    const StoreLock lock({.path = target.lock, .owner = kOwner});
    PartialFile log(target.log);
    std::optional<PartialFile> keys;
    checked = MakeLogCopy(from.log, log, progress);
    if (!from.keys.empty()) {
      MakeCopyOf("keys", from.keys, keys.emplace(target.keys));
      WithCopy(log.Partial(), [&](Database& copy) {
        CheckKeysBelong(copy, keys->Partial());
        return 0;
      });
      keys->Keep();
    }
    if (!from.documents.empty()) {
      PartialFile documents(target.documents);
      MakeCopyOf("documents", from.documents, documents, progress);
      documents.Keep();
    }
    // Last: only now is there a store.
    log.Keep();
  }
  const SqliteStore store({.paths = target, .owner = kOwner});
  const auto reader = store.OpenLogReader();
  const WriterHead head = ReadHeadRow(*reader, LogId::kCases);
  const bool same = head.position == checked[0].position && head.tree.Root() == checked[0].root;
  if (!same) throw LogDamaged("the restored log is not the backup");
  return RestoredLog{
      .epoch = head.epoch, .from_epoch = checked[0].epoch, .position = head.position};
}

}  // namespace docket
