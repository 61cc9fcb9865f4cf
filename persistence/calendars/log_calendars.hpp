/// The working calendars in force: those that ship with the product, and those published since,
/// which are events of the log so that every process sees the same ones in the same order.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "domain/actor.hpp"
#include "domain/calendar/calendar.hpp"
#include "domain/event_log.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// The stream of published calendars, and the one type of event in it. Stored format: `data` is
/// the calendar document itself, canonical.
inline const StreamId kCalendarStream{"calendar-cn"};
constexpr const char* kCalendarPublished = "calendar.published";

/// Who publishes, in which role.
struct Publisher {
  Actor actor;
  Role role = Role::kSystemAdministrator;
};

/// Thread-safe. Calendars given out are immutable and live as long as somebody holds them.
class LogCalendars : public Calendars {
 public:
  /// What it works with. All outlive it.
  struct Ports {
    EventLog& log;
    const Clock& clock;
    IdSource& ids;
  };
  explicit LogCalendars(Ports ports);

  std::shared_ptr<const WorkCalendar> Current() const override;
  std::shared_ptr<const WorkCalendar> Find(std::string_view version) const override;
  /// Every calendar that can be found, oldest publication first.
  std::vector<std::shared_ptr<const WorkCalendar>> All() const;

  /// Appends the document and puts it in force. Refusals: those of CalendarSet::Parse,
  /// `calendar_version_missing`, `calendar_version_known`.
  Expected<Appended> Publish(const Json& document, const Publisher& publisher);
  /// Reads what others have published since. Cheap when there is nothing. Throws StoreError when
  /// a stored calendar cannot be read.
  void Refresh();

 private:
  NewEvent MakeEvent(const Json& document, const Publisher& publisher) const;
  Version SeenVersion() const;
  void Accept(const RecordedEvent& event);

  Ports ports_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  Version seen_;
  std::vector<CalendarSet> published_;  ///< Oldest first; the built-in set comes before them.
};

}  // namespace docket
