/// Commands of a rectification: of whoever requires it, and of whoever has to put things right.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/rectification/competence.hpp"

namespace docket::rectification {

/// 直接负责的主管人员, 其他直接责任人员.
/// To whom a person is handed on where the case is serious (FJ18-25 to 27).
enum class Referral : std::uint8_t { kDiscipline, kJudicial };
enum class RefusalGround : std::uint8_t {
  kLapsed,        ///< The limit ran out without a report.
  kDeclared,      ///< The addressee says that it will not.
  kStillFailing,  ///< What was reported did not pass.
};

/// 通报、通报批评: whom it goes to, and whether the public reads it.
struct Circular {
  DocumentRef document;
  std::vector<std::string> recipients;
  CircularLevel level = CircularLevel::kRecipients;
  static FieldList Fields() {
    return {Field{"document", &Circular::document, "通报文书"},
            Field{"recipients", &Circular::recipients, "发送范围"},
            Field{"level", &Circular::level, "公开程度"}};
  }
};

struct ResponsiblePerson {
  Responsibility capacity = Responsibility::kInCharge;
  PersonalText name;
  PersonalText post;
  PersonalText handling;  ///< 依照有关规定给予的处理.
  std::optional<Referral> referral;
  static FieldList Fields() {
    return {Field{"capacity", &ResponsiblePerson::capacity, "责任类别"},
            Field{"name", &ResponsiblePerson::name, "姓名", Subject::kParties},
            Field{"post", &ResponsiblePerson::post, "职务", Subject::kParties},
            Field{"handling", &ResponsiblePerson::handling, "处理", Subject::kParties},
            Field{"referral", &ResponsiblePerson::referral, "移送"}};
  }
};

struct Draft {
  static constexpr std::string_view kName = "draft", kZh = "立项整改";
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;  ///< A platform's own breach belongs to no project.
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  Issuer issuer = Issuer::kDepartment;
  AddresseeKind addressee_kind = AddresseeKind::kTradingPlatform;
  std::optional<UnitId> addressee;    ///< Every addressee but a market party.
  std::optional<PersonalText> party;  ///< Name of the market party.
  std::optional<CreditCode> party_code;
  std::optional<ActorId> account;  ///< Through which the market party acts; else on paper.
  Breach breach = Breach::kDataExchange;
  PersonalText findings;
  static FieldList Fields() {
    return {Field{"region", &Draft::region, "行政区划代码"},
            Field{"industry", &Draft::industry, "行业领域"},
            Field{"project", &Draft::project, "招标项目编号"},
            Field{"project_name", &Draft::project_name, "项目名称"},
            Field{"stage", &Draft::stage, "阶段"},
            Field{"source", &Draft::source, "来源案卷"},
            Field{"issuer", &Draft::issuer, "下达主体"},
            Field{"addressee_kind", &Draft::addressee_kind, "整改对象类别"},
            Field{"addressee", &Draft::addressee, "整改单位"},
            Field{"party", &Draft::party, "市场主体名称", Subject::kRespondent},
            Field{"party_code", &Draft::party_code, "统一社会信用代码"},
            Field{"account", &Draft::account, "市场主体账号"},
            Field{"breach", &Draft::breach, "问题类别"},
            Field{"findings", &Draft::findings, "存在问题", Subject::kParties}};
  }
};

/// The text that is to be signed. The limit is free (限期), so it is typed in.
struct Prepare {
  static constexpr std::string_view kName = "prepare", kZh = "拟制整改文书";
  std::vector<PersonalText> items;
  Date due_on;  ///< Last day of the limit.
  std::vector<std::string> articles;
  PersonalText consequence;
  bool is_serious = false;  ///< 情节严重 (FJ18-25): persons answer for it whatever is put right.
  static FieldList Fields() {
    return {Field{"items", &Prepare::items, "整改事项", Subject::kParties},
            Field{"due_on", &Prepare::due_on, "整改期限"},
            Field{"articles", &Prepare::articles, "依据"},
            Field{"consequence", &Prepare::consequence, "逾期后果", Subject::kParties},
            Field{"is_serious", &Prepare::is_serious, "情节严重"}};
  }
};

struct Order {
  static constexpr std::string_view kName = "order", kZh = "签发下达";
  DocumentRef document;
  std::optional<Circular> criticism;  ///< 通报批评 (FJ18-25).
  static FieldList Fields() {
    return {Field{"document", &Order::document, "整改文书"},
            Field{"criticism", &Order::criticism, "通报批评"}};
  }
};

struct Receive {
  static constexpr std::string_view kName = "receive", kZh = "签收";
  static FieldList Fields() { return {}; }
};

struct ReportProgress {
  static constexpr std::string_view kName = "report_progress", kZh = "报告进度";
  PersonalText progress;
  static FieldList Fields() {
    return {Field{"progress", &ReportProgress::progress, "进度", Subject::kParties}};
  }
};

/// Once an order, while the limit runs.
struct Extend {
  static constexpr std::string_view kName = "extend", kZh = "延长期限";
  Date due_on;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"due_on", &Extend::due_on, "延长后期限"},
            Field{"reason", &Extend::reason, "理由", Subject::kParties}};
  }
};

