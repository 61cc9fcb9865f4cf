/// An event as a CloudEvent 1.0 (https://cloudevents.io): the one envelope of every way out of the
/// log, be it a page, a stream, a webhook or Redis.
///
/// Everything of the leaf's header (evidence/leaf.hpp) is among the attributes, and the data is as
/// stored, so that whoever receives it can compute the digests again.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/event.hpp"

namespace docket {

/// An event and where it stands.
struct PlacedEvent {
  const RecordedEvent& event;
  LogId log;
  const Epoch& epoch;
  /// Since when a personal text in it can no longer be opened by anybody; absent: none is erased,
  /// or whoever made this does not know.
  std::optional<Instant> erased_at{};
};

/// One attribute. Positions are texts: they outgrow the 32 bits of CloudEvents' Integer.
struct CloudAttribute {
  enum class Kind : std::uint8_t { kText, kInteger, kBoolean, kInstant };

  std::string_view name;
  Kind kind = Kind::kText;
  bool required = true;  ///< False: left out where it is empty.
  std::string_view zh;
  std::string_view en;
  std::string (*read)(const PlacedEvent&) = nullptr;
};
constexpr std::size_t kCloudAttributes = 28;

/// In the order in which they are written: those of the specification, then ours.
const std::array<CloudAttribute, kCloudAttributes>& CloudAttributes();

/// `visit(attribute, value)` for each attribute that the event has.
void EachCloudAttribute(
    const PlacedEvent& placed,
    const std::function<void(const CloudAttribute&, const std::string&)>& visit);

/// The structured form, one line of JSON (`application/cloudevents+json`).
std::string CloudEventText(const PlacedEvent& placed);

/// `/docket/cases`.
std::string CloudEventSource(LogId log);

}  // namespace docket
