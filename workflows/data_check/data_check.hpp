/// Quick check of faulty data (错误信息快速校核): records that could not be collected go back to
/// their provider, who checks them within five working days of receiving them (HN18-10).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::data_check {

struct Noticed : State<Noticed> {
  static constexpr std::string_view kName = "noticed", kZh = "未登记";
};
struct Found : State<Found> {
  static constexpr std::string_view kName = "found", kZh = "归集失败待反馈";
};
struct FeedbackSent : State<FeedbackSent> {
  static constexpr std::string_view kName = "feedback_sent", kZh = "已反馈待接收";
};
struct Received : State<Received> {
  static constexpr std::string_view kName = "received", kZh = "核查中";
};
struct Corrected : State<Corrected> {
  static constexpr std::string_view kName = "corrected", kZh = "已更正重推";
};
struct ConfirmedCorrect : State<ConfirmedCorrect> {
  static constexpr std::string_view kName = "confirmed_correct", kZh = "确认无误";
};
struct CannotFix : State<CannotFix> {
  static constexpr std::string_view kName = "cannot_fix", kZh = "无法更正";
};
struct Refused : State<Refused> {
  static constexpr std::string_view kName = "refused", kZh = "拒不更正";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct HeldAccountable : State<HeldAccountable> {
  static constexpr std::string_view kName = "held_accountable", kZh = "已移交问责";
  static constexpr bool kTerminal = true;
};

/// One record a case: each has a clock of its own.
struct ReportFailure {
  static constexpr std::string_view kName = "report_failure", kZh = "登记归集失败";
  UnitId provider;
  RegionCode region;
  std::string message_type;
  std::string record_key;
  std::vector<PersonalText> failures;  ///< Field by field; may quote the record.
  static FieldList Fields() {
    return {Field{"provider", &ReportFailure::provider, "信息提供单位"},
            Field{"region", &ReportFailure::region, "行政区划代码"},
            Field{"message_type", &ReportFailure::message_type, "数据类型"},
            Field{"record_key", &ReportFailure::record_key, "记录标识"},
            Field{"failures", &ReportFailure::failures, "失败原因", Subject::kParties}};
  }
};
struct SendFeedback {
  static constexpr std::string_view kName = "send_feedback", kZh = "反馈提供单位";
  static FieldList Fields() { return {}; }
};
/// Receipt is the delivery in the interface log; the five working days start here.
struct ConfirmReceipt {
  static constexpr std::string_view kName = "confirm_receipt", kZh = "登记接收";
  static FieldList Fields() { return {}; }
};
struct ReportCorrection {
  static constexpr std::string_view kName = "report_correction", kZh = "更正并重推";
  std::string record_digest;
  static FieldList Fields() {
    return {Field{"record_digest", &ReportCorrection::record_digest, "更正后摘要值"}};
  }
};
struct ConfirmCorrect {
  static constexpr std::string_view kName = "confirm_correct", kZh = "确认数据无误";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ConfirmCorrect::reason, "说明", Subject::kParties}};
  }
};
struct ReportCannotFix {
  static constexpr std::string_view kName = "report_cannot_fix", kZh = "报告无法更正";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ReportCannotFix::reason, "原因", Subject::kParties}};
  }
};
struct RefuseCorrection {
  static constexpr std::string_view kName = "refuse", kZh = "拒绝更正";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &RefuseCorrection::reason, "理由", Subject::kParties}};
  }
};
/// What was pushed again still fails: the provider checks anew.
struct ReturnCheck {
  static constexpr std::string_view kName = "return_check", kZh = "退回重新核查";
  std::vector<PersonalText> failures;
  static FieldList Fields() {
    return {Field{"failures", &ReturnCheck::failures, "失败原因", Subject::kParties}};
  }
};
struct Close {
  static constexpr std::string_view kName = "close", kZh = "办结";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Close::opinion, "办结意见", Subject::kParties}};
  }
};
/// 无正当理由拒不更正 (HN18-22(1)): carried out by the unit that manages the provider.
struct HoldAccountable {
  static constexpr std::string_view kName = "hold_accountable", kZh = "移交问责";
  std::string managing_unit;
  static FieldList Fields() {
    return {Field{"managing_unit", &HoldAccountable::managing_unit, "管理单位"}};
  }
};

struct Facts {
  std::string state = "noticed";
  UnitId provider;
  RegionCode region;
  std::string message_type;
  std::string record_key;
  std::string outcome;
  std::int64_t rounds = 0;  ///< How often the provider was asked.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"provider", &Facts::provider, "信息提供单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"message_type", &Facts::message_type, "数据类型"},
            Field{"record_key", &Facts::record_key, "记录标识"},
            Field{"outcome", &Facts::outcome, "核查结果"},
            Field{"rounds", &Facts::rounds, "核查轮次"}};
  }
};

