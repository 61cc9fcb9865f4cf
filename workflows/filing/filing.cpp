#include "workflows/filing/filing.hpp"

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::filing {

namespace {

const CaseClock* LimitOf(const Facts& facts, const Context& context) {
  return context.clocks->Find(RuleOf(*facts.type));
}

}  // namespace

ObligationCreated ObligationCreated::From(const CreateObligation& c, const Facts&,
                                          const Context& context) {
  ObligationCreated event{c, std::nullopt};
  if (!event.stage) event.stage = StageOf(c.type);
  if (IsOfDepartment(context.role)) event.unit = context.unit;
  return event;
}

FilingSignedFor FilingSignedFor::From(const SignFor& c, const Facts& facts,
                                      const Context& context) {
  FilingSignedFor event{c.handlers, context.unit, *facts.submitted_at, facts.done_on, facts.late};
  if (facts.fulfilled_at) return event;
  const Instant met_at = event.done_on ? Instant::StartOf(*event.done_on) : event.submitted_at;
  const CaseClock* limit = LimitOf(facts, context);
  event.late = limit != nullptr && limit->due_at && met_at >= *limit->due_at;
  return event;
}

FilingWithdrawn FilingWithdrawn::From(const Withdraw& c, const Facts& facts, const Context&) {
  FilingWithdrawn event{c, std::nullopt, facts.limit_workdays};
  if (facts.fulfilled_at) event.reopened_from = facts.triggered_on;
  return event;
}

ObligationOverdue ObligationOverdue::From(const NoteOverdue&, const Facts& facts,
                                          const Context& context) {
  const CaseClock* limit = LimitOf(facts, context);
  return {limit == nullptr ? std::nullopt : limit->due_date};
}

std::optional<ObligationOverdue> ObligationOverdue::IfLapsed(const Facts& facts,
                                                             const Context& context) {
  const CaseClock* limit = LimitOf(facts, context);
  const bool lapsed = limit != nullptr && limit->state == ClockState::kLapsed;
  if (!lapsed || facts.overdue) return std::nullopt;
  return ObligationOverdue{limit->due_date};
}

CaseSummary Filing::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.type) {
    summary.profile = NameOf(*facts.type);
    summary.title = std::string(ChineseOf(*facts.type)) + " " + facts.project_name;
  }
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.recused = facts.recused;
  if (facts.submitted_at) summary.received_on = facts.submitted_at->ChinaDate();
  if (facts.obliged && facts.obliged->account) summary.respondents = {*facts.obliged->account};
  summary.outcome = facts.outcome;
  if (facts.overdue) summary.flags.emplace_back("overdue");
  if (facts.late) summary.flags.emplace_back("fulfilled_late");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Filing> workflow(RulesText(Filing::kName));
  return workflow;
}

}  // namespace docket::filing
