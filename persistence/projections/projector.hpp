/// Keeps one read model abreast of the log: rows and checkpoint move in one transaction, so every
/// event takes effect exactly once, whatever crashes.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event_log.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

/// A read model. Called by one projector only, inside its transaction.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view Name() const = 0;
  /// A new version makes the projector rebuild from the first event.
  virtual std::int64_t Version() const = 0;
  /// Empties its tables and its memory.
  virtual void Reset(Database& views) = 0;
  /// Applies consecutive events of one stream, oldest first. Throws what it likes when they cannot
  /// be applied: the stream is parked. Only StoreError other than ConstraintError stops the rest.
  virtual void Apply(Database& views, const std::vector<RecordedEvent>& events) = 0;
  /// The rows last written for `stream` were taken back: what is remembered of it is wrong.
  virtual void Forget(const StreamId& stream) = 0;
};

/// A stream that could not be applied.
struct ParkedStream {
  StreamId stream;
  Position position;   ///< Of the first event of the batch that failed.
  std::string reason;  ///< Names ids and types, no personal data.
};

struct Checkpoint {
  Epoch epoch;
  Position position;
};

/// Not thread-safe: belongs to the thread that runs it. Failure: StoreError, after which nothing
/// of the batch is applied and RunOnce may be called again.
class Projector {
 public:
  struct Options {
    LogId log = LogId::kCases;
    std::size_t batch_events_max = 512;
  };
  /// `log` and `projection` outlive the projector. Streams parked by an earlier program are tried
  /// again: this one may know how to read them.
  Projector(std::unique_ptr<Database> views, const EventLog& log, Projection& projection,
            Options options);
  Projector(std::unique_ptr<Database> views, const EventLog& log, Projection& projection)
      : Projector(std::move(views), log, projection, Options{}) {}

  /// Applies the next batch; the number of events read, 0 when abreast. Begins again from the
  /// first event when the log's epoch, or the projection's version, is another.
  std::size_t RunOnce();
  Checkpoint ReadCheckpoint();
  std::vector<ParkedStream> Parked();
  /// Applies parked streams anew, from their first event; the number that are parked no more.
  std::size_t RetryParked();

 private:
  bool MustRebuild(const Head& head);
  void Rebuild(const Head& head);
  void ApplyBatch(const std::vector<RecordedEvent>& events);
  /// False, and nothing written, when the events cannot be applied.
  bool TryApply(const std::vector<RecordedEvent>& events);
  void Park(const ParkedStream& parked);
  std::vector<RecordedEvent> ReadStreamTo(const StreamId& stream, Position last) const;
  void WriteCheckpoint(const Checkpoint& checkpoint);

  std::unique_ptr<Database> views_;
  const EventLog& log_;
  Projection& projection_;
  const Options options_;
  std::set<StreamId> parked_;
  std::string failure_;  ///< Why the last TryApply was false.
};

}  // namespace docket
