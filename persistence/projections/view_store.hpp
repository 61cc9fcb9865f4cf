/// The port of the read models: generations, and connections to one of them.
///
/// A generation is one build of one projection at one version: its tables, its checkpoint, its
/// parked streams. A rebuild builds a generation beside the one that is served, and one switch in
/// the registry puts it in its place; what was retired is removed at the next rebuild or start, so
/// that no query loses its tables. Programs of different versions have each their own generation.
///
/// SQL that is given to a connection is one text for every store: `?` for parameters, `{cases}` for
/// the generation's table `cases`.
#pragma once

#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/projections/schema.hpp"

namespace docket {

/// The database refused rows: what gave them is at fault, not the store.
class ViewRowsRefused : public StoreError {
 public:
  using StoreError::StoreError;
};

struct Generation {
  std::string projection;
  std::int64_t number = 0;   ///< 1, 2, 3 … over all versions of the projection.
  std::int64_t version = 0;  ///< Of the projection that builds it.
  friend bool operator==(const Generation&, const Generation&) = default;
};

/// How far a generation has read. One that was retired can no longer be moved.
struct Checkpoint {
  Epoch epoch;  ///< Empty: nothing was ever read.
  Position position;
  std::int64_t token = 0;  ///< Of the lease under which it was last moved.
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
/// Above every lease's token: marks a generation that is no longer served.
constexpr std::int64_t kRetiredToken = std::numeric_limits<std::int64_t>::max();

/// A session on one generation (or on the registry). One thread at a time. Failure: StoreError,
/// after which a session that was in a transaction must be rolled back or dropped.
class ViewConnection {
 public:
  virtual ~ViewConnection() = default;
  virtual std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters = {}) = 0;
  /// What follows until Rollback sees one moment. For sessions that only read.
  virtual void BeginSnapshot() = 0;
  virtual void Rollback() noexcept = 0;

  Checkpoint ReadCheckpoint();
};

class ViewWriter : public ViewConnection {
 public:
  virtual void Begin() = 0;
  virtual void Commit() = 0;
  /// The number of rows that were changed.
  virtual std::int64_t Run(std::string_view sql, const ViewRow& parameters = {}) = 0;
  /// All erasures, then all rows, in few statements. Throws ViewRowsRefused; the transaction can
  /// then only be rolled back, also to a savepoint.
  virtual void Write(const std::vector<Changes>& changes) = 0;
  /// Does nothing where they are there.
  virtual void CreateIndexes() = 0;

  /// In a transaction of the caller's: from exactly `from` to `to`. Throws CheckpointMoved, and
  /// changes nothing, where it stands elsewhere or was moved under a later lease.
  void MoveCheckpoint(const Checkpoint& from, const Checkpoint& to);
  /// Marks the generation as no longer served: nobody can move its checkpoint any more, and readers
  /// look for the one that is.
  void Retire();
};

/// Another projector works on the generation, or it was retired: what was read of it is stale.
class CheckpointMoved : public StoreError {
 public:
  using StoreError::StoreError;
};

/// The right to build a generation of a projection. Ends when it is destroyed or its process dies.
class RebuildLock {
 public:
  virtual ~RebuildLock() = default;
};

/// Thread-safe. Failure: StoreError.
class ViewStore {
 public:
  virtual ~ViewStore() = default;

  /// The generation that serves this version of the projection; nullopt: there is none yet.
  std::optional<Generation> FindLive(const ProjectionSchema& schema);
  /// As FindLive; makes an empty one where there is none, or where somebody took its tables away.
  /// Removes what was retired before, and whatever is more than one version older.
  Generation TakeLive(const ProjectionSchema& schema);
  /// Puts an empty generation in the place of `stale`, where that is still the live one: its
  /// history is no longer that of the log.
  Generation Replace(const ProjectionSchema& schema, const Generation& stale);

  /// nullptr: somebody rebuilds this projection now.
  virtual std::unique_ptr<RebuildLock> TryLockRebuild(const std::string& projection) = 0;
  /// The generation of an earlier rebuild that did not come to its end, or a new one without
  /// indexes. Only under the rebuild lock. Removes what was retired before, and unfinished ones of
  /// other versions.
  Generation TakeUnfinished(const ProjectionSchema& schema);
  /// Removes an unfinished generation.
  void Discard(const Generation& unfinished);
  /// In one step `built` is live and the one before retired. False, and nothing is changed, when
  /// the live one is not `replaced`, as FindLive has it: somebody has begun another meanwhile.
  /// Called within a transaction of a writer of `replaced`, where there is one, that keeps
  /// everybody else from moving it.
  bool Switch(const Generation& built, const std::optional<Generation>& replaced);

  virtual std::unique_ptr<ViewConnection> OpenReader(const ProjectionSchema& schema,
                                                     const Generation& generation) = 0;
  virtual std::unique_ptr<ViewWriter> OpenWriter(const ProjectionSchema& schema,
                                                 const Generation& generation) = 0;

 protected:
  /// A session on the registry: its table `{generations}` is made where it is missing.
  virtual std::unique_ptr<ViewWriter> OpenRegistry() = 0;
  /// A session that only reads it; nullptr where there is no registry yet.
  virtual std::unique_ptr<ViewConnection> OpenRegistryReader() = 0;
  /// In a transaction: keeps other processes from changing the registry until it ends.
  virtual void LockRegistry(ViewWriter& registry) = 0;
  /// Whether the tables that the registry names are still there. On a server they are: nobody but
  /// this program makes and removes them.
  virtual bool HasTables(const Generation&) const { return true; }
  virtual void CreateTables(const ProjectionSchema& schema, const Generation& generation) = 0;
  /// Also where they are there in part, or not at all; whatever version made them.
  virtual void RemoveTables(const Generation& generation) = 0;

  static const TableSchema kRegistryTable;

 private:
  /// As the registry has it.
  std::optional<Generation> LookForLive(const ProjectionSchema& schema);
  /// Runs `change` in a transaction that nobody else changes the registry in.
  template <class Change>
  auto Changing(const Change& change);
  Generation Add(ViewWriter& registry, const ProjectionSchema& schema, std::string_view state);
  void Remove(ViewWriter& registry, const Generation& generation);
  void RemoveRetired(ViewWriter& registry, const ProjectionSchema& schema);

  std::mutex changing_;  ///< Guards registry_.
  std::unique_ptr<ViewWriter> registry_;
  std::mutex looking_;  ///< Guards look_, so that a look does not wait for a change.
  std::unique_ptr<ViewConnection> look_;
};

/// A transaction of a writer: rolled back on destruction unless committed.
class ViewTransaction {
 public:
  explicit ViewTransaction(ViewWriter& writer) : writer_(writer) { writer_.Begin(); }
  ~ViewTransaction() {
    if (open_) writer_.Rollback();
  }
  ViewTransaction(const ViewTransaction&) = delete;
  ViewTransaction& operator=(const ViewTransaction&) = delete;
  void Commit() {
    writer_.Commit();
    open_ = false;
  }

 private:
  ViewWriter& writer_;
  bool open_ = true;
};

}  // namespace docket
