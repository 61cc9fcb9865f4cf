/// How far a subscriber has come, and in which history: `(epoch, position)`.
///
/// After a restore or a failover positions count on in another epoch. A subscriber that remembers
/// the epoch is told where the histories part; it is never given the other one as if it went on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rejection.hpp"
#include "persistence/store.hpp"

namespace docket {

struct FeedCheckpoint {
  Epoch epoch;  ///< Empty: the subscriber did not say.
  Position position;
  friend bool operator==(const FeedCheckpoint&, const FeedCheckpoint&) = default;
};

/// `EPOCH:POSITION`, as the ids of a stream's messages.
std::string ToText(const FeedCheckpoint& checkpoint);
/// nullopt: not of that form.
std::optional<FeedCheckpoint> ParseCheckpoint(std::string_view text);

/// Why a subscriber cannot go on from its checkpoint.
struct FeedBreak {
  Rejection rejection;
  Head head;
  /// The last position that both histories have; up to here nothing need be read again.
  Position fork;
};

/// What may be wrong with a checkpoint:
///   position_ahead_of_log  the log has not come to that position
///   history_forked         the epoch is an earlier one of this log
///   epoch_unknown          the epoch was never one of this log; the fork is 0
std::vector<Rejection> BreakRejections();

/// nullopt: it can go on.
std::optional<FeedBreak> CheckCheckpoint(const FeedCheckpoint& checkpoint, const Head& head,
                                         const std::vector<EpochStart>& epochs);

}  // namespace docket
