/// The port of the log: the promises that every store keeps (see docs/guarantees.md).
///
/// Positions are dense and in commit order: a reader that has seen position p has seen all that
/// will ever be at or before p. Thread-safe. Broken infrastructure throws StoreError; what a
/// caller must expect is a value.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.hpp"
#include "domain/ids.hpp"

namespace docket {

/// The store failed: disk, lock, corruption. What was not acknowledged may or may not be stored;
/// sending the same command id again finds out.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a writer believes of a stream.
struct ExpectedVersion {
  enum class Kind : std::uint8_t { kExact, kNoStream, kStreamExists, kAny };
  Kind kind = Kind::kAny;
  Version version;  ///< For kExact.

  static ExpectedVersion Exactly(Version v) { return {Kind::kExact, v}; }
  static ExpectedVersion NoStream() { return {Kind::kNoStream, {}}; }
  static ExpectedVersion StreamExists() { return {Kind::kStreamExists, {}}; }
  static ExpectedVersion Any() { return {Kind::kAny, {}}; }
  friend bool operator==(const ExpectedVersion&, const ExpectedVersion&) = default;
};

/// One stream's part of an append. Without events the stream is only checked.
struct StreamWrite {
  StreamId stream;
  ExpectedVersion expected;
  std::vector<NewEvent> events;
};

/// Makes an append idempotent. Scoped to the actor who sent the command.
struct CommandRecord {
  ActorId actor;
  CommandId id;
  KeyId mac_key;            ///< Under which `content_mac` was made; it may die with a data subject.
  std::string content_mac;  ///< Keyed digest of the command's content, hex.
  friend bool operator==(const CommandRecord&, const CommandRecord&) = default;
};

struct AppendRequest {
  LogId log = LogId::kCases;
  std::vector<StreamWrite> writes;
  std::optional<CommandRecord> command;
};

/// What an append left behind; stored with its command id, so a repeat gives the same answer.
struct Appended {
  Epoch epoch;
  Position first;
  Position last;
  Instant recorded_at;
  StreamId stream;        ///< Of the first write that has events.
  Version version;        ///< Of that stream afterwards.
  bool repeated = false;  ///< This is the first result of a command sent again.
  friend bool operator==(const Appended&, const Appended&) = default;
};

/// A stream was not where the writer believed. Nothing of the request was stored.
struct VersionConflict {
  StreamId stream;
  ExpectedVersion expected;
  Version actual;  ///< 0: the stream does not exist.
};

/// The store already holds this actor's command id. Whether it is a repeat or another command is
/// for the caller to tell, from the digests.
struct CommandKnown {
  CommandRecord record;
  Appended result;
};

using AppendResult = std::variant<Appended, VersionConflict, CommandKnown>;

struct Head {
  Epoch epoch;
  Position position;  ///< 0: the log is empty.
  Instant recorded_at;
  friend bool operator==(const Head&, const Head&) = default;
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  /// All or nothing, durable when it returns. `recorded_at` is max(now, the head's). May throw
  /// Overloaded when its queue is full.
  virtual AppendResult Append(AppendRequest request) = 0;
  /// Each as if by Append, but all sent before the first is waited for, so that they share
  /// transactions. Throws when one of them failed; the others may be stored.
  virtual std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests) = 0;
  /// Events of one stream after `after`, oldest first, at most `limit`.
  virtual std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                                std::size_t limit) const = 0;
  /// All events of each of these streams, in the order asked for; of an unknown stream none. One
  /// round trip where a store is far away.
  virtual std::vector<std::vector<RecordedEvent>> ReadStreams(
      LogId log, const std::vector<StreamId>& streams) const = 0;
  /// Events of the log after `after`, in order of position, at most `limit`.
  virtual std::vector<RecordedEvent> ReadLog(LogId log, Position after,
                                             std::size_t limit) const = 0;
  virtual Head ReadHead(LogId log) const = 0;
  virtual std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                                  const CommandId& id) const = 0;
};

/// The appender's queue is full. Nothing was stored; try again after a while.
class Overloaded : public StoreError {
 public:
  Overloaded() : StoreError("the append queue is full") {}
};

}  // namespace docket
