/// Legal time moved away from the machine's, for demonstrations and tests.
#pragma once

#include <atomic>

#include "domain/rejection.hpp"
#include "domain/time.hpp"
#include "persistence/store.hpp"

namespace docket {

inline constexpr Refusal kClockBeforeLogHead{
    "clock_before_log_head", "时间不得早于案卷中最后一次记录的时间",
    "the clock cannot go back before the last recorded event"};

/// The machine's clock plus an offset that is kept in the log's settings, so that it survives a
/// restart. Thread-safe. Never used for leases, sessions or timeouts.
class VirtualClock : public Clock {
 public:
  /// Both outlive the clock.
  VirtualClock(StoreSettings& settings, const Clock& machine);

  Instant Now() const override;
  bool IsVirtual() const override;
  /// Moves legal time to `instant`, from which it runs on. Refused with `clock_before_log_head`
  /// when the log already holds something recorded later.
  Expected<void> MoveTo(Instant instant);
  /// Goes to where another process has moved it.
  void Refresh() { offset_micros_.store(ReadOffset()); }

 private:
  std::int64_t ReadOffset() const;

  StoreSettings& settings_;
  const Clock& machine_;
  std::atomic<std::int64_t> offset_micros_{0};
};

}  // namespace docket
