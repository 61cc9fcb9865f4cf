/// Rectification (责令限期改正、督促整改): whoever may require it says what is to be put right until
/// when; somebody else than the addressee looks again; who refuses bears the consequences (FJ18-22
/// to 25, HN18-7, XX17-15, XX17-3.3).
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/rectification/guards.hpp"

namespace docket::rectification {

struct Rectification : Definition<Rectification, Facts, Event> {
  static constexpr std::string_view kName = "rectification", kZh = "责令限期改正";
  static constexpr std::string_view kPurpose =
      "有权主体责令（督促）限期整改，整改对象报告，另行复查；拒不改正的，处理责任人员并予以通报。";
  using initial_state = Unopened;
  using States = TypeList<Unopened, Drafted, Prepared, Ordered, Received, Reported, Failed,
                          RefusalFound, Passed, Closed, Revoked>;
  using ByOfficer = By<Role::kHandler, Role::kHead, Role::kResourceOffice>;
  using BySigner = By<Role::kHead, Role::kResourceOffice>;
  using ByAddresseeRoles = By<Role::kTradingCentre, Role::kDataProvider, Role::kPlatformOperator,
                              Role::kTenderer, Role::kIntake, Role::kHandler, Role::kHead>;

  // clang-format off
  using Rows = Table<
    //  from          command         to
    //      emits, who, when, for
    Row<Unopened,     Draft,          Drafted,
        Emit<RectificationDrafted>,
        By<Role::kHandler, Role::kHead, Role::kResourceOffice, Role::kProcessManager>,
        When<RegionOfCommandKnown, ForeseenByAnArticle, DraftedForOwnUnit, AddresseeNamed,
             AddresseeIsAnother>>,
    Row<Any<Drafted, Prepared, Failed>,Prepare,        Prepared,
        Emit<OrderPrepared>, ByOfficer, When<ByIssuer, ItemsNamed, BasisNamed>>,
    Row<Prepared,     Order,          Ordered,
        Emit<OrderIssued, CriticismCirculated, PersonsHandlingDue>,
        BySigner::ApartFrom<RectificationDrafted, OrderPrepared>,
        When<ByIssuer, LimitAhead, CriticismFits>>,
    Row<Ordered,      Receive,        Received,
        Emit<OrderReceived>, ByAddresseeRoles, When<ByAddressee>>,
    Row<Received,     ReportProgress, Same,
        Emit<ProgressReported>, ByAddresseeRoles, When<ByAddressee>>,
    Row<Received,     Extend,         Same,
        Emit<LimitExtended>, BySigner,
        When<ByIssuer, FirstExtension, LimitStillRuns, LimitGrows>>,
    Row<Received,     Report,         Reported,
        Emit<ResultReported>, ByAddresseeRoles, When<ByAddressee>>,
    Row<Reported,     ReInspect,      Passed,
        Emit<InspectionPassed>, ByOfficer::ApartFrom<ResultReported>,
        When<ByIssuer, ConsequencesDone>, HasPassed>,
    Row<Reported,     ReInspect,      Failed,
        Emit<InspectionFailed>, ByOfficer::ApartFrom<ResultReported>, When<ByIssuer>, HasFailed>,

    Row<Any<Received, Failed>,FindRefusal,    RefusalFound,
        Emit<RefusalEstablished, PersonsHandlingDue, CircularDue>, BySigner,
        When<ByIssuer, GroundFits>>,
    Row<Any<Received, Reported, RefusalFound>,HandlePersons,  Same,
        Emit<PersonsHandled>, BySigner, When<ByIssuer, PersonsAreDue, BothCapacitiesNamed>>,
    Row<RefusalFound, Circulate,      Same,
        Emit<CircularSent>, BySigner, When<ByIssuer, RecipientsNamed>>,
    Row<Any<Drafted, Received, Failed, RefusalFound>,ImposeMeasure,  Same,
        Emit<MeasureImposed>, BySigner, When<ByIssuer, MeasureForeseen, EvaluatedBefore>>,
    Row<Any<Drafted, Failed>,Close,          Closed,
        Emit<RectificationClosed>, BySigner, When<ByIssuer, MeasureWasTaken>>,
    Row<RefusalFound, Close,          Closed,
        Emit<RectificationClosed>, BySigner, When<ByIssuer, ConsequencesDone>>,
    Row<Any<Drafted, Prepared, Ordered, Received>,Revoke,         Revoked,
        Emit<RectificationRevoked>, BySigner, When<ByIssuer>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::rectification
