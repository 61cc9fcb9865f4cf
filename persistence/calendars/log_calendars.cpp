#include "persistence/calendars/log_calendars.hpp"

#include <fmt/format.h>

namespace docket {

namespace {

constexpr std::size_t kCalendarPage = 100;
constexpr Refusal kVersionMissing{"calendar_version_missing", "日历文件须注明 version",
                                  "a calendar document names its version"};
constexpr Refusal kVersionKnown{"calendar_version_known", "该版本的日历已经发布",
                                "a calendar of this version is known already"};

/// `final` and the empty name mean the newest: nothing can be published under them.
bool NamesItsVersion(const Json& document) {
  const auto found = document.find("version");
  if (found == document.end() || !found->is_string()) return false;
  const auto& version = found->get_ref<const std::string&>();
  return !version.empty() && version != "final";
}

std::shared_ptr<const WorkCalendar> FindExactly(const CalendarSet& set, std::string_view version) {
  for (const auto& calendar : set.Versions()) {
    if (calendar->Version() == version) return calendar;
  }
  return nullptr;
}

}  // namespace

LogCalendars::LogCalendars(Ports ports) : ports_(ports) { Refresh(); }

std::shared_ptr<const WorkCalendar> LogCalendars::Current() const {
  const std::lock_guard guard(mutex_);
  return published_.empty() ? CalendarSet::Builtin().Newest() : published_.back().Newest();
}

std::shared_ptr<const WorkCalendar> LogCalendars::Find(std::string_view version) const {
  {
    const std::lock_guard guard(mutex_);
    // By its own name first: a case keeps the calendar that its events name.
    for (auto set = published_.rbegin(); set != published_.rend(); ++set) {
      if (auto calendar = FindExactly(*set, version)) return calendar;
    }
  }
  if (auto calendar = FindExactly(CalendarSet::Builtin(), version)) return calendar;
  return version.empty() || version == "final" ? Current() : nullptr;
}

std::vector<std::shared_ptr<const WorkCalendar>> LogCalendars::All() const {
  auto all = CalendarSet::Builtin().Versions();
  const std::lock_guard guard(mutex_);
  for (const auto& set : published_) {
    all.insert(all.end(), set.Versions().begin(), set.Versions().end());
  }
  return all;
}

Expected<Appended> LogCalendars::Publish(const Json& document, const Publisher& publisher) {
  const auto set = CalendarSet::Parse(document);
  if (!set) return tl::unexpected(set.error());
  if (!NamesItsVersion(document)) return Refuse(RejectionKind::kInvalid, kVersionMissing);
  for (;;) {
    Refresh();
    const Version seen = SeenVersion();
    if (Find(set->Newest()->Version())) return Refuse(RejectionKind::kConflict, kVersionKnown);
    AppendRequest request;
    request.writes.push_back(
        {kCalendarStream, ExpectedVersion::Exactly(seen), {MakeEvent(document, publisher)}});
    const auto result = ports_.log.Append(std::move(request));
    // Somebody else published meanwhile: look again, it may have been the same version.
    if (std::holds_alternative<VersionConflict>(result)) continue;
    Refresh();
    return std::get<Appended>(result);
  }
}

void LogCalendars::Refresh() {
  for (;;) {
    const auto page =
        ports_.log.ReadStream(LogId::kCases, kCalendarStream, SeenVersion(), kCalendarPage);
    for (const auto& event : page) Accept(event);
    if (page.size() < kCalendarPage) return;
  }
}

NewEvent LogCalendars::MakeEvent(const Json& document, const Publisher& publisher) const {
  NewEvent event;
  event.id = EventId(ports_.ids.NewUuid());
  event.type = kCalendarPublished;
  event.occurred_at = ports_.clock.Now();
  event.actor = publisher.actor.id;
  event.recorded_by = publisher.actor.id;
  event.unit = publisher.actor.unit;
  event.role = publisher.role;
  event.command_id = CommandId(ports_.ids.NewUuid());
  event.correlation = CorrelationId(ports_.ids.NewUuid());
  event.region = RegionCode("100000");
  event.virtual_clock = ports_.clock.IsVirtual();
  event.data = CanonicalJson(document);
  return event;
}

Version LogCalendars::SeenVersion() const {
  const std::lock_guard guard(mutex_);
  return seen_;
}

void LogCalendars::Accept(const RecordedEvent& event) {
  const auto document = ParseJson(event.data, kCalendarLimits);
  if (!document)
    throw StoreError(fmt::format("the calendar at {} cannot be read", event.position.value));
  auto set = CalendarSet::Parse(*document);
  if (!set) {
    throw StoreError(fmt::format("the calendar at position {} cannot be read: {}",
                                 event.position.value, set.error().code));
  }
  const std::lock_guard guard(mutex_);
  // Two threads may read the same page.
  if (event.version != seen_.Next()) return;
  seen_ = event.version;
  published_.push_back(std::move(*set));
}

}  // namespace docket
