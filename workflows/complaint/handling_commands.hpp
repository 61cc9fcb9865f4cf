/// Commands of handling a complaint: from the reply notice to the archive, and recorded history.
#pragma once

#include "workflows/complaint/commands.hpp"

namespace docket::complaint {

/// Through which account a party replies.
struct PartyAccount {
  std::string party;
  ActorId account;
  static FieldList Fields() {
    return {Field{"party", &PartyAccount::party, "当事人"},
            Field{"account", &PartyAccount::account, "账号"}};
  }
  friend bool operator==(const PartyAccount&, const PartyAccount&) = default;
};

/// 投诉答复通知书, with a copy of the complaint, to the respondent and other parties. Those who are
/// to reply online are named with their accounts; the others reply on paper.
struct SendReplyNotice {
  static constexpr std::string_view kName = "send_reply_notice", kZh = "发出投诉答复通知";
  std::vector<std::string> parties;
  std::vector<PartyAccount> accounts{};
  static FieldList Fields() {
    return {Field{"parties", &SendReplyNotice::parties, "通知对象"},
            Field{"accounts", &SendReplyNotice::accounts, "当事人账号"}};
  }
};

/// A party's own receipt of the notice: its five working days start here.
struct RecordNoticeReceipt {
  static constexpr std::string_view kName = "record_notice_receipt", kZh = "登记答复通知签收";
  std::string party;
  Date received_on;
  static FieldList Fields() {
    return {Field{"party", &RecordNoticeReceipt::party, "当事人"},
            Field{"received_on", &RecordNoticeReceipt::received_on, "签收日期"}};
  }
};

struct Reply {
  static constexpr std::string_view kName = "reply", kZh = "提交答复说明";
  std::string party;
  PersonalText statement;
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"party", &Reply::party, "当事人"},
            Field{"statement", &Reply::statement, "答复说明", Subject::kRespondent},
            Field{"documents", &Reply::documents, "证明材料"}};
  }
};

/// 视为放弃说明权利: silence waives the explanation and the case goes on (财政部令94号 25).
struct NoteWaiver {
  static constexpr std::string_view kName = "note_waiver", kZh = "视为放弃说明";
  std::string party;
  static FieldList Fields() { return {Field{"party", &NoteWaiver::party, "当事人"}}; }
};

/// Two officers at least: the acting handler and another one (行政处罚法 42).
struct Investigate {
  static constexpr std::string_view kName = "investigate", kZh = "调查取证";
  InvestigationKind kind = InvestigationKind::kInquiry;
  ActorId second_officer;
  PersonalText record;
  std::vector<DocumentRef> documents;
  std::vector<std::string> joint_departments;  ///< 会同调查 (七部委令11号 14).
  static FieldList Fields() {
    return {Field{"kind", &Investigate::kind, "调查方式"},
            Field{"second_officer", &Investigate::second_officer, "另一名承办人"},
            Field{"record", &Investigate::record, "调查记录", Subject::kParties},
            Field{"documents", &Investigate::documents, "材料"},
            Field{"joint_departments", &Investigate::joint_departments, "会同部门"}};
  }
};

struct HoldHearing {
  static constexpr std::string_view kName = "hold_hearing", kZh = "组织质证";
  ActorId second_officer;
  std::vector<std::string> parties;
  PersonalText record;
  static FieldList Fields() {
    return {Field{"second_officer", &HoldHearing::second_officer, "另一名承办人"},
            Field{"parties", &HoldHearing::parties, "参加方"},
            Field{"record", &HoldHearing::record, "质证记录", Subject::kParties}};
  }
};

/// 听取陈述和申辩 (七部委令11号 16): needed before a decision in tendering.
struct HearRespondent {
  static constexpr std::string_view kName = "hear_respondent", kZh = "听取陈述申辩";
  PersonalText statement;
  static FieldList Fields() {
    return {Field{"statement", &HearRespondent::statement, "陈述申辩", Subject::kRespondent}};
  }
};

