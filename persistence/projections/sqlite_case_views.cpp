#include "persistence/projections/sqlite_case_views.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <variant>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "persistence/projections/case_projection.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/drafting.hpp"

namespace docket {

namespace {

constexpr const char* kSelectProjectedTo =
    "SELECT position FROM checkpoints WHERE projection = 'cases'";
constexpr const char* kSelectDueCases =
    "SELECT case_id FROM cases WHERE next_tick_at IS NOT NULL AND next_tick_at <= ?"
    " ORDER BY next_tick_at, case_id LIMIT ?";

// Queries with filters are put together from these texts; every value is bound.
constexpr const char* kSelectCases =
    "SELECT case_id, workflow, state, profile, title, region, industry, unit, received_on,"
    " outcome, flags, handlers, version, people_version, opened_position, position, opened_at,"
    " changed_at, next_due, overdue FROM cases WHERE true";
constexpr const char* kWhereWorkflow = " AND workflow = ?";
constexpr const char* kWhereState = " AND state = ?";
constexpr const char* kWhereProfile = " AND profile = ?";
constexpr const char* kWhereIndustry = " AND industry = ?";
constexpr const char* kWhereUnit = " AND unit = ?";
constexpr const char* kWhereHandler =
    " AND case_id IN (SELECT case_id FROM case_handlers WHERE handler = ?)";
constexpr const char* kWhereOverdue = " AND overdue = 1";
constexpr const char* kWhereNotOverdue = " AND overdue = 0";
constexpr const char* kWhereTitle = " AND instr(title, ?) > 0";
constexpr const char* kWhereRegionFrom = " AND region >= ?";
constexpr const char* kWhereRegionBefore = " AND region < ?";
constexpr const char* kCasesAfter = " AND opened_position < ?";
constexpr const char* kCasesOrder = " ORDER BY opened_position DESC LIMIT ?";

constexpr const char* kSelectClocks =
    "SELECT case_clocks.case_id, workflow, title, region, clock, due_order, ordinal"
    " FROM case_clocks JOIN cases ON cases.case_id = case_clocks.case_id WHERE true";
constexpr const char* kWhereCase = " AND case_clocks.case_id = ?";
constexpr const char* kWhereRule = " AND rule = ?";
constexpr const char* kWhereClockState = " AND case_clocks.state = ?";
constexpr const char* kWhereStanding = " AND case_clocks.state IN ('running', 'paused', 'lapsed')";
constexpr const char* kWhereDueBy = " AND due_date <= ?";
constexpr const char* kClocksAfter = " AND (due_order, case_clocks.case_id, ordinal) > (?, ?, ?)";
constexpr const char* kClocksOrder = " ORDER BY due_order, case_clocks.case_id, ordinal LIMIT ?";

constexpr std::size_t kPageMax = 200;
constexpr std::size_t kTimelinePage = 500;

/// A query as it grows: texts and their values.
class Filtered {
 public:
  using Value = std::variant<std::int64_t, std::string>;
  explicit Filtered(const char* select) : sql_(select) {}
  template <class... Values>
  void And(const char* text, Values... values) {
    sql_ += text;
    (values_.emplace_back(std::move(values)), ...);
  }
  template <class Id>
  void AndId(const char* text, const std::optional<Id>& id) {
    if (id) And(text, id->value);
  }
  void AndText(const char* text, const std::optional<std::string>& value) {
    if (value) And(text, *value);
  }
  /// The division and all below it: codes share the leading pairs of digits that are not zero.
  void AndRegion(const std::optional<RegionCode>& region) {
    if (!region || region->value == "100000") return;
    std::string prefix = region->value;
    while (prefix.size() > 2 && prefix.size() % 2 == 0 &&
           prefix.substr(prefix.size() - 2) == "00") {
      prefix.resize(prefix.size() - 2);
    }
    And(kWhereRegionFrom, prefix);
    ++prefix.back();
    And(kWhereRegionBefore, prefix);
  }
  Statement PrepareOn(Database& database) const {
    auto statement = database.Prepare(sql_);
    for (const auto& value : values_) {
      std::visit([&](const auto& plain) { statement.Bind(plain); }, value);
    }
    return statement;
  }

