/// Commands of a warning (预警): what rules, officers and addressees may ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/warning/vocabulary.hpp"

namespace docket::warning {

/// What a point found something in, such as the clock of a case: letters, digits and `-_:#.`.
struct SubjectKey {
  std::string value;

  static constexpr Refusal kMalformed{"subject_key_malformed", "预警事项标识格式不正确",
                                      "expected up to 200 letters, digits and -_:#."};
  static constexpr std::string_view kPattern = "^[0-9A-Za-z_:#.-]{1,200}$";
  SubjectKey() = default;
  explicit SubjectKey(std::string text) : value(std::move(text)) {}
  bool IsWellFormed() const;
  friend bool operator==(const SubjectKey&, const SubjectKey&) = default;
};

/// One thing that a rule looked at; it may quote a record.
struct RuleInput {
  std::string name;
  PersonalText value;

  static FieldList Fields() {
    return {Field{"name", &RuleInput::name, "项目"}, Field{"value", &RuleInput::value, "取值"}};
  }
  friend bool operator==(const RuleInput&, const RuleInput&) = default;
};

/// 触发预警: by a rule over the collected data, or by hand (HN17-3.1(4); HN18-6). What the rule saw
/// and why it fired is kept with the warning.
struct Raise {
  static constexpr std::string_view kName = "raise", kZh = "触发预警";
  WarningLevel level = WarningLevel::kYellow;
  PointKind kind = PointKind::kContent;
  PointMode mode = PointMode::kAutomatic;
  std::string point;  ///< Id of the supervision point (监督点).
  std::string point_name;
  std::optional<SubjectKey> subject{};  ///< Only one warning is open about it.
  std::optional<std::string> rule;
  std::optional<std::string> rule_version;
  std::vector<RuleInput> inputs;
  PersonalText explanation;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;

  static FieldList Fields() {
    return {Field{"level", &Raise::level, "预警级别"},
            Field{"kind", &Raise::kind, "监督点类型"},
            Field{"mode", &Raise::mode, "触发方式"},
            Field{"point", &Raise::point, "监督点编号"},
            Field{"point_name", &Raise::point_name, "监督点名称"},
            Field{"subject", &Raise::subject, "预警事项标识"},
            Field{"rule", &Raise::rule, "预警规则"},
            Field{"rule_version", &Raise::rule_version, "规则版本"},
            Field{"inputs", &Raise::inputs, "规则输入", Subject::kParties},
            Field{"explanation", &Raise::explanation, "预警说明", Subject::kParties},
            Field{"region", &Raise::region, "行政区划代码"},
            Field{"industry", &Raise::industry, "行业领域"},
            Field{"project", &Raise::project, "项目编号"},
            Field{"project_name", &Raise::project_name, "项目名称"},
            Field{"stage", &Raise::stage, "阶段"},
            Field{"source", &Raise::source, "来源案卷"}};
  }
};

/// 分派: to the department by competence (FJ18-4). A department takes it itself, and may then name
/// who handles it.
struct Assign {
  static constexpr std::string_view kName = "assign", kZh = "分派";
  std::optional<UnitId> unit;  ///< Absent: the acting department.
  std::vector<ActorId> handlers;

  static FieldList Fields() {
    return {Field{"unit", &Assign::unit, "承办单位"},
            Field{"handlers", &Assign::handlers, "承办人"}};
  }
};

/// Names, or replaces, whoever handles the warning in its department.
struct AppointHandlers {
  static constexpr std::string_view kName = "appoint_handlers", kZh = "指定承办人";
  std::vector<ActorId> handlers;

  static FieldList Fields() { return {Field{"handlers", &AppointHandlers::handlers, "承办人"}}; }
};

/// 回避: whoever is recused may no longer act on the warning.
struct Recuse {
  static constexpr std::string_view kName = "recuse", kZh = "决定回避";
  ActorId officer;
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"officer", &Recuse::officer, "回避人员"},
            Field{"reason", &Recuse::reason, "回避事由", Subject::kParties}};
  }
};

