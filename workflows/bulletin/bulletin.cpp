#include "workflows/bulletin/bulletin.hpp"

#include <algorithm>
#include <chrono>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::bulletin {

namespace {

/// 1 to 4.
unsigned QuarterOfYear(Date date) { return (static_cast<unsigned>(date.Parts().month()) + 2) / 3; }

/// The quarter that a date lies in: `2024Q3`.
std::string QuarterOf(Date date) {
  const int year = static_cast<int>(date.Parts().year());
  return std::to_string(year) + "Q" + std::to_string(QuarterOfYear(date));
}

Date FirstDayOfQuarter(Date date) {
  const std::chrono::month first{QuarterOfYear(date) * 3 - 2};
  return Date{std::chrono::sys_days{date.Parts().year() / first / 1}};
}

Date LastDayOfQuarter(Date date) {
  const std::chrono::month last{QuarterOfYear(date) * 3};
  return Date{std::chrono::sys_days{date.Parts().year() / last / std::chrono::last}};
}

bool IsComplete(const Indicator& figure) {
  const bool counted = figure.numerator >= 0 && figure.denominator >= 0;
  return counted && (figure.denominator > 0 || figure.numerator == 0);
}

}  // namespace

bool QuarterIsOver::Holds(const Prepare& c, const Facts&, const Context& context) {
  return LastDayOfQuarter(c.quarter_of) < context.occurred_at.ChinaDate();
}

bool FiguresComplete::Holds(const Prepare& c, const Facts&, const Context&) {
  return !c.figures.empty() && std::all_of(c.figures.begin(), c.figures.end(), IsComplete);
}

BulletinPrepared BulletinPrepared::From(const Prepare& c, const Facts&, const Context&) {
  return {c, FirstDayOfQuarter(c.quarter_of), LastDayOfQuarter(c.quarter_of)};
}

std::vector<Claim> BulletinPublished::Claims(const Facts& before) const {
  return {{.kind = Claim::Kind::kTakeOver,
           .registry = std::string(kQuarterRegistry),
           .name = std::string(NameOf(*before.kind)) + "." + before.region.value + "." +
                   QuarterOf(*before.period_to),
           .command = Supersede::kName,
           .data = Encode(Supersede{bulletin})}};
}

void Apply(Facts& facts, const BulletinPrepared& e, const RecordedEvent& event) {
  facts.state = Prepared::kName;
  facts.kind = e.kind;
  facts.region = e.region;
  facts.unit = event.unit;
  facts.period_from = e.period_from;
  facts.period_to = e.period_to;
  facts.as_of_position = e.as_of_position;
  facts.calendar = e.calendar;
  facts.rules = e.rules;
  facts.figures = e.figures;
}

void Apply(Facts& facts, const BulletinSignedOff&, const RecordedEvent&) {
  facts.state = SignedOff::kName;
}

void Apply(Facts& facts, const BulletinDiscarded&, const RecordedEvent&) {
  facts.state = Discarded::kName;
}

void Apply(Facts& facts, const BulletinPublished&, const RecordedEvent&) {
  facts.state = Published::kName;
}

void Apply(Facts& facts, const BulletinSuperseded& e, const RecordedEvent&) {
  facts.state = Superseded::kName;
  facts.superseded_by = e.by;
}

CaseSummary Bulletin::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.period_to) {
    summary.title = QuarterOf(*facts.period_to) + " " + std::string(ChineseOf(*facts.kind));
  }
  summary.region = facts.region;
  summary.unit = facts.unit;
  if (facts.state == Superseded::kName) summary.outcome = facts.state;
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Bulletin> workflow(RulesText(Bulletin::kName));
  return workflow;
}

}  // namespace docket::bulletin
