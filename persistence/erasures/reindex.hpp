/// The blind index built again from the log and the keys: after it was lost, or for cases from
/// before there was one.
#pragma once

#include <functional>

#include "persistence/keys/table_keys.hpp"

namespace docket {

struct ReindexProgress {
  Position position;           ///< Of the log, so far.
  std::int64_t persons = 0;    ///< Objects that identify somebody and could be opened.
  std::int64_t destroyed = 0;  ///< Keys under which nothing was sealed in the end.
};
struct ReindexOptions {
  /// Destroys keys of persons under which the log has nothing: those of acts that were refused.
  /// Only while nobody writes: an act on its way has its keys before its events.
  bool prune = false;
  std::function<void(const ReindexProgress&)> on_progress = [](const ReindexProgress&) {};
};
/// Beside processes that use the store, unless it prunes. Doing it again changes nothing.
ReindexProgress ReindexPersons(const EventLog& log, KeyTable& table, TableKeys& keys,
                               const ReindexOptions& options);

}  // namespace docket
