#include "workflows/security_duty/facts.hpp"

#include <algorithm>

#include "workflows/engine/rulebook.hpp"
#include "workflows/security_duty/events.hpp"
#include "workflows/security_duty/states.hpp"

namespace docket::security_duty {

namespace {

/// What the periods of a duty are counted by.
struct Series {
  DutyKind kind = DutyKind::kSelfCheck;
  RegionCode region;
  Date counted_from;
};

/// How often the duty recurs, as in force on that day; nullptr when no rule says.
const ClockRule* RuleOf(DutyKind kind, const RegionCode& region, Date on, const Context& context) {
  const std::string name(NameOf(kind));
  return context.rules->InForce("duty_" + name, name, region, on);
}

std::optional<PeriodBegun> PeriodOf(const Series& series, std::int64_t amount, Date begins_on,
                                    const Context& context) {
  const ClockRule* rule = RuleOf(series.kind, series.region, series.counted_from, context);
  if (rule == nullptr) return std::nullopt;
  Period period = rule->period;
  period.amount = amount;
  const auto due =
      ComputeDue({Instant::StartOf(series.counted_from), period, 0, {}, false}, *context.calendar);
  if (!due || !due->date) return std::nullopt;
  return PeriodBegun{series.counted_from, amount, begins_on, *due->date};
}

std::optional<PeriodBegun> NextPeriod(const Facts& facts, const Context& context) {
  const ClockRule* rule = RuleOf(*facts.duty, facts.region, *facts.counted_from, context);
  if (rule == nullptr) return std::nullopt;
  return PeriodOf({*facts.duty, facts.region, *facts.counted_from},
                  facts.amount + rule->period.amount, *facts.due_on + 1, context);
}

}  // namespace

bool EndsMonth(Date date) { return date.Parts().month() != (date + 1).Parts().month(); }

std::optional<PeriodBegun> FirstPeriod(DutyKind kind, const RegionCode& region, Date first_due_on,
                                       const Context& context) {
  const ClockRule* rule = RuleOf(kind, region, first_due_on, context);
  if (rule == nullptr) return std::nullopt;
  Series series{kind, region, first_due_on};
  std::int64_t amount = 0;
  // A shorter month follows one of 31 days: counted from its end, every month is met at its end.
  const auto day = static_cast<int>(static_cast<unsigned>(first_due_on.Parts().day()));
  if (rule->period.unit == PeriodUnit::kMonth && EndsMonth(first_due_on) && day < 31) {
    series.counted_from = first_due_on - day;
    amount = 1;
  }
  return PeriodOf(series, amount, context.occurred_at.ChinaDate(), context);
}

std::optional<PeriodBegun> PeriodBegun::From(const Establish& c, const Facts&,
                                             const Context& context) {
  return FirstPeriod(c.kind, c.region, c.first_due_on, context);
}

std::optional<PeriodBegun> PeriodBegun::From(const Resume& c, const Facts& facts,
                                             const Context& context) {
  return FirstPeriod(*facts.duty, facts.region, c.first_due_on, context);
}

std::optional<PeriodBegun> PeriodBegun::From(const Perform& c, const Facts& facts,
                                             const Context& context) {
  if (c.due_on != facts.due_on) return std::nullopt;
  return NextPeriod(facts, context);
}

std::optional<PeriodBegun> PeriodBegun::From(const NoteMissed&, const Facts& facts,
                                             const Context& context) {
  return NextPeriod(facts, context);
}

IncidentWasReported IncidentWasReported::From(const ReportIncident& c, const Facts&,
                                              const Context& context) {
  IncidentWasReported event{c, std::nullopt};
  if (c.severity == Severity::kMajor) event.major_since = context.occurred_at;
  return event;
}

DocumentApproved DocumentApproved::From(const ApproveDocument& c, const Facts& facts,
                                        const Context& context) {
  const bool is_plan = facts.document == DocumentKind::kEmergencyPlan ||
                       facts.document == DocumentKind::kDisasterPlan;
  DocumentApproved event{c, std::nullopt};
  if (is_plan) event.plan_in_force_on = context.occurred_at.ChinaDate();
  return event;
}

void Apply(Facts& facts, const DutyEstablished& e, const RecordedEvent&) {
  facts.state = Active::kName;
  facts.region = e.region;
  facts.unit = e.unit;
  facts.managed_by = e.managed_by;
  facts.source = e.source;
  facts.duty = e.kind;
}

void Apply(Facts& facts, const PeriodBegun& e, const RecordedEvent&) {
  facts.counted_from = e.counted_from;
  facts.amount = e.amount;
  facts.begins_on = e.begins_on;
  facts.due_on = e.due_on;
}

void Apply(Facts& facts, const DutyPerformed& e, const RecordedEvent&) {
  facts.performances.push_back({e.number, e.due_on, false});
  std::erase(facts.missed, e.due_on);
}

void Apply(Facts& facts, const SpeciallyPerformed& e, const RecordedEvent&) {
  facts.performances.push_back({e.number, std::nullopt, false});
}

void Apply(Facts& facts, const PerformanceConfirmed& e, const RecordedEvent&) {
  for (auto& performance : facts.performances) {
    if (performance.number != e.number) continue;
    performance.confirmed = true;
    if (!e.sufficient && performance.due_on) facts.missed.push_back(*performance.due_on);
  }
}

void Apply(Facts& facts, const PeriodMissed& e, const RecordedEvent&) {
  facts.missed.push_back(e.due_on);
}

void Apply(Facts& facts, const DutySuspended&, const RecordedEvent&) {
  facts.state = Suspended::kName;
}

void Apply(Facts& facts, const DutyResumed&, const RecordedEvent&) { facts.state = Active::kName; }

void Apply(Facts& facts, const MatterEnded&, const RecordedEvent&) { facts.state = Ended::kName; }

void Apply(Facts& facts, const IncidentWasReported& e, const RecordedEvent&) {
  facts.state = IncidentReported::kName;
  facts.region = e.region;
  facts.unit = e.unit;
  facts.source = e.source;
  facts.incident = e.kind;
  facts.severity = e.severity;
}

void Apply(Facts& facts, const IncidentWasHandled&, const RecordedEvent&) {
  facts.state = IncidentHandled::kName;
}

void Apply(Facts& facts, const IncidentCirculated&, const RecordedEvent&) {
  facts.circulated = true;
}

void Apply(Facts& facts, const IncidentWasClosed&, const RecordedEvent&) {
  facts.state = IncidentClosed::kName;
}

void Apply(Facts& facts, const DocumentWasSubmitted& e, const RecordedEvent&) {
  facts.state = DocumentSubmitted::kName;
  facts.region = e.region;
  facts.unit = e.unit;
  facts.document = e.kind;
  facts.versions = {e.version};
}

void Apply(Facts& facts, const DocumentRevised& e, const RecordedEvent&) {
  facts.state = DocumentSubmitted::kName;
  facts.versions.push_back(e.version);
}

void Apply(Facts& facts, const DocumentApproved&, const RecordedEvent&) {
  facts.state = DocumentInForce::kName;
}

void Apply(Facts& facts, const DocumentWasReturned&, const RecordedEvent&) {
  facts.state = DocumentReturned::kName;
}

}  // namespace docket::security_duty