/// The clock stands still until the result is in; the expected end keeps a pause from being
/// forgotten, and the complainant is told of it (财政部令94号 27(2)).
struct StartAppraisal {
  static constexpr std::string_view kName = "start_appraisal", kZh = "委托检验检测鉴定评审";
  AppraisalKind kind = AppraisalKind::kAppraisal;
  std::string institution;
  DocumentRef commission;
  Date expected_on;
  static FieldList Fields() {
    return {Field{"kind", &StartAppraisal::kind, "类型"},
            Field{"institution", &StartAppraisal::institution, "受托机构"},
            Field{"commission", &StartAppraisal::commission, "委托书"},
            Field{"expected_on", &StartAppraisal::expected_on, "预计完成日期"}};
  }
};

struct RecordAppraisalResult {
  static constexpr std::string_view kName = "record_appraisal_result", kZh = "收到鉴定等结果";
  DocumentRef result;
  static FieldList Fields() {
    return {Field{"result", &RecordAppraisalResult::result, "结果文书"}};
  }
};

/// 责令暂停: tendering where necessary; procurement in writing, thirty days in all at most.
struct SuspendTrade {
  static constexpr std::string_view kName = "suspend_trade", kZh = "责令暂停";
  PersonalText reason;
  std::optional<std::string> document_no;
  static FieldList Fields() {
    return {Field{"reason", &SuspendTrade::reason, "理由", Subject::kParties},
            Field{"document_no", &SuspendTrade::document_no, "文号"}};
  }
};

struct ResumeTrade {
  static constexpr std::string_view kName = "resume_trade", kZh = "恢复";
  std::optional<std::string> document_no;
  static FieldList Fields() { return {Field{"document_no", &ResumeTrade::document_no, "文号"}}; }
};

/// The cap ends the suspension by itself (政府采购法 57).
struct ExpireSuspension {
  static constexpr std::string_view kName = "expire_suspension", kZh = "暂停届满";
  static FieldList Fields() { return {}; }
};

struct RequestWithdrawal {
  static constexpr std::string_view kName = "request_withdrawal", kZh = "申请撤回";
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"reasons", &RequestWithdrawal::reasons, "撤回理由", Subject::kComplainant}};
  }
};

/// What the head finds about harm and violation decides in tendering; procurement must grant.
struct GrantWithdrawal {
  static constexpr std::string_view kName = "grant_withdrawal", kZh = "准予撤回";
  bool harms_others = false;
  bool violation_established = false;
  std::optional<std::string> document_no;
  static FieldList Fields() {
    return {
        Field{"harms_others", &GrantWithdrawal::harms_others, "损害国家、社会或他人利益"},
        Field{"violation_established", &GrantWithdrawal::violation_established, "已查实明显违法"},
        Field{"document_no", &GrantWithdrawal::document_no, "文号"}};
  }
};

struct DenyWithdrawal {
  static constexpr std::string_view kName = "deny_withdrawal", kZh = "不准撤回";
  bool harms_others = false;
  bool violation_established = false;
  PersonalText reasons;
  static FieldList Fields() {
    return {
        Field{"harms_others", &DenyWithdrawal::harms_others, "损害国家、社会或他人利益"},
        Field{"violation_established", &DenyWithdrawal::violation_established, "已查实明显违法"},
        Field{"reasons", &DenyWithdrawal::reasons, "理由", Subject::kParties}};
  }
};

/// The mandatory parts of a decision (七部委令11号 22；财政部令94号 33).
struct DraftDecision {
  static constexpr std::string_view kName = "draft_decision", kZh = "拟定处理决定";
  Outcome outcome = Outcome::kDismissed;
  std::optional<DismissalGround> dismissal_ground;
  PersonalText claims;
  PersonalText answer;
  PersonalText facts_found;
  PersonalText opinion;
  std::vector<std::string> articles;
  PersonalText remedies;
  static FieldList Fields() {
    return {Field{"outcome", &DraftDecision::outcome, "处理结果"},
            Field{"dismissal_ground", &DraftDecision::dismissal_ground, "驳回情形"},
            Field{"claims", &DraftDecision::claims, "投诉事项及主张", Subject::kParties},
            Field{"answer", &DraftDecision::answer, "被投诉人的答辩及请求", Subject::kParties},
            Field{"facts_found", &DraftDecision::facts_found, "调查认定的事实", Subject::kParties},
            Field{"opinion", &DraftDecision::opinion, "处理意见及依据", Subject::kParties},
            Field{"articles", &DraftDecision::articles, "适用条款"},
            Field{"remedies", &DraftDecision::remedies, "复议和诉讼权利告知", Subject::kParties}};
  }
};

