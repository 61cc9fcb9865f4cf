#include "workflows/complaint/guards.hpp"

#include <algorithm>
#include <set>

#include "workflows/complaint/handling_guards.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::complaint {

namespace {

/// True when the dates that are known never decrease.
bool NeverDecrease(std::initializer_list<std::optional<Date>> dates) {
  std::optional<Date> last;
  for (const auto& date : dates) {
    if (!date) continue;
    if (last && *date < *last) return false;
    last = date;
  }
  return true;
}

bool RecordInOrder(const RecordedCase& record, const std::optional<Date>& ended,
                   const Context& context) {
  const Date today = context.now.ChinaDate();
  return NeverDecrease({record.challenged_on, record.challenge_answered_on}) &&
         NeverDecrease({record.challenged_on, record.filed_on, record.received_on,
                        record.correction_requested_on, record.correction_supplied_on, ended,
                        record.published_on, today}) &&
         NeverDecrease({record.received_on, record.accepted_on, ended, today}) &&
         NeverDecrease({record.received_on, record.reply_notice_sent_on, ended, today}) &&
         (record.correction_requested_on || !record.correction_supplied_on);
}

template <class C>
bool NoneRecused(const C& c, const Facts& facts) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.recused, handler);
  });
}

/// Without a directory nobody is unknown: the caller vouches for its names.
bool IsOfUnit(const ActorId& id, const Context& context) {
  if (context.directory == nullptr) return true;
  const auto actor = context.directory->FindActor(id);
  return actor && actor->unit == context.unit;
}

bool EndedLate(const Context& context, std::string_view clock) {
  const CaseClock* found = context.clocks->Find(clock);
  return found != nullptr && found->state == ClockState::kEndedLate;
}

}  // namespace

bool UnitCompetent::Holds(const Facts& facts, const Context& context) {
  if (!IsOfDepartment(context.role) || !facts.profile) return true;
  // Whoever signed for the case handles it to the end.
  if (!facts.unit.empty() && facts.unit != context.unit) return false;
  // Procurement follows the purchaser's budget level; tendering the place and what lies in it.
  const bool place = facts.region.empty() || (facts.profile == Profile::kGovernmentProcurement
                                                  ? context.unit_region == facts.region
                                                  : context.unit_region.Covers(facts.region));
  const auto& trades = context.unit_industries;
  const bool trade =
      !facts.industry || std::find(trades.begin(), trades.end(), *facts.industry) != trades.end();
  return place && trade;
}

bool ActorNotRecused::Holds(const Facts& facts, const Context& context) {
  return !ContainsActor(facts.recused, context.actor);
}

bool IndustryFitsProfile::Holds(const Lodge& c, const Facts&, const Context&) {
  switch (c.industry) {
    case Industry::kGovernmentProcurement: return c.profile == Profile::kGovernmentProcurement;
    case Industry::kConstruction:
    case Industry::kTransport:
    case Industry::kWater:
    case Industry::kOtherEngineering: return c.profile == Profile::kTendering;
    default: return false;
  }
}

bool DatesInOrder::Holds(const Lodge& c, const Facts&, const Context& context) {
  const Date received = context.occurred_at.ChinaDate();
  return NeverDecrease({c.known_on, c.objection_raised_on, c.objection_answered_on, received}) &&
         NeverDecrease({c.known_on, c.challenged_on, c.challenge_answered_on, received}) &&
         NeverDecrease({c.filed_on, received}) && NeverDecrease({c.posted_on, received}) &&
         (c.objection_raised_on || !c.objection_answered_on) &&
         (c.challenged_on || !c.challenge_answered_on);
}

bool DatesInOrder::Holds(const RecordDecision& c, const Facts&, const Context& context) {
  return RecordInOrder(c, c.decided_on, context);
}

bool DatesInOrder::Holds(const RecordRefusal& c, const Facts&, const Context& context) {
  return RecordInOrder(c, c.decided_on, context);
}

bool DatesInOrder::Holds(const RecordWithdrawal& c, const Facts&, const Context& context) {
  return RecordInOrder(c, c.closed_on, context) &&
         NeverDecrease({c.received_on, c.withdrawn_on, c.closed_on});
}

bool DatesInOrder::Holds(const RecordSuspension& c, const Facts&, const Context& context) {
  return RecordInOrder(c, std::nullopt, context) &&
         NeverDecrease({c.received_on, c.suspended_on, context.now.ChinaDate()});
}

bool RuleInForce::Holds(const Lodge& c, const Facts&, const Context& context) {
  const auto* id = c.profile == Profile::kTendering ? "tendering_decide" : "procurement_decide";
  return context.rules->InForce(id, NameOf(c.profile), c.region, context.occurred_at.ChinaDate()) !=
         nullptr;
}

