/// What happened to a warning. Stored format: add a version instead of changing one.
#pragma once

#include <variant>
#include <vector>

#include "workflows/warning/facts.hpp"

namespace docket::warning {

/// The name of what warnings claim (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kSubjectRegistry = "warning_subject";

struct WarningRaised : Raise {
  static constexpr std::string_view kType = "warning.raised", kZh = "预警已触发";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct WarningAssigned {
  static constexpr std::string_view kType = "warning.assigned", kZh = "预警已分派";
  UnitId unit;
  std::vector<ActorId> handlers;

  static WarningAssigned From(const Assign& c, const Facts&, const Context& context) {
    return {c.unit.value_or(context.unit), c.handlers};
  }
  static FieldList Fields() {
    return {Field{"unit", &WarningAssigned::unit, "承办单位"},
            Field{"handlers", &WarningAssigned::handlers, "承办人"}};
  }
};
struct HandlersAppointed : AppointHandlers {
  static constexpr std::string_view kType = "warning.handlers_appointed", kZh = "承办人已指定";
};
struct OfficerRecused : Recuse {
  static constexpr std::string_view kType = "warning.officer_recused", kZh = "已决定回避";
};
struct WarningTurnedRed : TurnRed {
  static constexpr std::string_view kType = "warning.turned_red", kZh = "预警已转为红色";
};
struct WarningCleared : Clear {
  static constexpr std::string_view kType = "warning.auto_cleared", kZh = "预警已自动消除";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct CorrectionWasProposed : ProposeCorrection {
  static constexpr std::string_view kType = "warning.correction_proposed", kZh = "已提请纠正";
};
struct WarningCorrected : ConfirmCorrection {
  static constexpr std::string_view kType = "warning.corrected", kZh = "预警已纠正";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct CorrectionRejected : RejectCorrection {
  static constexpr std::string_view kType = "warning.correction_rejected", kZh = "未予纠正";
};
struct WarningIssued : Issue {
  static constexpr std::string_view kType = "warning.issued", kZh = "预警已发出";
};
struct FeedbackReceived : GiveFeedback {
  static constexpr std::string_view kType = "warning.feedback_received", kZh = "已收到反馈";
};
struct FeedbackWasRead : ReadFeedback {
  static constexpr std::string_view kType = "warning.feedback_read", kZh = "反馈已查看";
};
struct WarningReissued : Reissue {
  static constexpr std::string_view kType = "warning.reissued", kZh = "预警已再次发出";
};
struct WarningClosed : Close {
  static constexpr std::string_view kType = "warning.closed", kZh = "预警已办结";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct WarningConverted : Convert {
  static constexpr std::string_view kType = "warning.converted", kZh = "预警已转办";
  UnitId unit;  ///< The department whose head converts it.

  std::vector<Claim> Claims(const Facts& before) const;
  static WarningConverted From(const Convert& c, const Facts&, const Context& context) {
    return {c, context.unit};
  }
  static FieldList Fields() {
    return FieldList(Convert::Fields(),
                     FieldList{Field{"unit", &WarningConverted::unit, "承办单位"}});
  }
};

using Event = std::variant<WarningRaised, WarningAssigned, HandlersAppointed, OfficerRecused,
                           WarningTurnedRed, WarningCleared, CorrectionWasProposed,
                           WarningCorrected, CorrectionRejected, WarningIssued, FeedbackReceived,
                           FeedbackWasRead, WarningReissued, WarningClosed, WarningConverted>;

void Apply(Facts& facts, const WarningRaised& e, const RecordedEvent& event);
void Apply(Facts& facts, const WarningAssigned& e, const RecordedEvent&);
void Apply(Facts& facts, const HandlersAppointed& e, const RecordedEvent&);
void Apply(Facts& facts, const OfficerRecused& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningTurnedRed& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningCleared& e, const RecordedEvent&);
void Apply(Facts& facts, const CorrectionWasProposed& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningCorrected& e, const RecordedEvent&);
void Apply(Facts& facts, const CorrectionRejected& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningIssued& e, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackReceived& e, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackWasRead& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningReissued& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const WarningConverted& e, const RecordedEvent&);

}  // namespace docket::warning
