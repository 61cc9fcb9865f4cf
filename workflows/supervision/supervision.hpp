/// Supervision item (督办): what an office, an upper department, audit or discipline hands down to
/// a department or a centre, with a limit, until its issuer accepts the closing opinion (HN18-5 to
/// 7). Read top-down; the words are in vocabulary.hpp, states.hpp, commands.hpp, events.hpp,
/// facts.hpp and guards.hpp.
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/supervision/guards.hpp"

namespace docket::supervision {

/// Not answered yet.
using BeforeOpinion = Any<Issued, SignedFor, InProgress>;

struct Supervision : Definition<Supervision, Facts, Event> {
  static constexpr std::string_view kName = "supervision", kZh = "督办";
  static constexpr std::string_view kPurpose =
      "公管办、上级部门、审计部门和监察机关下达的督办、督查、问责和通报事项，"
      "由承办单位限期办理并反馈办结意见，经下达单位同意后办结。";
  using initial_state = Unissued;
  using States =
      TypeList<Unissued, Issued, SignedFor, InProgress, OpinionSubmitted, Closed, Revoked>;
  using ByIssuers = By<Role::kResourceOffice, Role::kHead, Role::kDiscipline, Role::kAudit>;
  using ByDesk = By<Role::kIntake, Role::kHead, Role::kTradingCentre>;
  using ByWorkers = By<Role::kHandler, Role::kHead, Role::kTradingCentre>;
  using ByCases = By<Role::kProcessManager>;

  // clang-format off
  using Rows = Table<
    //  from             command          to
    //      emits, who, when, for
    Row<Unissued,        Issue,           Issued,
        Emit<ItemIssued>,
        By<Role::kResourceOffice, Role::kHead, Role::kDiscipline, Role::kAudit,
           Role::kProcessManager>,
        When<RegionOfCommandKnown, CodeWellFormed, IssuerStated, KindFitsIssuer,
             AddresseeIsAnother, AddresseeWithinReach, SourceLinked, LimitAhead>>,
    Row<Issued,          SignFor,         SignedFor,
        Emit<ItemSignedFor>, ByDesk, When<ByAddressee, HandlersOfUnit>>,
    Row<Any<SignedFor, InProgress>, AppointHandlers, Same,
        Emit<HandlersAppointed>, By<Role::kIntake, Role::kHead>,
        When<ByAddressee, HandlersNamed, HandlersOfUnit>>,
    Row<Any<SignedFor, InProgress>, ReportProgress, InProgress,
        Emit<ProgressReported>, ByWorkers, When<ByAddressee, ByHandlerOfCase>>,
    Row<InProgress,      Forward,         Same,
        Emit<ItemForwarded>, By<Role::kHead>,
        When<ByAddressee, ForwardedBelow, LimitAhead, WithinOwnLimit>>,
    Row<InProgress,      ChildOpened,     Same,
        Emit<ChildWasOpened>, ByCases, When<ForwardingAwaited>>,
    Row<InProgress,      ChildClosed,     Same,
        Emit<ChildWasClosed>, ByCases, When<ForwardingAwaited>>,

    Row<BeforeOpinion,   Urge,            Same,
        Emit<ItemUrged>, ByIssuers, When<ByIssuerOrOffice, DueSoonOrOverdue>>,
    Row<BeforeOpinion,   MarkOverdue,     Same,
        Emit<ItemOverdue>, By<Role::kClock>>,
    Row<BeforeOpinion,   Circulate,       Same,
        Emit<ItemCirculated>, ByIssuers,
        When<ByIssuerOrOffice, OverdueOrCircular, RecipientsNamed>>,

    Row<InProgress,      SubmitOpinion,   OpinionSubmitted,
        Emit<OpinionWasSubmitted>, By<Role::kHead, Role::kTradingCentre>,
        When<ByAddressee, PersonsHandled, ChildrenEnded>>,
    Row<OpinionSubmitted, Accept,         Closed,
        Emit<ItemClosed>, ByIssuers, When<ByIssuer>>,
    Row<OpinionSubmitted, ReturnItem,     InProgress,
        Emit<ItemReturned>, ByIssuers, When<ByIssuer, LimitAhead>>,
    Row<Any<Issued, SignedFor, InProgress, OpinionSubmitted>, Revoke, Revoked,
        Emit<ItemRevoked>, ByIssuers, When<ByIssuer>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::supervision
