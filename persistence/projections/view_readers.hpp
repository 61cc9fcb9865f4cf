/// Connections for queries, bound to the generation that is live.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "persistence/counts.hpp"
#include "persistence/projections/view_store.hpp"

namespace docket {

/// Thread-safe. Keeps idle connections; a switch to another generation is seen by the next query,
/// because the old one's checkpoint says that it was retired, and, should that mark be missing
/// after a crash, by a look into the registry every kRegistryLookEvery.
class ViewReaders {
 public:
  /// `views` outlives the readers.
  ViewReaders(ViewStore& views, ProjectionSchema schema)
      : views_(views), schema_(std::move(schema)) {}

  /// What the queries of one read belong to.
  struct Moment {
    ViewConnection& views;
    Position position;  ///< The log as far as it was projected.
  };
  /// Runs `read` on one moment of the live generation; again, from its start, where that was
  /// replaced meanwhile. False, and nothing run, while there is none. Failure: StoreError.
  bool Read(const std::function<void(const Moment&)>& read);
  /// Reads that failed, since the start.
  std::uint64_t Failures() const { return failures_.Value(); }

 private:
  struct Session {
    Generation generation;
    std::unique_ptr<ViewConnection> connection;
  };
  bool ReadLive(const std::function<void(const Moment&)>& read);
  /// The live generation, at most so old. Drops idle connections to another.
  std::optional<Generation> Live(std::chrono::milliseconds age_max);
  Session Borrow(const Generation& generation);
  void Return(Session session);
  /// False: the generation is no longer served.
  static bool ReadOn(ViewConnection& connection, const std::function<void(const Moment&)>& read);

  ViewStore& views_;
  const ProjectionSchema schema_;
  Tally failures_;
  std::mutex mutex_;  ///< Guards what follows.
  std::optional<Generation> live_;
  std::chrono::steady_clock::time_point looked_{};
  std::vector<Session> idle_;
};
constexpr std::chrono::milliseconds kRegistryLookEvery{200};
constexpr std::size_t kIdleViewReadersMax = 8;

}  // namespace docket
