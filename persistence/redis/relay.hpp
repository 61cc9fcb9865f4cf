/// Copies a log into a Redis Stream, one stream for each epoch of the log.
///
/// Redis itself is the checkpoint: an entry's id is the event's position, `<position>-0`, and each
/// batch is added in one transaction that fails unless the stream still ends where it was seen to
/// end. So a stream has no gap and no event twice, whatever happens to the relay, to a second one
/// beside it, or to Redis. Where Redis lost entries they are copied again.
#pragma once

#include <optional>
#include <string>

#include "domain/event_log.hpp"
#include "persistence/notice.hpp"
#include "persistence/redis/connection.hpp"

namespace docket {

/// `docket:cases:<epoch>`: the stream. `docket:cases:epoch`: a text, the epoch of today.
struct RelayKeys {
  std::string stream;
  std::string epoch;
};
RelayKeys RelayKeysOf(const std::string& prefix, LogId log, const Epoch& epoch);

/// The CloudEvent (domain/cloud_event.hpp) as a stream entry: names and values in turn.
RedisCommand EntryFields(const RecordedEvent& event, LogId log, const Epoch& epoch);

struct RelayOptions {
  LogId log = LogId::kCases;
  std::string prefix = "docket";
  std::size_t batch_events_max = 512;
  /// About as many entries are kept, at least these; nullopt: all.
  std::optional<std::int64_t> entries_max{};
  /// A stream that is empty begins after this position.
  Position start_after{};
  Report report = ReportToStderr;
};

/// Belongs to one thread.
class Relay {
 public:
  /// `log` outlives the relay.
  Relay(const EventLog& log, RedisConnection redis, RelayOptions options);

  /// Copies the next batch; the number of events added, 0 when abreast or when another relay was
  /// quicker. Throws RedisError or StoreError; it may be called again.
  std::size_t RunOnce();
  /// Where the stream was last seen to end.
  Position RelayedTo() const { return relayed_to_; }

 private:
  void BeginEpoch(const Epoch& epoch);
  /// The position of the last entry that was ever added; 0 for none. Watches the stream: a
  /// transaction that follows fails if anybody has changed it meanwhile. Throws RedisError when the
  /// stream is ahead of the log.
  Position WatchEnd(const std::string& stream, const Head& head);
  void NoticeLoss(Position end);
  /// False when the stream was changed meanwhile and nothing was added.
  bool Add(const std::string& stream, const std::vector<RecordedEvent>& events);

  const EventLog& log_;
  RedisConnection redis_;
  const RelayOptions options_;
  Epoch epoch_;
  std::uint64_t session_ = 0;  ///< In which the epoch was last named.
  Position relayed_to_;
};

}  // namespace docket
