/// Commands of an investigation (案件查处).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/investigation/vocabulary.hpp"

namespace docket::investigation {

/// An officer and the certificate (执法证件) that he shows.
struct Officer {
  ActorId account;
  std::string certificate;
  static FieldList Fields() {
    return {Field{"account", &Officer::account, "账号"},
            Field{"certificate", &Officer::certificate, "执法证件号"}};
  }
};

/// 负责人集体讨论.
struct Discussion {
  std::vector<ActorId> participants;
  DocumentRef record;
  static FieldList Fields() {
    return {Field{"participants", &Discussion::participants, "参加人"},
            Field{"record", &Discussion::record, "讨论记录"}};
  }
};

struct Propose {
  static constexpr std::string_view kName = "propose", kZh = "提请立案";
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;
  Matter matter = Matter::kViolation;
  std::optional<Violation> violation;
  PersonalText party;
  std::optional<CreditCode> party_code;
  std::optional<ActorId> account;
  PersonalText allegation;
  static FieldList Fields() {
    return {Field{"region", &Propose::region, "行政区划代码"},
            Field{"industry", &Propose::industry, "行业领域"},
            Field{"project", &Propose::project, "招标项目编号"},
            Field{"project_name", &Propose::project_name, "项目名称"},
            Field{"stage", &Propose::stage, "阶段"},
            Field{"source", &Propose::source, "来源案卷"},
            Field{"matter", &Propose::matter, "案由类别"},
            Field{"violation", &Propose::violation, "违法行为"},
            Field{"party", &Propose::party, "当事人", Subject::kRespondent},
            Field{"party_code", &Propose::party_code, "统一社会信用代码"},
            Field{"account", &Propose::account, "当事人账号"},
            Field{"allegation", &Propose::allegation, "涉嫌事实", Subject::kParties}};
  }
};

/// Two officers with certificates at least (行政处罚法 42).
struct File {
  static constexpr std::string_view kName = "file", kZh = "立案";
  std::vector<Officer> officers;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"officers", &File::officers, "承办人"},
            Field{"reason", &File::reason, "立案理由", Subject::kParties}};
  }
};

struct Decline {
  static constexpr std::string_view kName = "decline", kZh = "不予立案";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Decline::reason, "理由", Subject::kParties}};
  }
};

/// Also for officers who are recused (行政处罚法 43).
struct AssignOfficers {
  static constexpr std::string_view kName = "assign_officers", kZh = "更换承办人";
  std::vector<Officer> officers;
  std::vector<ActorId> recused;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"officers", &AssignOfficers::officers, "承办人"},
            Field{"recused", &AssignOfficers::recused, "回避人员"},
            Field{"reason", &AssignOfficers::reason, "理由", Subject::kParties}};
  }
};

/// 及时进行制止、纠正与处理 (HN17-3.1(1)).
struct TakeMeasure {
  static constexpr std::string_view kName = "take_measure", kZh = "采取措施";
  FindingMeasure measure = FindingMeasure::kStop;
  PersonalText content;
  static FieldList Fields() {
    return {Field{"measure", &TakeMeasure::measure, "措施"},
            Field{"content", &TakeMeasure::content, "内容", Subject::kParties}};
  }
};

struct Suspend {
  static constexpr std::string_view kName = "suspend", kZh = "中止调查";
  SuspensionGround ground = SuspensionGround::kAwaitsRuling;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"ground", &Suspend::ground, "情形"},
            Field{"reason", &Suspend::reason, "理由", Subject::kParties}};
  }
};

struct Resume {
  static constexpr std::string_view kName = "resume", kZh = "恢复调查";
  static FieldList Fields() { return {}; }
};

struct Conclude {
  static constexpr std::string_view kName = "conclude", kZh = "调查终结";
  PersonalText report;
  std::vector<DocumentRef> evidence;
  Outcome proposal = Outcome::kPenalty;
  bool is_complex = false;  ///< Decided by the leaders together (行政处罚法 57).
  static FieldList Fields() {
    return {Field{"report", &Conclude::report, "调查报告", Subject::kParties},
            Field{"evidence", &Conclude::evidence, "证据"},
            Field{"proposal", &Conclude::proposal, "处理建议"},
            Field{"is_complex", &Conclude::is_complex, "情节复杂或者重大违法"}};
  }
};

struct Withdraw {
  static constexpr std::string_view kName = "withdraw", kZh = "撤案";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Withdraw::reason, "理由", Subject::kParties}};
  }
};

/// The written report that the officers make (移送规定 5).
struct ReportCrime {
  static constexpr std::string_view kName = "report_crime", kZh = "报告涉嫌犯罪";
  PersonalText report;
  static FieldList Fields() {
    return {Field{"report", &ReportCrime::report, "书面报告", Subject::kParties}};
  }
};

struct DecideTransfer {
  static constexpr std::string_view kName = "decide_transfer", kZh = "决定是否移送";
  bool is_approved = false;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"is_approved", &DecideTransfer::is_approved, "批准移送"},
            Field{"reason", &DecideTransfer::reason, "理由", Subject::kParties}};
  }
};