struct ReviewLegality {
  static constexpr std::string_view kName = "review_legality", kZh = "法制审核";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ReviewLegality::opinion, "审核意见", Subject::kParties}};
  }
};

struct ReturnDraft {
  static constexpr std::string_view kName = "return_draft", kZh = "退回修改";
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"reasons", &ReturnDraft::reasons, "退回理由", Subject::kParties}};
  }
};

/// 作出处理决定: signed and sealed, as drafted and reviewed.
struct Decide {
  static constexpr std::string_view kName = "decide", kZh = "作出处理决定";
  Outcome outcome = Outcome::kDismissed;
  std::string document_no;
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"outcome", &Decide::outcome, "处理结果"},
            Field{"document_no", &Decide::document_no, "文号"},
            Field{"document", &Decide::document, "处理决定书"}};
  }
};

/// 送达, each party apart.
struct Serve {
  static constexpr std::string_view kName = "serve", kZh = "送达";
  std::string party;
  ServiceWay way = ServiceWay::kDirect;
  bool electronic_consent = false;
  static FieldList Fields() {
    return {Field{"party", &Serve::party, "受送达人"}, Field{"way", &Serve::way, "送达方式"},
            Field{"electronic_consent", &Serve::electronic_consent, "同意电子送达"}};
  }
};

/// 公告, after the secrecy review by another officer.
struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "公告";
  ActorId secrecy_reviewer;
  std::string medium;
  bool designated_medium = false;  ///< 省级以上财政部门指定的媒体 (procurement).
  DocumentRef document;
  static FieldList Fields() {
    return {Field{"secrecy_reviewer", &Publish::secrecy_reviewer, "保密审查人"},
            Field{"medium", &Publish::medium, "公告媒体"},
            Field{"designated_medium", &Publish::designated_medium, "指定媒体"},
            Field{"document", &Publish::document, "公告文本"}};
  }
};

struct ExemptFromPublication {
  static constexpr std::string_view kName = "exempt_from_publication", kZh = "不予公开";
  ExemptionGround ground = ExemptionGround::kOther;
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"ground", &ExemptFromPublication::ground, "不予公开事由"},
            Field{"reasons", &ExemptFromPublication::reasons, "理由", Subject::kParties}};
  }
};

/// 归档; the result goes to the office (公管办) at once, and media retention starts anew (FJ18-16).
struct Archive {
  static constexpr std::string_view kName = "archive", kZh = "归档";
  std::string archive_no;
  static FieldList Fields() { return {Field{"archive_no", &Archive::archive_no, "档号"}}; }
};

/// Signs of a violation, forged material or official misconduct found in the case.
struct ReportViolation {
  static constexpr std::string_view kName = "report_violation", kZh = "另案处理或移送";
  ReferralTarget target = ReferralTarget::kInvestigation;
  PersonalText grounds;
  static FieldList Fields() {
    return {Field{"target", &ReportViolation::target, "去向"},
            Field{"grounds", &ReportViolation::grounds, "事由", Subject::kParties}};
  }
};

struct RecordReview {
  static constexpr std::string_view kName = "record_review", kZh = "登记复议或诉讼";
  ReviewKind kind = ReviewKind::kReconsideration;
  std::string body;  ///< 复议机关或人民法院.
  static FieldList Fields() {
    return {Field{"kind", &RecordReview::kind, "类型"},
            Field{"body", &RecordReview::body, "复议机关或法院"}};
  }
};

/// Annulled and to be remade: the case reopens under the ruling's own limit, else the statutory.
struct RecordReviewOutcome {
  static constexpr std::string_view kName = "record_review_outcome", kZh = "登记复议或诉讼结果";
  ReviewKind kind = ReviewKind::kReconsideration;
  ReviewOutcome outcome = ReviewOutcome::kUpheld;
  std::optional<std::int64_t> limit_workdays;
  std::string document_no;
  static FieldList Fields() {
    return {Field{"kind", &RecordReviewOutcome::kind, "类型"},
            Field{"outcome", &RecordReviewOutcome::outcome, "结果"},
            Field{"limit_workdays", &RecordReviewOutcome::limit_workdays, "重作期限（工作日）"},
            Field{"document_no", &RecordReviewOutcome::document_no, "文号"}};
  }
};

}  // namespace docket::complaint
