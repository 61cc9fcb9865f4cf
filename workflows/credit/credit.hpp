/// Credit entry (信用信息): one entry on one organisation or expert, to its credit or against it,
/// from its proposal to the end of its effect (FJ18-15; FJ16-3(1), 4, 7; XX17-16).
#pragma once

#include "workflows/credit/commands.hpp"
#include "workflows/credit/events.hpp"
#include "workflows/credit/facts.hpp"
#include "workflows/credit/guards.hpp"
#include "workflows/credit/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::credit {

struct Credit : Definition<Credit, Facts, Event> {
  static constexpr std::string_view kName = "credit", kZh = "信用信息";
  static constexpr std::string_view kPurpose =
      "依据生效决定记入失信、不良行为、违法违规、信用奖励和专家记录，由部门负责人决定并在信用平台公布；"
      "限制参与到期自行终止，信用主体可以申请修复，来源决定被撤销的一并撤销。";
  using initial_state = Unproposed;
  using States =
      TypeList<Unproposed, Proposed, InForce, RepairPending, TakingDown, Declined, Closed>;
  using Standing = When<DepartmentCompetent>;
  using ByHead = By<Role::kHead>;
  using ByAnnuller = By<Role::kHead, Role::kProcessManager>;
  using ByClock = By<Role::kClock>;

  // clang-format off
  using Rows = Table<
    //  from           command                to
    //      emits, who, when, for
    Row<Unproposed,    Propose,               Proposed,
        Emit<EntryProposed>, By<Role::kHandler, Role::kProcessManager>,
        When<RegionOfCommandKnown, ProposedForOwnUnit, WithinCompetence, SubjectIdentified,
             ExpertEntryComplete, PolarityFits, ScopeKnown, RestrictionBounded,
             BanWithinBounds>>,
    Row<Proposed,      Decide,                InForce,
        Emit<EntryDecided>, ByHead::ApartFrom<EntryProposed>,
        When<RestrictionBounded, BanWithinBounds>>,
    Row<Proposed,      Decline,               Declined,
        Emit<EntryDeclined>, ByHead>,
    Row<Proposed,      SourceAnnulled,        Closed,
        Emit<EntryRevoked>, ByAnnuller, When<AnnulledAlready>>,
    Row<Any<InForce, RepairPending>, Publish, Same,
        Emit<EntryPublished>, By<Role::kHandler, Role::kHead, Role::kProcessManager>,
        When<InEffect, PublicationOpen>>,
    Row<Any<InForce, RepairPending>, ExemptFromPublication, Same,
        Emit<EntryExempted>, ByHead, When<PublicationOpen>>,
    Row<InForce,       ApplyForRepair,        RepairPending,
        Emit<RepairApplied>, By<Role::kRespondent, Role::kIntake>,
        When<BySubject, Unfavourable>>,
    Row<RepairPending, DenyRepair,            InForce,
        Emit<RepairDenied>, ByHead::ApartFrom<RepairApplied>>,
    Row<RepairPending, GrantRepair,           TakingDown,
        Emit<EntryRepaired>, ByHead::ApartFrom<RepairApplied>, When<>, For<WasPublished>>,
    Row<RepairPending, GrantRepair,           Closed,
        Emit<EntryRepaired>, ByHead::ApartFrom<RepairApplied>>,
    Row<Any<InForce, RepairPending>, SourceAnnulled, TakingDown,
        Emit<EntryRevoked>, ByAnnuller, When<AnnulledAlready>, For<WasPublished>>,
    Row<Any<InForce, RepairPending>, SourceAnnulled, Closed,
        Emit<EntryRevoked>, ByAnnuller, When<AnnulledAlready>>,
    Row<Any<InForce, RepairPending>, EndByTime, TakingDown,
        Emit<EntryEnded>, ByClock, When<>, For<WasPublished>>,
    Row<Any<InForce, RepairPending>, EndByTime, Closed,
        Emit<EntryEnded>, ByClock>,
    Row<TakingDown,    TakeDown,              Closed,
        Emit<EntryTakenDown>, By<Role::kHandler, Role::kHead>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::credit
