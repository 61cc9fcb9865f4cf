/// Viewing (交易公开): a party to a trade or an interested person applies to watch it online as it
/// happens, within what the law allows (HN17-3.1(3)). What would show who evaluates is never seen
/// before the award (招标投标法 37, 38).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::viewing {

/// As whom somebody applies.
enum class Capacity : std::uint8_t {
  kParty,             ///< 交易主体
  kInterestedPerson,  ///< 利害关系人
};
/// What of a trade can be watched.
enum class View : std::uint8_t {
  kOpening,     ///< 开标
  kResult,      ///< 结果公示
  kDraw,        ///< 专家抽取
  kEvaluation,  ///< 评标评审
  kExperts,     ///< 专家身份
};

}  // namespace docket::viewing

namespace docket {

template <>
struct EnumTable<viewing::Capacity> {
  using E = viewing::Capacity;
  static constexpr std::array kNames{
      EnumName<E>{E::kParty, "party", "交易主体"},
      EnumName<E>{E::kInterestedPerson, "interested_person", "利害关系人"}};
};
template <>
struct EnumTable<viewing::View> {
  using E = viewing::View;
  static constexpr std::array kNames{EnumName<E>{E::kOpening, "opening", "开标"},
                                     EnumName<E>{E::kResult, "result", "结果公示"},
                                     EnumName<E>{E::kDraw, "draw", "专家抽取"},
                                     EnumName<E>{E::kEvaluation, "evaluation", "评标评审"},
                                     EnumName<E>{E::kExperts, "experts", "专家身份"}};
};

}  // namespace docket

namespace docket::viewing {

struct Unapplied : State<Unapplied> {
  static constexpr std::string_view kName = "unapplied", kZh = "未申请";
};
struct Applied : State<Applied> {
  static constexpr std::string_view kName = "applied", kZh = "待审核资格";
};
struct EligibilityChecked : State<EligibilityChecked> {
  static constexpr std::string_view kName = "eligibility_checked", kZh = "已审核资格待决定";
};
struct Granted : State<Granted> {
  static constexpr std::string_view kName = "granted", kZh = "已准许";
};
struct Watching : State<Watching> {
  static constexpr std::string_view kName = "watching", kZh = "观看中";
};
struct Ended : State<Ended> {
  static constexpr std::string_view kName = "ended", kZh = "观看期满";
  static constexpr bool kTerminal = true;
};
struct Refused : State<Refused> {
  static constexpr std::string_view kName = "refused", kZh = "不予准许";
  static constexpr bool kTerminal = true;
};
struct Revoked : State<Revoked> {
  static constexpr std::string_view kName = "revoked", kZh = "已撤销";
  static constexpr bool kTerminal = true;
};

struct Applicant {
  PersonalText name;
  std::optional<PersonalText> id_number;
  std::optional<PersonalText> phone;
  static FieldList Fields() {
    return {Field{"name", &Applicant::name, "姓名或名称"},
            Field{"id_number", &Applicant::id_number, "证件号码"},
            Field{"phone", &Applicant::phone, "联系电话"}};
  }
};

/// 申请观看. Whoever applies watches.
struct ApplyToWatch {
  static constexpr std::string_view kName = "apply", kZh = "申请观看";
  RegionCode region;
  std::optional<Industry> industry;
  ProjectCode project;
  std::string project_name;
  UnitId addressee;  ///< The project's department.
  Applicant applicant;
  Capacity capacity = Capacity::kParty;
  PersonalText interest;            ///< 与交易的关系.
  std::vector<DocumentRef> proofs;  ///< 证明材料; of interested persons at least one.
  std::vector<View> views;
  static FieldList Fields() {
    return {Field{"region", &ApplyToWatch::region, "行政区划代码"},
            Field{"industry", &ApplyToWatch::industry, "监管行业"},
            Field{"project", &ApplyToWatch::project, "招标项目编号"},
            Field{"project_name", &ApplyToWatch::project_name, "项目名称"},
            Field{"addressee", &ApplyToWatch::addressee, "行政监督部门"},
            Field{"applicant", &ApplyToWatch::applicant, "申请人", Subject::kComplainant},
            Field{"capacity", &ApplyToWatch::capacity, "申请人身份"},
            Field{"interest", &ApplyToWatch::interest, "与交易的关系", Subject::kComplainant},
            Field{"proofs", &ApplyToWatch::proofs, "证明材料", Subject::kComplainant},
            Field{"views", &ApplyToWatch::views, "观看内容"}};
  }
};
/// 审核资格: is this a party, or a person whose interest the trade touches?
struct CheckEligibility {
  static constexpr std::string_view kName = "check_eligibility", kZh = "审核资格";
  bool eligible = false;
  PersonalText findings;
  static FieldList Fields() {
    return {Field{"eligible", &CheckEligibility::eligible, "符合资格"},
            Field{"findings", &CheckEligibility::findings, "审核意见", Subject::kParties}};
  }
};
/// 中标通知书已发出: what was secret until then may be shown.
struct RecordAwardNotice {
  static constexpr std::string_view kName = "record_award_notice", kZh = "登记中标通知书发出";
  Date issued_on;
  static FieldList Fields() {
    return {Field{"issued_on", &RecordAwardNotice::issued_on, "中标通知书发出日期"}};
  }
};
/// 准许, from one instant to another.
struct Grant {
  static constexpr std::string_view kName = "grant", kZh = "准许观看";
  Instant opens_at;
  Instant closes_at;   ///< The first instant at which nothing is shown any more.
  std::string stream;  ///< 信号源 of the platform.
  std::vector<View> views;
  static FieldList Fields() {
    return {Field{"opens_at", &Grant::opens_at, "开始时间"},
            Field{"closes_at", &Grant::closes_at, "结束时间"},
            Field{"stream", &Grant::stream, "信号源"}, Field{"views", &Grant::views, "观看内容"}};
  }
};
struct Refuse {
  static constexpr std::string_view kName = "refuse", kZh = "不予准许";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Refuse::reason, "理由", Subject::kParties}};
  }
};
struct StartWatching {
  static constexpr std::string_view kName = "start_watching", kZh = "开始观看";
  static FieldList Fields() { return {}; }
};
struct StopWatching {
  static constexpr std::string_view kName = "stop_watching", kZh = "停止观看";
  static FieldList Fields() { return {}; }
};
struct Revoke {
  static constexpr std::string_view kName = "revoke", kZh = "撤销准许";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Revoke::reason, "理由", Subject::kParties}};
  }
};
/// The window is over.
struct CloseWindow {
  static constexpr std::string_view kName = "close_window", kZh = "观看期满";
  static FieldList Fields() { return {}; }
};

