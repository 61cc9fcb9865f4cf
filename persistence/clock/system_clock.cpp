#include "persistence/clock/system_clock.hpp"

#include <chrono>

namespace docket {

Instant SystemClock::Now() const {
  return Instant::FromMicros(std::chrono::duration_cast<std::chrono::microseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count());
}

}  // namespace docket
