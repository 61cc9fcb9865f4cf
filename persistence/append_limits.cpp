#include "persistence/append_limits.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "domain/text/utf8.hpp"

namespace docket {

namespace {

void CheckText(std::string_view what, std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    throw RequestRefused(
        fmt::format("{} of {} bytes is longer than {}", what, text.size(), bytes_max));
  }
  if (!IsUtf8Text(text)) throw RequestRefused(fmt::format("{} is not text in UTF-8", what));
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
