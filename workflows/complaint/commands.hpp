/// Commands of a complaint (投诉): what people, and where a rule says so the clock, may ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/complaint/vocabulary.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::complaint {

/// A party as it names itself. Everything here is personal data of the party.
struct Party {
  PartyKind kind = PartyKind::kPerson;
  PersonalText name;
  std::optional<PersonalText> id_number;       ///< Identity document, or 统一社会信用代码.
  std::optional<PersonalText> representative;  ///< 法定代表人或主要负责人.
  std::optional<PersonalText> contact;         ///< 联系人.
  std::optional<PersonalText> phone;
  std::optional<PersonalText> address;
  std::optional<PersonalText> email;

  static FieldList Fields() {
    return {Field{"kind", &Party::kind, "主体类型"},
            Field{"name", &Party::name, "姓名或名称"},
            Field{"id_number", &Party::id_number, "证件号码"},
            Field{"representative", &Party::representative, "法定代表人"},
            Field{"contact", &Party::contact, "联系人"},
            Field{"phone", &Party::phone, "联系电话"},
            Field{"address", &Party::address, "地址"},
            Field{"email", &Party::email, "电子邮箱"}};
  }
  friend bool operator==(const Party&, const Party&) = default;
};

/// Lodging (提交投诉). Receipt, from which the law counts, is when the act occurred, whatever the
/// day of entry (七部委令11号 11；财政部令94号 21).
struct Lodge {
  static constexpr std::string_view kName = "lodge", kZh = "提交投诉";
  Profile profile = Profile::kTendering;
  Channel channel = Channel::kOnline;
  RegionCode region;
  Industry industry = Industry::kConstruction;
  std::string project_name;
  std::optional<std::string> project_code;
  SubjectMatter subject_matter = SubjectMatter::kOther;
  Party complainant;
  std::vector<Party> respondents;
  PersonalText claims;
  PersonalText facts;
  std::vector<DocumentRef> evidence;
  bool is_signed = false;  ///< 签名；法人由法定代表人或授权代表签字.
  bool is_sealed = false;  ///< 加盖公章 (legal persons).
  bool by_proxy = false;
  std::optional<DocumentRef> proxy_letter;
  bool in_foreign_language = false;
  std::optional<DocumentRef> translation;
  std::optional<Date> filed_on;   ///< The writer's date.
  std::optional<Date> posted_on;  ///< Postmark: decides timeliness (财政部令94号 42).
  std::optional<Date> known_on;   ///< Knew or should have known.
  std::optional<Date> objection_raised_on;  ///< Tendering (异议).
  std::optional<Date> objection_answered_on;
  std::optional<Date> challenged_on;  ///< Procurement: challenge (质疑) received.
  std::optional<Date> challenge_answered_on;
  bool joint_across_regions = false;          ///< 跨区域联合采购 (财政部令94号 6).
  std::vector<std::string> also_lodged_with;  ///< Other departments that got it.

  static FieldList Fields() {
    return {Field{"profile", &Lodge::profile, "适用程序"},
            Field{"channel", &Lodge::channel, "提交渠道"},
            Field{"region", &Lodge::region, "行政区划代码"},
            Field{"industry", &Lodge::industry, "行业领域"},
            Field{"project_name", &Lodge::project_name, "项目名称"},
            Field{"project_code", &Lodge::project_code, "项目编号"},
            Field{"subject_matter", &Lodge::subject_matter, "投诉对象"},
            Field{"complainant", &Lodge::complainant, "投诉人", Subject::kComplainant},
            Field{"respondents", &Lodge::respondents, "被投诉人", Subject::kRespondent},
            Field{"claims", &Lodge::claims, "投诉事项和请求", Subject::kComplainant},
            Field{"facts", &Lodge::facts, "事实和理由", Subject::kComplainant},
            Field{"evidence", &Lodge::evidence, "有效线索和证明材料"},
            Field{"is_signed", &Lodge::is_signed, "已签名"},
            Field{"is_sealed", &Lodge::is_sealed, "已盖章"},
            Field{"by_proxy", &Lodge::by_proxy, "由代理人提出"},
            Field{"proxy_letter", &Lodge::proxy_letter, "授权委托书"},
            Field{"in_foreign_language", &Lodge::in_foreign_language, "外文材料"},
            Field{"translation", &Lodge::translation, "中文译本"},
            Field{"filed_on", &Lodge::filed_on, "落款日期"},
            Field{"posted_on", &Lodge::posted_on, "邮戳日期"},
            Field{"known_on", &Lodge::known_on, "知道或应当知道之日"},
            Field{"objection_raised_on", &Lodge::objection_raised_on, "提出异议日期"},
            Field{"objection_answered_on", &Lodge::objection_answered_on, "异议答复日期"},
            Field{"challenged_on", &Lodge::challenged_on, "质疑函收到日期"},
            Field{"challenge_answered_on", &Lodge::challenge_answered_on, "质疑答复日期"},
            Field{"joint_across_regions", &Lodge::joint_across_regions, "跨区域联合采购"},
            Field{"also_lodged_with", &Lodge::also_lodged_with, "同时投诉的其他部门"}};
  }
};

