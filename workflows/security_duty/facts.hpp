/// What is known of a matter of security: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/security_duty/commands.hpp"

namespace docket::security_duty {

/// True on the last day of a month.
bool EndsMonth(Date date);

/// One performance, of a period or beside them.
struct Performance {
  std::int64_t number = 0;
  std::optional<Date> due_on{};  ///< Absent: in a special situation.
  bool confirmed = false;
  static FieldList Fields() {
    return {Field{"number", &Performance::number, "履行序号"},
            Field{"due_on", &Performance::due_on, "所属期届满日"},
            Field{"confirmed", &Performance::confirmed, "已核验"}};
  }
};

struct Facts {
  std::string state = "unregistered";
  RegionCode region;
  UnitId unit;        ///< Whose duty, incident or document it is.
  UnitId managed_by;  ///< Unit of the security manager who established the duty.
  std::optional<StreamId> source;

  std::optional<DutyKind> duty;
  std::optional<Date> counted_from;  ///< From where every period is counted.
  std::int64_t amount = 0;           ///< From there to the end of the running one.
  std::optional<Date> begins_on;     ///< First day of the running period.
  std::optional<Date> due_on;        ///< Its last day.
  std::vector<Date> missed;          ///< Periods still to be made up for, by their last days.
  std::vector<Performance> performances;

  std::optional<IncidentKind> incident;
  std::optional<Severity> severity;
  bool circulated = false;

  std::optional<DocumentKind> document;
  std::vector<std::string> versions;  ///< Every one so far.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"unit", &Facts::unit, "责任单位"},
            Field{"managed_by", &Facts::managed_by, "管理单位"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"duty", &Facts::duty, "职责类型"},
            Field{"counted_from", &Facts::counted_from, "起算日"},
            Field{"amount", &Facts::amount, "期间数"},
            Field{"begins_on", &Facts::begins_on, "本期起始日"},
            Field{"due_on", &Facts::due_on, "本期届满日"},
            Field{"missed", &Facts::missed, "待补履行"},
            Field{"performances", &Facts::performances, "履行记录"},
            Field{"incident", &Facts::incident, "事件类型"},
            Field{"severity", &Facts::severity, "严重程度"},
            Field{"circulated", &Facts::circulated, "已通报"},
            Field{"document", &Facts::document, "文件类型"},
            Field{"versions", &Facts::versions, "版本"}};
  }
};

}  // namespace docket::security_duty
