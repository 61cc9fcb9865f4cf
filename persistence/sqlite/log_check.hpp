/// Reads a whole log and holds it to what the log promises about itself.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "domain/event_log.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

/// A log is not what it was when it was written. The message names the first place, no data.
class LogDamaged : public StoreError {
 public:
  using StoreError::StoreError;
};

struct CheckedLog {
  LogId log = LogId::kCases;
  Epoch epoch;
  Position position;  ///< Of the last event.
  std::string root;   ///< Of the Merkle tree of all leaves, hex.
};

/// Called now and then with the number of events read.
using CheckProgress = std::function<void(std::int64_t events)>;

/// Checks the file (SQLite's own integrity check) and both logs in it: positions are 1, 2, 3 … up
/// to the head, the versions of each stream likewise, every digest and leaf hash is that of what is
/// stored, and the tree of the head is the tree of the leaves. Reads one snapshot. Throws
/// LogDamaged at the first difference, StoreError where the file cannot be read.
std::array<CheckedLog, 2> CheckLogs(Database& database, const CheckProgress& progress = {});

/// SQLite's own check of a file's structure. Throws LogDamaged.
void CheckFile(Database& database);

}  // namespace docket
