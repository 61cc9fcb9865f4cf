/// What a provider's records say of a trade project, a command a kind of record. They are given by
/// the intake, which has verified who sent them. Amounts are in fen (分).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/engine/case_engine.hpp"
#include "workflows/project/vocabulary.hpp"

namespace docket::project {

/// 更正: which content this one takes the place of, and why. What was published stays on record
/// (HN18-22(2)).
struct Supersession {
  DocumentDigest digest;  ///< Of the content that stands until now.
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"digest", &Supersession::digest, "原摘要值"},
            Field{"reason", &Supersession::reason, "更正原因", Subject::kParties}};
  }
};

/// What a message says besides its content. A record is known by its key among those of its kind.
struct Record {
  std::string key;  ///< 记录标识, the provider's own.
  std::string message_id;
  std::string standard_version;
  Instant occurred_at;    ///< When the provider's system had it.
  DocumentDigest digest;  ///< Of the content in canonical form.
  std::optional<Supersession> supersedes;

  static FieldList Fields() {
    return {Field{"key", &Record::key, "记录标识"},
            Field{"message_id", &Record::message_id, "消息编号"},
            Field{"standard_version", &Record::standard_version, "数据规范版本"},
            Field{"occurred_at", &Record::occurred_at, "数据产生时间"},
            Field{"digest", &Record::digest, "摘要值"},
            Field{"supersedes", &Record::supersedes, "更正"}};
  }
};

/// 招标项目（采购项目、出让项目）.
struct RecordProject {
  static constexpr std::string_view kName = "record_project", kZh = "归集项目";
  static constexpr auto kStep = ElectronicStep::kRegistration;
  Record record;
  ProjectCode project;
  std::string project_name;
  UnitId provider;
  RegionCode region;
  Industry industry = Industry::kConstruction;
  TradeClass trade = TradeClass::kWorks;
  OwnerClass owner = OwnerClass::kAdministrative;
  TradeMode mode = TradeMode::kPublicTender;
  bool mandatory = true;  ///< 依法必须进行招标（进场）的项目.
  std::string tenderer_name;
  CreditCode tenderer;
  std::optional<CreditCode> agency;
  std::optional<std::string> investment_code;  ///< 投资项目统一代码.
  std::optional<std::string> approval_number;  ///< 审批（核准、备案）文号.
  std::int64_t estimate_fen = 0;
  std::optional<std::int64_t> investment_fen;
  Date registered_on;                     ///< 受理登记.
  std::vector<ElectronicStep> steps_due;  ///< Empty: all eight.
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordProject::record, "记录"},
            Field{"project", &RecordProject::project, "招标项目编号"},
            Field{"project_name", &RecordProject::project_name, "项目名称"},
            Field{"provider", &RecordProject::provider, "信息提供单位"},
            Field{"region", &RecordProject::region, "行政区划代码"},
            Field{"industry", &RecordProject::industry, "行业领域"},
            Field{"trade", &RecordProject::trade, "交易类别"},
            Field{"owner", &RecordProject::owner, "项目类别"},
            Field{"mode", &RecordProject::mode, "交易方式"},
            Field{"mandatory", &RecordProject::mandatory, "依法必须招标"},
            Field{"tenderer_name", &RecordProject::tenderer_name, "招标人名称"},
            Field{"tenderer", &RecordProject::tenderer, "招标人代码"},
            Field{"agency", &RecordProject::agency, "代理机构代码"},
            Field{"investment_code", &RecordProject::investment_code, "投资项目统一代码"},
            Field{"approval_number", &RecordProject::approval_number, "审批文号"},
            Field{"estimate_fen", &RecordProject::estimate_fen, "估算价（分）"},
            Field{"investment_fen", &RecordProject::investment_fen, "总投资（分）"},
            Field{"registered_on", &RecordProject::registered_on, "登记日期"},
            Field{"steps_due", &RecordProject::steps_due, "应有环节"}};
  }
};

/// 标段（包）.
struct RecordSection {
  static constexpr std::string_view kName = "record_section", kZh = "归集标段";
  Record record;
  SectionCode section;
  std::string section_name;
  std::int64_t estimate_fen = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordSection::record, "记录"},
            Field{"section", &RecordSection::section, "标段编号"},
            Field{"section_name", &RecordSection::section_name, "标段名称"},
            Field{"estimate_fen", &RecordSection::estimate_fen, "估算价（分）"}};
  }
};

