#include "persistence/clock/virtual_clock.hpp"

#include <charconv>

namespace docket {

namespace {

constexpr const char* kOffsetSetting = "legal_clock_offset_micros";

}  // namespace

VirtualClock::VirtualClock(StoreSettings& settings, const Clock& machine)
    : settings_(settings), machine_(machine), offset_micros_(ReadOffset()) {}

std::int64_t VirtualClock::ReadOffset() const {
  const auto text = settings_.FindSetting(kOffsetSetting);
  if (!text) return 0;
  std::int64_t offset = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), offset);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size()) {
    throw StoreError("the stored offset of the legal clock is not a number");
  }
  return offset;
}

Instant VirtualClock::Now() const {
  return machine_.Now() + std::chrono::microseconds{offset_micros_.load()};
}

bool VirtualClock::IsVirtual() const { return offset_micros_.load() != 0; }

Expected<void> VirtualClock::MoveTo(Instant instant) {
  if (instant < settings_.LatestRecordedAt()) {
    return Refuse(RejectionKind::kRefused, kClockBeforeLogHead);
  }
  const std::int64_t offset = (instant - machine_.Now()).count();
  settings_.Write({kOffsetSetting, std::to_string(offset)});
  offset_micros_.store(offset);
  return {};
}

}  // namespace docket