/// 撤销: before anybody signed for it.
struct Cancel {
  static constexpr std::string_view kName = "cancel", kZh = "撤销";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Cancel::reason, "理由", Subject::kComplainant}};
  }
};

/// 签收: the department takes it in and appoints at least two handlers (行政处罚法 42).
struct SignFor {
  static constexpr std::string_view kName = "sign_for", kZh = "签收并指定承办人";
  std::vector<ActorId> handlers;
  static FieldList Fields() { return {Field{"handlers", &SignFor::handlers, "承办人"}}; }
};

/// Replaces the handlers (更换承办人).
struct AssignHandlers {
  static constexpr std::string_view kName = "assign_handlers", kZh = "更换承办人";
  std::vector<ActorId> handlers;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"handlers", &AssignHandlers::handlers, "承办人"},
            Field{"reason", &AssignHandlers::reason, "原因", Subject::kParties}};
  }
};

/// 回避: near relative, senior manager at the respondent within three years, other interest
/// (七部委令11号 13). Whoever is recused may no longer act in the case.
struct Recuse {
  static constexpr std::string_view kName = "recuse", kZh = "决定回避";
  ActorId officer;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"officer", &Recuse::officer, "回避人员"},
            Field{"reason", &Recuse::reason, "回避事由", Subject::kParties}};
  }
};

/// 不予受理, with its ground and reasons in writing.
struct NotAccept {
  static constexpr std::string_view kName = "not_accept", kZh = "不予受理";
  RefusalGround ground = RefusalGround::kNotSpecific;
  PersonalText reasons;
  std::optional<std::string> document_no;
  bool has_usable_leads = false;  ///< Then the leads go on as a clue (线索).
  static FieldList Fields() {
    return {Field{"ground", &NotAccept::ground, "不予受理情形"},
            Field{"reasons", &NotAccept::reasons, "理由", Subject::kParties},
            Field{"document_no", &NotAccept::document_no, "文号"},
            Field{"has_usable_leads", &NotAccept::has_usable_leads, "含可用线索"}};
  }
};

/// 告知向有权处理的部门投诉.
struct Refer {
  static constexpr std::string_view kName = "refer", kZh = "告知向有权部门投诉";
  std::string competent_department;
  static FieldList Fields() {
    return {Field{"competent_department", &Refer::competent_department, "有权处理的部门"}};
  }
};

/// 补正通知: once, naming every item and a reasonable limit (财政部令94号 21(1)).
struct RequestCorrection {
  static constexpr std::string_view kName = "request_correction", kZh = "通知补正";
  std::vector<PersonalText> items;
  std::int64_t limit_workdays = 0;  ///< The complainant's own time, in working days.
  std::optional<Date> delivered_on;
  std::optional<std::string> document_no;
  static FieldList Fields() {
    return {Field{"items", &RequestCorrection::items, "补正事项", Subject::kParties},
            Field{"limit_workdays", &RequestCorrection::limit_workdays, "补正期限（工作日）"},
            Field{"delivered_on", &RequestCorrection::delivered_on, "送达日期"},
            Field{"document_no", &RequestCorrection::document_no, "文号"}};
  }
};

struct SupplyCorrection {
  static constexpr std::string_view kName = "supply_correction", kZh = "提交补正材料";
  std::vector<DocumentRef> documents;
  static FieldList Fields() {
    return {Field{"documents", &SupplyCorrection::documents, "补正材料"}};
  }
};

/// 受理: every condition confirmed by the head. The acceptance date is the day of receipt.
struct Accept {
  static constexpr std::string_view kName = "accept", kZh = "受理";
  bool has_interest = false;         ///< Participant or interested party.
  bool is_specific = false;          ///< Specific, with usable leads.
  bool is_complete = false;          ///< The file is complete.
  bool is_new = false;               ///< Not decided before, or with new evidence.
  bool is_not_under_review = false;  ///< Not in reconsideration or litigation.
  bool within_challenge = false;     ///< Procurement: within the challenged matters.
  bool received_here_first = true;
  static FieldList Fields() {
    return {Field{"has_interest", &Accept::has_interest, "具有利害关系"},
            Field{"is_specific", &Accept::is_specific, "事项具体、线索有效"},
            Field{"is_complete", &Accept::is_complete, "材料齐全"},
            Field{"is_new", &Accept::is_new, "未经处理或有新证据"},
            Field{"is_not_under_review", &Accept::is_not_under_review, "未进入复议或诉讼"},
            Field{"within_challenge", &Accept::within_challenge, "未超出质疑事项"},
            Field{"received_here_first", &Accept::received_here_first, "本部门最先收到"}};
  }
};

/// 视为受理: only where a rule row says so, and only by the clock.
struct DeemAccept {
  static constexpr std::string_view kName = "deem_accept", kZh = "视为受理";
  static FieldList Fields() { return {}; }
};

struct Merge {
  static constexpr std::string_view kName = "merge", kZh = "并案";
  StreamId into;
  static FieldList Fields() { return {Field{"into", &Merge::into, "并入案卷"}}; }
};

/// 延期说明: a note for the file. It never moves the statutory date.
struct ExplainDelay {
  static constexpr std::string_view kName = "explain_delay", kZh = "延期说明";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &ExplainDelay::reason, "说明", Subject::kParties}};
  }
};

}  // namespace docket::complaint