/// With the letter, its annexes and the receipt (移送规定 6, 7).
struct HandOver {
  static constexpr std::string_view kName = "hand_over", kZh = "移送";
  Organ organ = Organ::kPolice;
  DocumentRef letter;
  std::vector<DocumentRef> evidence;
  DocumentRef receipt;
  static FieldList Fields() {
    return {Field{"organ", &HandOver::organ, "接收机关"},
            Field{"letter", &HandOver::letter, "移送书"},
            Field{"evidence", &HandOver::evidence, "随案证据材料"},
            Field{"receipt", &HandOver::receipt, "回执"}};
  }
};

/// Content, facts, reasons, basis and rights (行政处罚法 44).
struct GiveNotice {
  static constexpr std::string_view kName = "give_notice", kZh = "处罚事先告知";
  std::vector<Penalty> penalties;
  std::optional<std::int64_t> amount_yuan;
  bool is_heavy = false;  ///< 较大数额, 较大价值 or 其他较重 by the local rule (行政处罚法 63).
  PersonalText content;
  PersonalText facts;
  PersonalText reasons;
  std::vector<std::string> articles;
  std::vector<Right> rights;
  Date delivered_on;
  static FieldList Fields() {
    return {Field{"penalties", &GiveNotice::penalties, "拟处罚种类"},
            Field{"amount_yuan", &GiveNotice::amount_yuan, "拟罚没金额（元）"},
            Field{"is_heavy", &GiveNotice::is_heavy, "数额较大或者处罚较重"},
            Field{"content", &GiveNotice::content, "拟处罚内容", Subject::kParties},
            Field{"facts", &GiveNotice::facts, "事实", Subject::kParties},
            Field{"reasons", &GiveNotice::reasons, "理由", Subject::kParties},
            Field{"articles", &GiveNotice::articles, "依据"},
            Field{"rights", &GiveNotice::rights, "告知的权利"},
            Field{"delivered_on", &GiveNotice::delivered_on, "送达日期"}};
  }
};

struct Answer {
  static constexpr std::string_view kName = "answer", kZh = "陈述申辩或者要求听证";
  AnswerKind kind = AnswerKind::kStatement;
  std::optional<PersonalText> text;
  std::optional<DocumentRef> document;
  static FieldList Fields() {
    return {Field{"kind", &Answer::kind, "方式"},
            Field{"text", &Answer::text, "内容", Subject::kRespondent},
            Field{"document", &Answer::document, "书面材料"}};
  }
};

struct AnnounceHearing {
  static constexpr std::string_view kName = "announce_hearing", kZh = "通知听证";
  Date held_on;
  Date notified_on;
  ActorId presider;
  static FieldList Fields() {
    return {Field{"held_on", &AnnounceHearing::held_on, "听证日期"},
            Field{"notified_on", &AnnounceHearing::notified_on, "通知送达日期"},
            Field{"presider", &AnnounceHearing::presider, "主持人"}};
  }
};

struct HoldHearing {
  static constexpr std::string_view kName = "hold_hearing", kZh = "举行听证";
  PersonalText record;
  DocumentRef signed_record;
  static FieldList Fields() {
    return {Field{"record", &HoldHearing::record, "听证笔录", Subject::kParties},
            Field{"signed_record", &HoldHearing::signed_record, "签字笔录"}};
  }
};

struct ReviewLegality {
  static constexpr std::string_view kName = "review_legality", kZh = "法制审核";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ReviewLegality::opinion, "审核意见", Subject::kParties}};
  }
};

struct Decide {
  static constexpr std::string_view kName = "decide", kZh = "作出决定";
  Outcome outcome = Outcome::kPenalty;
  std::vector<Penalty> penalties;
  std::optional<std::int64_t> amount_yuan;
  std::optional<Discussion> discussion;
  DocumentRef document;
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"outcome", &Decide::outcome, "决定"},
            Field{"penalties", &Decide::penalties, "处罚种类"},
            Field{"amount_yuan", &Decide::amount_yuan, "罚没金额（元）"},
            Field{"discussion", &Decide::discussion, "集体讨论"},
            Field{"document", &Decide::document, "决定书"},
            Field{"reasons", &Decide::reasons, "理由", Subject::kParties}};
  }
};

struct Serve {
  static constexpr std::string_view kName = "serve", kZh = "送达";
  DocumentRef receipt;
  static FieldList Fields() { return {Field{"receipt", &Serve::receipt, "送达回证"}}; }
};

struct RecordExecution {
  static constexpr std::string_view kName = "record_execution", kZh = "登记执行";
  PersonalText result;
  static FieldList Fields() {
    return {Field{"result", &RecordExecution::result, "执行情况", Subject::kParties}};
  }
};

struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "公开处罚决定";
  std::string medium;
  static FieldList Fields() { return {Field{"medium", &Publish::medium, "公开渠道"}}; }
};

/// 依法变更、撤销、确认违法或者确认无效 (行政处罚法 48).
struct Annul {
  static constexpr std::string_view kName = "annul", kZh = "登记决定被撤销";
  std::string organ;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"organ", &Annul::organ, "作出机关"}, Field{"document", &Annul::document, "文书"}};
  }
};

struct TakeDown {
  static constexpr std::string_view kName = "take_down", kZh = "撤回公开信息";
  std::string explanation;
  static FieldList Fields() {
    return {Field{"explanation", &TakeDown::explanation, "公开说明的理由"}};
  }
};

struct Close {
  static constexpr std::string_view kName = "close", kZh = "结案";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &Close::opinion, "结案意见", Subject::kParties}};
  }
};

}  // namespace docket::investigation
