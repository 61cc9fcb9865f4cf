/// What is recorded in a case of who may read it. Written by persistence/readings/, folded by the
/// engine like the clocks (reading_record.hpp). Stored format: add a version instead of changing
/// one. No personal data but what is sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/reading_record.hpp"

namespace docket::reading {

/// 限定查阅: from now on these alone of the case's unit read it, and its head.
struct Restricted {
  static constexpr std::string_view kType = "reading.restricted", kZh = "已限定查阅人员";
  std::vector<ActorId> readers;
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"readers", &Restricted::readers, "可查阅人员"},
            Field{"reason", &Restricted::reason, "理由", Subject::kParties}};
  }
};

struct RestrictionLifted {
  static constexpr std::string_view kType = "reading.restriction_lifted", kZh = "已解除查阅限定";
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"reason", &RestrictionLifted::reason, "理由", Subject::kParties}};
  }
};

/// 同意查询、复制 (FJ18-16(2)), of an account or of a unit.
struct ConsentGiven {
  static constexpr std::string_view kType = "reading.consent_given", kZh = "已同意查询";
  std::string consent;  ///< Its id: what a reader names.
  std::vector<Right> rights;
  std::optional<ActorId> account;
  std::optional<UnitId> unit;
  Date until;
  PersonalText purpose;
  DocumentRef document;  ///< 同意查询文书.

  static FieldList Fields() {
    return {Field{"consent", &ConsentGiven::consent, "同意编号"},
            Field{"rights", &ConsentGiven::rights, "权限"},
            Field{"account", &ConsentGiven::account, "查询人"},
            Field{"unit", &ConsentGiven::unit, "查询单位"},
            Field{"until", &ConsentGiven::until, "有效期至"},
            Field{"purpose", &ConsentGiven::purpose, "用途", Subject::kParties},
            Field{"document", &ConsentGiven::document, "同意查询文书"}};
  }
};

struct ConsentRevoked {
  static constexpr std::string_view kType = "reading.consent_revoked", kZh = "同意查询已撤销";
  std::string consent;
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"consent", &ConsentRevoked::consent, "同意编号"},
            Field{"reason", &ConsentRevoked::reason, "理由", Subject::kParties}};
  }
};

}  // namespace docket::reading
