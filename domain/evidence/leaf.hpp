/// The leaf of an event in the log's Merkle tree, and the digests that it rests on.
///
/// Stored format; golden bytes in leaf_test.cpp. A leaf is the RFC 6962 hash
/// SHA-256(0x00 ‖ header) of a small canonical JSON header that contains the salted digest of the
/// data but not the data, so that what a reader may not see can be withheld and the proof holds.
#pragma once

#include <string>
#include <string_view>

#include "domain/event.hpp"

namespace docket {

/// Lower-case hex of SHA-256.
std::string Sha256Hex(std::string_view bytes);

/// `SHA-256(salt bytes ‖ data)`, hex. `salt` is given in hex.
std::string DataDigest(std::string_view salt_hex, std::string_view data);

/// The header's canonical JSON: everything of the envelope but the data, its salt and the hash.
std::string LeafHeader(LogId log, const RecordedEvent& event);

/// `SHA-256(0x00 ‖ LeafHeader)`, hex.
std::string LeafHash(LogId log, const RecordedEvent& event);

}  // namespace docket
