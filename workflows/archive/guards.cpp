#include "workflows/archive/guards.hpp"

#include <algorithm>

#include "workflows/engine/department_guards.hpp"

namespace docket::archive {

namespace {

bool AllKnown(const std::vector<std::string>& numbers, const Facts& facts) {
  return std::all_of(numbers.begin(), numbers.end(),
                     [&](const auto& number) { return facts.FindItem(number) != nullptr; });
}

/// An empty scope is the whole file.
bool IsWithin(const std::vector<std::string>& numbers, const std::vector<std::string>& scope) {
  return scope.empty() || std::all_of(numbers.begin(), numbers.end(), [&](const auto& number) {
           return std::find(scope.begin(), scope.end(), number) != scope.end();
         });
}

bool IsPast(Date day, const Context& context) { return day <= context.now.ChinaDate(); }

/// Recordings have their own years; as documents of a procurement they have those, too
/// (政府采购法 42). The rest of the file waits for all.
bool Concerns(std::string_view rule, Part part) {
  if (!rule.ends_with("_retention")) return false;
  return part == Part::kFile || rule != "file_retention";
}

}  // namespace

bool DepartmentNamed::Holds(const Open& c, const Facts&, const Context& context) {
  return c.unit || IsOfDepartment(context.role);
}

bool RecordingOver::Holds(const CollectItem& c, const Facts&, const Context& context) {
  return !c.recording_ended_on || IsPast(*c.recording_ended_on, context);
}

bool ProjectClosed::Holds(const FileAway& c, const Facts&, const Context& context) {
  return IsPast(std::max(c.project_closed_on, c.procurement_ended_on.value_or(Date())), context);
}

bool ComplaintNotOpen::Holds(const RecordComplaintOpened& c, const Facts& facts, const Context&) {
  return std::none_of(facts.complaints.begin(), facts.complaints.end(), [&](const Complaint& one) {
    return one.complaint == c.complaint && !one.closed_on;
  });
}

bool ComplaintHasEnded::Holds(const RecordComplaintClosed& c, const Facts&,
                              const Context& context) {
  return IsPast(c.closed_on, context);
}

bool LiftedByPlacer::Holds(const LiftHold& c, const Facts& facts, const Context& context) {
  return std::any_of(facts.holds.begin(), facts.holds.end(), [&](const Hold& one) {
    return one.hold == c.hold && one.unit == context.unit;
  });
}

bool ItemsKnown::Holds(const RequestConsent& c, const Facts& facts, const Context&) {
  return AllKnown(c.items, facts);
}
bool ItemsKnown::Holds(const CheckFixity& c, const Facts& facts, const Context&) {
  return AllKnown(c.damaged, facts);
}

bool AsksForOneself::Holds(const RequestConsent& c, const Facts&, const Context& context) {
  return context.role == Role::kIntake || !c.account || *c.account == context.actor;
}

bool ConsentPending::Holds(const ReviewConsent& c, const Facts& facts, const Context&) {
  const auto* consent = facts.FindConsent(c.consent);
  return consent != nullptr && consent->state == ConsentState::kRequested;
}

bool ConsentWasReviewed::IsReviewed(const Consent* consent) {
  return consent != nullptr && consent->state == ConsentState::kReviewed;
}

bool ConsentEndsLater::Holds(const GrantConsent& c, const Facts&, const Context& context) {
  return c.until >= context.now.ChinaDate();
}

bool WithinRequest::Holds(const GrantConsent& c, const Facts& facts, const Context&) {
  const auto* consent = facts.FindConsent(c.consent);
  return consent != nullptr && AllKnown(c.items, facts) && IsWithin(c.items, consent->items);
}

bool ConsentInForce::IsInForce(const Consent* consent, const Context& context) {
  return consent != nullptr && consent->state == ConsentState::kGranted &&
         context.occurred_at.ChinaDate() <= *consent->until;
}

// At the counter intake hands the file to whoever was given the consent.
bool ConsentIsTheirs::Holds(const UseConsent& c, const Facts& facts, const Context& context) {
  const auto* consent = facts.FindConsent(c.consent);
  return consent != nullptr && (context.role == Role::kIntake || consent->account == context.actor);
}

bool RightGiven::Holds(const UseConsent& c, const Facts& facts, const Context&) {
  const auto* consent = facts.FindConsent(c.consent);
  return consent != nullptr && consent->right == c.right;
}

bool WithinConsent::Holds(const UseConsent& c, const Facts& facts, const Context&) {
  const auto* consent = facts.FindConsent(c.consent);
  return consent != nullptr && !c.items.empty() && AllKnown(c.items, facts) &&
         IsWithin(c.items, consent->items);
}

bool NoticeIssued::Holds(const RecordAwardNotice& c, const Facts&, const Context& context) {
  return IsPast(c.issued_on, context);
}

bool BidsOnly::Holds(const RecordDownload& c, const Facts& facts, const Context&) {
  return !c.items.empty() && std::all_of(c.items.begin(), c.items.end(), [&](const auto& number) {
    const auto* item = facts.FindItem(number);
    return item != nullptr && item->is_bid && !item->is_gone;
  });
}

bool RetentionOver::IsOver(Part part, const Context& context) {
  const auto& clocks = context.clocks->All();
  return std::none_of(clocks.begin(), clocks.end(), [&](const CaseClock& clock) {
    return Concerns(clock.rule, part) && clock.state != ClockState::kCancelled && clock.due_at &&
           context.occurred_at < *clock.due_at;
  });
}

bool SomethingLeft::Holds(const ProposeDisposal& c, const Facts& facts, const Context&) {
  return c.part == Part::kFile ||
         std::any_of(facts.items.begin(), facts.items.end(), [](const Item& item) {
           return item.carrier == Carrier::kMedia && !item.is_gone;
         });
}

bool Supervised::Holds(const Destroy& c, const Facts& facts, const Context& context) {
  if (c.supervisor == context.actor || c.supervisor == context.recorded_by) return false;
  if (context.directory == nullptr) return true;
  const auto supervisor = context.directory->FindActor(c.supervisor);
  return supervisor && supervisor->unit == facts.unit &&
         std::any_of(supervisor->roles.begin(), supervisor->roles.end(), IsOfDepartment);
}

}  // namespace docket::archive
