/// What an erasure would take away, and what stands in its way. Reads, and changes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/erasures/appearances.hpp"

namespace docket {

/// Whose data, and how far.
struct ErasureWish {
  std::optional<PersonPlace> at;
  std::optional<PersonalDetails> person;
  /// Also texts that concern others: free texts of the case in which the person may be named, and
  /// texts that several respondents share a key for.
  bool shared = false;
};

/// A reason to keep the data (法定保管, 个人信息保护法 47(2)).
struct Obstacle {
  StreamId case_id;
  Refusal refusal;
  std::string hold;           ///< Id of a hold that was placed; else empty.
  std::optional<Date> until;  ///< The last day of it, where one is known.
};
/// The case is not finished.
inline constexpr Refusal kCaseOpen{"case_open", "案件尚未办结", "the case is not finished"};
/// A rule of the workflow whose id ends in `_retention` is still counting.
inline constexpr Refusal kRetentionRunning{"retention_running", "法定保存期限未届满",
                                           "the retention period of law is still running"};
inline constexpr Refusal kHeld{"held", "已采取保留措施", "the data are held"};
inline constexpr Refusal kSharedKey{
    "shared_key", "与其他当事人共用密钥，须连同涉及他人的文本删除",
    "other parties' texts are under the same key: they go only with `shared`"};

/// One text that would go.
struct PlannedText {
  KeyId key;
  Version version;      ///< Of the event in its case.
  std::string type;     ///< Of the event.
  std::string pointer;  ///< Into the event's data.
};

struct PlannedCase {
  StreamId case_id;
  Version version;  ///< Of the case as it was looked at.
  std::string state;
  std::vector<KeyId> keys;  ///< With those of the digests of its commands.
  std::vector<PlannedText> texts;
  std::vector<DocumentDigest> documents = {};  ///< That would go.
  std::int64_t documents_left = 0;   ///< In which the person may be named, and which stay.
  std::int64_t free_texts_left = 0;  ///< In which the person may be named, and which stay.
};

struct ErasurePlan {
  std::vector<PlannedCase> cases;
  std::vector<Obstacle> obstacles;
};

/// Plans for all cases within reach. Refused: `person_not_identified`, and as by PersonAt. A person
/// of whom there is nothing gives an empty plan.
Expected<ErasurePlan> PlanErasure(const CaseEngine& engine, KeyStore& keys, const ErasureWish& wish,
                                  const Reach& reach);

}  // namespace docket
