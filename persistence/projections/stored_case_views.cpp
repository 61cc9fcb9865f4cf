#include "persistence/projections/stored_case_views.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/text/bigrams.hpp"
#include "persistence/projections/case_projection.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/drafting.hpp"

namespace docket {

namespace {

constexpr const char* kSelectDueCases =
    "SELECT case_id FROM {cases} WHERE next_tick_at IS NOT NULL AND next_tick_at <= ?"
    " ORDER BY next_tick_at, case_id LIMIT ?";
constexpr const char* kSelectNextDue =
    "SELECT next_tick_at FROM {cases} WHERE next_tick_at IS NOT NULL AND next_tick_at > ?"
    " ORDER BY next_tick_at LIMIT 1";

// Queries with filters are put together from these texts; every value is bound.
constexpr const char* kSelectCases =
    "SELECT case_id, workflow, state, profile, title, region, industry, unit, received_on,"
    " outcome, flags, handlers, version, people_version, opened_position, position, opened_at,"
    " changed_at, next_due, overdue, opened_by,"
    " recused, confidentiality, readers, concerned FROM {cases} WHERE true";
constexpr const char* kWhereWorkflow = " AND workflow = ?";
constexpr const char* kWhereState = " AND state = ?";
constexpr const char* kWhereProfile = " AND profile = ?";
constexpr const char* kWhereIndustry = " AND industry = ?";
constexpr const char* kWhereUnit = " AND unit = ?";
constexpr const char* kWhereHandler =
    " AND case_id IN (SELECT case_id FROM {case_handlers} WHERE handler = ?)";
constexpr const char* kWhereOverdue = " AND overdue = 1";
constexpr const char* kWhereNotOverdue = " AND overdue = 0";
constexpr const char* kWhereWord =
    " AND opened_position IN (SELECT opened_position FROM {case_words} WHERE word = ?)";
constexpr const char* kWhereWordBegins =
    " AND opened_position IN"
    " (SELECT opened_position FROM {case_words} WHERE word >= ? AND word < ?)";
constexpr const char* kWhereContains = " AND search LIKE ?";
constexpr const char* kWhereNothing = " AND false";
constexpr const char* kWhereRegionFrom = " AND region >= ?";
constexpr const char* kWhereRegionBefore = " AND region < ?";
constexpr const char* kCasesAfter = " AND opened_position < ?";
constexpr const char* kCasesOrder = " ORDER BY opened_position DESC LIMIT ?";

constexpr const char* kSelectClocks =
    "SELECT clocks.case_id, workflow, title, region, clock, due_order, ordinal"
    " FROM {case_clocks} AS clocks JOIN {cases} AS cases ON cases.case_id = clocks.case_id"
    " WHERE true";
constexpr const char* kWhereCase = " AND clocks.case_id = ?";
constexpr const char* kWhereRule = " AND rule = ?";
constexpr const char* kWhereClockState = " AND clocks.state = ?";
constexpr const char* kWhereStanding = " AND clocks.state IN ('running', 'paused', 'lapsed')";
constexpr const char* kWhereDueBy = " AND due_date <= ?";
constexpr const char* kClocksAfter = " AND (due_order, clocks.case_id, ordinal) > (?, ?, ?)";
constexpr const char* kClocksOrder = " ORDER BY due_order, clocks.case_id, ordinal LIMIT ?";

constexpr std::size_t kPageMax = 200;
constexpr std::size_t kTimelinePage = 500;
/// The last character there is: what begins with x lies between x and x followed by it.
constexpr std::string_view kAfterAll = "\U0010FFFF";

/// A query as it grows: texts and their values.
struct Filtered {
  std::string sql;
  ViewRow values;

  template <class... Values>
  void And(const char* text, Values... more) {
    sql += text;
    (values.emplace_back(std::move(more)), ...);
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
    And(kWhereRegionBefore, prefix + std::string(kAfterAll));
  }
  /// The words find candidates, the text confirms them.
  void AndContains(const std::optional<std::string>& text) {
    if (!text || IsBlank(*text)) return;
    const auto terms = ParseSearch(*text);
    if (terms.empty()) And(kWhereNothing);
    for (const auto& term : terms) {
      for (const auto& word : term.words) {
        if (word.begins) And(kWhereWordBegins, word.text, word.text + std::string(kAfterAll));
        else And(kWhereWord, word.text);
      }
      // What is normalised holds no character that LIKE would read as its own.
      And(kWhereContains, "%" + term.text + "%");
    }
  }