 private:
  std::string sql_;
  std::vector<Value> values_;
};

std::int64_t LimitOf(std::size_t limit) {
  return static_cast<std::int64_t>(std::clamp<std::size_t>(limit, 1, kPageMax));
}

std::int64_t NumberIn(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) throw UnknownPage();
  return number;
}

template <class T>
T Stored(std::string_view json) {
  auto value = Decode<T>(Json::parse(json));
  if (!value) throw StoreError("a row of the case views cannot be read; rebuild them");
  return std::move(*value);
}

CaseRow ReadCase(const Statement& row) {
  CaseRow read;
  read.case_id = StreamId(row.Text(0));
  read.workflow = row.Text(1);
  read.state = row.Text(2);
  read.summary.profile = row.Text(3);
  read.summary.title = row.Text(4);
  read.summary.region = RegionCode(row.Text(5));
  if (!row.IsNull(6)) read.summary.industry = FromName<Industry>(row.View(6));
  read.summary.unit = UnitId(row.Text(7));
  if (!row.IsNull(8)) read.summary.received_on = Date::Parse(row.View(8));
  read.summary.outcome = row.Text(9);
  read.summary.flags = Json::parse(row.View(10)).get<std::vector<std::string>>();
  for (const auto& handler : Json::parse(row.View(11))) {
    read.summary.handlers.emplace_back(handler.get<std::string>());
  }
  read.version = Version{row.Integer(12)};
  read.people_version = Version{row.Integer(13)};
  read.position = Position{row.Integer(15)};
  read.opened_at = Instant::FromMicros(row.Integer(16));
  read.changed_at = Instant::FromMicros(row.Integer(17));
  if (!row.IsNull(18)) read.next_due = Date::Parse(row.View(18));
  read.overdue = row.Integer(19) != 0;
  return read;
}

Position ReadProjectedTo(Database& reader) {
  auto query = reader.Prepare(kSelectProjectedTo);
  return query.Step() ? Position{query.Integer(0)} : Position{};
}

Filtered CaseQuery(const CaseFilter& filter, std::int64_t limit) {
  Filtered query(kSelectCases);
  query.AndText(kWhereWorkflow, filter.workflow);
  query.AndText(kWhereState, filter.state);
  query.AndText(kWhereProfile, filter.profile);
  query.AndRegion(filter.region);
  if (filter.industry) query.And(kWhereIndustry, std::string(NameOf(*filter.industry)));
  query.AndId(kWhereUnit, filter.unit);
  query.AndId(kWhereHandler, filter.handler);
  if (filter.overdue) query.And(*filter.overdue ? kWhereOverdue : kWhereNotOverdue);
  query.AndText(kWhereTitle, filter.text);
  if (!filter.after.empty()) query.And(kCasesAfter, NumberIn(filter.after));
  query.And(kCasesOrder, limit + 1);
  return query;
}

/// A place in the order of deadlines: `due_order.ordinal.case id`.
void AndAfter(Filtered& query, const std::string& after) {
  if (after.empty()) return;
  const std::size_t first = after.find('.');
  const std::size_t second = first == std::string::npos ? first : after.find('.', first + 1);
  if (second == std::string::npos) throw UnknownPage();
  const std::string_view text = after;
  query.And(kClocksAfter, NumberIn(text.substr(0, first)), after.substr(second + 1),
            NumberIn(text.substr(first + 1, second - first - 1)));
}

Filtered DeadlineQuery(const DeadlineFilter& filter, std::int64_t limit) {
  Filtered query(kSelectClocks);
  query.AndId(kWhereCase, filter.case_id);
  query.AndText(kWhereRule, filter.rule);
  if (filter.state) {
    query.And(kWhereClockState, std::string(NameOf(*filter.state)));
  } else {
    query.And(kWhereStanding);
  }
  query.AndRegion(filter.region);
  if (filter.due_by) query.And(kWhereDueBy, filter.due_by->ToString());
  AndAfter(query, filter.after);
  query.And(kClocksOrder, limit + 1);
  return query;
}

/// The workflow's own name of the event, or the engine's; its type where nobody has one.
std::string ChineseOf(const std::string& type, const Workflow* workflow) {
  const EventText* own = workflow == nullptr ? nullptr : workflow->Describe().FindEvent(type);
  if (own != nullptr) return own->zh;
  if (type == BackEntryRecorded::kType) return std::string(BackEntryRecorded::kZh);
  const auto zh = deadline::ChineseOfType(type);
  return zh.empty() ? type : std::string(zh);
}

}  // namespace