bool HandlersKnown::Holds(const SignFor& c, const Facts&, const Context& context) {
  return AreHandlersOfUnit(c.handlers, context);
}

bool HandlersKnown::Holds(const AssignHandlers& c, const Facts&, const Context& context) {
  return AreHandlersOfUnit(c.handlers, context);
}

bool ReviewerKnown::Holds(const Publish& c, const Facts&, const Context& context) {
  return IsOfUnit(c.secrecy_reviewer, context);
}

bool MergeTargetValid::Holds(const Merge& c, const Facts&, const Context& context) {
  const Workflow* workflow = WorkflowOf(c.into);
  return workflow != nullptr && workflow->Name() == "complaint" && c.into != context.case_id;
}

bool SignatureGiven::Holds(const Lodge& c, const Facts&, const Context& context) {
  if (context.role != Role::kComplainant) return true;
  return c.is_signed && (c.complainant.kind == PartyKind::kPerson || c.is_sealed);
}

bool IdentityGiven::Holds(const Lodge& c, const Facts&, const Context& context) {
  if (context.role != Role::kComplainant) return true;
  const auto& who = c.complainant;
  return who.id_number && (who.phone || who.address || who.email);
}

bool TwoHandlers::Holds(const SignFor& c, const Facts&, const Context&) {
  return AreTwoAtLeast(c.handlers);
}

bool TwoHandlers::Holds(const AssignHandlers& c, const Facts&, const Context&) {
  return AreTwoAtLeast(c.handlers);
}

bool HandlersFree::Holds(const SignFor& c, const Facts& facts, const Context&) {
  return NoneRecused(c, facts);
}

bool HandlersFree::Holds(const AssignHandlers& c, const Facts& facts, const Context&) {
  return NoneRecused(c, facts);
}

bool NotRecusedBefore::Holds(const Recuse& c, const Facts& facts, const Context&) {
  return !ContainsActor(facts.recused, c.officer);
}

bool GroundOfTendering::Holds(const NotAccept& c, const Facts&, const Context&) {
  return c.ground != RefusalGround::kPriorChallengeMissing &&
         c.ground != RefusalGround::kExceedsChallengedMatters &&
         c.ground != RefusalGround::kCorrectionNotSupplied;
}

bool GroundOfProcurement::Holds(const NotAccept& c, const Facts&, const Context&) {
  return c.ground != RefusalGround::kPriorObjectionMissing &&
         c.ground != RefusalGround::kCorrectionNotSupplied;
}

bool CorrectionLimitOver::Holds(const Facts&, const Context& context) {
  const CaseClock* limit = context.clocks->Find("procurement_correction_supply");
  return limit == nullptr || !limit->due_at || *limit->due_at <= context.occurred_at;
}

bool WithinCorrectionPeriod::Holds(const Facts&, const Context& context) {
  const CaseClock* notice = context.clocks->Find("procurement_correction_notice");
  return notice == nullptr || !notice->due_at || context.occurred_at < *notice->due_at;
}

bool InTime::Holds(const Facts&, const Context& context) {
  return !EndedLate(context, "tendering_complain") && !EndedLate(context, "procurement_complain") &&
         !EndedLate(context, "procurement_challenge");
}

bool PriorObjection::Holds(const Facts& facts, const Context&) {
  return facts.subject_matter == SubjectMatter::kOther || facts.objection_raised_on;
}

bool DeemedAcceptanceEnabled::Holds(const Facts& facts, const Context& context) {
  return context.rules != nullptr &&
         context.rules->OptionEnabled("deemed_acceptance", facts.region);
}

bool RepliesComplete::Holds(const Facts& facts, const Context&) {
  if (facts.notified.empty()) return false;
  return std::all_of(facts.notified.begin(), facts.notified.end(),
                     [&](const std::string& party) { return Contains(facts.answered, party); });
}

bool AccountsOfRespondents::Holds(const SendReplyNotice& c, const Facts&, const Context& context) {
  return std::all_of(c.accounts.begin(), c.accounts.end(), [&](const PartyAccount& named) {
    if (!Contains(c.parties, named.party)) return false;
    if (context.directory == nullptr) return true;
    const auto actor = context.directory->FindActor(named.account);
    return actor && actor->Holds(Role::kRespondent);
  });
}

bool ForOwnParty::Holds(const Reply& c, const Facts& facts, const Context& context) {
  if (context.role != Role::kRespondent) return true;
  return std::any_of(facts.accounts.begin(), facts.accounts.end(), [&](const auto& named) {
    return named.party == c.party && named.account == context.actor;
  });
}

}  // namespace docket::complaint
