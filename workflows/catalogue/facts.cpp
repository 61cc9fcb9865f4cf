#include "workflows/catalogue/facts.hpp"

#include <algorithm>

#include "workflows/catalogue/events.hpp"
#include "workflows/catalogue/states.hpp"

namespace docket::catalogue {

namespace {

bool AppliesTo(const CatalogueEntry& entry, const Trade& trade) {
  const bool is_owner = entry.owners.empty() ? trade.owner != OwnerClass::kPrivate
                                             : std::find(entry.owners.begin(), entry.owners.end(),
                                                         trade.owner) != entry.owners.end();
  return entry.trade == trade.trade && is_owner && entry.effective_from <= trade.on &&
         (!entry.effective_until || trade.on <= *entry.effective_until);
}

bool Reaches(const Trade& trade, const CatalogueEntry& entry) {
  if (!entry.threshold_yuan || *entry.threshold_yuan <= trade.estimate_yuan) return true;
  return entry.investment_yuan && trade.investment_yuan &&
         *entry.investment_yuan <= *trade.investment_yuan;
}

void Remember(Facts& facts, const PlatformChoice& choice) {
  const auto found =
      std::find_if(facts.choices.begin(), facts.choices.end(),
                   [&](const PlatformChoice& one) { return one.project == choice.project; });
  if (found == facts.choices.end()) facts.choices.push_back(choice);
  else found->platform = choice.platform;
}

}  // namespace

const CatalogueEntry* EntryFor(const Facts& facts, const Trade& trade) {
  const CatalogueEntry* latest = nullptr;
  for (const auto& entry : facts.entries) {
    if (!AppliesTo(entry, trade)) continue;
    if (latest == nullptr || latest->effective_from < entry.effective_from) latest = &entry;
  }
  return latest != nullptr && Reaches(trade, *latest) ? latest : nullptr;
}

bool MustEnter(const Facts& facts, const Trade& trade) {
  const CatalogueEntry* entry = EntryFor(facts, trade);
  return entry != nullptr && entry->mandatory;
}

const PlatformChoice* ChoiceFor(const Facts& facts, const ProjectCode& project) {
  const auto found =
      std::find_if(facts.choices.begin(), facts.choices.end(),
                   [&](const PlatformChoice& one) { return one.project == project; });
  return found == facts.choices.end() ? nullptr : &*found;
}

void Apply(Facts& facts, const CatalogueDrafted& e, const RecordedEvent& event) {
  facts.state = Drafting::kName;
  facts.region = e.region;
  facts.unit = event.unit;
  facts.title = e.title;
  facts.effective_on = e.effective_on;
  facts.entries = e.entries;
}

void Apply(Facts& facts, const CatalogueRevised& e, const RecordedEvent&) {
  facts.state = Drafting::kName;
  facts.effective_on = e.effective_on;
  facts.entries = e.entries;
  facts.departments.clear();
  facts.answered.clear();
  facts.opinions_by.reset();
}

void Apply(Facts& facts, const DepartmentsConsulted& e, const RecordedEvent&) {
  facts.state = Consulting::kName;
  facts.departments = e.departments;
  facts.opinions_by = e.opinions_by;
}

void Apply(Facts& facts, const OpinionGiven&, const RecordedEvent& event) {
  facts.answered.push_back(event.unit);
}

void Apply(Facts& facts, const CatalogueApproved& e, const RecordedEvent&) {
  facts.state = Approved::kName;
  facts.document_number = e.document_number;
}

void Apply(Facts& facts, const CatalogueInForce&, const RecordedEvent&) {
  facts.state = InForce::kName;
}

void Apply(Facts& facts, const CatalogueSuperseded&, const RecordedEvent&) {
  facts.state = Superseded::kName;
}

void Apply(Facts& facts, const CatalogueAbandoned&, const RecordedEvent&) {
  facts.state = Abandoned::kName;
}

void Apply(Facts& facts, const EntryChecked& e, const RecordedEvent&) {
  if (e.must_enter) ++facts.due;
}

void Apply(Facts& facts, const EntryMissing&, const RecordedEvent&) { ++facts.missing; }

void Apply(Facts& facts, const EnteredVoluntarily& e, const RecordedEvent& event) {
  Remember(facts, {e.project, event.unit, e.platform, true});
}

void Apply(Facts& facts, const EntryWithdrawn& e, const RecordedEvent&) {
  std::erase_if(facts.choices, [&](const PlatformChoice& one) { return one.project == e.project; });
}

void Apply(Facts& facts, const PlatformChosen& e, const RecordedEvent& event) {
  Remember(facts, {e.project, event.unit, e.platform, false});
}

}  // namespace docket::catalogue
