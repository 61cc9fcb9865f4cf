/// UUIDv7 ids from the machine's clock and libsodium's randomness.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>

#include "domain/ids.hpp"

namespace docket {

/// Thread-safe. Ids of one source only grow, also within a millisecond and when the clock goes
/// back: the twelve bits after the timestamp count (RFC 9562, 6.2, method 1).
class RandomIds : public IdSource {
 public:
  using Millis = std::function<std::int64_t()>;
  /// The machine's clock, unless a test gives another.
  explicit RandomIds(Millis now = nullptr);
  std::string NewUuid() override;

 private:
  Millis now_;
  std::mutex mutex_;
  std::uint64_t last_ = 0;  ///< Milliseconds and counter of the last id, 48 and 12 bits.
};

}  // namespace docket
