#include "api/as_of.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace docket {

namespace {

std::optional<Position> ParsePosition(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool whole = error == std::errc() && stop == end;
  return whole && value > 0 ? std::optional(Position(value)) : std::nullopt;
}

}  // namespace

std::optional<AsOf> ParseAsOf(std::string_view text) {
  if (const auto position = ParsePosition(text)) return AsOf{std::nullopt, position};
  if (const auto date = Date::Parse(text)) {
    return AsOf{Instant::StartOf(*date + 1) + std::chrono::microseconds(-1), std::nullopt};
  }
  // A client that forgets to encode the plus sign of `+08:00` in a URL sends a space.
  std::string instant(text);
  std::replace(instant.begin(), instant.end(), ' ', '+');
  if (const auto at = Instant::Parse(instant)) return AsOf{at, std::nullopt};
  return std::nullopt;
}

Instant LegalInstant(const EnginePorts& ports, const AsOf& as_of) {
  if (as_of.recorded_at) return *as_of.recorded_at;
  if (as_of.position) {
    const Position before(as_of.position->value - 1);
    const auto events = ports.log.ReadLog(LogId::kCases, before, 1);
    if (!events.empty()) return events.front().recorded_at;
  }
  return ports.clock.Now();
}

}  // namespace docket
