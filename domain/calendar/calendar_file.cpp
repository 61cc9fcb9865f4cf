#include "domain/calendar/calendar_file.hpp"

namespace docket::calendar_file {

namespace {

constexpr std::string_view kSchema = "cn-working-calendar/1";
constexpr std::size_t kYearsMax = 200;
constexpr std::size_t kDaysPerYearMax = 366;
constexpr std::size_t kVersionBytesMax = 64;
constexpr std::array<std::string_view, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};

using json_detail::Add;
using json_detail::AddMissing;
using json_detail::AddWrongType;

std::string_view TypeName(Json::value_t type) {
  switch (type) {
    case Json::value_t::object: return "object";
    case Json::value_t::array: return "array";
    case Json::value_t::boolean: return "boolean";
    default: return "string";
  }
}

std::string At(const std::string& pointer, std::size_t index) {
  return PointerTo(pointer, std::to_string(index));
}

/// One entry of `off_days` or `makeup_workdays`, and the entry's own place.
struct Entry {
  Date date;
  std::string name;
};

void CheckWeekday(Date date, const Json& entry, const std::string& pointer, FieldErrors& errors) {
  const auto weekday = entry.find("dow");
  if (weekday == entry.end()) return;
  if (!weekday->is_string() || *weekday != Json(kWeekdays[date.Weekday()])) {
    Add(errors, PointerTo(pointer, "dow"),
        {"weekday_mismatch", "星期与日期不符", "the weekday contradicts the date"});
  }
}

std::optional<Entry> ReadEntry(int year, const Json& json, const std::string& pointer,
                               FieldErrors& errors) {
  if (!json.is_object()) {
    AddWrongType(errors, pointer, "object");
    return std::nullopt;
  }
  const auto found = json.find("date");
  const std::string at = PointerTo(pointer, "date");
  if (found == json.end()) {
    AddMissing(errors, at);
    return std::nullopt;
  }
  const auto date = json_detail::DecodeDate(*found, at, errors);
  if (!date) return std::nullopt;
  if (std::abs(static_cast<int>(date->Parts().year()) - year) > 1) {
    Add(errors, at,
        {"date_outside_year", "日期不属于该年度或相邻年度",
         "the date belongs neither to the year nor to its neighbours"});
    return std::nullopt;
  }
  CheckWeekday(*date, json, pointer, errors);
  const auto name = json.find("name");
  if (name != json.end() && !name->is_string()) {
    AddWrongType(errors, PointerTo(pointer, "name"), "string");
    return std::nullopt;
  }
  return Entry{*date, name == json.end() ? "" : name->get<std::string>()};
}

void CheckWeekdayOff(Date date, const Json& entry, const std::string& pointer,
                     FieldErrors& errors) {
  const auto flag = entry.find("weekday_off");
  if (flag == entry.end()) return;
  const std::string at = PointerTo(pointer, "weekday_off");
  if (!flag->is_boolean()) {
    AddWrongType(errors, at, "boolean");
  } else if (flag->get<bool>() && OnWeekend(date)) {
    Add(errors, at,
        {"weekday_off_wrong", "该日为周末，weekday_off 应为 false",
         "the date is a Saturday or Sunday: weekday_off must be false"});
  } else if (!flag->get<bool>() && !OnWeekend(date)) {
    Add(errors, at,
        {"weekday_off_wrong", "该日为周一至周五，weekday_off 应为 true",
         "the date is a Monday to Friday: weekday_off must be true"});
  }
}

void AddListedTwice(FieldErrors& errors, const std::string& pointer) {
  Add(errors, PointerTo(pointer, "date"),
      {"date_listed_twice", "日期重复", "the date is listed twice"});
}

void ReadOffDays(int year, const Json& list, const std::string& pointer, Publication& publication,
                 FieldErrors& errors) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto entry = ReadEntry(year, list[i], At(pointer, i), errors);
    if (!entry) continue;
    CheckWeekdayOff(entry->date, list[i], At(pointer, i), errors);
    const bool fresh = publication.days.off.emplace(entry->date, entry->name).second;
    if (!fresh) AddListedTwice(errors, At(pointer, i));
  }
}

/// All off days of all years are known by then, so that "both" is found across years too.
void ReadMakeupDays(int year, const Json& list, const std::string& pointer,
                    Publication& publication, FieldErrors& errors) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto entry = ReadEntry(year, list[i], At(pointer, i), errors);
    if (!entry) continue;
    const std::string at = PointerTo(At(pointer, i), "date");
    if (publication.days.off.contains(entry->date)) {
      Add(errors, at,
          {"date_off_and_makeup", "同一日期既列为放假又列为调休上班",
           "the date is both a day off and a make-up working day"});
    } else if (!OnWeekend(entry->date)) {
      Add(errors, at,
          {"makeup_on_weekday", "调休上班日不在周末，该日本为工作日",
           "a make-up day on Monday to Friday is a working day anyway"});
    }
    const bool fresh = publication.days.makeup.emplace(entry->date, entry->name).second;
    if (!fresh) AddListedTwice(errors, At(pointer, i));
  }
}

/// The list of that name. A published year must have it; an unpublished one may only have it empty.
const Json* DayList(const Json& year, std::string_view name, bool published,
                    const std::string& pointer, FieldErrors& errors) {
  if (!published && !year.contains(name)) return nullptr;
  const Json* list = Member(year, name, Json::value_t::array, pointer, errors);
  if (list == nullptr) return nullptr;
  const std::string at = PointerTo(pointer, name);
  if (!published && !list->empty()) {
    Add(errors, at,
        {"year_unpublished", "该年度标为未公布，不应列有日期",
         "the year is not published, yet lists days"});
    return nullptr;
  }
  if (published && name == "off_days" && list->empty()) {
    Add(errors, at,
        {"year_without_holidays", "已公布年度没有任何放假日", "a published year has no day off"});
  }
  if (list->size() > kDaysPerYearMax) {
    Add(errors, at, {"list_too_long", "列表项过多", "the list has too many items"});
    return nullptr;
  }
  return list;
}

