#include "workflows/catalogue/catalogue.hpp"

#include <algorithm>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::catalogue {

namespace {

bool Names(const std::vector<UnitId>& units, const UnitId& unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

}  // namespace

bool EntriesPlausible::ArePlausible(const std::vector<CatalogueEntry>& entries) {
  const auto is_positive = [](const std::optional<std::int64_t>& yuan) {
    return yuan.value_or(1) > 0;
  };
  return !entries.empty() &&
         std::all_of(entries.begin(), entries.end(), [&](const CatalogueEntry& entry) {
           return is_positive(entry.threshold_yuan) && is_positive(entry.investment_yuan) &&
                  entry.effective_from <= entry.effective_until.value_or(entry.effective_from);
         });
}

bool OfConsultedUnit::Holds(const Facts& facts, const Context& context) {
  return Names(facts.departments, context.unit) && !Names(facts.answered, context.unit);
}

bool OpinionsIn::Holds(const Facts& facts, const Context& context) {
  const bool all_answered =
      std::all_of(facts.departments.begin(), facts.departments.end(),
                  [&](const UnitId& unit) { return Names(facts.answered, unit); });
  return all_answered || *facts.opinions_by < context.now.ChinaDate();
}

std::vector<Claim> CatalogueInForce::Claims(const Facts& before) const {
  return {{.kind = Claim::Kind::kTakeOver,
           .registry = std::string(kInForceRegistry),
           .name = before.region.value,
           .command = Supersede::kName}};
}

std::optional<EntryMissing> EntryMissing::From(const CheckEntry& c, const Facts& facts,
                                               const Context&) {
  const CatalogueEntry* entry = EntryFor(facts, c.trade);
  if (c.entered || entry == nullptr || !entry->mandatory) return std::nullopt;
  return EntryMissing{c.project, entry->basis};
}

CaseSummary Catalogue::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.title;
  summary.region = facts.region;
  summary.unit = facts.unit;
  summary.concerned = facts.departments;
  summary.outcome = facts.document_number;
  if (facts.missing > 0) summary.flags.emplace_back("entry_missing");
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Catalogue> workflow(RulesText(Catalogue::kName));
  return workflow;
}

}  // namespace docket::catalogue
