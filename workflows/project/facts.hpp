/// What is known of a trade project: the fold of its records. Of a record that was superseded the
/// facts hold the content that stands; a record is known by its key, `record`.
#pragma once

#include "workflows/project/commands.hpp"

namespace docket::project {

/// A record that came, and the digest of its content that stands.
struct Known {
  std::string type;  ///< The command's name.
  std::string record;
  DocumentDigest digest;
  static FieldList Fields() {
    return {Field{"type", &Known::type, "数据类型"}, Field{"record", &Known::record, "记录标识"},
            Field{"digest", &Known::digest, "摘要值"}};
  }
};

struct Section {
  std::string record;
  SectionCode section;
  std::int64_t estimate_fen = 0;
  static FieldList Fields() {
    return {Field{"record", &Section::record, "记录标识"},
            Field{"section", &Section::section, "标段编号"},
            Field{"estimate_fen", &Section::estimate_fen, "估算价（分）"}};
  }
};

struct Notice {
  std::string record;
  std::optional<SectionCode> section;
  NoticeKind kind = NoticeKind::kTender;
  Instant published_at;
  std::optional<Instant> opening_at;
  static FieldList Fields() {
    return {Field{"record", &Notice::record, "记录标识"},
            Field{"section", &Notice::section, "标段编号"},
            Field{"kind", &Notice::kind, "公告类型"},
            Field{"published_at", &Notice::published_at, "发布时间"},
            Field{"opening_at", &Notice::opening_at, "拟开标时间"}};
  }
};

/// Who enrolled, without readable personal data: a mark is a keyed digest (hex), the same for the
/// same text in all projects, and absent where nothing was given.
struct Bidder {
  std::string record;
  std::optional<SectionCode> section;
  std::optional<CreditCode> credit_code;
  std::optional<std::string> phone_mark;
  std::optional<std::string> email_mark;
  std::optional<std::string> address_mark;
  static FieldList Fields() {
    return {Field{"record", &Bidder::record, "记录标识"},
            Field{"section", &Bidder::section, "标段编号"},
            Field{"credit_code", &Bidder::credit_code, "统一社会信用代码"},
            Field{"phone_mark", &Bidder::phone_mark, "电话标记"},
            Field{"email_mark", &Bidder::email_mark, "邮箱标记"},
            Field{"address_mark", &Bidder::address_mark, "地址标记"}};
  }
};

/// 专家抽取.
struct Draw {
  std::string record;
  std::optional<SectionCode> section;
  Instant drawn_at;
  std::int64_t experts = 0;
  static FieldList Fields() {
    return {Field{"record", &Draw::record, "记录标识"},
            Field{"section", &Draw::section, "标段编号"},
            Field{"drawn_at", &Draw::drawn_at, "抽取时间"},
            Field{"experts", &Draw::experts, "专家人数"}};
  }
};

struct Opening {
  std::string record;
  std::optional<SectionCode> section;
  Instant opened_at;
  Instant ended_at;
  std::int64_t bids = 0;
  static FieldList Fields() {
    return {Field{"record", &Opening::record, "记录标识"},
            Field{"section", &Opening::section, "标段编号"},
            Field{"opened_at", &Opening::opened_at, "开标时间"},
            Field{"ended_at", &Opening::ended_at, "结束时间"},
            Field{"bids", &Opening::bids, "投标文件数"}};
  }
};

struct Evaluation {
  std::string record;
  std::optional<SectionCode> section;
  Instant began_at;
  Instant ended_at;
  std::vector<CreditCode> candidates;
  static FieldList Fields() {
    return {Field{"record", &Evaluation::record, "记录标识"},
            Field{"section", &Evaluation::section, "标段编号"},
            Field{"began_at", &Evaluation::began_at, "评标开始"},
            Field{"ended_at", &Evaluation::ended_at, "评标结束"},
            Field{"candidates", &Evaluation::candidates, "候选人代码"}};
  }
};

struct Publicity {
  std::string record;
  std::optional<SectionCode> section;
  Date from;
  Date until;
  static FieldList Fields() {
    return {Field{"record", &Publicity::record, "记录标识"},
            Field{"section", &Publicity::section, "标段编号"},
            Field{"from", &Publicity::from, "公示开始"},
            Field{"until", &Publicity::until, "公示结束"}};
  }
};

struct Award {
  std::string record;
  std::optional<SectionCode> section;
  Instant awarded_at;
  std::optional<CreditCode> winner;
  std::int64_t amount_fen = 0;
  static FieldList Fields() {
    return {Field{"record", &Award::record, "记录标识"},
            Field{"section", &Award::section, "标段编号"},
            Field{"awarded_at", &Award::awarded_at, "中标通知时间"},
            Field{"winner", &Award::winner, "中标人代码"},
            Field{"amount_fen", &Award::amount_fen, "中标金额（分）"}};
  }
};

struct Contract {
  std::string record;
  std::optional<SectionCode> section;
  Date signed_on;
  std::optional<CreditCode> contractor;
  std::int64_t amount_fen = 0;
  static FieldList Fields() {
    return {Field{"record", &Contract::record, "记录标识"},
            Field{"section", &Contract::section, "标段编号"},
            Field{"signed_on", &Contract::signed_on, "签订日期"},
            Field{"contractor", &Contract::contractor, "合同相对人代码"},
            Field{"amount_fen", &Contract::amount_fen, "合同金额（分）"}};
  }
};

struct Performance {
  std::string record;
  std::optional<SectionCode> section;
  PerformanceKind kind = PerformanceKind::kExecution;
  Date on;
  std::optional<std::int64_t> amount_fen;
  static FieldList Fields() {
    return {Field{"record", &Performance::record, "记录标识"},
            Field{"section", &Performance::section, "标段编号"},
            Field{"kind", &Performance::kind, "履约事项"}, Field{"on", &Performance::on, "日期"},
            Field{"amount_fen", &Performance::amount_fen, "金额（分）"}};
  }
};

struct Deposit {
  std::string record;
  std::optional<SectionCode> section;
  DepositAct act = DepositAct::kPaid;
  Date on;
  std::optional<CreditCode> bidder;
  std::int64_t amount_fen = 0;
  static FieldList Fields() {
    return {Field{"record", &Deposit::record, "记录标识"},
            Field{"section", &Deposit::section, "标段编号"},
            Field{"act", &Deposit::act, "收退"},
            Field{"on", &Deposit::on, "日期"},
            Field{"bidder", &Deposit::bidder, "投标人代码"},
            Field{"amount_fen", &Deposit::amount_fen, "金额（分）"}};
  }
};

struct Media {
  std::string record;
  std::optional<SectionCode> section;
  ElectronicStep step = ElectronicStep::kOpening;
  Instant from;
  Instant until;
  DocumentDigest media;
  static FieldList Fields() {
    return {
        Field{"record", &Media::record, "记录标识"}, Field{"section", &Media::section, "标段编号"},
        Field{"step", &Media::step, "环节"},         Field{"from", &Media::from, "开始"},
        Field{"until", &Media::until, "结束"},       Field{"media", &Media::media, "音视频摘要值"}};
  }
};

struct Facts {
  std::string state = "unrecorded";
  Stage stage = Stage::kApproval;
  ProjectCode project;
  std::string project_name;
  UnitId provider;
  RegionCode region;
  std::optional<Industry> industry;
  TradeClass trade = TradeClass::kWorks;
  OwnerClass owner = OwnerClass::kAdministrative;
  TradeMode mode = TradeMode::kPublicTender;
  bool mandatory = true;
  std::optional<CreditCode> tenderer;
  std::optional<CreditCode> agency;
  std::optional<std::string> investment_code;
  std::optional<std::string> approval_number;
  std::int64_t estimate_fen = 0;
  std::optional<std::int64_t> investment_fen;
  std::optional<Date> registered_on;
  std::vector<ElectronicStep> steps_due;     ///< All that are, never empty once recorded.
  std::vector<ElectronicStep> steps_seen;    ///< In order of arrival.
  std::vector<ElectronicStep> steps_missed;  ///< A later step came first, and they still have not.
  std::vector<Known> records;
  std::vector<Section> sections;
  std::vector<Notice> notices;
  std::vector<Bidder> bidders;
  std::vector<Draw> draws;
  std::vector<Opening> openings;
  std::vector<Evaluation> evaluations;
  std::vector<Publicity> publicities;
  std::vector<Award> awards;
  std::vector<Contract> contracts;
  std::vector<Performance> performances;
  std::vector<Deposit> deposits;
  std::vector<Media> media;
  std::int64_t corrections = 0;  ///< Records that were superseded.
  std::optional<Ending> ending;
  std::optional<Date> closed_on;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"stage", &Facts::stage, "阶段"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"provider", &Facts::provider, "信息提供单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"trade", &Facts::trade, "交易类别"},
            Field{"owner", &Facts::owner, "项目类别"},
            Field{"mode", &Facts::mode, "交易方式"},
            Field{"mandatory", &Facts::mandatory, "依法必须招标"},
            Field{"tenderer", &Facts::tenderer, "招标人代码"},
            Field{"agency", &Facts::agency, "代理机构代码"},
            Field{"investment_code", &Facts::investment_code, "投资项目统一代码"},
            Field{"approval_number", &Facts::approval_number, "审批文号"},
            Field{"estimate_fen", &Facts::estimate_fen, "估算价（分）"},
            Field{"investment_fen", &Facts::investment_fen, "总投资（分）"},
            Field{"registered_on", &Facts::registered_on, "登记日期"},
            Field{"steps_due", &Facts::steps_due, "应有环节"},
            Field{"steps_seen", &Facts::steps_seen, "已归集环节"},
            Field{"steps_missed", &Facts::steps_missed, "缺失环节"},
            Field{"records", &Facts::records, "记录"},
            Field{"sections", &Facts::sections, "标段"},
            Field{"notices", &Facts::notices, "公告"},
            Field{"bidders", &Facts::bidders, "投标人"},
            Field{"draws", &Facts::draws, "专家抽取"},
            Field{"openings", &Facts::openings, "开标"},
            Field{"evaluations", &Facts::evaluations, "评标评审"},
            Field{"publicities", &Facts::publicities, "候选人公示"},
            Field{"awards", &Facts::awards, "中标结果"},
            Field{"contracts", &Facts::contracts, "合同"},
            Field{"performances", &Facts::performances, "履约"},
            Field{"deposits", &Facts::deposits, "保证金"},
            Field{"media", &Facts::media, "音视频"},
            Field{"corrections", &Facts::corrections, "更正次数"},
            Field{"ending", &Facts::ending, "结果"},
            Field{"closed_on", &Facts::closed_on, "办结日期"}};
  }
};

/// nullptr when no record of that kind and key has come.
const Known* FindRecord(const Facts& facts, std::string_view type, std::string_view record);
/// Those due that have not come.
std::vector<ElectronicStep> StepsMissing(const Facts& facts);

}  // namespace docket::project
