/// Claims (占用): what only one case may hold at a time, among all cases: an account's name, a
/// person, the post of a unit's administrator.
///
/// What is claimed is a stream of its own, `account_name-zhao`, whose last event says which case
/// holds it. An event of a case says what it claims; the engine writes both in one append, so that
/// of two cases which want the same thing one is refused, whatever process decides on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket {

struct Claim {
  enum class Kind : std::uint8_t {
    kTake,      ///< Refused with `taken` while another case holds it.
    kTakeOver,  ///< The case that holds it gets `command` first, in the same append.
    kRelease,   ///< Nothing, where this case does not hold it.
    kTell,      ///< The case that holds it, if any, gets `command`, unless it refuses.
  };
  Kind kind = Kind::kTake;
  std::string registry;  ///< `account_name`; no workflow has this name.
  std::string name;      ///< What is claimed; no personal data.
  Refusal taken{};
  /// Given by the clock's role as a consequence of the act, entered by whoever did the act.
  std::string_view command{};
  Json data = Json::object();

  StreamId Stream() const { return StreamId(registry + "-" + name); }
};

/// The one field of both events of a claim's stream. Stored format.
struct ClaimTaken {
  static constexpr std::string_view kType = "claim.taken", kZh = "已占用";
  StreamId case_id;
  static FieldList Fields() { return {Field{"case_id", &ClaimTaken::case_id, "案卷"}}; }
};
struct ClaimReleased {
  static constexpr std::string_view kType = "claim.released", kZh = "已释放";
  StreamId case_id;
  static FieldList Fields() { return {Field{"case_id", &ClaimReleased::case_id, "案卷"}}; }
};

}  // namespace docket
