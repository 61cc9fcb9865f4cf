/// Keeps the live generation of one read model abreast of the log.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "persistence/projections/applier.hpp"

namespace docket {

/// Not thread-safe: belongs to the thread that runs it. Failure: StoreError (CheckpointMoved when
/// another projector was faster), after which nothing of the batch is applied and RunOnce may be
/// called again.
class Projector {
 public:
  struct Options {
    std::size_t batch_events_max = 2048;
    /// Told of each stream once, when it is parked.
    std::function<void(const ParkedStream&)> on_parked = [](const ParkedStream&) {};
  };
  /// What it is given outlives the projector. Touches nothing until it is first run.
  Projector(ViewStore& views, const EventLog& log, Projection& projection, Options options);
  Projector(ViewStore& views, const EventLog& log, Projection& projection)
      : Projector(views, log, projection, Options{}) {}

  /// Applies the next batch; the number of events read, 0 when abreast. Goes over to the generation
  /// that was switched to meanwhile. Begins a new one, from the first event, when there is none for
  /// the projection's version and when the log's epoch is another.
  std::size_t RunOnce();
  /// Of the live generation, whoever moves it; asks the store.
  Checkpoint ReadCheckpoint();
  /// How far this projector has come; 0 while it has not run.
  Position ProjectedTo() const { return live_ ? live_->At().position : Position{}; }
  std::vector<ParkedStream> Parked();
  /// Applies parked streams anew, from their first event; the number that are parked no more.
  /// A program that starts does so: it may know how to read what an earlier one did not.
  std::size_t RetryParked();
  /// From now on writes as the holder of the lease with this token.
  void Fence(std::int64_t token);
  /// The head of the log as RunOnce last saw it.
  Position SeenHead() const { return seen_head_; }

 private:
  /// Opens the live generation where it is not open, or no longer live.
  Applier& Live();
  bool IsStale(const Head& head) const;
  /// Runs `work` on the live generation; after a failure it is opened anew.
  template <class Work>
  auto OnLive(const Work& work);

  ViewStore& views_;
  const EventLog& log_;
  Projection& projection_;
  const Options options_;
  std::int64_t token_ = 0;
  Position seen_head_;
  bool started_ = false;
  std::unique_ptr<Applier> live_;
  std::unique_ptr<ViewConnection> look_;  ///< For ReadCheckpoint.
  Generation look_of_;
};

}  // namespace docket
