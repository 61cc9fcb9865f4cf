#include "workflows/objection/limits.hpp"

#include <string_view>

#include "workflows/engine/rulebook.hpp"

namespace docket::objection {

namespace {

/// Last day by the rule that is in force on `from`; absent where none is.
std::optional<Date> LastDay(std::string_view rule_id, Profile profile, const RegionCode& region,
                            Date from, const Context& context) {
  const ClockRule* rule = context.rules->InForce(rule_id, NameOf(profile), region, from);
  if (rule == nullptr) return std::nullopt;
  const auto due = ComputeDue({Instant::StartOf(from), rule->period, 0, {}}, *context.calendar);
  return due ? due->date : std::nullopt;
}

struct RaisingLimit {
  std::string_view rule;
  std::optional<Date> from;
};

RaisingLimit RaisingLimitOf(const Lodge& c) {
  switch (c.kind) {
    case Kind::kPrequalificationDocuments:
      return {"prequalification_objection", c.application_deadline_on};
    case Kind::kTenderDocuments: return {"tender_documents_objection", c.bid_deadline_on};
    case Kind::kBidOpening: return {"bid_opening_objection", c.opened_on};
    case Kind::kEvaluationResult: return {"evaluation_result_objection", c.publicity_ends_on};
    case Kind::kChallenge: return {"procurement_challenge", c.known_on};
    case Kind::kInquiry: break;
  }
  return {};
}

std::string_view AnsweringRuleOf(Kind kind, bool mandatory_tender) {
  switch (kind) {
    case Kind::kBidOpening: return "bid_opening_answer";
    case Kind::kEvaluationResult: return mandatory_tender ? "objection_answer" : "";
    case Kind::kInquiry: return "inquiry_answer";
    case Kind::kChallenge: return "challenge_answer";
    default: return "objection_answer";
  }
}

}  // namespace

bool IsRaisedLate(const Lodge& c, const Context& context) {
  const auto limit = RaisingLimitOf(c);
  if (!limit.from) return false;
  const auto last = LastDay(limit.rule, ProfileOf(c.kind), c.region, *limit.from, context);
  return last && c.posted_on.value_or(context.occurred_at.ChinaDate()) > *last;
}

std::optional<Date> AnswerDueOn(Kind kind, bool mandatory_tender, const RegionCode& region,
                                const Context& context) {
  return LastDay(AnsweringRuleOf(kind, mandatory_tender), ProfileOf(kind), region,
                 context.occurred_at.ChinaDate(), context);
}

bool IsAnsweredInTime(const Answer& c, const Facts& facts) {
  return !facts.answer_due_on || c.answered_on <= *facts.answer_due_on;
}

bool IsRightToComplainOver(const Facts& facts, const Context& context) {
  if (facts.kind == Kind::kInquiry) return true;
  const bool tendering = facts.kind && ProfileOf(*facts.kind) == Profile::kTendering;
  const auto* clock =
      context.clocks->Find(tendering ? "tendering_complain" : "procurement_complain");
  return clock != nullptr && clock->state == ClockState::kExpired;
}

}  // namespace docket::objection