// Stored format: add a version instead of changing one.
struct FailureReported : ReportFailure {
  static constexpr std::string_view kType = "data_check.failure_reported", kZh = "归集失败已登记";
};
struct FeedbackWasSent : SendFeedback {
  static constexpr std::string_view kType = "data_check.feedback_sent", kZh = "已反馈提供单位";
};
struct FeedbackReceived : ConfirmReceipt {
  static constexpr std::string_view kType = "data_check.received", kZh = "提供单位已接收";
};
struct RecordCorrected : ReportCorrection {
  static constexpr std::string_view kType = "data_check.corrected", kZh = "已更正重推";
};
struct RecordConfirmed : ConfirmCorrect {
  static constexpr std::string_view kType = "data_check.confirmed_correct", kZh = "已确认无误";
};
struct RecordUnfixable : ReportCannotFix {
  static constexpr std::string_view kType = "data_check.cannot_fix", kZh = "已报告无法更正";
};
struct CorrectionRefused : RefuseCorrection {
  static constexpr std::string_view kType = "data_check.refused", kZh = "已拒绝更正";
};
struct CheckReturned : ReturnCheck {
  static constexpr std::string_view kType = "data_check.returned", kZh = "已退回重新核查";
};
struct CheckClosed : Close {
  static constexpr std::string_view kType = "data_check.closed", kZh = "校核已办结";
};
struct ProviderHeldAccountable : HoldAccountable {
  static constexpr std::string_view kType = "data_check.held_accountable", kZh = "已移交问责";
};
using Event = std::variant<FailureReported, FeedbackWasSent, FeedbackReceived, RecordCorrected,
                           RecordConfirmed, RecordUnfixable, CorrectionRefused, CheckReturned,
                           CheckClosed, ProviderHeldAccountable>;

void Apply(Facts& facts, const FailureReported& e, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackWasSent& e, const RecordedEvent&);
void Apply(Facts& facts, const FeedbackReceived& e, const RecordedEvent&);
void Apply(Facts& facts, const RecordCorrected& e, const RecordedEvent&);
void Apply(Facts& facts, const RecordConfirmed& e, const RecordedEvent&);
void Apply(Facts& facts, const RecordUnfixable& e, const RecordedEvent&);
void Apply(Facts& facts, const CorrectionRefused& e, const RecordedEvent&);
void Apply(Facts& facts, const CheckReturned& e, const RecordedEvent&);
void Apply(Facts& facts, const CheckClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const ProviderHeldAccountable& e, const RecordedEvent&);

struct RegionKnown {
  static constexpr Refusal kRefusal{"region_unknown", "行政区划代码无效",
                                    "not a division code of GB/T 2260", "", "/region"};
  static bool Holds(const ReportFailure& c, const Facts&, const Context&) {
    return c.region.IsValid();
  }
};
struct FailuresListed {
  static constexpr Refusal kRefusal{"failures_missing", "应列明全部失败原因",
                                    "every failure is listed at once", "HN18-10", "/failures"};
  template <class C>
  static bool Holds(const C& c, const Facts&, const Context&) {
    return !c.failures.empty();
  }
};
struct ByTheProvider {
  static constexpr Refusal kRefusal{"not_the_provider", "仅信息提供单位可以办理",
                                    "only the record's provider may do this", "HN18-9"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kDataProvider || context.unit == facts.provider;
  }
};

struct DataCheck : Definition<DataCheck, Facts, Event> {
  static constexpr std::string_view kName = "data_check", kZh = "错误信息快速校核";
  static constexpr std::string_view kPurpose =
      "未成功归集的数据反馈信息提供单位，提供单位自接收之日起五个工作日内核查完毕。";
  using initial_state = Noticed;
  using States = TypeList<Noticed, Found, FeedbackSent, Received, Corrected, ConfirmedCorrect,
                          CannotFix, Refused, Closed, HeldAccountable>;
  using ByOperator = By<Role::kPlatformOperator>;
  using ByIntake = By<Role::kPlatformOperator, Role::kProcessManager>;
  using ByProvider = By<Role::kDataProvider>;
  using ByOffice = By<Role::kResourceOffice>;

  // clang-format off
  using Rows = Table<
    //  from          command           to
    //      emits, who, when, for
    Row<Noticed,      ReportFailure,    Found,
        Emit<FailureReported>, ByIntake, When<RegionKnown, FailuresListed>>,
    Row<Found,        SendFeedback,     FeedbackSent,
        Emit<FeedbackWasSent>, ByIntake>,
    Row<FeedbackSent, ConfirmReceipt,   Received,
        Emit<FeedbackReceived>, By<Role::kDataProvider, Role::kPlatformOperator>,
        When<ByTheProvider>>,
    Row<Received,     ReportCorrection, Corrected,
        Emit<RecordCorrected>, ByProvider, When<ByTheProvider>>,
    Row<Received,     ConfirmCorrect,   ConfirmedCorrect,
        Emit<RecordConfirmed>, ByProvider, When<ByTheProvider>>,
    Row<Received,     ReportCannotFix,  CannotFix,
        Emit<RecordUnfixable>, ByProvider, When<ByTheProvider>>,
    Row<Received,     RefuseCorrection, Refused,
        Emit<CorrectionRefused>, ByProvider, When<ByTheProvider>>,
    Row<Any<Corrected, ConfirmedCorrect>,ReturnCheck,      Received,
        Emit<CheckReturned>, ByOperator, When<FailuresListed>>,
    Row<Any<Corrected, ConfirmedCorrect>,Close,            Closed,
        Emit<CheckClosed>, ByOperator>,
    Row<Any<CannotFix, Refused>,Close,            Closed,
        Emit<CheckClosed>, ByOffice>,
    Row<Any<CannotFix, Refused>,HoldAccountable,  HeldAccountable,
        Emit<ProviderHeldAccountable>, ByOffice>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::data_check
