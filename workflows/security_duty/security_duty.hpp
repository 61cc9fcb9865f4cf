/// Security duties (安全职责): what a unit that runs or uses the platform does again and again for
/// its security, what went wrong, and the documents that are reviewed first (FJ18-10, 11(1), 14,
/// 17, 19; HN18-18, 21). One case is one duty, one incident or one document with its versions.
#pragma once

#include "workflows/security_duty/events.hpp"
#include "workflows/security_duty/guards.hpp"
#include "workflows/security_duty/states.hpp"

namespace docket::security_duty {

struct SecurityDuty : Definition<SecurityDuty, Facts, Event> {
  static constexpr std::string_view kName = "security_duty", kZh = "安全职责";
  static constexpr std::string_view kPurpose =
      "每月定期及特殊情况下的安全自查、应急演练、备份恢复测试、巡检、教育培训和保密承诺，逐期履行、另人"
      "核验；信息安全事件的报告、处置和通报；应急预案、灾备方案、上线检查和系统升级的审核。";
  using initial_state = Unregistered;
  using States =
      TypeList<Unregistered, Active, Suspended, IncidentReported, IncidentHandled,
               DocumentSubmitted, DocumentReturned, DocumentInForce, IncidentClosed, Ended>;
  using Standing = When<UnitOfMatter>;
  using ByManager = By<Role::kSecurityManager>;
  using ByUnit = By<Role::kPlatformOperator, Role::kTradingCentre, Role::kDataProvider,
                    Role::kUnitAdministrator>;
  using ByAnybodyInCharge = By<Role::kPlatformOperator, Role::kTradingCentre, Role::kDataProvider,
                               Role::kUnitAdministrator, Role::kSecurityManager>;

  // clang-format off
  using Rows = Table<
    //  from            command            to
    //      emits, who, when, for
    Row<Unregistered,   Establish,         Active,
        Emit<DutyEstablished, PeriodBegun>, ByManager,
        When<RegionOfCommandKnown, RuleKnown, FirstDueAhead, SelfCheckByMonth>>,
    Row<Active,         Perform,           Same,
        Emit<DutyPerformed, PeriodBegun>, ByUnit,
        When<PeriodKnown, PeriodHasBegun, AccountsListed, TextVersionGiven>>,
    Row<Active,         PerformSpecially,  Same,
        Emit<SpeciallyPerformed>, ByUnit>,
    Row<Any<Active, Suspended>,Confirm,           Same,
        Emit<PerformanceConfirmed>, ByManager::ApartFrom<DutyPerformed, SpeciallyPerformed>,
        When<PerformanceKnown, NotConfirmedYet>>,
    Row<Active,         NoteMissed,        Same,
        Emit<PeriodMissed, PeriodBegun>, By<Role::kClock>, When<PeriodIsCurrent>>,
    Row<Active,         Suspend,           Suspended,
        Emit<DutySuspended>, ByManager>,
    Row<Suspended,      Resume,            Active,
        Emit<DutyResumed, PeriodBegun>, ByManager,
        When<RuleKnown, FirstDueAhead, SelfCheckByMonth>>,
    Row<Any<Active, Suspended>,End,               Ended,
        Emit<MatterEnded>, ByManager>,
    Row<Unregistered,   ReportIncident,    IncidentReported,
        Emit<IncidentWasReported>, ByAnybodyInCharge,
        When<RegionOfCommandKnown, OfOwnUnit, DetectedByNow>>,
    Row<IncidentReported, HandleIncident,  IncidentHandled,
        Emit<IncidentWasHandled>, ByAnybodyInCharge>,
    Row<Any<IncidentReported, IncidentHandled>,CirculateIncident, Same,
        Emit<IncidentCirculated>, By<Role::kSecurityManager, Role::kResourceOffice>,
        When<AddresseesNamed>>,
    Row<IncidentHandled, CloseIncident,    IncidentClosed,
        Emit<IncidentWasClosed>,
        By<Role::kSecurityManager, Role::kResourceOffice>::ApartFrom<IncidentWasHandled>,
        When<MajorIsCirculated>>,
    Row<Unregistered,   SubmitDocument,    DocumentSubmitted,
        Emit<DocumentWasSubmitted>, ByUnit, When<RegionOfCommandKnown, OfOwnUnit>>,
    Row<Any<DocumentReturned, DocumentInForce>,ReviseDocument,    DocumentSubmitted,
        Emit<DocumentRevised>, ByUnit, When<VersionNew>>,
    Row<DocumentSubmitted, ApproveDocument, DocumentInForce,
        Emit<DocumentApproved>, ByManager::ApartFrom<DocumentWasSubmitted, DocumentRevised>>,
    Row<DocumentSubmitted, ReturnDocument, DocumentReturned,
        Emit<DocumentWasReturned>, ByManager::ApartFrom<DocumentWasSubmitted, DocumentRevised>>,
    Row<Any<DocumentReturned, DocumentInForce>,End,               Ended,
        Emit<MatterEnded>, ByManager>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::security_duty
