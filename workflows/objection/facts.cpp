#include "workflows/objection/facts.hpp"

#include "workflows/engine/department_guards.hpp"
#include "workflows/objection/events.hpp"
#include "workflows/objection/limits.hpp"
#include "workflows/objection/states.hpp"

namespace docket::objection {

namespace {

/// Until it is answered the tendering stands still (实施条例 22、54); the opening does not, and of
/// evaluation results only those of projects that must be tendered bind.
bool SuspendsByLaw(Kind kind, bool mandatory_tender) {
  return kind == Kind::kPrequalificationDocuments || kind == Kind::kTenderDocuments ||
         (kind == Kind::kEvaluationResult && mandatory_tender);
}

ObjectionReceived ReceivedNow(Kind kind, bool mandatory_tender, const RegionCode& region,
                              const Context& context) {
  ObjectionReceived event;
  const Date today = context.occurred_at.ChinaDate();
  event.received_on = today;
  event.trade_suspended = SuspendsByLaw(kind, mandatory_tender);
  event.answer_due_on = AnswerDueOn(kind, mandatory_tender, region, context);
  if (!event.answer_due_on) return event;
  switch (kind) {
    case Kind::kBidOpening: event.on_the_spot_from = today; break;
    case Kind::kInquiry: event.inquiry_from = today; break;
    case Kind::kChallenge:
      event.challenge_from = today;
      event.reply_period_ends_on = event.answer_due_on;
      break;
    default: event.objection_from = today; break;
  }
  return event;
}

}  // namespace

ObjectionLodged ObjectionLodged::From(const Lodge& c, const Facts&, const Context& context) {
  return {c, IsRaisedLate(c, context)};
}

ObjectionReceived ObjectionReceived::From(const Lodge& c, const Facts&, const Context& context) {
  return ReceivedNow(c.kind, c.mandatory_tender, c.region, context);
}

ObjectionReceived ObjectionReceived::From(const Receive&, const Facts& facts,
                                          const Context& context) {
  return ReceivedNow(*facts.kind, facts.mandatory_tender, facts.region, context);
}

ObjectionAnswered ObjectionAnswered::From(const Answer& c, const Facts& facts, const Context&) {
  ObjectionAnswered event{c, !IsAnsweredInTime(c, facts), std::nullopt};
  if (facts.mandatory_tender) event.report_from = c.answered_on;
  return event;
}

void Apply(Facts& facts, const ObjectionLodged& e, const RecordedEvent& envelope) {
  facts.state = Lodged::kName;
  facts.kind = e.kind;
  facts.region = e.region;
  facts.industry = e.industry;
  if (IsOfDepartment(envelope.role)) facts.unit = envelope.unit;
  facts.addressee = e.addressee;
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.source = e.source;
  facts.mandatory_tender = e.mandatory_tender;
  facts.lodged_by = envelope.actor;
  facts.late = e.late;
}

void Apply(Facts& facts, const ObjectionReceived& e, const RecordedEvent&) {
  facts.state = Received::kName;
  facts.received_on = e.received_on;
  facts.answer_due_on = e.answer_due_on;
  facts.trade_suspended = e.trade_suspended;
}

void Apply(Facts& facts, const TradeSuspended&, const RecordedEvent&) {
  facts.trade_suspended = true;
}

void Apply(Facts& facts, const ObjectionAnswered& e, const RecordedEvent&) {
  if (facts.state != Escalated::kName) {
    facts.state = e.late ? AnsweredLate::kName : Answered::kName;
    facts.outcome = facts.state;
  }
  facts.answered_on = e.answered_on;
  facts.trade_suspended = false;
  facts.report_owed = e.report_from.has_value();
}

void Apply(Facts& facts, const AnswerMissing&, const RecordedEvent&) {
  facts.state = NoAnswer::kName;
  facts.outcome = NoAnswer::kName;
}

void Apply(Facts& facts, const ObjectionClosed& e, const RecordedEvent&) {
  facts.state = Closed::kName;
  facts.outcome = e.cause;
}

void Apply(Facts& facts, const ResultReported&, const RecordedEvent&) { facts.report_owed = false; }

void Apply(Facts& facts, const ObjectionEscalated& e, const RecordedEvent&) {
  facts.state = Escalated::kName;
  facts.outcome = Escalated::kName;
  facts.complaint = e.complaint;
}

void Apply(Facts& facts, const ObjectionWithdrawn&, const RecordedEvent&) {
  facts.state = Withdrawn::kName;
  facts.outcome = Withdrawn::kName;
  facts.trade_suspended = false;
}

}  // namespace docket::objection
