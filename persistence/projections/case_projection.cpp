#include "persistence/projections/case_projection.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "persistence/sqlite/migrations.hpp"

namespace docket {

namespace {

constexpr const char* kDeleteCases = "DELETE FROM cases";
constexpr const char* kDeleteAllHandlers = "DELETE FROM case_handlers";
constexpr const char* kDeleteAllClocks = "DELETE FROM case_clocks";
constexpr const char* kUpsertCase =
    "INSERT INTO cases (case_id, workflow, state, profile, title, region, industry, unit,"
    " received_on, outcome, flags, handlers, version, people_version, opened_position, position,"
    " opened_at, changed_at, next_due, overdue, next_tick_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, profile = excluded.profile,"
    " title = excluded.title, region = excluded.region, industry = excluded.industry,"
    " unit = excluded.unit, received_on = excluded.received_on, outcome = excluded.outcome,"
    " flags = excluded.flags, handlers = excluded.handlers, version = excluded.version,"
    " people_version = excluded.people_version, position = excluded.position,"
    " changed_at = excluded.changed_at, next_due = excluded.next_due,"
    " overdue = excluded.overdue, next_tick_at = excluded.next_tick_at";
constexpr const char* kDeleteHandlers = "DELETE FROM case_handlers WHERE case_id = ?";
constexpr const char* kInsertHandler =
    "INSERT INTO case_handlers (handler, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
constexpr const char* kUpsertClock =
    "INSERT INTO case_clocks (case_id, ordinal, rule, state, due_date, due_order, clock)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (case_id, ordinal) DO UPDATE SET rule = excluded.rule, state = excluded.state,"
    " due_date = excluded.due_date, due_order = excluded.due_order, clock = excluded.clock";

constexpr std::size_t kLoadPage = 500;

std::optional<std::string> TextOf(const std::optional<Date>& date) {
  return date ? std::optional(date->ToString()) : std::nullopt;
}

std::optional<Date> NextDue(const CaseModel& model) {
  std::optional<Date> next;
  for (const auto& clock : model.Clocks().All()) {
    if (clock.state != ClockState::kRunning || !clock.due_date) continue;
    next = next ? std::min(*next, *clock.due_date) : *clock.due_date;
  }
  return next;
}

bool IsOverdue(const CaseModel& model) {
  const auto& clocks = model.Clocks().All();
  return std::any_of(clocks.begin(), clocks.end(), [](const auto& clock) {
    return clock.state == ClockState::kLapsed && clock.kind != ClockKind::kInternal;
  });
}

}  // namespace

std::unique_ptr<Database> OpenViewsWriter(const SqlitePaths& paths) {
  auto views = std::make_unique<Database>(paths.views, DatabaseOptions{.synchronous_full = false});
  Migrate(*views, MigrationsOf("views"));
  return views;
}

void CaseProjection::Reset(Database& views) {
  views.Prepare(kDeleteCases).Run();
  views.Prepare(kDeleteAllHandlers).Run();
  views.Prepare(kDeleteAllClocks).Run();
  recent_.clear();
  by_stream_.clear();
}

void CaseProjection::Apply(Database& views, const std::vector<RecordedEvent>& events) {
  if (WorkflowOf(events.front().stream) == nullptr) return;
  Folded& folded = Take(events.front());
  for (const auto& event : events) ApplyOne(folded, event);
  WriteCase(views, folded, events.back().position);
  WriteHandlers(views, folded);
  WriteClocks(views, folded);
}

void CaseProjection::Forget(const StreamId& stream) {
  const auto found = by_stream_.find(stream);
  if (found == by_stream_.end()) return;
  recent_.erase(found->second);
  by_stream_.erase(found);
}

CaseProjection::Folded& CaseProjection::Take(const RecordedEvent& first) {
  const auto found = by_stream_.find(first.stream);
  if (found != by_stream_.end()) {
    if (found->second->model->Version().Next() == first.version) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return recent_.front();
    }
    Forget(first.stream);
  }
  recent_.push_front(Load(first));
  by_stream_[first.stream] = recent_.begin();
  if (recent_.size() > kFoldedCasesMax) Forget(StreamId(recent_.back().stream));
  return recent_.front();
}

CaseProjection::Folded CaseProjection::Load(const RecordedEvent& first) const {
  Folded folded;
  folded.stream = first.stream;
  folded.model = WorkflowOf(first.stream)->NewCase();
  while (folded.model->Version().Next() < first.version) {
    const auto page =
        log_.ReadStream(LogId::kCases, first.stream, folded.model->Version(), kLoadPage);
    if (page.empty()) throw StoreError(fmt::format("{} has a gap", first.stream.value));
    for (const auto& event : page) {
      if (event.version < first.version) ApplyOne(folded, event);
    }
  }
  return folded;
}

void CaseProjection::ApplyOne(Folded& folded, const RecordedEvent& event) {
  if (event.version.value == 1) {
    folded.opened_position = event.position;
    folded.opened_at = event.occurred_at;
  }
  try {
    folded.model->Apply(event);
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("{} version {} ({}): {}", event.stream.value,
                                         event.version.value, event.type, error.what()));
  }
  ENSURE(folded.model->Version() == event.version, "a model knows its version");
}

void CaseProjection::WriteCase(Database& views, const Folded& folded, Position position) {
  const CaseModel& model = *folded.model;
  const CaseSummary summary = model.Summary();
  const auto industry = summary.industry ? std::optional(NameOf(*summary.industry)) : std::nullopt;
  const auto received = TextOf(summary.received_on);
  const auto next_due = TextOf(NextDue(model));
  const auto next_tick = model.Clocks().NextTick();
  const std::string flags = Json(summary.flags).dump();
  const std::string handlers = Encode(summary.handlers).dump();
  // A case in which people have not acted yet changed when it was opened.
  const Instant changed = std::max(model.LastActAt(), folded.opened_at);
  views.Prepare(kUpsertCase)
      .Bind(folded.stream.value, WorkflowOf(folded.stream)->Name(), model.State(), summary.profile,
            summary.title, summary.region.value, industry, summary.unit.value, received,
            summary.outcome, flags, handlers, model.Version().value, model.PeopleVersion().value,
            folded.opened_position.value, position.value, folded.opened_at.Micros(),
            changed.Micros(), next_due, IsOverdue(model),
            next_tick ? std::optional(next_tick->Micros()) : std::nullopt)
      .Run();
}

void CaseProjection::WriteHandlers(Database& views, Folded& folded) {
  const auto handlers = folded.model->Summary().handlers;
  if (folded.written_handlers == handlers) return;
  views.Prepare(kDeleteHandlers).Bind(folded.stream.value).Run();
  for (const auto& handler : handlers) {
    views.Prepare(kInsertHandler).Bind(handler.value, folded.stream.value).Run();
  }
  folded.written_handlers = handlers;
}

void CaseProjection::WriteClocks(Database& views, Folded& folded) {
  const auto& clocks = folded.model->Clocks().All();
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    const CaseClock& clock = clocks[i];
    if (i < folded.written_clocks.size() && folded.written_clocks[i] == clock) continue;
    const std::string encoded = Encode(clock).dump();
    const auto due_date = TextOf(clock.due_date);
    const std::int64_t order =
        clock.due_at ? clock.due_at->Micros() : std::numeric_limits<std::int64_t>::max();
    views.Prepare(kUpsertClock)
        .Bind(folded.stream.value, static_cast<std::int64_t>(i), clock.rule, NameOf(clock.state),
              due_date, order, encoded)
        .Run();
  }
  folded.written_clocks = clocks;
}

}  // namespace docket
