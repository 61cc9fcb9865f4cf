#include "domain/calendar/calendar_file.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace calendar_file {

namespace {

using json_detail::Add;
using json_detail::AddWrongType;

Date LastDayOf(int year) { return *Date::FromParts(year, 12, 31); }

/// The first date in `text`, written `2019-11-21` or, inside an address, `2019-11/21`.
std::optional<std::string> DateIn(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  for (std::size_t i = 0; i + kDateLength <= text.size(); ++i) {
    std::string candidate(text.substr(i, kDateLength));
    if (candidate[7] == '/') candidate[7] = '-';
    if (Date::Parse(candidate)) return candidate;
  }
  return std::nullopt;
}

std::vector<Date> ReadDates(const Json& side, std::string_view name, const std::string& pointer,
                            FieldErrors& errors) {
  std::vector<Date> dates;
  const Json* list = Member(side, name, Json::value_t::array, pointer, errors);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const std::string at = PointerTo(PointerTo(pointer, name), std::to_string(i));
    const auto date = json_detail::DecodeDate((*list)[i], at, errors);
    if (date) dates.push_back(*date);
  }
  return dates;
}

/// The name of the holiday that `date` belongs to: its own, else that of the nearest day off.
std::string HolidayName(const WorkCalendar::Days& days, Date date) {
  const auto makeup = days.makeup.find(date);
  if (makeup != days.makeup.end()) return makeup->second;
  const auto after = days.off.lower_bound(date);
  if (after == days.off.begin()) return after == days.off.end() ? "" : after->second;
  const auto before = std::prev(after);
  const bool nearer_after = after != days.off.end() && after->first - date < date - before->first;
  return nearer_after ? after->second : before->second;
}

void AddContradiction(FieldErrors& errors, const std::string& pointer, Date date) {
  errors.push_back({pointer, "revision_contradicts_year",
                    fmt::format("修订内容与年度数据不符：{}", date.ToString()),
                    fmt::format("the revision contradicts its year on {}", date.ToString())});
}

/// A side that lists its days: `weekday_off: [dates]`.
Revision::Side ReadListed(const Json& side, const Publication& publication,
                          const std::string& pointer, FieldErrors& errors) {
  Revision::Side read;
  for (const Date date : ReadDates(side, "weekday_off", pointer, errors)) {
    read.off[date] = HolidayName(publication.days, date);
  }
  return read;
}

/// A side that says until when a holiday lasted: every Monday to Friday after `from` up to there.
Revision::Side ReadThrough(const Json& side, Date from, const Publication& publication,
                           const std::string& pointer, FieldErrors& errors) {
  Revision::Side read;
  const auto last = json_detail::DecodeDate(side["weekday_off_through"],
                                            PointerTo(pointer, "weekday_off_through"), errors);
  constexpr int kHolidayDaysMax = 31;
  if (!last) return read;
  if (*last - from > kHolidayDaysMax) {
    AddContradiction(errors, PointerTo(pointer, "weekday_off_through"), *last);
    return read;
  }
  for (Date date = from; date < *last;) {
    if (!OnWeekend(++date)) read.off[date] = HolidayName(publication.days, date);
  }
  return read;
}

/// The earlier of the two ends: where the sides begin to differ.
std::optional<Date> CommonEnd(const Json& was, const Json& is) {
  const auto end_of = [](const Json& side) -> std::optional<Date> {
    const auto found = side.find("weekday_off_through");
    if (found == side.end() || !found->is_string()) return std::nullopt;
    return Date::Parse(found->get_ref<const std::string&>());
  };
  const auto before = end_of(was);
  const auto after = end_of(is);
  if (!before || !after) return std::nullopt;
  return std::min(*before, *after);
}

Revision::Side ReadSide(const Json& side, std::optional<Date> common_end,
                        const Publication& publication, const std::string& pointer,
                        FieldErrors& errors) {
  const bool through = side.contains("weekday_off_through");
  // An end that is no date has no common end either; it is read once more to name the error.
  const Date from = common_end.value_or(Date{});
  auto read = through ? ReadThrough(side, from, publication, pointer, errors)
                      : ReadListed(side, publication, pointer, errors);
  for (const Date date : ReadDates(side, "makeup", pointer, errors)) {
    read.makeup[date] = HolidayName(publication.days, date);
  }
  return read;
}

/// What the revision calls final must be what the year says, and the sides must be possible.
void CheckAgainstYear(const Revision& revision, const Publication& publication,
                      const std::string& pointer, FieldErrors& errors) {
  const auto in_year = [&](Date date) {
    return static_cast<int>(date.Parts().year()) == revision.year;
  };
  for (const auto& [date, name] : revision.is.off) {
    if (!publication.days.off.contains(date)) AddContradiction(errors, pointer + "/final", date);
  }
  for (const auto& [date, name] : revision.is.makeup) {
    if (!publication.days.makeup.contains(date)) AddContradiction(errors, pointer + "/final", date);
  }
  for (const auto& [date, name] : revision.was.off) {
    if (OnWeekend(date) || !in_year(date) || revision.was.makeup.contains(date)) {
      AddContradiction(errors, pointer + "/original", date);
    }
  }
  for (const auto& [date, name] : revision.was.makeup) {
    if (!OnWeekend(date) || !in_year(date)) AddContradiction(errors, pointer + "/original", date);
  }
}

