#include "workflows/links/deadline_links.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "workflows/engine/rulebook.hpp"
#include "workflows/warning/events.hpp"

namespace docket::links {

namespace {

constexpr std::string_view kPoint = "deadline";
constexpr std::string_view kRule = "timeliness";

std::string ClockOf(const LinkCause& cause) {
  return cause.data.ToJson().at("clock").get<std::string>();
}

/// nullptr: a clock of the office's own, which does not count.
const CaseClock* CountedClock(const LinkCause& cause) {
  const auto& clocks = cause.model().Clocks().All();
  const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const CaseClock& clock) {
    return clock.clock == ClockOf(cause);
  });
  if (found == clocks.end() || found->kind == ClockKind::kInternal) return nullptr;
  return &*found;
}

/// What only one open warning is about: the clock of the case.
std::string SubjectOf(const LinkCause& cause) {
  return fmt::format("{}-{}", cause.event.stream.value, ClockOf(cause));
}

StreamId ClaimOf(const LinkCause& cause) {
  return StreamId(fmt::format("{}-{}", warning::kSubjectRegistry, SubjectOf(cause)));
}

std::vector<LinkedCommand> Raise(const LinkCause& cause, warning::WarningLevel level) {
  const CaseClock* clock = CountedClock(cause);
  if (clock == nullptr) return {};
  const Workflow& workflow = *WorkflowOf(cause.event.stream);
  const ClockRule* rule = workflow.Rules().Find(clock->rule, clock->edition);
  const std::string title = rule == nullptr ? clock->rule : rule->title;
  const std::string due = clock->due_date ? clock->due_date->ToString() : "";
  const CaseSummary summary = cause.model().Summary();
  warning::Raise raise;
  raise.level = level;
  raise.kind = warning::PointKind::kTimeLimit;
  raise.mode = warning::PointMode::kAutomatic;
  raise.point = fmt::format("{}/{}/{}", kPoint, workflow.Name(), clock->rule);
  raise.point_name = title;
  raise.subject = warning::SubjectKey(SubjectOf(cause));
  raise.rule = std::string(kRule);
  raise.rule_version = clock->edition;
  raise.inputs = {{"clock", PersonalText(clock->clock)},
                  {"kind", PersonalText(std::string(NameOf(clock->kind)))},
                  {"due_date", PersonalText(due)},
                  {"calendar", PersonalText(clock->calendar)}};
  const bool is_over = level == warning::WarningLevel::kRed;
  raise.explanation = PersonalText(is_over ? fmt::format("“{}”已于 {} 届满，尚未办结", title, due)
                                           : fmt::format("“{}”将于 {} 届满，尚未办结", title, due));
  raise.region = summary.region;
  raise.industry = summary.industry;
  raise.source = cause.event.stream;
  return {{.data = Encode(raise)}};
}

}  // namespace

std::vector<LinkedCommand> RaiseYellow(const LinkCause& cause) {
  return Raise(cause, warning::WarningLevel::kYellow);
}

std::vector<LinkedCommand> RaiseRed(const LinkCause& cause) {
  return Raise(cause, warning::WarningLevel::kRed);
}

std::vector<LinkedCommand> TurnRed(const LinkCause& cause) {
  const CaseClock* clock = CountedClock(cause);
  if (clock == nullptr || !clock->due_date) return {};
  return {
      {.claim = ClaimOf(cause), .data = Encode(warning::TurnRed{clock->clock, *clock->due_date})}};
}

std::vector<LinkedCommand> ClearWarning(const LinkCause& cause) {
  return {{.claim = ClaimOf(cause),
           .data = Encode(warning::Clear{PersonalText("有关事项已办结或者终止")})}};
}

std::vector<LinkedCommand> ClearSuperseded(const LinkCause& cause) {
  if (!cause.data.Find("supersedes")) return {};
  return {{.claim = ClaimOf(cause),
           .data = Encode(warning::Clear{PersonalText("期限重新计算，原超期记录不再成立")})}};
}

}  // namespace docket::links
