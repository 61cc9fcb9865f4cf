/// What one batch of appends will write, decided in memory: pure, so that every store decides
/// alike and a refused request leaves no trace.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/evidence/frontier.hpp"
#include "domain/evidence/leaf.hpp"

namespace docket {

/// A request with what does not depend on its place in the log already made: salts and digests
/// are computed by the caller's thread, not by the one that everybody waits for.
struct PreparedRequest {
  struct Evidence {
    std::string salt;
    std::string digest;
    LeafDraft leaf;
  };
  AppendRequest request;
  std::vector<Evidence> evidence;  ///< One an event, in order of the writes.
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
  /// `recorded_at` of the whole batch is max(now, the head's). `batch` is its new id.
  BatchPlan(LogId log, BatchState state, Instant now, std::string batch);

  /// The answer, valid once the batch is committed. Order: what an earlier attempt at this batch
  /// has stored, the command id, then every write's expectation, each as the writes before it
  /// leave the streams.
  AppendResult Add(const PreparedRequest& prepared);
  bool HasRows() const { return !rows_.events.empty() || !rows_.commands.empty(); }
  /// Ends the plan.
  BatchRows TakeRows();

 private:
  Version VersionOf(const StreamId& stream) const;
  /// What this very request left behind, when an earlier attempt was stored after all.
  std::optional<Appended> FindStored(const AppendRequest& request) const;
  std::optional<VersionConflict> FindConflict(const AppendRequest& request) const;
  void Accept(const PreparedRequest& prepared, Appended& result);

  LogId log_;
  BatchState state_;
  Instant recorded_at_;
  std::map<StreamId, Version> before_;  ///< Of the streams that this batch moves.
  BatchRows rows_;
};

/// What a writer remembers of a log after batches of its own. As long as the head is still the last
/// of them, nobody has written since; versions of streams may be older than that, and are only
/// believed: the store counts the rows that it moves. Not thread-safe.
class WriterMemory {
 public:
  explicit WriterMemory(std::size_t streams_max) : streams_max_(streams_max) {}

  void Confirm(const BatchRows& rows);
  void Forget();
  /// What a batch of these requests can be decided on without asking the store, when that is
  /// possible. Streams that are not remembered are taken to be where the first write to them
  /// believes they are, and command ids to be new: the store refuses the rows where that is wrong.
  std::optional<BatchState> Recall(const std::vector<const AppendRequest*>& requests) const;
  /// The versions alone, for a batch that is decided on a head which somebody else left.
  std::optional<std::map<StreamId, Version>> Believe(
      const std::vector<const AppendRequest*>& requests) const;

 private:
  struct Known {
    Version version;
    std::uint64_t used = 0;  ///< Number of the batch that moved it last.
  };
  std::optional<std::map<StreamId, Version>> Assume(
      const std::vector<const AppendRequest*>& requests, bool is_last_head) const;
  /// What is assumed of the stream of `write`; nullopt: nothing can be. Version 0: it is new.
  std::optional<Version> Assume(const StreamWrite& write, bool is_last_head) const;
  void Trim();

  std::size_t streams_max_;
  std::optional<WriterHead> head_;
  std::unordered_map<StreamId, Known> versions_;
  std::uint64_t batches_ = 0;
  std::uint64_t alone_since_ = 0;  ///< Since this batch nobody else has written.
};

}  // namespace docket
