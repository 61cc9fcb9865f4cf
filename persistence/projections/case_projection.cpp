#include "persistence/projections/case_projection.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "domain/text/bigrams.hpp"
#include "workflows/engine/deadline_events.hpp"

namespace docket {

namespace {

constexpr ColumnType kInteger = ColumnType::kInteger;
constexpr ColumnType kText = ColumnType::kText;

/// Places in ProjectionSchema::tables.
enum Table : std::size_t { kCases, kHandlers, kClocks, kWords };

/// At most so many streams are held at once while they are read anew.
constexpr std::size_t kStreamsReadAtOnce = 512;

ViewValue DateValue(const std::optional<Date>& date) {
  return date ? ViewValue(date->ToString()) : ViewValue();
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

std::string SearchText(const CaseSummary& summary) { return NormaliseForSearch(summary.title); }

void ChangeWords(const CaseSummary& summary, Position opened, Changes& changes) {
  changes.erases.push_back({kWords, {opened.value}});
  for (auto& word : SearchWords(SearchText(summary))) {
    changes.upserts.push_back({kWords, {opened.value, std::move(word)}});
  }
}

void ChangeHandlers(const CaseSummary& summary, const StreamId& stream, Changes& changes) {
  changes.erases.push_back({kHandlers, {stream.value}});
  auto handlers = summary.handlers;
  std::sort(handlers.begin(), handlers.end());
  handlers.erase(std::unique(handlers.begin(), handlers.end()), handlers.end());
  for (const auto& handler : handlers) {
    changes.upserts.push_back({kHandlers, {stream.value, handler.value}});
  }
}

void ChangeClocks(const std::vector<CaseClock>& before, const std::vector<CaseClock>& clocks,
                  const StreamId& stream, Changes& changes) {
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    const CaseClock& clock = clocks[i];
    if (i < before.size() && before[i] == clock) continue;
    const std::int64_t order =
        clock.due_at ? clock.due_at->Micros() : std::numeric_limits<std::int64_t>::max();
    changes.upserts.push_back(
        {kClocks,
         {stream.value, static_cast<std::int64_t>(i), clock.rule, std::string(NameOf(clock.state)),
          DateValue(clock.due_date), order, Encode(clock).dump()}});
  }
}

bool TouchesClocks(const StreamEvents& events) {
  return std::any_of(events.begin(), events.end(),
                     [](const auto* event) { return deadline::IsDeadlineEvent(event->type); });
}

}  // namespace

const ProjectionSchema& CaseProjection::TheSchema() {
  static const ProjectionSchema schema{
      .name = "cases",
      .version = 6,
      .tables = {
          {.name = "cases",
           .columns = {{"case_id"},
                       {"workflow"},
                       {"state"},
                       {"profile"},
                       {"title"},
                       {"search"},  // The title as it is searched.
                       {"region"},
                       {"industry", kText, true},
                       {"unit"},
                       {"received_on", kText, true},
                       {"outcome"},
                       {"flags"},
                       {"handlers"},
                       {"opened_by"},
                       {"recused"},
                       {"confidentiality"},
                       {"readers", kText, true},
                       {"concerned"},
                       {"version", kInteger},
                       {"people_version", kInteger},
                       {"opened_position", kInteger},
                       {"position", kInteger},
                       {"opened_at", kInteger},
                       {"changed_at", kInteger},
                       {"next_due", kText, true},
                       {"overdue", kInteger},
                       {"next_tick_at", kInteger, true}},
           .indexes = {{{"opened_position"}, "", true},
                       {{"unit", "opened_position"}},
                       {{"region", "opened_position"}},
                       {{"opened_position"}, "overdue = 1"},
                       {{"next_tick_at", "case_id"}, "next_tick_at IS NOT NULL"}}},
          {.name = "case_handlers",
           .columns = {{"case_id"}, {"handler"}},
           .key_columns = 2,
           .indexes = {{{"handler", "case_id"}}}},
          // `due_order` is the due instant, or the largest integer while a clock stands still.
          {.name = "case_clocks",
           .columns = {{"case_id"},
                       {"ordinal", kInteger},
                       {"rule"},
                       {"state"},
                       {"due_date", kText, true},
                       {"due_order", kInteger},
                       {"clock"}},
           .key_columns = 2,
           .indexes = {{{"due_order", "case_id", "ordinal"}}}},
          {.name = "case_words",
           .columns = {{"opened_position", kInteger}, {"word"}},
           .key_columns = 2,
           .indexes = {{{"word", "opened_position"}}}}}};
  return schema;
}

void CaseProjection::Prepare(const std::vector<StreamEvents>& batch) {
  std::vector<StreamId> missing;
  std::vector<const RecordedEvent*> firsts;
  for (const auto& events : batch) {
    const RecordedEvent& first = *events.front();
    if (first.version.value == 1 || WorkflowOf(first.stream) == nullptr || Recall(first)) continue;
    missing.push_back(first.stream);
    firsts.push_back(&first);
  }
  for (std::size_t begin = 0; begin < missing.size(); begin += kStreamsReadAtOnce) {
    const std::size_t end = std::min(begin + kStreamsReadAtOnce, missing.size());
    const auto streams =
        log_.ReadStreams(LogId::kCases, {missing.begin() + static_cast<std::ptrdiff_t>(begin),
                                         missing.begin() + static_cast<std::ptrdiff_t>(end)});
    for (std::size_t i = begin; i < end; ++i) {
      try {
        Remember(Load(streams.at(i - begin), *firsts[i]));
      } catch (const StoreError&) {
        throw;
      } catch (const std::exception&) {
        // Apply meets it again, and says so for this stream alone.
      }
    }
  }
}

Changes CaseProjection::Apply(const StreamEvents& events) {
  const RecordedEvent& first = *events.front();
  if (WorkflowOf(first.stream) == nullptr) return {};
  const bool is_new = first.version.value == 1;
  Folded* folded = Recall(first);
  if (folded == nullptr) {
    folded = &Remember(Load(is_new ? std::vector<RecordedEvent>()
                                   : log_.ReadStreams(LogId::kCases, {first.stream}).at(0),
                            first));
  }
  const CaseModel& model = *folded->model;
  const bool touches_clocks = TouchesClocks(events);
  // The tables hold what was written of the case as it was: only what differs is written.
  const CaseSummary summary_before = is_new ? CaseSummary() : model.Summary();
  const auto clocks_before = touches_clocks ? model.Clocks().All() : std::vector<CaseClock>();
  for (const auto* event : events) ApplyOne(*folded, *event);

  const CaseSummary summary = model.Summary();
  const StreamId& stream = folded->stream;
  const auto next_tick = model.Clocks().NextTick();
  Changes changes;
  // Of a stream that is applied anew rows may be left from before it was parked.
  if (is_new) changes.erases.push_back({kClocks, {stream.value}});
  changes.upserts.push_back(
      {kCases,
       {stream.value, std::string(WorkflowOf(stream)->Name()), std::string(model.State()),
        summary.profile, summary.title, SearchText(summary), summary.region.value,
        summary.industry ? ViewValue(std::string(NameOf(*summary.industry))) : ViewValue(),
        summary.unit.value, DateValue(summary.received_on), summary.outcome,
        Json(summary.flags).dump(), Encode(summary.handlers).dump(), model.OpenedBy().value,
        Encode(summary.recused).dump(), std::string(NameOf(summary.confidentiality)),
        summary.readers ? ViewValue(Encode(*summary.readers).dump()) : ViewValue(),
        Encode(summary.concerned).dump(), model.Version().value, model.PeopleVersion().value,
        folded->opened_position.value, events.back()->position.value, folded->opened_at.Micros(),
        // A case in which people have not acted yet changed when it was opened.
        std::max(model.LastActAt(), folded->opened_at).Micros(), DateValue(NextDue(model)),
        std::int64_t{IsOverdue(model)}, next_tick ? ViewValue(next_tick->Micros()) : ViewValue()}});
  if (is_new || summary.title != summary_before.title) {
    ChangeWords(summary, folded->opened_position, changes);
  }
  if (is_new || summary.handlers != summary_before.handlers) {
    ChangeHandlers(summary, stream, changes);
  }
  if (touches_clocks) ChangeClocks(clocks_before, model.Clocks().All(), stream, changes);
  return changes;
}

void CaseProjection::Forget(const StreamId& stream) {
  const auto found = by_stream_.find(stream);
  if (found == by_stream_.end()) return;
  recent_.erase(found->second);
  by_stream_.erase(found);
}

void CaseProjection::ForgetAll() {
  recent_.clear();
  by_stream_.clear();
}

CaseProjection::Folded* CaseProjection::Recall(const RecordedEvent& first) {
  const auto found = by_stream_.find(first.stream);
  if (found == by_stream_.end()) return nullptr;
  if (found->second->model->Version().Next() != first.version) {
    Forget(first.stream);
    return nullptr;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  return &recent_.front();
}

CaseProjection::Folded& CaseProjection::Remember(Folded folded) {
  recent_.push_front(std::move(folded));
  by_stream_[recent_.front().stream] = recent_.begin();
  if (recent_.size() > folded_max_) Forget(StreamId(recent_.back().stream));
  return recent_.front();
}

CaseProjection::Folded CaseProjection::Load(const std::vector<RecordedEvent>& stream,
                                            const RecordedEvent& first) {
  Folded folded;
  folded.stream = first.stream;
  folded.model = WorkflowOf(first.stream)->NewCase();
  for (const auto& event : stream) {
    if (event.version < first.version) ApplyOne(folded, event);
  }
  if (folded.model->Version().Next() != first.version) {
    throw StoreError(fmt::format("{} has a gap", first.stream.value));
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

}  // namespace docket
