#include "persistence/append_limits.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include <fmt/format.h>

namespace docket {

namespace {

/// Whether none of the eight bytes is zero or above 127.
bool IsPlain(const char* bytes) {
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  return ((word | (word - kOnes)) & kHighs) == 0;
}

/// Bytes of the character that begins with `lead`; 0: none does.
std::size_t LengthFrom(unsigned char lead) {
  if (lead >= 0x01 && lead <= 0x7f) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/// The second byte decides about overlong forms, surrogates and what is beyond U+10FFFF.
bool MayFollow(unsigned char lead, unsigned char second) {
  if (lead == 0xe0) return second >= 0xa0;
  if (lead == 0xed) return second <= 0x9f;
  if (lead == 0xf0) return second >= 0x90;
  if (lead == 0xf4) return second <= 0x8f;
  return true;
}

bool IsText(std::string_view text) {
  constexpr std::size_t kWord = 8;
  for (std::size_t i = 0; i < text.size();) {
    if (i + kWord <= text.size() && IsPlain(text.data() + i)) {
      i += kWord;
      continue;
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = LengthFrom(lead);
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t j = 1; j < length; ++j) {
      const auto next = static_cast<unsigned char>(text[i + j]);
      if ((next & 0xc0U) != 0x80U || (j == 1 && !MayFollow(lead, next))) return false;
    }
    i += length;
  }
  return true;
}

void CheckText(std::string_view what, std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    throw RequestRefused(
        fmt::format("{} of {} bytes is longer than {}", what, text.size(), bytes_max));
  }
  if (!IsText(text)) throw RequestRefused(fmt::format("{} is not text in UTF-8", what));
}

void CheckName(std::string_view what, std::string_view name) {
  CheckText(what, name, kNameBytesMax);
}

void CheckEvent(const NewEvent& event) {
  CheckName("an event's id", event.id.value);
  CheckName("an event's type", event.type);
  CheckName("an event's actor", event.actor.value);
  CheckName("an event's recorder", event.recorded_by.value);
  CheckName("an event's unit", event.unit.value);
  CheckName("an event's command id", event.command_id.value);
  CheckName("an event's correlation", event.correlation.value);
  CheckName("an event's causation", event.causation.value);
  CheckName("an event's region", event.region.value);
  CheckText("an event's data", event.data, kEventDataBytesMax);
  if (event.schema_version < 1 || event.schema_version > std::numeric_limits<std::int32_t>::max()) {
    throw RequestRefused(fmt::format("an event has schema version {}", event.schema_version));
  }
}

void CheckCommand(const CommandRecord& command) {
  if (command.id.empty()) throw RequestRefused("a command has no id");
  CheckName("a command's id", command.id.value);
  CheckName("a command's actor", command.actor.value);
  CheckName("a command's key", command.mac_key.value);
  CheckName("a command's digest", command.content_mac);
}

}  // namespace

void CheckLimits(const AppendRequest& request) {
  std::size_t events = 0;
  std::size_t bytes = 0;
  for (const auto& write : request.writes) {
    if (write.stream.empty()) throw RequestRefused("a write names no stream");
    CheckName("a stream's name", write.stream.value);
    events += write.events.size();
    for (const auto& event : write.events) {
      CheckEvent(event);
      bytes += event.data.size();
    }
  }
  if (events > kEventsPerAppendMax) {
    throw RequestRefused(
        fmt::format("an append of {} events has more than {}", events, kEventsPerAppendMax));
  }
  if (bytes > kAppendBytesMax) {
    throw RequestRefused(
        fmt::format("an append of {} bytes is longer than {}", bytes, kAppendBytesMax));
  }
  if (request.command) CheckCommand(*request.command);
}

}  // namespace docket
