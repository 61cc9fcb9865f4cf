#include "workflows/investigation/guards.hpp"

#include <algorithm>
#include <set>

#include "workflows/engine/rulebook.hpp"

namespace docket::investigation {

namespace {

constexpr std::string_view kHearingRequest = "investigation_hearing_request";
constexpr std::string_view kHearingNotice = "investigation_hearing_notice";

template <class T>
bool Contains(const std::vector<T>& list, const T& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// True while the party may still ask for a hearing.
bool RequestPeriodRuns(const Context& context) {
  const auto* clock = context.clocks->Find(kHearingRequest);
  return clock != nullptr && clock->IsOpen() && context.occurred_at < clock->due_at;
}

/// 行政处罚法 63: by the kind alone, or by amount and weight.
bool IsOfHearingClass(const GiveNotice& c) {
  return c.is_heavy || std::any_of(c.penalties.begin(), c.penalties.end(), [](Penalty penalty) {
           return penalty == Penalty::kDowngrade || penalty == Penalty::kLicenceRevocation ||
                  penalty == Penalty::kShutdown || penalty == Penalty::kOccupationBan;
         });
}

}  // namespace

std::vector<ActorId> AccountsOf(const std::vector<Officer>& officers) {
  std::vector<ActorId> accounts;
  for (const auto& officer : officers) accounts.push_back(officer.account);
  return accounts;
}

bool TwoOfficers::AreTwo(const std::vector<Officer>& officers) {
  std::set<ActorId> accounts;
  std::set<std::string> certificates;
  for (const auto& officer : officers) {
    accounts.insert(officer.account);
    certificates.insert(officer.certificate);
  }
  return officers.size() >= 2 && accounts.size() == officers.size() &&
         certificates.size() == officers.size();
}

bool OfficersFree::Holds(const AssignOfficers& c, const Facts& facts, const Context&) {
  return std::none_of(c.officers.begin(), c.officers.end(), [&](const Officer& officer) {
    return ContainsActor(c.recused, officer.account) ||
           ContainsActor(facts.recused, officer.account);
  });
}

bool RightsTold::Holds(const GiveNotice& c, const Facts&, const Context&) {
  return Contains(c.rights, Right::kStatement) &&
         Contains(c.rights, Right::kHearing) == IsOfHearingClass(c);
}

bool RequestInTime::Holds(const Facts&, const Context& context) {
  return RequestPeriodRuns(context);
}

bool WaiverShown::Holds(const Answer& c, const Facts&, const Context& context) {
  return c.kind != AnswerKind::kWaiver || context.role == Role::kRespondent || c.document ||
         !RequestPeriodRuns(context);
}

bool HearingNoticeEarly::Holds(const AnnounceHearing& c, const Facts& facts,
                               const Context& context) {
  const ClockRule* rule = context.rules->InForce(kHearingNotice, "", facts.region, c.held_on);
  if (rule == nullptr) return false;
  const auto last =
      ComputeDue({Instant::StartOf(c.held_on), rule->period, 0, {}, false}, *context.calendar);
  return last && c.notified_on <= *last->date && c.notified_on <= context.now.ChinaDate();
}

bool HearingRightSpent::Holds(const Facts& facts, const Context& context) {
  return !facts.hearing_offered || facts.is_waived || !RequestPeriodRuns(context);
}

bool OutcomeFits::Holds(const Decide& c, const Facts&, const Context&) {
  const bool is_penalty = c.outcome == Outcome::kPenalty;
  return c.penalties.empty() != is_penalty && (is_penalty || !c.amount_yuan) &&
         c.amount_yuan.value_or(0) >= 0;
}

bool NotBeyondNotice::Holds(const Decide& c, const Facts& facts, const Context&) {
  return c.amount_yuan.value_or(0) <= facts.noticed_yuan &&
         std::all_of(c.penalties.begin(), c.penalties.end(),
                     [&](Penalty penalty) { return Contains(facts.noticed, penalty); });
}

bool DiscussionHeld::Holds(const Decide& c, const Facts& facts, const Context&) {
  if (!facts.is_complex) return true;
  if (!c.discussion) return false;
  const auto& participants = c.discussion->participants;
  return std::set<ActorId>(participants.begin(), participants.end()).size() >= 2;
}

}  // namespace docket::investigation
