/// Published complaint decisions as records: from a JSON object of what a text states to the
/// command that enters it, and an honest count of the periods that the text lets one count.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/calendar/calendar.hpp"
#include "domain/deadline/period.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "workflows/complaint/recorded_history.hpp"

namespace docket {
class Rulebook;
}  // namespace docket

namespace docket::complaint {

/// The dates that the text states, and no others.
struct StatedDates {
  std::optional<Date> query_submitted;  ///< 质疑.
  std::optional<Date> query_answered;
  std::optional<Date> complaint_filed;     ///< The writer's date.
  std::optional<Date> complaint_received;  ///< The office's: from here the law counts.
  std::optional<Date> correction_notified;
  std::optional<Date> correction_delivered;
  std::optional<Date> correction_received;
  std::optional<Date> accepted;
  std::optional<Date> reply_notice_issued;
  std::optional<Date> withdrawn;
  std::optional<Date> decided;
  std::optional<Date> published;
  std::optional<Date> procurement_suspended;
};

/// One record of the file.
struct DecisionRecord {
  std::string id;
  std::string authority;
  std::optional<RegionCode> region;
  std::optional<std::string> document_no;
  std::string document_type;
  Profile profile = Profile::kGovernmentProcurement;
  StatedDates dates;
  std::string outcome;
  std::optional<std::string> grounds;
  std::optional<std::string> remedies;
  std::vector<std::string> articles;
  std::optional<std::int64_t> stated_excluded_workdays;
  std::optional<std::int64_t> correction_allowed_workdays;
  std::optional<std::int64_t> suspension_days;
  std::vector<std::string> left_out;  ///< Members that no complaint record can hold, by name.
};

/// Reads one object. Wrong types, impossible dates and missing members are refused by their
/// pointer; members that this program has no place for are named in `left_out`. Independent
/// counts (`computed_…`) and remarks are not input and are passed over.
Expected<DecisionRecord> ReadDecisionRecord(const Json& json);

/// The command that enters the record, with its body. Refused with the reason: a document that is
/// no complaint record (`record_of_other_workflow`), a suspension that does not state its days
/// (`suspension_days_not_stated`), an outcome that is not known (`outcome_unknown`).
struct RecordingCommand {
  std::string name;
  Json body;
};
Expected<RecordingCommand> CommandFor(const DecisionRecord& record);

/// One period as the record lets it be counted.
struct PeriodFinding {
  std::string rule;
  std::string title;
  std::string start;  ///< Name of the stated date that the count starts from.
  Date started_on;
  std::int64_t limit = 0;  ///< In `unit`.
  PeriodUnit unit = PeriodUnit::kWorkday;
  std::int64_t excluded = 0;  ///< Days in which the clock stood still.
  Date due_on;
  std::optional<std::string> end;
  std::optional<Date> ended_on;
  std::optional<std::int64_t> counted;  ///< Units from start to end, without the excluded ones.
  std::string result;                   ///< met, missed, not_ended, undecidable.
  std::int64_t by = 0;                  ///< Units to spare, or too late.
  std::vector<std::string> caveats;

  static FieldList Fields() {
    return {Field{"rule", &PeriodFinding::rule},
            Field{"title", &PeriodFinding::title},
            Field{"start", &PeriodFinding::start},
            Field{"started_on", &PeriodFinding::started_on},
            Field{"limit", &PeriodFinding::limit},
            Field{"unit", &PeriodFinding::unit},
            Field{"excluded", &PeriodFinding::excluded},
            Field{"due_on", &PeriodFinding::due_on},
            Field{"end", &PeriodFinding::end},
            Field{"ended_on", &PeriodFinding::ended_on},
            Field{"counted", &PeriodFinding::counted},
            Field{"result", &PeriodFinding::result},
            Field{"by", &PeriodFinding::by},
            Field{"caveats", &PeriodFinding::caveats}};
  }
};

/// Every period of the rulebook for which the record states a start, in the rulebook's order.
std::vector<PeriodFinding> CountPeriods(const DecisionRecord& record, const Rulebook& rules,
                                        const WorkCalendar& calendar);

/// What the record does not say, by name: dates, outcome, and always parties and handlers.
std::vector<std::string> LacksOf(const DecisionRecord& record);

}  // namespace docket::complaint
