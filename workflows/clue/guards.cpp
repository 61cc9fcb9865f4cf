#include "workflows/clue/guards.hpp"

#include <algorithm>

namespace docket::clue {

namespace {

bool IsOtherClue(const StreamId& named, const Context& context) {
  const Workflow* workflow = WorkflowOf(named);
  return workflow != nullptr && workflow->Name() == "clue" && named != context.case_id;
}

bool IsOpen(std::string_view clock, const Context& context) {
  const auto* found = context.clocks->Find(clock);
  return found != nullptr && found->IsOpen();
}

}  // namespace

bool SourceFitsRole::Holds(const Receive& c, const Facts&, const Context& context) {
  if (context.role == Role::kTradingCentre) return c.source_kind == SourceKind::kTransfer;
  if (context.role != Role::kComplainant) return true;
  return c.source_kind == SourceKind::kReport || c.source_kind == SourceKind::kMedia ||
         c.source_kind == SourceKind::kInterferenceReport;
}

bool DuplicatesAreClues::Holds(const Register& c, const Facts&, const Context& context) {
  return std::all_of(c.duplicates.begin(), c.duplicates.end(),
                     [&](const StreamId& named) { return IsOtherClue(named, context); });
}

bool HandlersNotNamed::Holds(const AssignCheck& c, const Facts& facts, const Context&) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.named_officers, handler);
  });
}

bool MergeTargetValid::Holds(const Merge& c, const Facts&, const Context& context) {
  return IsOtherClue(c.into, context);
}

bool ReturnPeriodRuns::Holds(const Facts&, const Context& context) {
  return IsOpen("petition_return", context);
}

bool PetitionLimitRuns::Holds(const Facts&, const Context& context) {
  return IsOpen("petition_finish", context);
}

}  // namespace docket::clue