/// 公告及其澄清、终止. Without a section it is of the whole project.
struct RecordNotice {
  static constexpr std::string_view kName = "record_notice", kZh = "归集公告";
  static constexpr auto kStep = ElectronicStep::kPublication;
  Record record;
  std::optional<SectionCode> section;
  NoticeKind kind = NoticeKind::kTender;
  std::string title;
  Instant published_at;
  std::optional<Instant> documents_until;  ///< 文件获取截止.
  std::optional<Instant> opening_at;       ///< 开标时间（投标截止）as announced.

  static FieldList Fields() {
    return {Field{"record", &RecordNotice::record, "记录"},
            Field{"section", &RecordNotice::section, "标段编号"},
            Field{"kind", &RecordNotice::kind, "公告类型"},
            Field{"title", &RecordNotice::title, "公告标题"},
            Field{"published_at", &RecordNotice::published_at, "发布时间"},
            Field{"documents_until", &RecordNotice::documents_until, "文件获取截止"},
            Field{"opening_at", &RecordNotice::opening_at, "拟开标时间"}};
  }
};

/// A bidder (投标人、供应商、竞买人) as it enrolled. What names or reaches a person is sealed.
struct Enrolled {
  PersonalText name;
  std::optional<CreditCode> credit_code;  ///< Absent: a natural person.
  std::optional<PersonalText> contact;
  std::optional<PersonalText> phone;
  std::optional<PersonalText> email;
  std::optional<PersonalText> address;

  static FieldList Fields() {
    return {Field{"name", &Enrolled::name, "名称"},
            Field{"credit_code", &Enrolled::credit_code, "统一社会信用代码"},
            Field{"contact", &Enrolled::contact, "联系人"},
            Field{"phone", &Enrolled::phone, "联系电话"},
            Field{"email", &Enrolled::email, "电子邮箱"},
            Field{"address", &Enrolled::address, "地址"}};
  }
};

/// 投标报名.
struct RecordEnrolment {
  static constexpr std::string_view kName = "record_enrolment", kZh = "归集投标报名";
  static constexpr auto kStep = ElectronicStep::kBidEnrolment;
  Record record;
  std::optional<SectionCode> section;
  Instant enrolled_at;
  std::vector<Enrolled> bidders;

  static FieldList Fields() {
    return {Field{"record", &RecordEnrolment::record, "记录"},
            Field{"section", &RecordEnrolment::section, "标段编号"},
            Field{"enrolled_at", &RecordEnrolment::enrolled_at, "报名时间"},
            Field{"bidders", &RecordEnrolment::bidders, "投标人", Subject::kRespondent}};
  }
};

/// 专家抽取: how many, never who.
struct RecordDraw {
  static constexpr std::string_view kName = "record_draw", kZh = "归集专家抽取";
  static constexpr auto kStep = ElectronicStep::kExpertDraw;
  Record record;
  std::optional<SectionCode> section;
  Instant drawn_at;
  std::int64_t experts = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordDraw::record, "记录"},
            Field{"section", &RecordDraw::section, "标段编号"},
            Field{"drawn_at", &RecordDraw::drawn_at, "抽取时间"},
            Field{"experts", &RecordDraw::experts, "专家人数"}};
  }
};

/// 开标.
struct RecordOpening {
  static constexpr std::string_view kName = "record_opening", kZh = "归集开标";
  static constexpr auto kStep = ElectronicStep::kOpening;
  Record record;
  std::optional<SectionCode> section;
  Instant opened_at;
  Instant ended_at;
  std::int64_t bids = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordOpening::record, "记录"},
            Field{"section", &RecordOpening::section, "标段编号"},
            Field{"opened_at", &RecordOpening::opened_at, "开标时间"},
            Field{"ended_at", &RecordOpening::ended_at, "结束时间"},
            Field{"bids", &RecordOpening::bids, "投标文件数"}};
  }
};

/// 评标评审.
struct RecordEvaluation {
  static constexpr std::string_view kName = "record_evaluation", kZh = "归集评标评审";
  static constexpr auto kStep = ElectronicStep::kEvaluation;
  Record record;
  std::optional<SectionCode> section;
  Instant began_at;
  Instant ended_at;
  std::vector<CreditCode> candidates;  ///< 候选人, in order.
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordEvaluation::record, "记录"},
            Field{"section", &RecordEvaluation::section, "标段编号"},
            Field{"began_at", &RecordEvaluation::began_at, "评标开始"},
            Field{"ended_at", &RecordEvaluation::ended_at, "评标结束"},
            Field{"candidates", &RecordEvaluation::candidates, "候选人代码"}};
  }
};

