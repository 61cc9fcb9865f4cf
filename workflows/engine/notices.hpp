/// Who is told of what (通知规则): the rows of workflows/<name>/notices.json, beside the clocks of
/// rules.json (FJ18-13(2): the whole process, its handling and its warnings are notified).
///
/// Pure: rows name events, clocks and audiences. Which accounts those are, and whether each may
/// read the case at all, is decided where accounts are known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket {

class Workflow;

/// What a notice is about; how it is treated follows from this alone.
enum class NoticeKind : std::uint8_t {
  kTask,      ///< Something waits for the recipient.
  kProgress,  ///< Something happened that the recipient is told of.
  kWarning,   ///< A due day draws near.
  kOverdue,   ///< A period ran out.
  kAccount,   ///< The recipient's own account.
  kSecurity,  ///< The same, where waiting could do harm.
};
/// Does not wait for the morning.
bool IsUrgent(NoticeKind kind);
/// Nobody may switch it off.
bool IsMandatory(NoticeKind kind);
/// Goes to the next in line when it stays unread.
bool IsEscalated(NoticeKind kind);

/// Whom a row tells. Those of a unit are of the unit that works the case, or that could.
enum class NoticeAudience : std::uint8_t {
  kHandlers,              ///< 承办人 of the case.
  kIntake,                ///< 受理人员 of the unit.
  kLegalReviewers,        ///< 法制审核人员 of the unit.
  kHeads,                 ///< 部门负责人 of the unit.
  kUnitAdministrators,    ///< 单位业务系统管理员 of the unit.
  kProviders,             ///< 信息提供单位: accounts of the unit.
  kResourceOffices,       ///< 公管办 of the region.
  kPlatformOperators,     ///< 监督平台运行服务机构 of the region.
  kSystemAdministrators,  ///< 系统管理员.
  kComplainant,           ///< 投诉人, through the account that lodged the case.
  kHolder,                ///< 账号持有人: the account that the case is about.
};

struct NoticeRule {
  std::string id;                   ///< Stored with each notice; unique in its workflow.
  std::string on;                   ///< Type of the event.
  std::vector<std::string> clocks;  ///< For `deadline.*`: of these rules.
  NoticeKind kind = NoticeKind::kTask;
  std::vector<NoticeAudience> to;
  std::string text;  ///< With placeholders of kNoticePlaceholders.

  static FieldList Fields() {
    return {Field{"id", &NoticeRule::id},         Field{"on", &NoticeRule::on},
            Field{"clocks", &NoticeRule::clocks}, Field{"kind", &NoticeRule::kind},
            Field{"to", &NoticeRule::to},         Field{"text", &NoticeRule::text}};
  }
};

/// A clock of which nobody is told, and why.
struct SilentClock {
  std::string clock;
  std::string why;

  static FieldList Fields() {
    return {Field{"clock", &SilentClock::clock}, Field{"why", &SilentClock::why}};
  }
};

/// What a text may say of a case: its number, the clock's title, its due day, what is left of it,
/// and the account that the case is about. Nothing that names a person or quotes the case.
struct NoticeFacts {
  std::string case_id;
  std::string clock;
  std::string due;
  std::string left;
  std::string account;
};
inline constexpr std::array<std::string_view, 5> kNoticePlaceholders{"case", "clock", "due", "left",
                                                                     "account"};
/// The text with its placeholders filled in.
std::string NoticeText(std::string_view text, const NoticeFacts& facts);

/// `{word}` in order of their places, without the brackets.
std::vector<std::string> PlaceholdersOf(std::string_view text);
/// Replaces every `{word}` by what `value` gives for it.
template <class Value>
std::string FillIn(std::string_view text, const Value& value) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    out += text.substr(at, close == std::string_view::npos ? close : open - at);
    if (close == std::string_view::npos) break;
    out += value(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return out;
}

/// Id of the rule of a clock: `procurement_respondent_reply` of `procurement_respondent_reply:1#2`.
std::string_view RuleOfClock(std::string_view clock);

class NoticeBook {
 public:
  static Expected<NoticeBook> Parse(std::string_view text);

  /// What does not fit the workflow, in words: an unknown event or clock, a placeholder that has no
  /// value there, and a clock that neither a row nor a reason for silence names. A clock with
  /// reminders needs a row for `deadline.approaching`, a statutory or promised duty one for
  /// `deadline.lapsed`.
  std::vector<std::string> CheckAgainst(const Description& table, const Rulebook& rules) const;
  /// The rows for an event, in order. `clock` is the one that a `deadline.*` event names.
  std::vector<const NoticeRule*> On(std::string_view type, std::string_view clock) const;

  const std::vector<NoticeRule>& Rows() const { return rows_; }
  const std::vector<SilentClock>& Silent() const { return silent_; }

 private:
  std::string workflow_;
  std::vector<NoticeRule> rows_;
  std::vector<SilentClock> silent_;
};

/// The book that ships with a workflow; ends the process where it does not fit.
const NoticeBook& NoticesOf(const Workflow& workflow);

template <>
struct EnumTable<NoticeKind> {
  static constexpr std::array kNames{
      EnumName<NoticeKind>{NoticeKind::kTask, "task", "待办"},
      EnumName<NoticeKind>{NoticeKind::kProgress, "progress", "进展"},
      EnumName<NoticeKind>{NoticeKind::kWarning, "warning", "预警"},
      EnumName<NoticeKind>{NoticeKind::kOverdue, "overdue", "超期"},
      EnumName<NoticeKind>{NoticeKind::kAccount, "account", "账号"},
      EnumName<NoticeKind>{NoticeKind::kSecurity, "security", "账号安全"},
  };
};
template <>
struct EnumTable<NoticeAudience> {
  using Who = NoticeAudience;
  static constexpr std::array kNames{
      EnumName<Who>{Who::kHandlers, "handlers", "承办人"},
      EnumName<Who>{Who::kIntake, "intake", "受理人员"},
      EnumName<Who>{Who::kLegalReviewers, "legal_reviewers", "法制审核人员"},
      EnumName<Who>{Who::kHeads, "heads", "部门负责人"},
      EnumName<Who>{Who::kUnitAdministrators, "unit_administrators", "单位业务系统管理员"},
      EnumName<Who>{Who::kProviders, "providers", "信息提供单位"},
      EnumName<Who>{Who::kResourceOffices, "resource_offices", "公管办"},
      EnumName<Who>{Who::kPlatformOperators, "platform_operators", "监督平台运行服务机构"},
      EnumName<Who>{Who::kSystemAdministrators, "system_administrators", "系统管理员"},
      EnumName<Who>{Who::kComplainant, "complainant", "投诉人"},
      EnumName<Who>{Who::kHolder, "holder", "账号持有人"},
  };
};

}  // namespace docket
