/// What one batch of appends will write, decided in memory: pure, so that every store decides
/// alike and a refused request leaves no trace.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/evidence/frontier.hpp"

namespace docket {

/// A request with what does not depend on its place in the log already made: salts and digests
/// are computed by the caller's thread, not by the one that everybody waits for.
struct PreparedRequest {
  AppendRequest request;
  std::vector<std::string> salts;  ///< One an event, in order of the writes.
  std::vector<std::string> digests;
};
PreparedRequest Prepare(AppendRequest request);

/// A command id, scoped to the actor who sent it.
using CommandKey = std::pair<ActorId, CommandId>;

/// The head of a log as its writers see it.
struct WriterHead : Head {
  std::string batch;  ///< Id of the batch that moved it last; empty before the first.
  Frontier tree;      ///< Of the leaf hashes up to `position`.
  friend bool operator==(const WriterHead&, const WriterHead&) = default;
};

/// Where an event was found, after a batch whose outcome was unknown.
struct StoredEvent {
  Position position;
  StreamId stream;
  Version version;
  Instant recorded_at;
};

/// What must be known of the store before a batch can be decided.
struct BatchKeys {
  std::vector<StreamId> streams;
  std::vector<CommandKey> commands;
  /// Only after an unknown outcome: which of these events are stored after `since`?
  std::vector<EventId> events;
  Position since;
};
struct BatchState {
  WriterHead head;
  std::map<StreamId, Version> versions;  ///< Absent: the stream does not exist.
  std::map<CommandKey, CommandKnown> commands;
  std::map<EventId, StoredEvent> stored;  ///< Of the events asked for.
};

/// What a batch writes.
struct StreamMove {
  StreamId stream;
  Version from;  ///< 0: the stream is new. The store counts that it moved exactly this.
  Version to;
};
struct BatchRows {
  std::vector<RecordedEvent> events;
  std::vector<StreamMove> streams;
  std::vector<CommandKnown> commands;
  WriterHead before;  ///< What the batch was decided on: it must still stand there.
  WriterHead head;    ///< Afterwards; its batch id is new.
};

/// Decides requests one after the other. A request without events moves no head. Not thread-safe.
class BatchPlan {
 public:
  /// `recorded_at` of the whole batch is max(now, the head's).
  BatchPlan(LogId log, BatchState state, Instant now);

  /// The answer, valid once the batch is committed. Order: the command id first, then every
  /// write's expectation, each as the writes before it leave the streams.
  AppendResult Add(const PreparedRequest& prepared);
  bool HasRows() const { return !rows_.events.empty() || !rows_.commands.empty(); }
  /// Ends the plan.
  BatchRows TakeRows();

 private:
  Version VersionOf(const StreamId& stream) const;
  std::optional<VersionConflict> FindConflict(const AppendRequest& request) const;
  void Accept(const PreparedRequest& prepared, Appended& result);

  LogId log_;
  BatchState state_;
  Instant recorded_at_;
  std::map<StreamId, Version> before_;  ///< Of the streams that this batch moves.
  BatchRows rows_;
};

}  // namespace docket
