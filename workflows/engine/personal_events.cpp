#include "workflows/engine/personal_events.hpp"

#include <algorithm>
#include <stdexcept>

namespace docket::personal {

namespace {

template <class Event>
Event Read(const JsonView& data) {
  auto event = Decode<Event>(data);
  if (!event) throw std::runtime_error("unreadable " + std::string(Event::kType));
  return std::move(*event);
}

}  // namespace

void Record::Apply(const std::string& type, const JsonView& data, Instant at) {
  if (type == personal::Erased::kType) {
    const auto event = Read<personal::Erased>(data);
    for (const auto& key : event.keys) erased_.emplace(key, event.erased_at);
  } else if (type == HoldPlaced::kType) {
    const auto event = Read<HoldPlaced>(data);
    holds_.push_back({event.hold, at, event.until});
  } else if (type == HoldLifted::kType) {
    const auto event = Read<HoldLifted>(data);
    std::erase_if(holds_, [&](const Hold& hold) { return hold.id == event.hold; });
  } else {
    throw std::runtime_error("unknown event type " + type);
  }
}

std::string_view ChineseOfType(std::string_view type) {
  if (type == Erased::kType) return Erased::kZh;
  if (type == HoldPlaced::kType) return HoldPlaced::kZh;
  if (type == HoldLifted::kType) return HoldLifted::kZh;
  return "";
}

}  // namespace docket::personal
