/// How far a process that follows the log has come (断点): a row for each, beside the log.
#pragma once

#include <optional>
#include <string>

#include "domain/ids.hpp"
#include "persistence/log_place.hpp"
#include "persistence/side_tables.hpp"

namespace docket {

/// Thread-safe.
class ProcessProgress {
 public:
  /// `tables` outlives it; `name` is stored.
  ProcessProgress(SideTables& tables, std::string name) : tables_(tables), name_(std::move(name)) {}

  /// Absent: it never began.
  std::optional<LogPlace> Read() const;
  /// Nothing where it began already.
  void BeginAt(const LogPlace& place);
  /// False: somebody with a later lease has moved it already.
  bool MoveTo(const LogPlace& place, std::int64_t token);

 private:
  SideTables& tables_;
  const std::string name_;
};

}  // namespace docket
