#include "workflows/complaint/complaint.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::complaint {

ComplaintLodged ComplaintLodged::From(const Lodge& c, const Facts&, const Context& context) {
  ComplaintLodged event{c, std::nullopt};
  const bool counts =
      c.profile == Profile::kGovernmentProcurement && c.challenged_on && context.rules != nullptr;
  if (!counts) return event;
  const ClockRule* reply = context.rules->InForce("procurement_challenge_reply", NameOf(c.profile),
                                                  c.region, *c.challenged_on);
  if (reply == nullptr) return event;
  const auto due =
      ComputeDue({Instant::StartOf(*c.challenged_on), reply->period, 0, {}}, *context.calendar);
  if (due) event.reply_period_ends_on = due->date;
  return event;
}

ComplaintAccepted ComplaintAccepted::From(const Accept&, const Facts& facts, const Context&) {
  return {*facts.received_on, false, std::nullopt};
}

ComplaintAccepted ComplaintAccepted::From(const DeemAccept&, const Facts& facts, const Context&) {
  return {*facts.received_on, true, "deemed_acceptance"};
}

TradeSuspended TradeSuspended::From(const SuspendTrade& c, const Facts& facts, const Context&) {
  return {c, kSuspensionDaysMax - facts.suspension_days_used};
}

CaseSummary Complaint::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.profile) summary.profile = NameOf(*facts.profile);
  summary.title = facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.received_on = facts.received_on;
  summary.outcome = facts.outcome;
  const auto flag = [&](bool set, std::string name) {
    if (set) summary.flags.push_back(std::move(name));
  };
  flag(facts.trade_suspended_on.has_value(), "trade_suspended");
  flag(facts.appraisal_open, "clock_paused");
  flag(facts.merged_into.has_value(), "merged");
  flag(facts.recorded_history, "recorded_history");
  for (const auto& review : facts.pending_reviews) flag(true, "under_" + review);
  if (facts.is_restricted) summary.confidentiality = Confidentiality::kRestricted;
  summary.recused = facts.recused;
  for (const auto& party : facts.accounts) summary.respondents.push_back(party.account);
  return summary;
}

Json Complaint::Upcast(const std::string& type, std::int64_t version, Json data) {
  if (type != ReplyNoticeWasSent::kType || version != 1) {
    throw std::runtime_error("no upcaster for " + type + " version " + std::to_string(version));
  }
  data["accounts"] = Json::array();
  return data;
}

const Workflow& Definition() {
  static const WorkflowFor<Complaint> workflow(RulesText(Complaint::kName));
  return workflow;
}

}  // namespace docket::complaint
