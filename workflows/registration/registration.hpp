/// Registration (登记): one intake for every kind of entry, from the construction project to the
/// trading platform; accepted when the file is complete, reviewed by checklist and opinion, and
/// kept as versions (FJ18-9(1), FJ18-13(2), HN17-3.2(1), XX17-10).
#pragma once

#include "workflows/registration/guards.hpp"
#include "workflows/registration/states.hpp"

namespace docket::registration {

struct Registration : Definition<Registration, Facts, Event> {
  static constexpr std::string_view kName = "registration", kZh = "登记";
  static constexpr std::string_view kPurpose =
      "报建、进场、主体、专家、平台等事项统一受理登记；资料齐备的，自受理之日起按照规定或承诺的期限办结，"
      "登记内容按版本维护更新。";
  using initial_state = Draft;
  using States = TypeList<Draft, Submitted, SignedFor, CorrectionRequested, Accepted, UnderReview,
                          Registered, UpdatePending, Refused, Returned, Withdrawn, Cancelled>;
  using Standing = When<DepartmentCompetent, OfficerNotRecused>;
  using ByApplicantOrIntake = By<Role::kTenderer, Role::kComplainant, Role::kTradingCentre,
                                 Role::kDataProvider, Role::kIntake>;
  using ByApplicantOrHandler = By<Role::kTenderer, Role::kComplainant, Role::kTradingCentre,
                                  Role::kDataProvider, Role::kHandler>;
  using ByIntake = By<Role::kIntake>;
  using ByHandler = By<Role::kHandler>;
  using ByHeadWhoDidNotReview = By<Role::kHead>::ApartFrom<EntryReviewed>;

  // clang-format off
  using Rows = Table<
    //  from                command             to
    //      emits, who, when, for
    Row<Draft,              Submit,             Submitted,
        Emit<EntrySubmitted>, ByApplicantOrIntake,
        When<RegionOfCommandKnown, WithinCompetence, ChecklistTicked>>,
    Row<Submitted,          ReturnNotCompetent, Returned,
        Emit<FoundNotCompetent>, ByIntake>,
    Row<Submitted,          SignFor,            SignedFor,
        Emit<EntrySignedFor>, ByIntake, When<HandlersNamed, HandlersOfUnit>>,
    Row<SignedFor,          RequestCorrection,  CorrectionRequested,
        Emit<CorrectionWasRequested>, ByIntake,
        When<FirstCorrection, CorrectionItemsListed, CorrectionLimitInRange>>,
    Row<CorrectionRequested,SupplyCorrection,   SignedFor,
        Emit<CorrectionSupplied>, ByApplicantOrIntake, When<ByApplicant, WithinCorrectionLimit>>,
    Row<CorrectionRequested,ReturnIncomplete,   Returned,
        Emit<EntryReturned>, ByIntake, When<CorrectionLimitOver>>,
    Row<SignedFor,          ReturnIncomplete,   Returned,
        Emit<EntryReturned>, ByIntake, When<CorrectionWasAskedFor>>,
    Row<SignedFor,          Accept,             Accepted,
        Emit<EntryAccepted>, ByIntake, When<FileComplete, LimitsInOrder>>,
    Row<Any<Submitted, SignedFor>,DeemAccept,         Accepted,
        Emit<EntryAccepted>, By<Role::kClock>, When<DeemedAcceptanceEnabled>>,

    Row<Accepted,           Review,             UnderReview,
        Emit<EntryReviewed>, ByHandler, When<ByHandlerOfCase, ChecksListed>>,
    Row<Any<UnderReview, UpdatePending>,Review,             Same,
        Emit<EntryReviewed>, ByHandler, When<ByHandlerOfCase, ChecksListed>>,
    Row<Any<UnderReview, UpdatePending>,Register,           Registered,
        Emit<EntryRegistered>, ByHeadWhoDidNotReview, When<ReviewPassed>>,
    Row<UnderReview,        Refuse,             Refused,
        Emit<EntryRefused>, ByHeadWhoDidNotReview>,
    Row<UpdatePending,      Refuse,             Registered,
        Emit<UpdateRefused>, ByHeadWhoDidNotReview>,
    Row<Registered,         RequestUpdate,      UpdatePending,
        Emit<UpdateRequested>, ByApplicantOrHandler, When<ByApplicant, ByHandlerOfCase>>,
    Row<Registered,         Cancel,             Cancelled,
        Emit<EntryCancelled>, By<Role::kHead>>,

    Row<Any<Submitted, SignedFor, CorrectionRequested, Accepted>,Withdraw,           Withdrawn,
        Emit<EntryWithdrawn>, ByApplicantOrIntake, When<ByApplicant>>,
    Row<Any<SignedFor, Accepted, UnderReview, Registered, UpdatePending>,AssignHandlers,     Same,
        Emit<HandlersAssigned>, By<Role::kIntake, Role::kHead>,
        When<HandlersNamed, HandlersOfUnit, HandlersFree>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::registration
