#include "workflows/credit/credit.hpp"

#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::credit {

namespace {

/// The last day of the period that the rule names, counted from that day; nullopt without a rule.
std::optional<Date> EndOf(std::string_view rule, const RegionCode& region, Date from,
                          const Context& context) {
  const ClockRule* found = context.rules->InForce(rule, "", region, from);
  if (found == nullptr) return std::nullopt;
  const auto due =
      ComputeDue({Instant::StartOf(from), found->period, 0, {}, false}, *context.calendar);
  return due ? due->date : std::nullopt;
}

std::optional<Date> IfPublished(const Facts& facts, Date from) {
  return facts.published ? std::optional(from) : std::nullopt;
}

}  // namespace

bool ExpertEntryComplete::Holds(const Propose& c, const Facts&, const Context&) {
  const bool is_record = c.kind == EntryKind::kExpertRecord;
  const bool is_expert = is_record || c.kind == EntryKind::kExpertBlacklist;
  return c.aspect.has_value() == is_record &&
         (!is_expert || c.subject.kind == SubjectKind::kPerson);
}

bool PolarityFits::Holds(const Propose& c, const Facts&, const Context&) {
  switch (c.kind) {
    case EntryKind::kReward:
    case EntryKind::kExpertRecord: return !c.restricts;
    case EntryKind::kBan:
    case EntryKind::kExpertBlacklist: return c.restricts;
    case EntryKind::kDishonesty:
    case EntryKind::kMisconduct:
    case EntryKind::kViolation: return true;
  }
  return false;
}

bool BanWithinBounds::IsWithin(const RegionCode& region, Date from, Date until,
                               const Context& context) {
  const auto least = EndOf("credit_ban_least", region, from, context);
  const auto most = EndOf("credit_ban_most", region, from, context);
  return least && most && *least <= until && until <= *most;
}

EntryDecided EntryDecided::From(const Decide& c, const Facts& facts, const Context&) {
  return {c, facts.kind == EntryKind::kBan ? std::optional(c.from) : std::nullopt};
}

EntryRepaired EntryRepaired::From(const GrantRepair& c, const Facts& facts,
                                  const Context& context) {
  return {c, IfPublished(facts, context.occurred_at.ChinaDate())};
}

EntryRevoked EntryRevoked::From(const SourceAnnulled& c, const Facts& facts, const Context&) {
  return {c, IfPublished(facts, c.annulled_on)};
}

EntryEnded EntryEnded::From(const EndByTime&, const Facts& facts, const Context& context) {
  return {IfPublished(facts, context.occurred_at.ChinaDate())};
}

CaseSummary Credit::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = std::string(ChineseOf(facts.kind)) + " " + facts.document_number;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.unit;
  summary.handlers = facts.handlers;
  summary.outcome = facts.outcome;
  if (facts.account) summary.respondents = {*facts.account};
  if (facts.restricts) summary.flags.emplace_back("restricts");
  if (facts.published) summary.flags.emplace_back("published");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Credit> workflow(RulesText(Credit::kName));
  return workflow;
}

}  // namespace docket::credit
