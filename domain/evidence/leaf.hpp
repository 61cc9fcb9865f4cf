/// The leaf of an event in the log's Merkle tree, and the digests that it rests on.
///
/// Stored format; golden bytes in leaf_test.cpp. A leaf is the RFC 6962 hash
/// SHA-256(0x00 ‖ header) of a small canonical JSON header that contains the salted digest of the
/// data but not the data, so that what a reader may not see can be withheld and the proof holds.
#pragma once

#include <string>
#include <string_view>

#include "domain/event.hpp"
#include "domain/evidence/sha256.hpp"

namespace docket {

/// `SHA-256(salt bytes ‖ data)`, hex. `salt` is given in hex.
std::string DataDigest(std::string_view salt_hex, std::string_view data);

/// An event's header but for what its place in the log decides. Made by whoever appends, so that
/// the one thread that everybody waits for has little left to do.
class LeafDraft {
 public:
  LeafDraft(LogId log, const NewEvent& event, const StreamId& stream, std::string_view data_digest);

  /// The header's canonical JSON.
  std::string Header(Position position, Version version, Instant recorded_at) const;
  /// `SHA-256(0x00 ‖ header)`, hex.
  std::string Hash(Position position, Version version, Instant recorded_at) const;

 private:
  std::string to_position_;
  std::string to_version_;  ///< From `recorded_by` on.
  std::string to_end_;
};

/// The header's canonical JSON: everything of the envelope but the data, its salt and the hash.
std::string LeafHeader(LogId log, const RecordedEvent& event);

/// `SHA-256(0x00 ‖ LeafHeader)`, hex.
std::string LeafHash(LogId log, const RecordedEvent& event);

}  // namespace docket