SqliteCaseViews::SqliteCaseViews(const SqlitePaths& paths, const EventLog& log)
    : log_(log), readers_([path = paths.views] {
        return std::make_unique<Database>(path, DatabaseOptions{.read_only = true});
      }) {
  OpenViewsWriter(paths);
}

Page<CaseRow> SqliteCaseViews::ListCases(const CaseFilter& filter) const {
  const std::int64_t limit = LimitOf(filter.limit);
  const auto query = CaseQuery(filter, limit);
  const auto reader = readers_.Borrow();
  const Snapshot snapshot(*reader);
  Page<CaseRow> page;
  page.position = ReadProjectedTo(*reader);
  auto rows = query.PrepareOn(*reader);
  std::string last;
  while (rows.Step()) {
    if (static_cast<std::int64_t>(page.rows.size()) == limit) {
      page.next = last;
      break;
    }
    page.rows.push_back(ReadCase(rows));
    last = std::to_string(rows.Integer(14));
  }
  return page;
}

Page<DeadlineRow> SqliteCaseViews::ListDeadlines(const DeadlineFilter& filter) const {
  const std::int64_t limit = LimitOf(filter.limit);
  const auto query = DeadlineQuery(filter, limit);
  const auto reader = readers_.Borrow();
  const Snapshot snapshot(*reader);
  Page<DeadlineRow> page;
  page.position = ReadProjectedTo(*reader);
  auto rows = query.PrepareOn(*reader);
  std::string last;
  while (rows.Step()) {
    if (static_cast<std::int64_t>(page.rows.size()) == limit) {
      page.next = last;
      break;
    }
    page.rows.push_back({StreamId(rows.Text(0)), rows.Text(1), rows.Text(2),
                         RegionCode(rows.Text(3)), Stored<CaseClock>(rows.View(4))});
    last = fmt::format("{}.{}.{}", rows.Integer(5), rows.Integer(6), rows.View(0));
  }
  return page;
}

std::vector<TimelineRow> SqliteCaseViews::Timeline(const StreamId& case_id) const {
  const Workflow* workflow = WorkflowOf(case_id);
  std::vector<TimelineRow> timeline;
  for (;;) {
    const Version after = timeline.empty() ? Version{} : timeline.back().version;
    const auto page = log_.ReadStream(LogId::kCases, case_id, after, kTimelinePage);
    for (const auto& event : page) {
      timeline.push_back({event.position, event.version, event.id, event.type,
                          ChineseOf(event.type, workflow), event.occurred_at, event.recorded_at,
                          event.actor, event.recorded_by, event.role, Json::parse(event.data)});
    }
    if (page.size() < kTimelinePage) return timeline;
  }
}

std::vector<StreamId> SqliteCaseViews::DueCases(Instant now, std::size_t limit) const {
  const auto reader = readers_.Borrow();
  auto query = reader->Prepare(kSelectDueCases);
  query.Bind(now.Micros(), static_cast<std::int64_t>(limit));
  std::vector<StreamId> cases;
  while (query.Step()) cases.emplace_back(query.Text(0));
  return cases;
}

Position SqliteCaseViews::ProjectedTo() const {
  const auto reader = readers_.Borrow();
  return ReadProjectedTo(*reader);
}

}  // namespace docket