struct Facts {
  std::string state = "unapplied";
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;
  std::optional<ProjectCode> project;
  std::string project_name;
  ActorId account;          ///< Whoever applied, and alone watches.
  std::vector<View> views;  ///< Applied for, then granted.
  bool eligible = false;
  std::optional<Date> award_notice_on;
  std::optional<Instant> opens_at;
  std::optional<Instant> closes_at;
  std::int64_t times_watched = 0;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "监管行业"},
            Field{"unit", &Facts::unit, "行政监督部门"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"account", &Facts::account, "申请账号"},
            Field{"views", &Facts::views, "观看内容"},
            Field{"eligible", &Facts::eligible, "符合资格"},
            Field{"award_notice_on", &Facts::award_notice_on, "中标通知书发出日期"},
            Field{"opens_at", &Facts::opens_at, "开始时间"},
            Field{"closes_at", &Facts::closes_at, "结束时间"},
            Field{"times_watched", &Facts::times_watched, "观看次数"}};
  }
};

// Stored format: add a version instead of changing one.
struct ViewingApplied : ApplyToWatch {
  static constexpr std::string_view kType = "viewing.applied", kZh = "已申请观看";
};
struct EligibilityWasChecked : CheckEligibility {
  static constexpr std::string_view kType = "viewing.eligibility_checked", kZh = "已审核资格";
};
struct AwardNoticeRecorded : RecordAwardNotice {
  static constexpr std::string_view kType = "viewing.award_notice_recorded";
  static constexpr std::string_view kZh = "已登记中标通知书发出";
};
struct ViewingGranted : Grant {
  static constexpr std::string_view kType = "viewing.granted", kZh = "已准许观看";
};
struct ViewingRefused : Refuse {
  static constexpr std::string_view kType = "viewing.refused", kZh = "不予准许观看";
};
struct WatchingStarted : StartWatching {
  static constexpr std::string_view kType = "viewing.watching_started", kZh = "已开始观看";
};
struct WatchingStopped : StopWatching {
  static constexpr std::string_view kType = "viewing.watching_stopped", kZh = "已停止观看";
};
struct ViewingRevoked : Revoke {
  static constexpr std::string_view kType = "viewing.revoked", kZh = "准许已撤销";
};
struct WindowClosed : CloseWindow {
  static constexpr std::string_view kType = "viewing.ended", kZh = "观看已期满";
};
using Event =
    std::variant<ViewingApplied, EligibilityWasChecked, AwardNoticeRecorded, ViewingGranted,
                 ViewingRefused, WatchingStarted, WatchingStopped, ViewingRevoked, WindowClosed>;

void Apply(Facts& facts, const ViewingApplied& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const EligibilityWasChecked& e, const RecordedEvent&);
void Apply(Facts& facts, const AwardNoticeRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const ViewingGranted& e, const RecordedEvent&);
void Apply(Facts& facts, const ViewingRefused& e, const RecordedEvent&);
void Apply(Facts& facts, const WatchingStarted& e, const RecordedEvent&);
void Apply(Facts& facts, const WatchingStopped& e, const RecordedEvent&);
void Apply(Facts& facts, const ViewingRevoked& e, const RecordedEvent&);
void Apply(Facts& facts, const WindowClosed& e, const RecordedEvent&);

