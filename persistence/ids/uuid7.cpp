#include "persistence/ids/uuid7.hpp"
#include "persistence/sodium.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::uint64_t kCounterBits = 12;
/// The counter starts in its lower half, so that there is room to count.
constexpr std::uint64_t kCounterStartMask = 0x7FF;

std::int64_t MachineMillis() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

RandomIds::RandomIds(Millis now) : now_(now ? std::move(now) : Millis(MachineMillis)) {
  StartSodium();
}

std::string RandomIds::NewUuid() {
  std::array<std::uint64_t, 2> random{};
  randombytes_buf(random.data(), sizeof(random));
  std::uint64_t stamp = 0;
  {
    const std::lock_guard guard(mutex_);
    const std::uint64_t fresh =
        (static_cast<std::uint64_t>(now_()) << kCounterBits) | (random[1] & kCounterStartMask);
    // A full counter carries into the timestamp, which is then a millisecond ahead.
    last_ = stamp = (fresh >> kCounterBits) > (last_ >> kCounterBits) ? fresh : last_ + 1;
  }
  const std::uint64_t millis = stamp >> kCounterBits;
  const std::uint64_t counter = stamp & 0xFFF;
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", millis >> 16, millis & 0xFFFF, counter,
                     0x8000 | (random[0] >> 50), random[0] & 0xFFFFFFFFFFFF);
}

}  // namespace docket
