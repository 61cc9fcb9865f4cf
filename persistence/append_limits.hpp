/// What an append may hold, on every store alike: checked before a request is queued, so that one
/// which no store could take is refused by itself and disturbs nobody.
#pragma once

#include <cstddef>

#include "domain/event_log.hpp"

namespace docket {

/// The request breaks a promise of whoever made it: nothing is stored, and sending it again is of
/// no use. The message names the part, not its content.
class RequestRefused : public StoreError {
 public:
  using StoreError::StoreError;
};

constexpr std::size_t kEventsPerAppendMax = 4096;
/// Every text but an event's data: an index entry of PostgreSQL holds no more than 2.7 kB.
constexpr std::size_t kNameBytesMax = 512;
constexpr std::size_t kEventDataBytesMax = std::size_t{16} << 20;
/// The data of all events of an append.
constexpr std::size_t kAppendBytesMax = std::size_t{64} << 20;

/// Also refused: text that is not UTF-8 or holds U+0000, which PostgreSQL has no way to store (in
/// canonical JSON it is escaped), a write without a stream, a command without an id, and a schema
/// version outside 1 to 2^31-1. Throws RequestRefused.
void CheckLimits(const AppendRequest& request);

}  // namespace docket
