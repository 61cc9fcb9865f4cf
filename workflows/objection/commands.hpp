/// Commands of an objection: what is raised with the tenderer or purchaser, and how it is answered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/complaint/commands.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::objection {

using complaint::Channel;
using complaint::Party;
using complaint::Profile;

/// What is raised. The first four are objections in tendering (招标投标法实施条例 22、44、54), the
/// others belong to government procurement (政府采购法 51、52).
enum class Kind : std::uint8_t {
  kPrequalificationDocuments,  ///< 对资格预审文件的异议
  kTenderDocuments,            ///< 对招标文件的异议
  kBidOpening,                 ///< 对开标的异议
  kEvaluationResult,           ///< 对评标结果的异议
  kInquiry,                    ///< 询问
  kChallenge,                  ///< 质疑
};
/// The law that the kind belongs to.
Profile ProfileOf(Kind kind);

/// 提出. Which dates it takes follows from its kind: those from which its limits are counted.
struct Lodge {
  static constexpr std::string_view kName = "lodge", kZh = "提出异议";
  Kind kind = Kind::kTenderDocuments;
  Channel channel = Channel::kOnline;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;  ///< The inquiry before a challenge, or what else led to it.
  UnitId addressee;                ///< 招标人、采购人或其代理机构: who answers.
  bool mandatory_tender = false;   ///< 依法必须进行招标的项目.
  Party objector;
  PersonalText claims;
  std::vector<DocumentRef> evidence;
  std::optional<DocumentRef> standing;          ///< Shows a bidder or another interested party.
  std::optional<Date> application_deadline_on;  ///< 提交资格预审申请文件截止日.
  std::optional<Date> bid_deadline_on;          ///< 投标截止日.
  std::optional<Date> opened_on;                ///< 开标日.
  std::optional<Date> publicity_ends_on;        ///< Last day of the candidates' publicity (公示).
  std::optional<Date> known_on;                 ///< Knew or should have known.
  std::optional<Date> posted_on;                ///< Postmark of a challenge (财政部令94号 42).
  std::optional<PersonalText> late_reason;      ///< Why it comes after its limit.

  static FieldList Fields() {
    return {Field{"kind", &Lodge::kind, "异议类型"},
            Field{"channel", &Lodge::channel, "提交渠道"},
            Field{"region", &Lodge::region, "行政区划代码"},
            Field{"industry", &Lodge::industry, "行业领域"},
            Field{"project", &Lodge::project, "项目编号"},
            Field{"project_name", &Lodge::project_name, "项目名称"},
            Field{"stage", &Lodge::stage, "阶段"},
            Field{"source", &Lodge::source, "来源案卷"},
            Field{"addressee", &Lodge::addressee, "被异议单位"},
            Field{"mandatory_tender", &Lodge::mandatory_tender, "依法必须招标"},
            Field{"objector", &Lodge::objector, "异议人", Subject::kComplainant},
            Field{"claims", &Lodge::claims, "异议事项和请求", Subject::kComplainant},
            Field{"evidence", &Lodge::evidence, "证明材料"},
            Field{"standing", &Lodge::standing, "利害关系证明"},
            Field{"application_deadline_on", &Lodge::application_deadline_on, "资格预审申请截止日"},
            Field{"bid_deadline_on", &Lodge::bid_deadline_on, "投标截止日"},
            Field{"opened_on", &Lodge::opened_on, "开标日期"},
            Field{"publicity_ends_on", &Lodge::publicity_ends_on, "公示期满日"},
            Field{"known_on", &Lodge::known_on, "知道或应当知道之日"},
            Field{"posted_on", &Lodge::posted_on, "邮戳日期"},
            Field{"late_reason", &Lodge::late_reason, "逾期提出的理由", Subject::kComplainant}};
  }
};

/// 签收 of what came on paper; what comes online is received at once. It cannot be turned away
/// (财政部令94号 13(1)): there is no such command.
struct Receive {
  static constexpr std::string_view kName = "receive", kZh = "签收";
  static FieldList Fields() { return {}; }
};

/// 暂停签订或者中止履行合同: an inquiry or challenge may affect the result (政府采购法实施条例 54).
struct SuspendTrade {
  static constexpr std::string_view kName = "suspend_trade", kZh = "暂停签订或中止履行合同";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &SuspendTrade::reason, "理由", Subject::kParties}};
  }
};

/// 答复. The trade goes on with it.
struct Answer {
  static constexpr std::string_view kName = "answer", kZh = "答复";
  Date answered_on;
  std::optional<DocumentRef> document;  ///< The answer, or the record of one given on the spot.
  bool is_signed = false;
  bool free_of_trade_secrets = false;  ///< 答复内容不涉及商业秘密 (政府采购法 51、53).
  bool others_told = false;            ///< 已通知其他有关供应商 (政府采购法 53).
  static FieldList Fields() {
    return {Field{"answered_on", &Answer::answered_on, "答复日期"},
            Field{"document", &Answer::document, "答复书或现场记录"},
            Field{"is_signed", &Answer::is_signed, "已签章"},
            Field{"free_of_trade_secrets", &Answer::free_of_trade_secrets, "不涉及商业秘密"},
            Field{"others_told", &Answer::others_told, "已通知其他有关供应商"}};
  }
};

/// The time to answer is over: a fact of time.
struct NoteNoAnswer {
  static constexpr std::string_view kName = "note_no_answer", kZh = "记录逾期未答复";
  static FieldList Fields() { return {}; }
};

struct AcceptAnswer {
  static constexpr std::string_view kName = "accept_answer", kZh = "认可答复";
  static FieldList Fields() { return {}; }
};

/// The time to complain is over.
struct CloseLapsed {
  static constexpr std::string_view kName = "close_lapsed", kZh = "投诉期满办结";
  static FieldList Fields() { return {}; }
};

/// 异议处理后向行政监督部门报送 (HN17-3.2(3)).
struct ReportResult {
  static constexpr std::string_view kName = "report_result", kZh = "报送处理结果";
  DocumentRef report;
  static FieldList Fields() { return {Field{"report", &ReportResult::report, "处理情况报告"}}; }
};

struct Escalate {
  static constexpr std::string_view kName = "escalate", kZh = "转为投诉";
  StreamId complaint;
  static FieldList Fields() { return {Field{"complaint", &Escalate::complaint, "投诉案卷"}}; }
};

struct Withdraw {
  static constexpr std::string_view kName = "withdraw", kZh = "撤回异议";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Withdraw::reason, "理由", Subject::kComplainant}};
  }
};

}  // namespace docket::objection

namespace docket {

template <>
struct EnumTable<objection::Kind> {
  using E = objection::Kind;
  static constexpr std::array kNames{
      EnumName<E>{E::kPrequalificationDocuments, "prequalification_documents", "资格预审文件异议"},
      EnumName<E>{E::kTenderDocuments, "tender_documents", "招标文件异议"},
      EnumName<E>{E::kBidOpening, "bid_opening", "开标异议"},
      EnumName<E>{E::kEvaluationResult, "evaluation_result", "评标结果异议"},
      EnumName<E>{E::kInquiry, "inquiry", "询问"},
      EnumName<E>{E::kChallenge, "challenge", "质疑"}};
};

}  // namespace docket
