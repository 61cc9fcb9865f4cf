#include "workflows/warning/facts.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "workflows/engine/department_guards.hpp"
#include "workflows/warning/events.hpp"
#include "workflows/warning/states.hpp"

namespace docket::warning {

namespace {

std::vector<Claim> ClaimOn(const std::optional<SubjectKey>& subject, Claim::Kind kind) {
  if (!subject) return {};
  return {{.kind = kind,
           .registry = std::string(kSubjectRegistry),
           .name = subject->value,
           .taken = {"already_warned", "该事项已有未办结的预警",
                     "a warning about this is open already"}}};
}

}  // namespace

bool SubjectKey::IsWellFormed() const {
  constexpr std::size_t kLengthMax = 200;
  return !value.empty() && value.size() <= kLengthMax &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  std::string_view("-_:#.").find(c) != std::string_view::npos;
         });
}

std::vector<Claim> WarningRaised::Claims(const Facts&) const {
  return ClaimOn(subject, Claim::Kind::kTake);
}
std::vector<Claim> WarningCleared::Claims(const Facts& facts) const {
  return ClaimOn(facts.subject, Claim::Kind::kRelease);
}
std::vector<Claim> WarningCorrected::Claims(const Facts& facts) const {
  return ClaimOn(facts.subject, Claim::Kind::kRelease);
}
std::vector<Claim> WarningClosed::Claims(const Facts& facts) const {
  return ClaimOn(facts.subject, Claim::Kind::kRelease);
}
std::vector<Claim> WarningConverted::Claims(const Facts& facts) const {
  return ClaimOn(facts.subject, Claim::Kind::kRelease);
}

void Apply(Facts& facts, const WarningRaised& e, const RecordedEvent& event) {
  facts.state = Triggered::kName;
  facts.colour = e.level == WarningLevel::kRed ? PointColour::kRed : PointColour::kYellow;
  facts.kind = e.kind;
  facts.mode = e.mode;
  facts.point = e.point;
  facts.point_name = e.point_name;
  facts.subject = e.subject;
  facts.rule = e.rule;
  facts.rule_version = e.rule_version;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.stage = e.stage;
  facts.source = e.source;
  facts.raised_on = event.occurred_at.ChinaDate();
}

void Apply(Facts& facts, const WarningAssigned& e, const RecordedEvent&) {
  facts.state = Assigned::kName;
  facts.unit = e.unit;
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const HandlersAppointed& e, const RecordedEvent&) {
  facts.handlers = e.handlers;
}

void Apply(Facts& facts, const OfficerRecused& e, const RecordedEvent&) {
  if (!ContainsActor(facts.recused, e.officer)) facts.recused.push_back(e.officer);
  std::erase(facts.handlers, e.officer);
}

void Apply(Facts& facts, const WarningTurnedRed&, const RecordedEvent&) {
  facts.colour = PointColour::kRed;
}

void Apply(Facts& facts, const WarningCleared&, const RecordedEvent&) {
  facts.state = AutoCleared::kName;
  facts.outcome = AutoCleared::kName;
  facts.colour = PointColour::kGreen;
}

void Apply(Facts& facts, const CorrectionWasProposed&, const RecordedEvent&) {
  facts.before_correction = facts.state;
  facts.state = CorrectionPending::kName;
}

void Apply(Facts& facts, const WarningCorrected&, const RecordedEvent&) {
  facts.state = Corrected::kName;
  facts.outcome = Corrected::kName;
  facts.colour = PointColour::kGreen;
}

void Apply(Facts& facts, const CorrectionRejected&, const RecordedEvent&) {
  facts.state = facts.before_correction;
}

void Apply(Facts& facts, const WarningIssued& e, const RecordedEvent&) {
  facts.state = Issued::kName;
  facts.addressee = e.addressee;
  facts.account = e.account;
  ++facts.rounds;
}

void Apply(Facts& facts, const FeedbackReceived&, const RecordedEvent&) {
  facts.state = FeedbackIn::kName;
}

void Apply(Facts& facts, const FeedbackWasRead&, const RecordedEvent&) {
  facts.state = FeedbackRead::kName;
}

void Apply(Facts& facts, const WarningReissued&, const RecordedEvent&) {
  facts.state = Issued::kName;
  ++facts.rounds;
}

void Apply(Facts& facts, const WarningClosed&, const RecordedEvent&) {
  facts.state = Closed::kName;
  facts.outcome = Closed::kName;
  facts.colour = PointColour::kGreen;
}

void Apply(Facts& facts, const WarningConverted& e, const RecordedEvent&) {
  facts.state = Converted::kName;
  facts.unit = e.unit;
  facts.outcome = NameOf(e.kind);
}

}  // namespace docket::warning