std::optional<Revision> ReadRevision(const Json& json, const Publication& publication,
                                     const std::string& pointer, FieldErrors& errors) {
  const std::size_t errors_before = errors.size();
  const Json* was = Member(json, "original", Json::value_t::object, pointer, errors);
  const Json* is = Member(json, "final", Json::value_t::object, pointer, errors);
  if (was == nullptr || is == nullptr) return std::nullopt;
  Revision revision;
  revision.year = json["year"].get<int>();
  const auto common_end = CommonEnd(*was, *is);
  revision.was = ReadSide(*was, common_end, publication, pointer + "/original", errors);
  revision.is = ReadSide(*is, common_end, publication, pointer + "/final", errors);
  if (was->contains("weekday_off_through") != is->contains("weekday_off_through")) {
    Add(errors, pointer,
        {"revision_mixed", "original 与 final 的写法不一致",
         "original and final are spelled differently"});
  }
  const auto paper = publication.first_papers.find(revision.year);
  const auto date = paper == publication.first_papers.end() ? std::nullopt : DateIn(paper->second);
  if (date) {
    revision.notice_date = *date;
  } else {
    Add(errors, fmt::format("/years/{:04}/papers/0", revision.year),
        {"notice_date_missing", "被修订年度缺少首份通知的日期",
         "the date of the year's first notice is missing, after which the version is named"});
  }
  CheckAgainstYear(revision, publication, pointer, errors);
  return errors.size() == errors_before ? std::optional(revision) : std::nullopt;
}

bool IsPublishedYear(const Json& json, const Publication& publication) {
  return json.is_number_integer() && json >= publication.first_year &&
         json <= publication.last_year;
}

}  // namespace

std::vector<Revision> ReadRevisions(const Json& document, const Publication& publication,
                                    FieldErrors& errors) {
  std::vector<Revision> revisions;
  if (!document.contains("revisions")) return revisions;
  const Json* list = Member(document, "revisions", Json::value_t::array, "", errors);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const Json& json = (*list)[i];
    const std::string pointer = PointerTo("/revisions", std::to_string(i));
    if (!json.is_object()) {
      AddWrongType(errors, pointer, "object");
    } else if (!json.contains("year") || !IsPublishedYear(json["year"], publication)) {
      Add(errors, pointer + "/year",
          {"year_invalid", "应为已公布的年度", "expected a published year"});
    } else if (json.contains("original") || json.contains("final")) {
      auto revision = ReadRevision(json, publication, pointer, errors);
      const auto same_year = [&](const Revision& other) { return other.year == revision->year; };
      if (revision && std::any_of(revisions.begin(), revisions.end(), same_year)) {
        Add(errors, pointer + "/year",
            {"revision_listed_twice", "同一年度的修订重复", "the year is revised twice"});
      } else if (revision) {
        revisions.push_back(std::move(*revision));
      }
    }
  }
  return revisions;
}

WorkCalendar Superseded(const Publication& publication, const Revision& revision) {
  WorkCalendar::Days days = publication.days;
  days.off.erase(days.off.upper_bound(LastDayOf(revision.year)), days.off.end());
  days.makeup.erase(days.makeup.upper_bound(LastDayOf(revision.year)), days.makeup.end());
  for (const auto& [date, name] : revision.is.off) {
    if (revision.was.off.contains(date)) continue;
    days.off.erase(date);
    // The weekend behind a lost day off belonged to the same, later announced, holiday.
    for (Date next = date + 1; OnWeekend(next) && days.off.erase(next) > 0;) ++next;
  }
  for (const auto& [date, name] : revision.is.makeup) days.makeup.erase(date);
  for (const auto& [date, name] : revision.was.off) days.off.emplace(date, name);
  for (const auto& [date, name] : revision.was.makeup) {
    days.off.erase(date);
    days.makeup.emplace(date, name);
  }
  return WorkCalendar(revision.notice_date + "-original",
                      *Date::FromParts(publication.first_year, 1, 1), LastDayOf(revision.year),
                      std::move(days));
}

}  // namespace calendar_file

namespace {

tl::unexpected<Rejection> CalendarInvalid(FieldErrors errors) {
  ENSURE(!errors.empty(), "a refusal names a place");
  Rejection rejection(RejectionKind::kInvalid,
                      {"calendar_invalid", "工作日历文件有误", "the calendar file is invalid"});
  rejection.zh += fmt::format("：{} {}", errors.front().pointer, errors.front().zh);
  rejection.en += fmt::format(": {} {}", errors.front().pointer, errors.front().en);
  rejection.fields = std::move(errors);
  return tl::unexpected(std::move(rejection));
}

}  // namespace

Expected<CalendarSet> CalendarSet::Parse(const Json& document) {
  FieldErrors errors;
  auto publication = calendar_file::ReadPublication(document, errors);
  if (!errors.empty()) return CalendarInvalid(std::move(errors));
  auto revisions = calendar_file::ReadRevisions(document, publication, errors);
  if (!errors.empty()) return CalendarInvalid(std::move(errors));

  std::sort(revisions.begin(), revisions.end(),
            [](const auto& a, const auto& b) { return a.notice_date < b.notice_date; });
  CalendarSet calendars;
  for (const auto& revision : revisions) {
    calendars.versions_.push_back(
        std::make_shared<const WorkCalendar>(calendar_file::Superseded(publication, revision)));
  }
  const auto has_its_name = [&](const auto& calendar) {
    return calendar->Version() == publication.version;
  };
  if (std::any_of(calendars.versions_.begin(), calendars.versions_.end(), has_its_name)) {
    json_detail::Add(
        errors, "/version",
        {"version_taken", "版本名与被取代的版本相同", "a superseded version has the same name"});
    return CalendarInvalid(std::move(errors));
  }
  calendars.versions_.push_back(std::make_shared<const WorkCalendar>(
      std::move(publication.version), *Date::FromParts(publication.first_year, 1, 1),
      *Date::FromParts(publication.last_year, 12, 31), std::move(publication.days)));
  return calendars;
}

}  // namespace docket
