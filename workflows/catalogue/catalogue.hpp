/// Catalogue (目录与限额): one edition of a region's catalogue of public resource trading, dated
/// thresholds and all (HN17-1.1; XX17-18; FJ18-5), and what owners choose under it.
#pragma once

#include "workflows/catalogue/commands.hpp"
#include "workflows/catalogue/events.hpp"
#include "workflows/catalogue/facts.hpp"
#include "workflows/catalogue/guards.hpp"
#include "workflows/catalogue/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::catalogue {

struct Catalogue : Definition<Catalogue, Facts, Event> {
  static constexpr std::string_view kName = "catalogue", kZh = "目录与限额";
  static constexpr std::string_view kPurpose =
      "综合监管部门起草本区域公共资源交易目录，征求部门意见后由他人批准，按日施行，新版取代旧版；"
      "目录内项目应进必进，目录外项目由项目单位自愿进场、自愿选择平台。";
  using initial_state = Undrafted;
  using States =
      TypeList<Undrafted, Drafting, Consulting, Approved, InForce, Superseded, Abandoned>;
  using Standing = When<OfficeOfPlace>;
  using ByOffice = By<Role::kResourceOffice>;
  using ByClock = By<Role::kClock>;
  using ByOwners = By<Role::kTenderer>;

  // clang-format off
  using Rows = Table<
    //  from        command           to
    //      emits, who, when, for
    Row<Undrafted,  Draft,            Drafting,
        Emit<CatalogueDrafted>, ByOffice,
        When<RegionOfCommandKnown, DraftedForOwnPlace, EntriesPlausible>>,
    Row<Any<Drafting, Consulting>, Revise, Drafting,
        Emit<CatalogueRevised>, ByOffice, When<EntriesPlausible>>,
    Row<Drafting,   Consult,          Consulting,
        Emit<DepartmentsConsulted>, ByOffice, When<DepartmentsNamed, TimeForOpinions>>,
    Row<Consulting, GiveOpinion,      Same,
        Emit<OpinionGiven>, By<Role::kHead, Role::kHandler>, When<OfConsultedUnit>>,
    Row<Consulting, Approve,          Approved,
        Emit<CatalogueApproved>, ByOffice::ApartFrom<CatalogueDrafted, CatalogueRevised>,
        When<OpinionsIn, EffectAhead>>,
    Row<Approved,   TakeEffect,       InForce,
        Emit<CatalogueInForce>, ByClock>,
    Row<InForce,    Supersede,        Superseded,
        Emit<CatalogueSuperseded>, ByClock>,
    Row<Any<Drafting, Consulting, Approved>, Abandon, Abandoned,
        Emit<CatalogueAbandoned>, ByOffice>,
    Row<InForce,    CheckEntry,       Same,
        Emit<EntryChecked, EntryMissing>,
        By<Role::kResourceOffice, Role::kHandler, Role::kProcessManager>>,
    Row<InForce,    EnterVoluntarily, Same,
        Emit<EnteredVoluntarily>, ByOwners, When<NotObliged, NotChosenYet>>,
    Row<InForce,    WithdrawEntry,    Same,
        Emit<EntryWithdrawn>, ByOwners, When<ByOwner, EnteredByChoice>>,
    Row<InForce,    ChoosePlatform,   Same,
        Emit<PlatformChosen>, ByOwners, When<ByOwner>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::catalogue