/// 中标候选人公示: from its first day to its last.
struct RecordPublicity {
  static constexpr std::string_view kName = "record_publicity", kZh = "归集候选人公示";
  static constexpr auto kStep = ElectronicStep::kAwardNotice;
  Record record;
  std::optional<SectionCode> section;
  Date from;
  Date until;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordPublicity::record, "记录"},
            Field{"section", &RecordPublicity::section, "标段编号"},
            Field{"from", &RecordPublicity::from, "公示开始"},
            Field{"until", &RecordPublicity::until, "公示结束"}};
  }
};

/// 中标（成交）结果.
struct RecordAward {
  static constexpr std::string_view kName = "record_award", kZh = "归集中标结果";
  static constexpr auto kStep = ElectronicStep::kAwardNotice;
  Record record;
  std::optional<SectionCode> section;
  Instant awarded_at;                ///< 中标（成交）通知书发出.
  std::optional<CreditCode> winner;  ///< Absent: a natural person.
  std::int64_t amount_fen = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordAward::record, "记录"},
            Field{"section", &RecordAward::section, "标段编号"},
            Field{"awarded_at", &RecordAward::awarded_at, "中标通知时间"},
            Field{"winner", &RecordAward::winner, "中标人代码"},
            Field{"amount_fen", &RecordAward::amount_fen, "中标金额（分）"}};
  }
};

/// 合同.
struct RecordContract {
  static constexpr std::string_view kName = "record_contract", kZh = "归集合同";
  Record record;
  std::optional<SectionCode> section;
  std::string contract_number;
  Date signed_on;
  std::optional<CreditCode> contractor;  ///< Absent: a natural person.
  std::int64_t amount_fen = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordContract::record, "记录"},
            Field{"section", &RecordContract::section, "标段编号"},
            Field{"contract_number", &RecordContract::contract_number, "合同编号"},
            Field{"signed_on", &RecordContract::signed_on, "签订日期"},
            Field{"contractor", &RecordContract::contractor, "合同相对人代码"},
            Field{"amount_fen", &RecordContract::amount_fen, "合同金额（分）"}};
  }
};

/// 合同执行、变更及资金拨付.
struct RecordPerformance {
  static constexpr std::string_view kName = "record_performance", kZh = "归集履约";
  Record record;
  std::optional<SectionCode> section;
  PerformanceKind kind = PerformanceKind::kExecution;
  Date on;
  std::optional<std::int64_t> amount_fen;  ///< Paid, or the contract's after a change.
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordPerformance::record, "记录"},
            Field{"section", &RecordPerformance::section, "标段编号"},
            Field{"kind", &RecordPerformance::kind, "履约事项"},
            Field{"on", &RecordPerformance::on, "日期"},
            Field{"amount_fen", &RecordPerformance::amount_fen, "金额（分）"}};
  }
};

/// 保证金收退.
struct RecordDeposit {
  static constexpr std::string_view kName = "record_deposit", kZh = "归集保证金";
  static constexpr auto kStep = ElectronicStep::kDeposit;
  Record record;
  std::optional<SectionCode> section;
  DepositAct act = DepositAct::kPaid;
  Date on;
  std::optional<CreditCode> bidder;  ///< Absent: a natural person.
  std::int64_t amount_fen = 0;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordDeposit::record, "记录"},
            Field{"section", &RecordDeposit::section, "标段编号"},
            Field{"act", &RecordDeposit::act, "收退"},
            Field{"on", &RecordDeposit::on, "日期"},
            Field{"bidder", &RecordDeposit::bidder, "投标人代码"},
            Field{"amount_fen", &RecordDeposit::amount_fen, "金额（分）"}};
  }
};

/// 音视频目录 (HN18-8): where a recording begins and ends, and its digest; the file stays where it
/// is kept.
struct RecordMedia {
  static constexpr std::string_view kName = "record_media", kZh = "归集音视频目录";
  Record record;
  std::optional<SectionCode> section;
  ElectronicStep step = ElectronicStep::kOpening;
  Instant from;
  Instant until;
  DocumentDigest media;
  FieldErrors WrongFields() const;

  static FieldList Fields() {
    return {Field{"record", &RecordMedia::record, "记录"},
            Field{"section", &RecordMedia::section, "标段编号"},
            Field{"step", &RecordMedia::step, "环节"},
            Field{"from", &RecordMedia::from, "开始"},
            Field{"until", &RecordMedia::until, "结束"},
            Field{"media", &RecordMedia::media, "音视频摘要值"}};
  }
};

/// 项目办结.
struct Close {
  static constexpr std::string_view kName = "close", kZh = "办结项目";
  Record record;
  Ending ending = Ending::kCompleted;
  Date on;
  static FieldList Fields() {
    return {Field{"record", &Close::record, "记录"}, Field{"ending", &Close::ending, "结果"},
            Field{"on", &Close::on, "日期"}};
  }
};

}  // namespace docket::project
