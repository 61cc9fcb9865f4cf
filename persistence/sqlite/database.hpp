/// A small RAII layer over SQLite's C API: the only place that calls it.
///
/// A Database is one connection and belongs to one thread at a time; it owns its prepared
/// statements. Failure: every function throws StoreError, or ConstraintError where the schema
/// refused a row.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/event_log.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace docket {

/// A row broke a promise of the schema: the request is at fault, not the store.
class ConstraintError : public StoreError {
 public:
  using StoreError::StoreError;
};

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

/// One use of a prepared statement. Parameters are bound in order; on destruction the statement
/// is reset and goes back to its connection, which must outlive it.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* prepared) : prepared_(prepared) {}
  Statement(Statement&& other) noexcept
      : prepared_(std::exchange(other.prepared_, nullptr)), bound_(other.bound_) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds the next parameters, from left to right.
  template <class... Values>
  Statement& Bind(const Values&... values) {
    (BindOne(values), ...);
    return *this;
  }
  /// The next row; false when there is none.
  bool Step();
  /// Runs a statement that returns no rows.
  void Run() { Step(); }
  /// Makes the statement ready to be bound and run again.
  void Reset();

  int Columns() const;
  bool IsNull(int column) const;
  bool IsInteger(int column) const;
  bool IsBlob(int column) const;
  std::int64_t Integer(int column) const;
  std::string Text(int column) const;
  /// Bytes of the column, valid until the next Step.
  std::string_view View(int column) const;

 private:
  void BindOne(std::int64_t value);
  void BindOne(int value) { BindOne(static_cast<std::int64_t>(value)); }
  void BindOne(bool value) { BindOne(static_cast<std::int64_t>(value)); }
  /// The text must live until the statement has run.
  void BindOne(std::string_view text);
  void BindOne(const std::string& text) { BindOne(std::string_view(text)); }
  void BindOne(const char* text) { BindOne(std::string_view(text)); }
  /// So must the bytes.
  void BindOne(Blob blob);
  void BindOne(std::nullopt_t);
  template <class T>
  void BindOne(const std::optional<T>& value) {
    if (value) {
      BindOne(*value);
    } else {
      BindOne(std::nullopt);
    }
  }

  sqlite3_stmt* prepared_;
  int bound_ = 0;
};

/// How a connection is opened. Nothing is left to SQLite's defaults.
struct DatabaseOptions {
  bool read_only = false;
  /// False only where the file can be rebuilt from the log: a power cut may lose the last commits
  /// but never their order.
  bool synchronous_full = true;
  /// Freed bytes are overwritten (key store).
  bool secure_delete = false;
  /// Everything in the one file, without a write-ahead log beside it (backups).
  bool single_file = false;
};
constexpr int kBusyTimeoutMillis = 10'000;
constexpr int kWalAutocheckpointPages = 20'000;

class Database {
 public:
  /// Creates the file unless `read_only`. The directory must exist.
  explicit Database(const std::string& path, const DatabaseOptions& options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Takes the prepared statement of `sql` out of the connection's cache. The same text may not
  /// be in use twice at once.
  Statement Prepare(std::string_view sql);
  /// Runs a script of statements without parameters (migrations).
  void Execute(const std::string& script);
  /// Called while a copy is made, with pages done and pages in all.
  using CopyProgress = std::function<void(std::int64_t done, std::int64_t total)>;
  /// Makes `target`, which is empty, a copy of this database as it is now. Writers go on meanwhile,
  /// also those of other processes; their write-ahead log grows until the copy is made.
  void CopyTo(Database& target, const CopyProgress& progress = {});
  /// Rows changed by the last statement.
  std::int64_t Changes() const;
  bool InTransaction() const;
  const std::string& Path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* prepared) const;
  };

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> prepared_;
};

/// A write transaction: rolled back on destruction unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void Commit();

 private:
  Database& database_;
  bool open_ = true;
};

/// Several reads that see the same moment.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& database_;
};

}  // namespace docket
