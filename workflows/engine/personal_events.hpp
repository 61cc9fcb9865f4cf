/// What is recorded in a case of its personal data: erasures, and what holds them up. Written by
/// persistence/erasures/, folded by the engine like the clocks. Stored format: add a version
/// instead of changing one. No personal data but the sealed reasons.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "domain/personal.hpp"
#include "domain/time.hpp"

namespace docket::personal {

/// The receipt of an erasure (个人信息删除回执): from `erased_at` on no process could open what
/// is sealed under these keys (个人信息保护法 47).
struct Erased {
  static constexpr std::string_view kType = "personal.erased", kZh = "个人信息已删除";
  std::string erasure;  ///< Its id.
  std::vector<KeyId> keys;
  Instant erased_at;

  static FieldList Fields() {
    return {Field{"erasure", &Erased::erasure, "删除编号"},
            Field{"keys", &Erased::keys, "密钥名称"},
            Field{"erased_at", &Erased::erased_at, "删除时间"}};
  }
};

/// 保留 (legal hold): the personal data of the case are kept until it is lifted.
struct HoldPlaced {
  static constexpr std::string_view kType = "personal.hold_placed", kZh = "个人信息已作保留";
  std::string hold;  ///< Its id.
  PersonalText reason;
  std::optional<Date> until;  ///< Last day; absent: until it is lifted.

  static FieldList Fields() {
    return {Field{"hold", &HoldPlaced::hold, "保留编号"},
            Field{"reason", &HoldPlaced::reason, "理由", Subject::kParties},
            Field{"until", &HoldPlaced::until, "保留至"}};
  }
};

struct HoldLifted {
  static constexpr std::string_view kType = "personal.hold_lifted", kZh = "个人信息保留已解除";
  std::string hold;
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"hold", &HoldLifted::hold, "保留编号"},
            Field{"reason", &HoldLifted::reason, "理由", Subject::kParties}};
  }
};

/// True for `personal.*`.
inline bool IsPersonalEvent(std::string_view type) { return type.substr(0, 9) == "personal."; }

/// Keys that were destroyed, and since when nothing under them can be read.
using ErasedKeys = std::map<KeyId, Instant>;

/// A hold that was not lifted.
struct Hold {
  std::string id;
  Instant placed_at;
  std::optional<Date> until;
};

/// Folded from the case's events.
class Record {
 public:
  /// Applies one `personal.*` event; throws std::runtime_error when it cannot be read.
  void Apply(const std::string& type, const JsonView& data, Instant at);
  const ErasedKeys& Erased() const { return erased_; }
  const std::vector<Hold>& Holds() const { return holds_; }

 private:
  ErasedKeys erased_;
  std::vector<Hold> holds_;
};

/// Chinese name of a `personal.*` type; empty for others.
std::string_view ChineseOfType(std::string_view type);

}  // namespace docket::personal
