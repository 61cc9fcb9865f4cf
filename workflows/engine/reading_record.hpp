/// Who may read a case besides what the policy says of it, or no longer: folded by the engine from
/// the `reading.*` events of the case (reading_events.hpp), which persistence/readings/ writes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"

namespace docket::reading {

/// 查询 and 复制 are two rights (FJ18-16(2)).
enum class Right : std::uint8_t {
  kQuery,
  kCopy,  ///< Taken away: a document that is downloaded, and whatever is read with an API key.
};

/// 同意查询 (FJ18-16(2)): one account or all of one unit, until a day.
struct Consent {
  std::string id;
  std::vector<Right> rights;
  ActorId account;  ///< Empty: the unit's.
  UnitId unit;      ///< Empty: the account's.
  Date until;       ///< The last day.
  Instant given_at;

  bool Gives(Right right) const;
  /// Names this account, on its own or by its unit, and is not over.
  bool IsFor(const Actor& actor, Date today) const;
};

/// Folded from the case's events.
class Record {
 public:
  /// Applies one `reading.*` event; throws std::runtime_error when it cannot be read.
  void Apply(const std::string& type, const JsonView& data, Instant at);
  /// Who alone of the case's unit, with its head, reads it; absent: it is not restricted.
  const std::optional<std::vector<ActorId>>& Readers() const { return readers_; }
  /// That were not revoked, also those that are over.
  const std::vector<Consent>& Consents() const { return consents_; }
  /// nullptr: there is none, or it was revoked.
  const Consent* Find(std::string_view id) const;

 private:
  std::optional<std::vector<ActorId>> readers_;
  std::vector<Consent> consents_;
};

/// True for `reading.*`.
inline bool IsReadingEvent(std::string_view type) { return type.substr(0, 8) == "reading."; }
/// Chinese name of a `reading.*` type; empty for others.
std::string_view ChineseOfType(std::string_view type);

}  // namespace docket::reading

namespace docket {

template <>
struct EnumTable<reading::Right> {
  static constexpr std::array kNames{
      EnumName<reading::Right>{reading::Right::kQuery, "query", "查询"},
      EnumName<reading::Right>{reading::Right::kCopy, "copy", "复制"},
  };
};

}  // namespace docket
