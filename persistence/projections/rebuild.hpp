/// Builds a read model anew from the log, beside the one that is served, and switches to it.
///
/// A projection has no effect but its rows, so that reading every event again sends, fires and
/// records nothing.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "domain/rejection.hpp"
#include "persistence/projections/applier.hpp"

namespace docket {

struct RebuildProgress {
  Position position;  ///< Built so far.
  Position head;      ///< Of the log, as last seen.
  Position began_at;  ///< 0, or where an earlier rebuild was stopped.
  std::chrono::steady_clock::duration took{};
  /// Of this run, not of an earlier one.
  double EventsPerSecond() const;
};

struct RebuildResult {
  Generation generation;
  RebuildProgress progress;
  std::vector<ParkedStream> parked;
};

struct RebuildOptions {
  std::size_t batch_events_max = 8192;
  /// Told after every batch, on the calling thread.
  std::function<void(const RebuildProgress&)> on_progress = [](const RebuildProgress&) {};
};

/// Goes on where an earlier rebuild of the same version was stopped, as long as the log's epoch is
/// the same. Runs beside whoever projects and serves, also from another process. Refused (kConflict)
/// with `rebuild_running` while somebody else rebuilds this projection. Failure: StoreError; what
/// was built so far stays for the next attempt.
Expected<RebuildResult> Rebuild(ViewStore& views, const EventLog& log, Projection& projection,
                                const RebuildOptions& options = {});

}  // namespace docket
