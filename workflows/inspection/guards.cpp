#include "workflows/inspection/guards.hpp"

#include <algorithm>
#include <set>

namespace docket::inspection {

namespace {

const Finding* FindFinding(const Facts& facts, const std::string& item, const UnitId& department) {
  const auto found =
      std::find_if(facts.findings.begin(), facts.findings.end(), [&](const Finding& finding) {
        return finding.item == item && finding.department == department;
      });
  return found == facts.findings.end() ? nullptr : &*found;
}

const Notified* FindNotice(const Facts& facts, const std::string& item) {
  const auto found = std::find_if(facts.notified.begin(), facts.notified.end(),
                                  [&](const Notified& notice) { return notice.item == item; });
  return found == facts.notified.end() ? nullptr : &*found;
}

template <class List, class Value>
bool Contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool UnitOfPlace::Holds(const Facts& facts, const Context& context) {
  if (IsOfDepartment(context.role)) return IsCompetent(facts.region, facts.industry, context);
  if (context.role != Role::kResourceOffice || facts.region.empty()) return true;
  return context.unit_region.Covers(facts.region);
}

bool CompletionInRange::Holds(const DraftPlan& c, const Facts&, const Context& context) {
  const Date today = context.occurred_at.ChinaDate();
  return c.complete_by >= today &&
         c.complete_by.Parts().year() <= today.Parts().year() + std::chrono::years(1);
}

bool EntriesUsable::Usable(const std::vector<Entry>& entries) {
  std::set<std::string> codes;
  for (const auto& entry : entries) codes.insert(entry.code);
  return !entries.empty() && codes.size() == entries.size();
}

bool CatalogueVersionNew::Holds(const RevisePlan& c, const Facts& facts, const Context&) {
  return !Contains(facts.catalogue_versions, c.catalogue_version);
}

bool NotJoinedYet::Holds(const Facts& facts, const Context& context) {
  return !Contains(facts.departments, context.unit);
}

bool ItemDrawn::Holds(const NotifyObject& c, const Facts& facts, const Context&) {
  return Contains(facts.drawn, c.item);
}

bool NotNotifiedYet::Holds(const NotifyObject& c, const Facts& facts, const Context&) {
  return FindNotice(facts, c.item) == nullptr;
}

bool ObjectWasNotified::Holds(const RecordFinding& c, const Facts& facts, const Context&) {
  return FindNotice(facts, c.item) != nullptr;
}

bool InspectedInOrder::Holds(const RecordFinding& c, const Facts& facts, const Context& context) {
  const Notified* notice = FindNotice(facts, c.item);
  return notice != nullptr && c.inspected_on >= notice->on &&
         c.inspected_on <= context.occurred_at.ChinaDate();
}

bool FindingOnce::Holds(const RecordFinding& c, const Facts& facts, const Context& context) {
  return FindFinding(facts, c.item, context.unit) == nullptr;
}

bool CoverageFits::Holds(const RecordFinding& c, const Facts& facts, const Context&) {
  if (facts.topic != Topic::kEntry) return !c.projects_due && !c.projects_entered;
  return c.projects_due && c.projects_entered && *c.projects_entered >= 0 &&
         *c.projects_entered <= *c.projects_due;
}

bool FindingKnown::Holds(const ConfirmResult& c, const Facts& facts, const Context&) {
  return FindFinding(facts, c.item, c.department) != nullptr;
}

bool SideNotConfirmedYet::Holds(const ConfirmResult& c, const Facts& facts,
                                const Context& context) {
  const Finding* finding = FindFinding(facts, c.item, c.department);
  if (finding == nullptr) return true;
  return context.role == Role::kHead ? !finding->confirmed_by_department
                                     : !finding->confirmed_by_office;
}

bool EveryResultConfirmed::Holds(const Facts& facts, const Context&) {
  const bool all_found = std::all_of(facts.drawn.begin(), facts.drawn.end(), [&](const auto& item) {
    return std::any_of(facts.findings.begin(), facts.findings.end(),
                       [&](const Finding& finding) { return finding.item == item; });
  });
  const bool all_confirmed =
      std::all_of(facts.findings.begin(), facts.findings.end(), [](const Finding& finding) {
        return finding.confirmed_by_office && finding.confirmed_by_department;
      });
  return all_found && all_confirmed;
}

bool ResultCallsForMeasure::Holds(const TakeMeasure& c, const Facts& facts, const Context&) {
  return std::any_of(facts.findings.begin(), facts.findings.end(), [&](const Finding& finding) {
    return finding.item == c.item &&
           (finding.result == InspectionResult::kPoor || finding.projects_missing > 0);
  });
}

bool MeasureHasItsLimit::Holds(const TakeMeasure& c, const Facts&, const Context& context) {
  const bool has_limit =
      c.measure == Measure::kRectification || c.measure == Measure::kTradeRestriction;
  if (!has_limit) return !c.until;
  return c.until && *c.until > context.occurred_at.ChinaDate();
}

bool PoorResultsFollowedUp::Holds(const Facts& facts, const Context&) {
  return std::all_of(facts.findings.begin(), facts.findings.end(), [&](const Finding& finding) {
    return finding.result != InspectionResult::kPoor ||
           std::any_of(facts.measures.begin(), facts.measures.end(),
                       [&](const FollowUp& measure) { return measure.item == finding.item; });
  });
}

bool MissingEntriesCirculated::Holds(const Facts& facts, const Context&) {
  return std::all_of(facts.findings.begin(), facts.findings.end(), [&](const Finding& finding) {
    return finding.projects_missing == 0 ||
           std::any_of(facts.measures.begin(), facts.measures.end(), [&](const FollowUp& measure) {
             return measure.item == finding.item && measure.measure == Measure::kCircular;
           });
  });
}

}  // namespace docket::inspection