std::optional<int> YearOf(const std::string& name) {
  const auto first_day = Date::Parse(name + "-01-01");
  if (!first_day) return std::nullopt;
  return static_cast<int>(first_day->Parts().year());
}

void ReadPapers(int year, const Json& json, const std::string& pointer, Publication& publication,
                FieldErrors& errors) {
  if (!json.contains("papers")) return;
  const Json* papers = Member(json, "papers", Json::value_t::array, pointer, errors);
  if (papers == nullptr) return;
  for (std::size_t i = 0; i < papers->size(); ++i) {
    if (!(*papers)[i].is_string()) {
      AddWrongType(errors, At(PointerTo(pointer, "papers"), i), "string");
    } else if (i == 0) {
      publication.first_papers[year] = papers->front().get<std::string>();
    }
  }
}

/// The years of the file in order, and whether each is published.
std::map<int, bool> ReadYearHeads(const Json& years, Publication& publication,
                                  FieldErrors& errors) {
  std::map<int, bool> heads;
  for (auto it = years.begin(); it != years.end(); ++it) {
    const std::string pointer = PointerTo("/years", it.key());
    const auto year = YearOf(it.key());
    if (!year) {
      Add(errors, pointer, {"year_invalid", "年度无效，应为四位数字", "not a year of four digits"});
    } else if (!it->is_object()) {
      AddWrongType(errors, pointer, "object");
    } else if (const auto* published =
                   Member(*it, "published", Json::value_t::boolean, pointer, errors)) {
      heads[*year] = published->get<bool>();
      ReadPapers(*year, *it, pointer, publication, errors);
    }
  }
  return heads;
}

/// Published years follow one another without a gap; unpublished ones come after them.
void CheckYearsFollow(const std::map<int, bool>& heads, Publication& publication,
                      FieldErrors& errors) {
  for (const auto& [year, published] : heads) {
    if (!published) continue;
    if (publication.first_year == 0) {
      publication.first_year = year;
    } else if (year != publication.last_year + 1) {
      Add(errors, PointerTo("/years", fmt::format("{:04}", publication.last_year + 1)),
          {"year_missing", "已公布年度之间有缺漏", "a year between published years is missing"});
    }
    publication.last_year = year;
  }
  if (publication.first_year == 0 && errors.empty()) {
    Add(errors, "/years", {"year_missing", "没有任何已公布的年度", "no year is published"});
  }
}

void ReadYears(const Json& years, Publication& publication, FieldErrors& errors) {
  if (years.size() > kYearsMax) {
    Add(errors, "/years", {"list_too_long", "列表项过多", "the list has too many items"});
    return;
  }
  const auto heads = ReadYearHeads(years, publication, errors);
  CheckYearsFollow(heads, publication, errors);
  const auto each_list = [&](std::string_view name, const auto& read) {
    for (const auto& [year, published] : heads) {
      const std::string key = fmt::format("{:04}", year);
      const std::string pointer = PointerTo("/years", key);
      const Json* list = DayList(years[key], name, published, pointer, errors);
      if (list != nullptr) read(year, *list, PointerTo(pointer, name), publication, errors);
    }
  };
  each_list("off_days", ReadOffDays);
  each_list("makeup_workdays", ReadMakeupDays);
}

std::string ReadVersion(const Json& document, FieldErrors& errors) {
  const auto found = document.find("version");
  if (found == document.end()) return "final";
  const auto printable = [](char c) { return c > ' ' && c <= '~'; };
  if (found->is_string()) {
    const auto& version = found->get_ref<const std::string&>();
    const bool fits = !version.empty() && version.size() <= kVersionBytesMax;
    if (fits && std::all_of(version.begin(), version.end(), printable)) return version;
  }
  Add(errors, "/version",
      {"version_invalid", "版本名无效，应为 1 至 64 个可见 ASCII 字符",
       "not a version: expected 1 to 64 visible ASCII characters"});
  return "";
}

}  // namespace

const Json* Member(const Json& object, std::string_view name, Json::value_t type,
                   const std::string& pointer, FieldErrors& errors) {
  const auto found = object.find(name);
  if (found == object.end()) {
    AddMissing(errors, PointerTo(pointer, name));
    return nullptr;
  }
  if (found->type() != type) {
    AddWrongType(errors, PointerTo(pointer, name), TypeName(type));
    return nullptr;
  }
  return &*found;
}

Publication ReadPublication(const Json& document, FieldErrors& errors) {
  Publication publication;
  if (!document.is_object()) {
    AddWrongType(errors, "", "object");
    return publication;
  }
  const Json* schema = Member(document, "schema", Json::value_t::string, "", errors);
  if (schema != nullptr && *schema != Json(kSchema)) {
    Add(errors, "/schema",
        {"schema_unknown", "文件格式未知，应为 cn-working-calendar/1",
         "unknown schema: expected cn-working-calendar/1"});
    return publication;
  }
  publication.version = ReadVersion(document, errors);
  const Json* years = Member(document, "years", Json::value_t::object, "", errors);
  if (years != nullptr) ReadYears(*years, publication, errors);
  return publication;
}

}  // namespace docket::calendar_file
