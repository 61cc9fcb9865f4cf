/// Applies batches of the log to one generation: rows and checkpoint move in one transaction, so
/// every event takes effect exactly once, whatever crashes and whoever else tries.
#pragma once

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "persistence/projections/projection.hpp"
#include "persistence/projections/view_store.hpp"

namespace docket {

/// A stream that could not be applied. It is left out until it is tried again.
struct ParkedStream {
  StreamId stream;
  Position position;   ///< Of the first event of the batch that failed.
  std::string reason;  ///< Names ids and types, no personal data.
};

/// Of the generation that the connection is on.
std::vector<ParkedStream> ReadParked(ViewConnection& views);

/// Not thread-safe. After an exception nothing of the batch is applied, and the object is used no
/// more: make another, which reads again how far the generation is.
class Applier {
 public:
  struct Target {
    ViewStore& views;
    Generation generation;
    Projection& projection;
    std::int64_t token = 0;  ///< Fences out holders of an earlier lease.
  };
  /// What the target names outlives the applier.
  explicit Applier(const Target& target);

  /// As it was when this object was made, and as it has moved it since.
  const Checkpoint& At() const { return at_; }
  const Generation& Of() const { return generation_; }
  ViewWriter& Writer() { return *writer_; }

  /// `events` are what follows At() in the log of `epoch`. Returns the streams parked by this.
  std::vector<ParkedStream> Apply(const std::vector<RecordedEvent>& events, const Epoch& epoch);
  std::vector<ParkedStream> Parked() { return ReadParked(*writer_); }
  /// Applies parked streams anew, from their first event; the number that are parked no more.
  std::size_t RetryParked(const EventLog& log);

 private:
  struct Applied {
    std::vector<StreamEvents> streams;  ///< Those that gave changes.
    std::vector<Changes> changes;       ///< One a stream.
    std::vector<ParkedStream> parked;
  };
  Applied ApplyInMemory(std::vector<StreamEvents> streams);
  /// Everything in few statements; throws ViewRowsRefused.
  void WriteTogether(const Applied& applied, const Checkpoint& to);
  /// Stream by stream, so that only those are parked whose rows are refused.
  void WriteApart(Applied& applied, const Checkpoint& to);
  bool TryWrite(const Changes& changes, std::string& reason);
  void Park(const std::vector<ParkedStream>& parked);
  Checkpoint Next(const Epoch& epoch, Position position) const;

  Projection& projection_;
  const Generation generation_;
  const std::int64_t token_;
  std::unique_ptr<ViewWriter> writer_;
  Checkpoint at_;
  std::unordered_set<StreamId> parked_;
};

}  // namespace docket