 private:
  static bool IsBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
  }
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

std::int64_t IntegerAt(const ViewRow& row, std::size_t column) {
  return std::get<std::int64_t>(row.at(column));
}
const std::string& TextAt(const ViewRow& row, std::size_t column) {
  return std::get<std::string>(row.at(column));
}
bool IsNullAt(const ViewRow& row, std::size_t column) {
  return std::holds_alternative<std::monostate>(row.at(column));
}

CaseRow ReadCase(const ViewRow& row) {
  CaseRow read;
  read.case_id = StreamId(TextAt(row, 0));
  read.workflow = TextAt(row, 1);
  read.state = TextAt(row, 2);
  read.summary.profile = TextAt(row, 3);
  read.summary.title = TextAt(row, 4);
  read.summary.region = RegionCode(TextAt(row, 5));
  if (!IsNullAt(row, 6)) read.summary.industry = FromName<Industry>(TextAt(row, 6));
  read.summary.unit = UnitId(TextAt(row, 7));
  if (!IsNullAt(row, 8)) read.summary.received_on = Date::Parse(TextAt(row, 8));
  read.summary.outcome = TextAt(row, 9);
  read.summary.flags = Json::parse(TextAt(row, 10)).get<std::vector<std::string>>();
  for (const auto& handler : Json::parse(TextAt(row, 11))) {
    read.summary.handlers.emplace_back(handler.get<std::string>());
  }
  read.version = Version{IntegerAt(row, 12)};
  read.people_version = Version{IntegerAt(row, 13)};
  read.position = Position{IntegerAt(row, 15)};
  read.opened_at = Instant::FromMicros(IntegerAt(row, 16));
  read.changed_at = Instant::FromMicros(IntegerAt(row, 17));
  if (!IsNullAt(row, 18)) read.next_due = Date::Parse(TextAt(row, 18));
  read.overdue = IntegerAt(row, 19) != 0;
  read.opened_by = ActorId(TextAt(row, 20));
  read.summary.recused = Stored<std::vector<ActorId>>(TextAt(row, 21));
  const auto confidentiality = FromName<Confidentiality>(TextAt(row, 22));
  read.summary.confidentiality = confidentiality.value_or(Confidentiality::kRestricted);
  if (!IsNullAt(row, 23)) read.summary.readers = Stored<std::vector<ActorId>>(TextAt(row, 23));
  read.summary.concerned = Stored<std::vector<UnitId>>(TextAt(row, 24));
  read.summary.archived = read.state == kArchivedState;
  return read;
}

std::string PlaceOfCase(const ViewRow& row) { return std::to_string(IntegerAt(row, 14)); }

DeadlineRow ReadDeadline(const ViewRow& row) {
  return {StreamId(TextAt(row, 0)), TextAt(row, 1), TextAt(row, 2), RegionCode(TextAt(row, 3)),
          Stored<CaseClock>(TextAt(row, 4))};
}

/// As AndAfter takes it.
std::string PlaceOfDeadline(const ViewRow& row) {
  return fmt::format("{}.{}.{}", IntegerAt(row, 5), IntegerAt(row, 6), TextAt(row, 0));
}

/// The query asks for one row more than `limit`: where there is one, another page follows.
template <class Row>
Page<Row> ReadPage(const ViewReaders::Moment& moment, const Filtered& query, std::int64_t limit,
                   Row (*read)(const ViewRow&), std::string (*place)(const ViewRow&)) {
  Page<Row> page;
  page.position = moment.position;
  const auto rows = moment.views.Query(query.sql, query.values);
  const auto shown = std::min(rows.size(), static_cast<std::size_t>(limit));
  for (std::size_t i = 0; i < shown; ++i) page.rows.push_back(read(rows[i]));
  if (rows.size() > shown) page.next = place(rows[shown - 1]);
  return page;
}

Filtered CaseQuery(const CaseFilter& filter, std::int64_t limit) {
  Filtered query{kSelectCases, {}};
  query.AndText(kWhereWorkflow, filter.workflow);
  query.AndText(kWhereState, filter.state);
  query.AndText(kWhereProfile, filter.profile);
  query.AndRegion(filter.region);
  if (filter.industry) query.And(kWhereIndustry, std::string(NameOf(*filter.industry)));
  query.AndId(kWhereUnit, filter.unit);
  query.AndId(kWhereHandler, filter.handler);
  if (filter.overdue) query.And(*filter.overdue ? kWhereOverdue : kWhereNotOverdue);
  query.AndContains(filter.text);
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
  Filtered query{kSelectClocks, {}};
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
  auto zh = deadline::ChineseOfType(type);
  if (zh.empty()) zh = personal::ChineseOfType(type);
  if (zh.empty()) zh = reading::ChineseOfType(type);
  return zh.empty() ? type : std::string(zh);
}

}  // namespace

StoredCaseViews::StoredCaseViews(ViewStore& views, const EventLog& log)
    : log_(log), readers_(views, CaseProjection::TheSchema()) {}

Page<CaseRow> StoredCaseViews::ListCases(const CaseFilter& filter) const {
  const std::int64_t limit = LimitOf(filter.limit);
  const auto query = CaseQuery(filter, limit);
  Page<CaseRow> page;
  readers_.Read([&](const ViewReaders::Moment& moment) {
    page = ReadPage<CaseRow>(moment, query, limit, ReadCase, PlaceOfCase);
  });
  return page;
}

Page<DeadlineRow> StoredCaseViews::ListDeadlines(const DeadlineFilter& filter) const {
  const std::int64_t limit = LimitOf(filter.limit);
  const auto query = DeadlineQuery(filter, limit);
  Page<DeadlineRow> page;
  readers_.Read([&](const ViewReaders::Moment& moment) {
    page = ReadPage<DeadlineRow>(moment, query, limit, ReadDeadline, PlaceOfDeadline);
  });
  return page;
}

std::vector<TimelineRow> StoredCaseViews::Timeline(const StreamId& case_id) const {
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

std::vector<StreamId> StoredCaseViews::DueCases(Instant now, std::size_t limit) const {
  std::vector<StreamId> cases;
  readers_.Read([&](const ViewReaders::Moment& moment) {
    cases.clear();
    for (const auto& row :
         moment.views.Query(kSelectDueCases, {now.Micros(), static_cast<std::int64_t>(limit)})) {
      cases.emplace_back(TextAt(row, 0));
    }
  });
  return cases;
}

std::optional<Instant> StoredCaseViews::NextDue(Instant now) const {
  std::optional<Instant> next;
  readers_.Read([&](const ViewReaders::Moment& moment) {
    const auto rows = moment.views.Query(kSelectNextDue, {now.Micros()});
    next = rows.empty() ? std::nullopt
                        : std::optional(Instant::FromMicros(IntegerAt(rows.front(), 0)));
  });
  return next;
}

Position StoredCaseViews::ProjectedTo() const {
  Position position;
  readers_.Read([&](const ViewReaders::Moment& moment) { position = moment.position; });
  return position;
}

}  // namespace docket
