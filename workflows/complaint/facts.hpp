/// What is known of a complaint: the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "workflows/complaint/commands.hpp"
#include "workflows/complaint/handling_commands.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::complaint {

struct Facts {
  std::string state = "draft";
  std::optional<Profile> profile;
  std::optional<Channel> channel;
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;  ///< The department that signed for it.
  std::string project_name;
  std::optional<std::string> project_code;  ///< As the complainant gave it.
  std::optional<SubjectMatter> subject_matter;
  std::optional<Party> complainant;
  std::vector<Party> respondents;
  std::optional<PersonalText> claims;
  ActorId lodged_by;
  std::optional<Date> filed_on;
  std::optional<Date> posted_on;
  std::optional<Date> received_on;  ///< Receipt, from which the law counts.
  std::optional<Date> objection_raised_on;
  std::optional<Date> challenged_on;
  bool joint_across_regions = false;
  std::vector<std::string> parties;  ///< `complainant`, `respondent_1`, …: who is to be served.
  std::vector<ActorId> handlers;
  std::vector<ActorId> recused;
  bool correction_was_requested = false;
  std::optional<Date> accepted_on;
  std::optional<Date> reply_notice_sent_on;
  std::vector<std::string> receipts;   ///< Parties whose receipt of the notice is known.
  std::vector<std::string> notified;   ///< Parties that got the reply notice.
  std::vector<std::string> answered;   ///< Parties that replied or waived.
  std::vector<PartyAccount> accounts;  ///< Of the parties that reply online.
  bool respondent_heard = false;
  bool appraisal_open = false;
  std::optional<Date> trade_suspended_on;
  std::int64_t suspension_days_used = 0;
  std::string before_withdrawal;  ///< State to which a denied withdrawal returns.
  std::optional<Outcome> drafted_outcome;
  std::string outcome;  ///< Name of the Outcome, or how else the case ended.
  std::vector<std::string> served;
  std::vector<std::string> pending_reviews;
  std::optional<StreamId> merged_into;
  std::vector<std::string> violations;
  bool is_restricted = false;         ///< Exempt from publication for a secret that it holds.
  bool recorded_history = false;      ///< Entered from elsewhere, not handled here.
  std::vector<std::string> unknowns;  ///< What a record does not state.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"profile", &Facts::profile, "适用程序"},
            Field{"channel", &Facts::channel, "提交渠道"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业领域"},
            Field{"unit", &Facts::unit, "承办单位"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"project_code", &Facts::project_code, "项目编号"},
            Field{"subject_matter", &Facts::subject_matter, "投诉对象"},
            Field{"complainant", &Facts::complainant, "投诉人", Subject::kComplainant},
            Field{"respondents", &Facts::respondents, "被投诉人", Subject::kRespondent},
            Field{"claims", &Facts::claims, "投诉事项和请求", Subject::kComplainant},
            Field{"lodged_by", &Facts::lodged_by, "提交账号"},
            Field{"filed_on", &Facts::filed_on, "落款日期"},
            Field{"posted_on", &Facts::posted_on, "邮戳日期"},
            Field{"received_on", &Facts::received_on, "收到日期"},
            Field{"objection_raised_on", &Facts::objection_raised_on, "提出异议日期"},
            Field{"challenged_on", &Facts::challenged_on, "质疑日期"},
            Field{"joint_across_regions", &Facts::joint_across_regions, "跨区域联合采购"},
            Field{"parties", &Facts::parties, "当事人"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"recused", &Facts::recused, "回避人员"},
            Field{"correction_was_requested", &Facts::correction_was_requested, "已通知补正"},
            Field{"accepted_on", &Facts::accepted_on, "受理日期"},
            Field{"reply_notice_sent_on", &Facts::reply_notice_sent_on, "发出答复通知日期"},
            Field{"receipts", &Facts::receipts, "已签收答复通知"},
            Field{"notified", &Facts::notified, "已通知当事人"},
            Field{"answered", &Facts::answered, "已答复或放弃"},
            Field{"accounts", &Facts::accounts, "当事人账号"},
            Field{"respondent_heard", &Facts::respondent_heard, "已听取陈述申辩"},
            Field{"appraisal_open", &Facts::appraisal_open, "鉴定等进行中"},
            Field{"trade_suspended_on", &Facts::trade_suspended_on, "暂停日期"},
            Field{"suspension_days_used", &Facts::suspension_days_used, "已暂停天数"},
            Field{"before_withdrawal", &Facts::before_withdrawal, "申请撤回前状态"},
            Field{"drafted_outcome", &Facts::drafted_outcome, "拟定结果"},
            Field{"outcome", &Facts::outcome, "处理结果"},
            Field{"served", &Facts::served, "已送达"},
            Field{"pending_reviews", &Facts::pending_reviews, "进行中的复议诉讼"},
            Field{"merged_into", &Facts::merged_into, "并入案卷"},
            Field{"violations", &Facts::violations, "另案处理"},
            Field{"is_restricted", &Facts::is_restricted, "限定案件"},
            Field{"recorded_history", &Facts::recorded_history, "历史补录"},
            Field{"unknowns", &Facts::unknowns, "来源未载明"}};
  }
};

/// Days of suspension that the law leaves (政府采购法 57: thirty in all).
constexpr std::int64_t kSuspensionDaysMax = 30;

bool Contains(const std::vector<std::string>& names, std::string_view name);
bool IsHandler(const Facts& facts, const ActorId& actor);

}  // namespace docket::complaint
