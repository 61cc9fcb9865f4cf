/// Every id is its own type: a case id cannot be passed where an actor id is meant.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace docket {

/// A text id, distinct by Tag. Empty means "none".
template <class Tag>
struct TextId {
  std::string value;

  TextId() = default;
  explicit TextId(std::string text) : value(std::move(text)) {}
  bool empty() const { return value.empty(); }
  friend auto operator<=>(const TextId&, const TextId&) = default;
};

/// A counting id, distinct by Tag. Zero means "before the first".
template <class Tag>
struct NumberId {
  std::int64_t value = 0;

  constexpr NumberId() = default;
  constexpr explicit NumberId(std::int64_t number) : value(number) {}
  constexpr NumberId Next() const { return NumberId{value + 1}; }
  friend constexpr auto operator<=>(const NumberId&, const NumberId&) = default;
};

/// An append-only stream: one case, one account, one calendar. `complaint-0192…`: the workflow's
/// name, a hyphen, a UUIDv7. A case is known by the id of its stream.
using StreamId = TextId<struct StreamTag>;
using ActorId = TextId<struct ActorTag>;
using UnitId = TextId<struct UnitTag>;
/// UUIDv7 of one event.
using EventId = TextId<struct EventTag>;
/// Chosen by whoever sends a command; unique per actor. 1 to 128 printable ASCII characters.
using CommandId = TextId<struct CommandTag>;
/// Ties together everything that one outside act caused.
using CorrelationId = TextId<struct CorrelationTag>;
/// The incarnation of a log (UUID): a new one is minted when history may have forked.
using Epoch = TextId<struct EpochTag>;
/// Names a key in the key store; the key dies with the data subject's right to be forgotten.
using KeyId = TextId<struct KeyTag>;

/// Place of an event in its log: 1, 2, 3 … dense, in commit order.
using Position = NumberId<struct PositionTag>;
/// Place of an event in its stream: 1, 2, 3 … dense.
using Version = NumberId<struct VersionTag>;

/// Which log of the store: cases are one, access and denials another.
enum class LogId : std::uint8_t { kCases = 1, kAccess = 2 };

/// Source of UUIDv7 values. Randomness is passed in: the pure core never makes an id.
class IdSource {
 public:
  virtual ~IdSource() = default;
  /// A new UUIDv7 in canonical lower-case form.
  virtual std::string NewUuid() = 0;
};

}  // namespace docket

template <class Tag>
struct std::hash<docket::TextId<Tag>> {
  std::size_t operator()(const docket::TextId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