struct ViewsNamed {
  static constexpr Refusal kRefusal{"views_missing", "应写明观看内容",
                                    "an application says what it is to watch", "HN17-3.1(3)",
                                    "/views"};
  template <class C>
  static bool Holds(const C& c, const Facts&, const Context&) {
    return !c.views.empty();
  }
};
struct InterestProved {
  static constexpr Refusal kRefusal{"interest_not_proved", "利害关系人应提供证明材料",
                                    "an interested person proves the interest", "HN17-3.1(3)",
                                    "/proofs"};
  static bool Holds(const ApplyToWatch& c, const Facts&, const Context&);
};
struct AwardNoticeIssued {
  static constexpr Refusal kRefusal{"award_notice_in_future", "中标通知书发出日期晚于今日",
                                    "the award notice was not issued yet", "", "/issued_on"};
  static bool Holds(const RecordAwardNotice& c, const Facts&, const Context& context);
};
struct ApplicantEligible {
  static constexpr Refusal kRefusal{"applicant_not_eligible", "申请人不是交易主体或利害关系人",
                                    "neither a party nor an interested person", "HN17-3.1(3)"};
  static bool Holds(const Facts& facts, const Context&) { return facts.eligible; }
};
struct WindowAhead {
  static constexpr Refusal kRefusal{"window_invalid", "观看时间无效",
                                    "the window closes after it opens, and later than now", "",
                                    "/closes_at"};
  static bool Holds(const Grant& c, const Facts&, const Context& context);
};
struct WithinApplication {
  static constexpr Refusal kRefusal{"views_exceed_application", "超出申请的观看内容",
                                    "more than was applied for", "HN17-3.1(3)", "/views"};
  static bool Holds(const Grant& c, const Facts& facts, const Context&);
};
/// Whoever watches the draw or the evaluation sees who the experts are.
struct SecretUntilAward {
  static constexpr Refusal kRefusal{"secret_before_award", "中标前不得观看可识别评标专家的内容",
                                    "what shows the experts is secret before the award",
                                    "招标投标法 37、38", "/views"};
  static bool Holds(const Grant& c, const Facts& facts, const Context&);
};
struct ByApplicant {
  static constexpr Refusal kRefusal{"not_the_applicant", "仅申请人本人可以观看",
                                    "only whoever applied watches", "HN17-3.1(3)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.actor == facts.account;
  }
};
struct WindowOpen {
  static constexpr Refusal kRefusal{"window_not_open", "不在准许的观看时间内",
                                    "outside of the window", "HN17-3.1(3)"};
  static bool Holds(const Facts& facts, const Context& context);
};

struct Viewing : Definition<Viewing, Facts, Event> {
  static constexpr std::string_view kName = "viewing", kZh = "交易公开申请";
  static constexpr std::string_view kPurpose =
      "交易主体及其利害关系人申请在线实时观看，经审核资格后在准许的时间和范围内观看。";
  using initial_state = Unapplied;
  using States =
      TypeList<Unapplied, Applied, EligibilityChecked, Granted, Watching, Ended, Refused, Revoked>;
  using Standing = When<DepartmentCompetent>;
  using ByApplicants = By<Role::kComplainant, Role::kTenderer, Role::kRespondent>;

  // clang-format off
  using Rows = Table<
    //  from              command            to
    //      emits, who, when, for
    Row<Unapplied,          ApplyToWatch,      Applied,
        Emit<ViewingApplied>, ByApplicants,
        When<RegionOfCommandKnown, ViewsNamed, InterestProved>>,
    Row<Applied,            CheckEligibility,  EligibilityChecked,
        Emit<EligibilityWasChecked>, By<Role::kIntake, Role::kHandler>>,
    Row<Any<Applied, EligibilityChecked>, RecordAwardNotice, Same,
        Emit<AwardNoticeRecorded>,
        By<Role::kIntake, Role::kTradingCentre, Role::kProcessManager>, When<AwardNoticeIssued>>,
    Row<EligibilityChecked, Grant,             Granted,
        Emit<ViewingGranted>, By<Role::kHead>::ApartFrom<EligibilityWasChecked>,
        When<ApplicantEligible, ViewsNamed, WithinApplication, SecretUntilAward, WindowAhead>>,
    Row<EligibilityChecked, Refuse,            Refused,
        Emit<ViewingRefused>, By<Role::kHead>::ApartFrom<EligibilityWasChecked>>,
    Row<Granted,            StartWatching,     Watching,
        Emit<WatchingStarted>, ByApplicants, When<ByApplicant, WindowOpen>>,
    Row<Watching,           StopWatching,      Granted,
        Emit<WatchingStopped>, ByApplicants, When<ByApplicant>>,
    Row<Any<Granted, Watching>, Revoke,        Revoked,
        Emit<ViewingRevoked>, By<Role::kHead>>,
    Row<Any<Granted, Watching>, CloseWindow,   Ended,
        Emit<WindowClosed>, By<Role::kClock>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::viewing