/// A yellow time-limit point whose period ran out turns red.
struct TurnRed {
  static constexpr std::string_view kName = "turn_red", kZh = "转为红色";
  std::string clock;  ///< The period that ran out, as its case names it.
  Date due_on;        ///< Its last day.

  static FieldList Fields() {
    return {Field{"clock", &TurnRed::clock, "期限"}, Field{"due_on", &TurnRed::due_on, "届满日"}};
  }
};

/// 自动消除: the rule no longer finds what it warned of.
struct Clear {
  static constexpr std::string_view kName = "clear", kZh = "自动消除";
  PersonalText explanation;

  static FieldList Fields() {
    return {Field{"explanation", &Clear::explanation, "消除说明", Subject::kParties}};
  }
};

/// 纠正: a false alarm. A person with a name says so, with reasons and evidence.
struct ProposeCorrection {
  static constexpr std::string_view kName = "propose_correction", kZh = "提请纠正";
  PersonalText reason;
  std::vector<DocumentRef> evidence;

  static FieldList Fields() {
    return {Field{"reason", &ProposeCorrection::reason, "纠正理由", Subject::kParties},
            Field{"evidence", &ProposeCorrection::evidence, "证据材料"}};
  }
};

struct ConfirmCorrection {
  static constexpr std::string_view kName = "confirm_correction", kZh = "确认纠正";
  static FieldList Fields() { return {}; }
};

struct RejectCorrection {
  static constexpr std::string_view kName = "reject_correction", kZh = "不予纠正";
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"reason", &RejectCorrection::reason, "理由", Subject::kParties}};
  }
};

/// 发出预警: to whoever is to explain or put it right: tenderer, agency, centre or platform.
struct Issue {
  static constexpr std::string_view kName = "issue", kZh = "发出预警";
  std::optional<UnitId> addressee;
  std::optional<ActorId> account;  ///< Through which the addressee answers.
  PersonalText requirement;

  static FieldList Fields() {
    return {Field{"addressee", &Issue::addressee, "预警对象单位"},
            Field{"account", &Issue::account, "预警对象账号"},
            Field{"requirement", &Issue::requirement, "要求", Subject::kParties}};
  }
};

/// 反馈: by the addressee; the department's clerk enters one that came on paper.
struct GiveFeedback {
  static constexpr std::string_view kName = "give_feedback", kZh = "反馈";
  PersonalText feedback;
  std::vector<DocumentRef> attachments;

  static FieldList Fields() {
    return {Field{"feedback", &GiveFeedback::feedback, "反馈内容", Subject::kParties},
            Field{"attachments", &GiveFeedback::attachments, "附件"}};
  }
};

struct ReadFeedback {
  static constexpr std::string_view kName = "read_feedback", kZh = "查看反馈";
  static FieldList Fields() { return {}; }
};

/// 再次发出: the feedback does not settle it; the addressee answers anew.
struct Reissue {
  static constexpr std::string_view kName = "reissue", kZh = "再次发出";
  PersonalText requirement;

  static FieldList Fields() {
    return {Field{"requirement", &Reissue::requirement, "要求", Subject::kParties}};
  }
};

struct Close {
  static constexpr std::string_view kName = "close", kZh = "办结";
  PersonalText opinion;

  static FieldList Fields() {
    return {Field{"opinion", &Close::opinion, "办结意见", Subject::kParties}};
  }
};

/// 转办: the matter goes on as a case of another kind.
struct Convert {
  static constexpr std::string_view kName = "convert", kZh = "转办";
  ConversionKind kind = ConversionKind::kClue;
  PersonalText reason;

  static FieldList Fields() {
    return {Field{"kind", &Convert::kind, "转办类型"},
            Field{"reason", &Convert::reason, "理由", Subject::kParties}};
  }
};

}  // namespace docket::warning
