/// The read models of cases: list, timeline, deadlines.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// One row of the case list.
struct CaseRow {
  StreamId case_id;
  std::string workflow;
  std::string state;
  CaseSummary summary;
  ActorId opened_by;  ///< Actor of the case's first event.
  Version version;
  Version people_version;
  Position position;  ///< Of the case's last event.
  Instant opened_at;
  Instant changed_at;            ///< occurred_at of the last act of people.
  std::optional<Date> next_due;  ///< Earliest due date among its running clocks.
  bool overdue = false;          ///< A statutory or promised clock has lapsed, its act outstanding.
};

/// `after` is not the `next` of any page.
class UnknownPage : public std::invalid_argument {
 public:
  UnknownPage() : std::invalid_argument("no page begins there") {}
};

/// Absent members do not filter. Pages are keyset pages: `after` is the `next` of the last one,
/// anything else throws UnknownPage. Cases come newest first, deadlines by due instant, those
/// that stand still last; a page never repeats or skips a case because others changed meanwhile.
struct CaseFilter {
  std::optional<std::string> workflow{};
  std::optional<std::string> state{};
  std::optional<std::string> profile{};
  std::optional<RegionCode> region{};  ///< The division and all below it.
  std::optional<Industry> industry{};
  std::optional<UnitId> unit{};
  std::optional<ActorId> handler{};
  std::optional<bool> overdue{};
  /// Each term, between spaces, is contained in the title (domain/text/bigrams.hpp). What holds
  /// nothing that can be searched finds nothing; blanks do not filter.
  std::optional<std::string> text{};
  std::string after{};
  std::size_t limit = 50;  ///< 1 to 200.
};
template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;   ///< Empty: this is the last page.
  Position position;  ///< The log as far as it was projected.
};

struct DeadlineRow {
  StreamId case_id;
  std::string workflow;
  std::string title;
  RegionCode region;
  CaseClock clock;
};
struct DeadlineFilter {
  std::optional<StreamId> case_id{};
  std::optional<std::string> rule{};
  std::optional<ClockState> state{};  ///< Absent: running, paused and lapsed ones.
  std::optional<RegionCode> region{};
  std::optional<Date> due_by{};  ///< Due on or before.
  std::string after{};
  std::size_t limit = 50;
};

struct TimelineRow {
  Position position;
  Version version;
  EventId id;
  std::string type;
  std::string zh;  ///< The event's Chinese name.
  Instant occurred_at;
  Instant recorded_at;
  ActorId actor;
  ActorId recorded_by;
  Role role;
  Json data;  ///< As stored: personal texts sealed.
};

class CaseViews {
 public:
  virtual ~CaseViews() = default;
  virtual Page<CaseRow> ListCases(const CaseFilter& filter) const = 0;
  virtual Page<DeadlineRow> ListDeadlines(const DeadlineFilter& filter) const = 0;
  virtual std::vector<TimelineRow> Timeline(const StreamId& case_id) const = 0;
  /// Cases in which time alone has something to record at `now`, earliest first.
  virtual std::vector<StreamId> DueCases(Instant now, std::size_t limit) const = 0;
  /// When the next case after `now` falls due; nullopt: none does.
  virtual std::optional<Instant> NextDue(Instant now) const = 0;
  /// The log as far as it was projected.
  virtual Position ProjectedTo() const = 0;
};

}  // namespace docket
