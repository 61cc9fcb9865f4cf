#include "api/notifications/recipients.hpp"

#include <algorithm>

namespace docket {

namespace {

Role RoleOf(NoticeAudience who) {
  switch (who) {
    case NoticeAudience::kHandlers: return Role::kHandler;
    case NoticeAudience::kIntake: return Role::kIntake;
    case NoticeAudience::kLegalReviewers: return Role::kLegalReviewer;
    case NoticeAudience::kHeads: return Role::kHead;
    case NoticeAudience::kUnitAdministrators: return Role::kUnitAdministrator;
    case NoticeAudience::kProviders: return Role::kDataProvider;
    case NoticeAudience::kResourceOffices: return Role::kResourceOffice;
    case NoticeAudience::kPlatformOperators: return Role::kPlatformOperator;
    case NoticeAudience::kSystemAdministrators: return Role::kSystemAdministrator;
    case NoticeAudience::kComplainant: return Role::kComplainant;
    case NoticeAudience::kHolder: break;
  }
  return Role::kClock;
}

/// Who works the case reads it open; offices above read it sealed.
bool IsOfDesk(NoticeAudience who) {
  return who != NoticeAudience::kResourceOffices && who != NoticeAudience::kPlatformOperators &&
         who != NoticeAudience::kSystemAdministrators && who != NoticeAudience::kComplainant;
}

std::vector<Actor> CandidatesOf(NoticeAudience who, const ToldCase& told, const Roster& roster) {
  std::vector<Actor> candidates;
  const auto add = [&](const ActorId& id) {
    if (auto actor = roster.Find(id)) candidates.push_back(std::move(*actor));
  };
  switch (who) {
    case NoticeAudience::kHandlers:
      for (const auto& handler : told.outline.handlers) add(handler);
      return candidates;
    case NoticeAudience::kComplainant: add(told.outline.opened_by); return candidates;
    default: return roster.Holding(RoleOf(who));
  }
}

bool MayBeTold(NoticeAudience who, const Actor& actor, const ToldCase& told, const Roster& roster) {
  // What a grant by field shows is told by feeds alone.
  if (actor.IsNarrowed()) return false;
  const Unit unit = roster.UnitOf(actor);
  const Access access = ReadingOf(told.outline, {actor, unit, told.today}).access;
  if (who == NoticeAudience::kComplainant) {
    return access == Access::kParty && told.event != nullptr &&
           IsToldOf(access, *told.event, told.data);
  }
  return IsOfDesk(who) ? access == Access::kOpen : access == Access::kSealed;
}

}  // namespace

ToldCase ToldCaseOf(const Workflow& workflow, const CaseModel& model, Date today) {
  ToldCase told;
  told.outline = OutlineOf(workflow.Name(), model.Summary(), model.OpenedBy());
  told.today = today;
  const Json facts = model.Facts();
  if (const auto account = facts.find("account"); account != facts.end()) {
    told.account = ActorId(account->get<std::string>());
  }
  return told;
}

std::vector<ActorId> RecipientsOf(const std::vector<NoticeAudience>& audience, const ToldCase& told,
                                  const Roster& roster) {
  std::vector<ActorId> recipients;
  const auto add = [&](const ActorId& id) {
    const bool is_new = std::find(recipients.begin(), recipients.end(), id) == recipients.end();
    if (is_new) recipients.push_back(id);
  };
  for (const NoticeAudience who : audience) {
    if (who == NoticeAudience::kHolder) {
      // Nobody needs access to a case to be told of his own account.
      if (!told.account.empty()) add(told.account);
      continue;
    }
    for (const Actor& actor : CandidatesOf(who, told, roster)) {
      const bool did_it = told.event != nullptr &&
                          (actor.id == told.event->actor || actor.id == told.event->recorded_by);
      if (!did_it && MayBeTold(who, actor, told, roster)) add(actor.id);
    }
  }
  return recipients;
}

}  // namespace docket