struct Report {
  static constexpr std::string_view kName = "report", kZh = "报告整改结果";
  PersonalText result;
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"result", &Report::result, "整改结果", Subject::kParties},
            Field{"documents", &Report::documents, "证明材料"}};
  }
};

struct ReInspect {
  static constexpr std::string_view kName = "re_inspect", kZh = "复查";
  bool has_passed = false;
  PersonalText findings;
  static FieldList Fields() {
    return {Field{"has_passed", &ReInspect::has_passed, "合格"},
            Field{"findings", &ReInspect::findings, "复查情况", Subject::kParties}};
  }
};

/// 拒不改正: found by whoever ordered, never by a clock.
struct FindRefusal {
  static constexpr std::string_view kName = "find_refusal", kZh = "认定拒不改正";
  RefusalGround ground = RefusalGround::kLapsed;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &FindRefusal::ground, "情形"},
            Field{"reason", &FindRefusal::reason, "理由", Subject::kParties}};
  }
};

struct HandlePersons {
  static constexpr std::string_view kName = "handle_persons", kZh = "处理责任人员";
  std::string handled_by;  ///< The body that manages them.
  std::vector<ResponsiblePerson> persons;
  static FieldList Fields() {
    return {Field{"handled_by", &HandlePersons::handled_by, "处理机关"},
            Field{"persons", &HandlePersons::persons, "责任人员", Subject::kParties}};
  }
};

struct Circulate {
  static constexpr std::string_view kName = "circulate", kZh = "予以通报";
  Circular circular;
  static FieldList Fields() { return {Field{"circular", &Circulate::circular, "通报"}}; }
};

struct ImposeMeasure {
  static constexpr std::string_view kName = "impose_measure", kZh = "采取措施";
  Measure measure = Measure::kInterview;
  DocumentRef document;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"measure", &ImposeMeasure::measure, "措施"},
            Field{"document", &ImposeMeasure::document, "文书"},
            Field{"reason", &ImposeMeasure::reason, "理由", Subject::kParties}};
  }
};

struct Close {
  static constexpr std::string_view kName = "close", kZh = "办结";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Close::opinion, "办结意见", Subject::kParties}};
  }
};

struct Revoke {
  static constexpr std::string_view kName = "revoke", kZh = "撤销";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Revoke::reason, "理由", Subject::kParties}};
  }
};

}  // namespace docket::rectification

namespace docket {

template <>
struct EnumTable<rectification::Referral> {
  using E = rectification::Referral;
  static constexpr std::array kNames{EnumName<E>{E::kDiscipline, "discipline", "移送监察机关"},
                                     EnumName<E>{E::kJudicial, "judicial", "移送司法机关"}};
};
template <>
struct EnumTable<rectification::RefusalGround> {
  using E = rectification::RefusalGround;
  static constexpr std::array kNames{
      EnumName<E>{E::kLapsed, "lapsed", "逾期未改正"},
      EnumName<E>{E::kDeclared, "declared", "明确拒绝"},
      EnumName<E>{E::kStillFailing, "still_failing", "复查仍不合格"}};
};

}  // namespace docket
