#include "api/cli/calendar_source.hpp"

#include "api/cli/verb.hpp"

namespace docket::cli {

namespace {}  // namespace

Expected<Json> ReadCalendarDocument(const std::string& path) {
  return ParseJson(ReadFile(path, kCalendarLimits.bytes_max), kCalendarLimits);
}

Expected<CalendarSet> LoadCalendars(const std::string& path) {
  if (path.empty()) return CalendarSet::Builtin();
  const auto document = ReadCalendarDocument(path);
  if (!document) return tl::unexpected(document.error());
  return CalendarSet::Parse(*document);
}

Expected<std::shared_ptr<const WorkCalendar>> FindCalendar(const CalendarSet& calendars,
                                                           std::string_view version) {
  if (auto calendar = calendars.Find(version)) return calendar;
  std::string known;
  for (const auto& calendar : calendars.Versions()) {
    known += (known.empty() ? "" : ", ") + calendar->Version();
  }
  Rejection rejection(RejectionKind::kNotFound, {"calendar_version_unknown", "没有该工作日历版本",
                                                 "there is no such calendar version"});
  rejection.zh += fmt::format("，可用：{}", known);
  rejection.en += fmt::format("; there are: {}", known);
  return tl::unexpected(std::move(rejection));
}

}  // namespace docket::cli
