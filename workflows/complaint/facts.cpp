#include "workflows/complaint/facts.hpp"

#include <algorithm>

#include "workflows/complaint/events.hpp"
#include "workflows/complaint/states.hpp"

namespace docket::complaint {

namespace {

template <class S>
void Enter(Facts& facts) {
  facts.state = S::kName;
}

void AddParties(Facts& facts, std::size_t respondents) {
  facts.parties = {"complainant"};
  for (std::size_t i = 1; i <= respondents; ++i) {
    facts.parties.push_back("respondent_" + std::to_string(i));
  }
}

void ApplyRecorded(Facts& facts, const RecordedCase& record) {
  facts.recorded_history = true;
  facts.profile = record.profile;
  if (record.region) facts.region = *record.region;
  if (record.profile == Profile::kGovernmentProcurement) {
    facts.industry = Industry::kGovernmentProcurement;
  }
  facts.project_name = record.authority;
  if (record.document_no) facts.project_name += " " + *record.document_no;
  facts.filed_on = record.filed_on;
  facts.received_on = record.received_on;
  facts.challenged_on = record.challenged_on;
  facts.accepted_on = record.accepted_on;
  facts.correction_was_requested = record.correction_requested_on.has_value();
  facts.reply_notice_sent_on = record.reply_notice_sent_on;
  facts.unknowns = record.unknowns;
}

}  // namespace

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsHandler(const Facts& facts, const ActorId& actor) {
  return std::find(facts.handlers.begin(), facts.handlers.end(), actor) != facts.handlers.end();
}

void Apply(Facts& facts, const ComplaintLodged& e, const RecordedEvent& envelope) {
  Enter<Lodged>(facts);
  facts.profile = e.profile;
  facts.channel = e.channel;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project_name = e.project_name;
  facts.project_code = e.project_code;
  facts.subject_matter = e.subject_matter;
  facts.complainant = e.complainant;
  facts.respondents = e.respondents;
  facts.claims = e.claims;
  facts.lodged_by = envelope.actor;
  facts.filed_on = e.filed_on;
  facts.posted_on = e.posted_on;
  facts.received_on = envelope.occurred_at.ChinaDate();
  facts.objection_raised_on = e.objection_raised_on;
  facts.challenged_on = e.challenged_on;
  facts.joint_across_regions = e.joint_across_regions;
  AddParties(facts, e.respondents.size());
}

void Apply(Facts& facts, const ComplaintCancelled&, const RecordedEvent&) {
  Enter<Cancelled>(facts);
  facts.outcome = Cancelled::kName;
}

void Apply(Facts& facts, const ComplaintSignedFor& e, const RecordedEvent&) {
  Enter<SignedFor>(facts);
  facts.handlers = e.handlers;
  facts.unit = e.unit;
}

void Apply(Facts& facts, const HandlersAssigned& e, const RecordedEvent&) {
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const OfficerRecused& e, const RecordedEvent&) {
  facts.recused.push_back(e.officer);
  std::erase(facts.handlers, e.officer);
}

void Apply(Facts& facts, const ComplaintNotAccepted& e, const RecordedEvent&) {
  Enter<NotAccepted>(facts);
  facts.outcome = NotAccepted::kName;
  if (e.has_usable_leads) facts.violations.push_back("clue");
}

void Apply(Facts& facts, const ComplaintReferred&, const RecordedEvent&) {
  Enter<Referred>(facts);
  facts.outcome = Referred::kName;
}

void Apply(Facts& facts, const CorrectionWasRequested&, const RecordedEvent&) {
  Enter<CorrectionRequested>(facts);
  facts.correction_was_requested = true;
}

void Apply(Facts& facts, const CorrectionSupplied&, const RecordedEvent&) {
  Enter<SignedFor>(facts);
}

void Apply(Facts& facts, const ComplaintAccepted& e, const RecordedEvent&) {
  Enter<Accepted>(facts);
  facts.accepted_on = e.accepted_on;
}

void Apply(Facts& facts, const ComplaintMerged& e, const RecordedEvent&) {
  facts.merged_into = e.into;
}

void Apply(Facts&, const DelayExplained&, const RecordedEvent&) {}

void Apply(Facts& facts, const ReplyNoticeWasSent& e, const RecordedEvent& envelope) {
  Enter<ReplyNoticeSent>(facts);
  facts.reply_notice_sent_on = envelope.occurred_at.ChinaDate();
  // A later notice opens a new round for the parties that it names, and for nobody else.
  for (const auto& party : e.parties) {
    std::erase(facts.answered, party);
    if (!Contains(facts.notified, party)) facts.notified.push_back(party);
  }
  for (const auto& named : e.accounts) {
    std::erase_if(facts.accounts, [&](const auto& known) { return known.party == named.party; });
    facts.accounts.push_back(named);
  }
}

void Apply(Facts& facts, const ReplyNoticeReceived& e, const RecordedEvent&) {
  facts.receipts.push_back(e.party);
}

void Apply(Facts& facts, const ReplyReceived& e, const RecordedEvent&) {
  Enter<RepliesIn>(facts);
  facts.answered.push_back(e.party);
}

void Apply(Facts& facts, const ExplanationWaived& e, const RecordedEvent&) {
  Enter<RepliesIn>(facts);
  facts.answered.push_back(e.party);
}

void Apply(Facts&, const InvestigationRecorded&, const RecordedEvent&) {}

void Apply(Facts& facts, const HearingHeld&, const RecordedEvent&) { Enter<Hearing>(facts); }

void Apply(Facts& facts, const RespondentHeard&, const RecordedEvent&) {
  facts.respondent_heard = true;
}

void Apply(Facts& facts, const AppraisalStarted&, const RecordedEvent&) {
  facts.appraisal_open = true;
}

void Apply(Facts& facts, const AppraisalResultReceived&, const RecordedEvent&) {
  facts.appraisal_open = false;
}

void Apply(Facts& facts, const TradeSuspended&, const RecordedEvent& envelope) {
  facts.trade_suspended_on = envelope.occurred_at.ChinaDate();
}

void Apply(Facts& facts, const TradeResumed& e, const RecordedEvent& envelope) {
  // The cap ends at 24:00, which is the first instant of the next day.
  const int after_midnight = e.cause == "cap_reached" ? 1 : 0;
  const Date until = envelope.occurred_at.ChinaDate() - after_midnight;
  const int days = until - facts.trade_suspended_on.value_or(until);
  facts.suspension_days_used += std::max(days, 0);
  facts.trade_suspended_on.reset();
}

void Apply(Facts& facts, const WithdrawalWasRequested&, const RecordedEvent&) {
  facts.before_withdrawal = facts.state;
  Enter<WithdrawalRequested>(facts);
}

void Apply(Facts& facts, const ComplaintWithdrawn&, const RecordedEvent&) {
  Enter<Withdrawn>(facts);
  facts.outcome = Withdrawn::kName;
}

void Apply(Facts& facts, const WithdrawalDenied&, const RecordedEvent&) {
  facts.state = facts.before_withdrawal;
}

void Apply(Facts& facts, const DecisionWasDrafted& e, const RecordedEvent&) {
  Enter<DecisionDrafted>(facts);
  facts.drafted_outcome = e.outcome;
}

void Apply(Facts& facts, const LegalityReviewed&, const RecordedEvent&) {
  Enter<LegalReview>(facts);
}

void Apply(Facts& facts, const DraftReturned&, const RecordedEvent&) {
  Enter<Accepted>(facts);
  facts.drafted_outcome.reset();
}

void Apply(Facts& facts, const ComplaintDecided& e, const RecordedEvent&) {
  Enter<DecisionMade>(facts);
  facts.outcome = NameOf(e.outcome);
}

void Apply(Facts& facts, const DecisionServed& e, const RecordedEvent&) {
  facts.served.push_back(e.party);
  if (facts.served.size() == facts.parties.size()) Enter<Served>(facts);
}

void Apply(Facts& facts, const DecisionPublished&, const RecordedEvent&) {
  Enter<Published>(facts);
}

void Apply(Facts& facts, const PublicationWaived& e, const RecordedEvent&) {
  Enter<PublicationExempt>(facts);
  facts.is_restricted = e.ground != ExemptionGround::kOther;
}

void Apply(Facts&, const ResultReported&, const RecordedEvent&) {}

void Apply(Facts& facts, const ComplaintArchived&, const RecordedEvent&) { Enter<Archived>(facts); }

void Apply(Facts& facts, const ViolationReported& e, const RecordedEvent&) {
  facts.violations.emplace_back(NameOf(e.target));
}

void Apply(Facts& facts, const ReviewStarted& e, const RecordedEvent&) {
  facts.pending_reviews.emplace_back(NameOf(e.kind));
}

void Apply(Facts& facts, const ReviewEnded& e, const RecordedEvent&) {
  std::erase(facts.pending_reviews, std::string(NameOf(e.kind)));
}

void Apply(Facts& facts, const ComplaintReopened&, const RecordedEvent&) {
  Enter<Accepted>(facts);
  facts.outcome.clear();
  facts.drafted_outcome.reset();
  facts.served.clear();
}

void Apply(Facts& facts, const DecisionRecorded& e, const RecordedEvent&) {
  ApplyRecorded(facts, e);
  facts.outcome = e.outcome ? NameOf(*e.outcome) : "not_stated";
  if (e.published_on) Enter<Published>(facts);
  else Enter<DecisionMade>(facts);
}

void Apply(Facts& facts, const RefusalRecorded& e, const RecordedEvent&) {
  ApplyRecorded(facts, e);
  facts.outcome = NotAccepted::kName;
  Enter<NotAccepted>(facts);
}

void Apply(Facts& facts, const WithdrawalRecorded& e, const RecordedEvent&) {
  ApplyRecorded(facts, e);
  facts.outcome = Withdrawn::kName;
  Enter<Withdrawn>(facts);
}

void Apply(Facts& facts, const SuspensionRecorded& e, const RecordedEvent&) {
  ApplyRecorded(facts, e);
  facts.trade_suspended_on = e.suspended_on;
  Enter<Accepted>(facts);
}

}  // namespace docket::complaint
