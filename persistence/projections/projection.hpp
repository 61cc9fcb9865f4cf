/// What a read model is: a schema, and a pure function from the events of a stream to changes.
#pragma once

#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "persistence/projections/schema.hpp"

namespace docket {

/// Consecutive events of one stream, oldest first; never empty.
using StreamEvents = std::vector<const RecordedEvent*>;

/// Knows no database: it has no effect but the changes that it returns, so that a rebuild can do
/// nothing twice. Used by one thread at a time; may remember what it folded.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual const ProjectionSchema& Schema() const = 0;
  /// Told before a batch is applied, so that what is not remembered is read from the log at once.
  /// Failure: StoreError, which stops the batch.
  virtual void Prepare(const std::vector<StreamEvents>& batch) = 0;
  /// Throws what it likes when the events cannot be applied: the stream is parked and the rest
  /// goes on. Only StoreError stops the batch.
  virtual Changes Apply(const StreamEvents& events) = 0;
  /// The changes last returned for `stream` were not written: what is remembered of it is wrong.
  virtual void Forget(const StreamId& stream) = 0;
  /// The same for all streams.
  virtual void ForgetAll() = 0;
};

}  // namespace docket
