/// The stream of erasures (删除个人信息): what was ordered, before anything is destroyed, and that
/// it was done. It names cases and keys and no person, and no digest from which one could be
/// guessed. Stored format: add a version instead of changing one.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"

namespace docket {

/// One stream for all, so that whoever opens a store finds every key that must be gone.
inline const StreamId kErasureStream{"erasures"};

/// 个人信息保护法 47(1), items (1) to (5).
enum class ErasureBasis : std::uint8_t {
  kPurposeAchieved,
  kPeriodExpired,
  kConsentWithdrawn,
  kUnlawful,
  kOtherLaw,
};

/// On whose motion.
enum class ErasureAskedBy : std::uint8_t {
  kSubject,         ///< 本人 (个人信息保护法 47).
  kRepresentative,  ///< 监护人、代理人.
  kRelative,        ///< 死者近亲属 (49).
  kAuthority,       ///< 履行个人信息保护职责的部门 (64).
  kController,      ///< 个人信息处理者主动删除 (47).
};

/// 收文编号 of a request: letters, digits and signs only, so that it names no person.
struct RequestNumber {
  std::string value;

  static constexpr Refusal kMalformed{"request_number_malformed",
                                      "收文编号应为 1 至 64 个可打印 ASCII 字符",
                                      "expected 1 to 64 printable ASCII characters"};
  static constexpr std::string_view kPattern = "^[!-~]{1,64}$";
  RequestNumber() = default;
  explicit RequestNumber(std::string text) : value(std::move(text)) {}
  bool IsWellFormed() const {
    constexpr std::size_t kMax = 64;
    return !value.empty() && value.size() <= kMax &&
           std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 127; });
  }
};

struct ErasedCase {
  StreamId case_id;
  std::vector<KeyId> keys;

  static FieldList Fields() {
    return {Field{"case_id", &ErasedCase::case_id, "案卷"},
            Field{"keys", &ErasedCase::keys, "密钥名称"}};
  }
};

struct ErasureOrdered {
  static constexpr std::string_view kType = "erasure.ordered", kZh = "已决定删除个人信息";
  std::string id;
  ErasureBasis basis = ErasureBasis::kPurposeAchieved;
  ErasureAskedBy asked_by = ErasureAskedBy::kSubject;
  std::optional<RequestNumber> reference;
  bool shared = false;  ///< Texts that concern others, too, were to go.
  std::vector<ErasedCase> cases;

  static FieldList Fields() {
    return {Field{"id", &ErasureOrdered::id, "删除编号"},
            Field{"basis", &ErasureOrdered::basis, "法定情形"},
            Field{"asked_by", &ErasureOrdered::asked_by, "提出人"},
            Field{"reference", &ErasureOrdered::reference, "收文编号"},
            Field{"shared", &ErasureOrdered::shared, "连同涉及他人的文本"},
            Field{"cases", &ErasureOrdered::cases, "所涉案卷"}};
  }
};

/// Nothing of it can be opened by any process since `erased_at`.
struct ErasureDone {
  static constexpr std::string_view kType = "erasure.done", kZh = "个人信息删除完毕";
  std::string id;
  Instant erased_at;

  static FieldList Fields() {
    return {Field{"id", &ErasureDone::id, "删除编号"},
            Field{"erased_at", &ErasureDone::erased_at, "删除时间"}};
  }
};

template <>
struct EnumTable<ErasureBasis> {
  static constexpr std::array kNames{
      EnumName<ErasureBasis>{ErasureBasis::kPurposeAchieved, "purpose_achieved",
                             "处理目的已实现、无法实现或者不再必要"},
      EnumName<ErasureBasis>{ErasureBasis::kPeriodExpired, "period_expired",
                             "停止提供服务或者保存期限已届满"},
      EnumName<ErasureBasis>{ErasureBasis::kConsentWithdrawn, "consent_withdrawn", "个人撤回同意"},
      EnumName<ErasureBasis>{ErasureBasis::kUnlawful, "unlawful", "处理违反法律、法规或者约定"},
      EnumName<ErasureBasis>{ErasureBasis::kOtherLaw, "other_law", "法律、行政法规规定的其他情形"},
  };
};
template <>
struct EnumTable<ErasureAskedBy> {
  static constexpr std::array kNames{
      EnumName<ErasureAskedBy>{ErasureAskedBy::kSubject, "subject", "本人"},
      EnumName<ErasureAskedBy>{ErasureAskedBy::kRepresentative, "representative", "监护人或代理人"},
      EnumName<ErasureAskedBy>{ErasureAskedBy::kRelative, "relative", "近亲属"},
      EnumName<ErasureAskedBy>{ErasureAskedBy::kAuthority, "authority", "主管部门"},
      EnumName<ErasureAskedBy>{ErasureAskedBy::kController, "controller", "个人信息处理者"},
  };
};

}  // namespace docket
