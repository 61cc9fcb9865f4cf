#include "workflows/objection/guards.hpp"

namespace docket::objection {

namespace {

/// Which dates a kind takes.
struct DatesTaken {
  bool application_deadline_on = false;
  bool bid_deadline_on = false;
  bool opened_on = false;
  bool publicity_ends_on = false;
  bool known_on = true;
};

DatesTaken DatesOf(const Lodge& c) {
  switch (c.kind) {
    case Kind::kPrequalificationDocuments: return {.application_deadline_on = true};
    case Kind::kTenderDocuments: return {.bid_deadline_on = true};
    case Kind::kBidOpening: return {.opened_on = true};
    case Kind::kEvaluationResult: return {.publicity_ends_on = c.mandatory_tender};
    case Kind::kInquiry: return {.known_on = false};
    case Kind::kChallenge: break;
  }
  return {};
}

}  // namespace

Profile ProfileOf(Kind kind) {
  return kind == Kind::kInquiry || kind == Kind::kChallenge ? Profile::kGovernmentProcurement
                                                            : Profile::kTendering;
}

bool DatesOfKindGiven::Holds(const Lodge& c, const Facts&, const Context&) {
  const auto taken = DatesOf(c);
  return c.application_deadline_on.has_value() == taken.application_deadline_on &&
         c.bid_deadline_on.has_value() == taken.bid_deadline_on &&
         c.opened_on.has_value() == taken.opened_on &&
         c.publicity_ends_on.has_value() == taken.publicity_ends_on &&
         c.known_on.has_value() == taken.known_on && (!c.posted_on || c.kind == Kind::kChallenge);
}

bool DatesInOrder::Holds(const Lodge& c, const Facts&, const Context& context) {
  const Date raised = context.occurred_at.ChinaDate();
  const Date posted = c.posted_on.value_or(raised);
  return posted <= raised && c.known_on.value_or(posted) <= posted &&
         c.opened_on.value_or(raised) <= raised;
}

bool IndustryFitsKind::Holds(const Lodge& c, const Facts&, const Context&) {
  if (!c.industry) return true;
  const bool procurement = ProfileOf(c.kind) == Profile::kGovernmentProcurement;
  return (*c.industry == Industry::kGovernmentProcurement) == procurement;
}

bool AnswerDateInOrder::Holds(const Answer& c, const Facts& facts, const Context& context) {
  const Date today = context.occurred_at.ChinaDate();
  if (context.role == Role::kTenderer) return c.answered_on == today;
  return c.answered_on <= today && c.answered_on >= facts.received_on.value_or(c.answered_on);
}

bool ComplaintNamed::Holds(const Escalate& c, const Facts&, const Context&) {
  const Workflow* workflow = WorkflowOf(c.complaint);
  return workflow != nullptr && workflow->Name() == "complaint";
}

}  // namespace docket::objection
