#include "workflows/viewing/viewing.hpp"

#include <algorithm>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::viewing {

namespace {

bool IsSecretUntilAward(View view) {
  return view == View::kDraw || view == View::kEvaluation || view == View::kExperts;
}

}  // namespace

void Apply(Facts& facts, const ViewingApplied& e, const RecordedEvent& envelope) {
  facts.state = Applied::kName;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.unit = e.addressee;
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.account = envelope.actor;
  facts.views = e.views;
}

void Apply(Facts& facts, const EligibilityWasChecked& e, const RecordedEvent&) {
  facts.state = EligibilityChecked::kName;
  facts.eligible = e.eligible;
}

void Apply(Facts& facts, const AwardNoticeRecorded& e, const RecordedEvent&) {
  facts.award_notice_on = e.issued_on;
}

void Apply(Facts& facts, const ViewingGranted& e, const RecordedEvent&) {
  facts.state = Granted::kName;
  facts.views = e.views;
  facts.opens_at = e.opens_at;
  facts.closes_at = e.closes_at;
}

void Apply(Facts& facts, const ViewingRefused&, const RecordedEvent&) {
  facts.state = Refused::kName;
}

void Apply(Facts& facts, const WatchingStarted&, const RecordedEvent&) {
  facts.state = Watching::kName;
  ++facts.times_watched;
}

void Apply(Facts& facts, const WatchingStopped&, const RecordedEvent&) {
  facts.state = Granted::kName;
}

void Apply(Facts& facts, const ViewingRevoked&, const RecordedEvent&) {
  facts.state = Revoked::kName;
}

void Apply(Facts& facts, const WindowClosed&, const RecordedEvent&) { facts.state = Ended::kName; }

bool InterestProved::Holds(const ApplyToWatch& c, const Facts&, const Context&) {
  return c.capacity == Capacity::kParty || !c.proofs.empty();
}

bool AwardNoticeIssued::Holds(const RecordAwardNotice& c, const Facts&, const Context& context) {
  return c.issued_on <= context.now.ChinaDate();
}

bool WindowAhead::Holds(const Grant& c, const Facts&, const Context& context) {
  return c.opens_at < c.closes_at && context.now < c.closes_at;
}

bool WithinApplication::Holds(const Grant& c, const Facts& facts, const Context&) {
  return std::all_of(c.views.begin(), c.views.end(), [&](View view) {
    return std::find(facts.views.begin(), facts.views.end(), view) != facts.views.end();
  });
}

bool SecretUntilAward::Holds(const Grant& c, const Facts& facts, const Context&) {
  return facts.award_notice_on || std::none_of(c.views.begin(), c.views.end(), IsSecretUntilAward);
}

bool WindowOpen::Holds(const Facts& facts, const Context& context) {
  return *facts.opens_at <= context.occurred_at && context.occurred_at < *facts.closes_at;
}

CaseSummary Viewing::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Viewing> workflow(RulesText(Viewing::kName));
  return workflow;
}

}  // namespace docket::viewing
