/// Recorded history (历史数据): complaints that other systems or publications handled. One command
/// an end state, marked as recorded, with what the record does not say named; no handler, date or
/// receipt is ever invented. Ordinary commands never enter history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/complaint/vocabulary.hpp"

namespace docket::complaint {

/// What every record has in common. Dates are those that the source states, and no others.
struct RecordedCase {
  Profile profile = Profile::kGovernmentProcurement;
  std::optional<RegionCode> region;
  std::string authority;  ///< The office that handled it, as the source names it.
  std::string source_id;  ///< The record's id in the source.
  std::optional<std::string> document_no;
  std::optional<Date> challenged_on;
  std::optional<Date> challenge_answered_on;
  std::optional<Date> filed_on;  ///< The writer's date: not the receipt.
  std::optional<Date> received_on;
  std::optional<Date> correction_requested_on;
  std::optional<Date> correction_supplied_on;
  std::optional<Date> reply_notice_sent_on;
  std::optional<Date> accepted_on;
  std::optional<Date> published_on;
  std::vector<std::string> articles;
  std::optional<PersonalText> grounds;
  std::optional<PersonalText> remedies;
  std::vector<std::string> unknowns;  ///< What the source does not state.

  static FieldList Fields() {
    return {
        Field{"profile", &RecordedCase::profile, "适用程序"},
        Field{"region", &RecordedCase::region, "行政区划代码"},
        Field{"authority", &RecordedCase::authority, "处理机关"},
        Field{"source_id", &RecordedCase::source_id, "来源编号"},
        Field{"document_no", &RecordedCase::document_no, "文号"},
        Field{"challenged_on", &RecordedCase::challenged_on, "质疑日期"},
        Field{"challenge_answered_on", &RecordedCase::challenge_answered_on, "质疑答复日期"},
        Field{"filed_on", &RecordedCase::filed_on, "落款日期"},
        Field{"received_on", &RecordedCase::received_on, "收到日期"},
        Field{"correction_requested_on", &RecordedCase::correction_requested_on, "通知补正日期"},
        Field{"correction_supplied_on", &RecordedCase::correction_supplied_on, "补正日期"},
        Field{"reply_notice_sent_on", &RecordedCase::reply_notice_sent_on, "发出答复通知日期"},
        Field{"accepted_on", &RecordedCase::accepted_on, "受理日期"},
        Field{"published_on", &RecordedCase::published_on, "公告日期"},
        Field{"articles", &RecordedCase::articles, "适用条款"},
        Field{"grounds", &RecordedCase::grounds, "事由", Subject::kParties},
        Field{"remedies", &RecordedCase::remedies, "处理内容", Subject::kParties},
        Field{"unknowns", &RecordedCase::unknowns, "来源未载明"}};
  }
};

/// 补录已决定的投诉. Without an outcome the source does not state it.
struct RecordDecision : RecordedCase {
  static constexpr std::string_view kName = "record_decision", kZh = "补录已决定的投诉";
  std::optional<Outcome> outcome;
  std::optional<Date> decided_on;
  std::optional<std::int64_t>
      stated_excluded_workdays;  ///< Excluded, says the text, without dates.
  static FieldList Fields() {
    return FieldList(
        RecordedCase::Fields(),
        FieldList{Field{"outcome", &RecordDecision::outcome, "处理结果"},
                  Field{"decided_on", &RecordDecision::decided_on, "决定日期"},
                  Field{"stated_excluded_workdays", &RecordDecision::stated_excluded_workdays,
                        "载明扣除的工作日"}});
  }
};

/// 补录不予受理的投诉.
struct RecordRefusal : RecordedCase {
  static constexpr std::string_view kName = "record_refusal", kZh = "补录不予受理的投诉";
  std::optional<RefusalGround> ground;
  std::optional<Date> decided_on;
  std::optional<std::int64_t> correction_limit_workdays;
  std::optional<Date> correction_delivered_on;
  static FieldList Fields() {
    return FieldList(
        RecordedCase::Fields(),
        FieldList{Field{"ground", &RecordRefusal::ground, "不予受理情形"},
                  Field{"decided_on", &RecordRefusal::decided_on, "决定日期"},
                  Field{"correction_limit_workdays", &RecordRefusal::correction_limit_workdays,
                        "补正期限（工作日）"},
                  Field{"correction_delivered_on", &RecordRefusal::correction_delivered_on,
                        "补正通知送达日期"}});
  }
};

/// 补录已撤回（终止）的投诉.
struct RecordWithdrawal : RecordedCase {
  static constexpr std::string_view kName = "record_withdrawal", kZh = "补录已撤回的投诉";
  std::optional<Date> withdrawn_on;
  std::optional<Date> closed_on;
  std::optional<std::int64_t> stated_excluded_workdays;
  static FieldList Fields() {
    return FieldList(
        RecordedCase::Fields(),
        FieldList{Field{"withdrawn_on", &RecordWithdrawal::withdrawn_on, "撤回日期"},
                  Field{"closed_on", &RecordWithdrawal::closed_on, "终止日期"},
                  Field{"stated_excluded_workdays", &RecordWithdrawal::stated_excluded_workdays,
                        "载明扣除的工作日"}});
  }
};

/// 补录投诉处理期间的暂停通知: the complaint behind it is known by nothing else.
struct RecordSuspension : RecordedCase {
  static constexpr std::string_view kName = "record_suspension", kZh = "补录暂停采购活动";
  Date suspended_on;
  std::int64_t days = 0;
  static FieldList Fields() {
    return FieldList(RecordedCase::Fields(),
                     FieldList{Field{"suspended_on", &RecordSuspension::suspended_on, "暂停日期"},
                               Field{"days", &RecordSuspension::days, "暂停天数"}});
  }
};

struct DecisionRecorded : RecordDecision {
  static constexpr std::string_view kType = "complaint.decision_recorded", kZh = "历史决定已补录";
};
struct RefusalRecorded : RecordRefusal {
  static constexpr std::string_view kType = "complaint.refusal_recorded",
                                    kZh = "历史不予受理已补录";
};
struct WithdrawalRecorded : RecordWithdrawal {
  static constexpr std::string_view kType = "complaint.withdrawal_recorded", kZh = "历史撤回已补录";
};
struct SuspensionRecorded : RecordSuspension {
  static constexpr std::string_view kType = "complaint.suspension_recorded", kZh = "历史暂停已补录";
};

}  // namespace docket::complaint
