/// Why an act upon a supervision item is refused.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/supervision/events.hpp"
#include "workflows/supervision/states.hpp"

namespace docket::supervision {

inline constexpr Refusal kCodeTaken{"supervision_code_taken", "该督办编号已被使用",
                                    "this code is another item's", "", "/code"};
/// The clock of an item's limit, in rules.json.
inline constexpr std::string_view kLimitClock = "supervision_limit";

/// Letters, digits, dot, underscore and hyphen.
bool IsItemCode(const std::string& code);
/// Of a code that a person types; those of forwarded items grow a little longer.
constexpr std::size_t kCodeBytesMax = 64;

struct CodeWellFormed {
  static constexpr Refusal kRefusal{
      "supervision_code_invalid", "督办编号只能由字母、数字和 . _ - 组成，至多 64 个",
      "a code is 1 to 64 letters, digits, '.', '_' and '-'", "", "/code"};
  static bool Holds(const Issue& c, const Facts&, const Context& context) {
    const bool fits = c.code.size() <= kCodeBytesMax || context.role == Role::kProcessManager;
    return fits && IsItemCode(c.code);
  }
};
/// A person issues for the own unit; a case that opens an item says for whom.
struct IssuerStated {
  static constexpr Refusal kRefusal{"issuer_mismatch", "下达单位应为本单位，由案卷立项的应写明",
                                    "the issuer is the own unit, or stated by the case that opens",
                                    "", "/issuer"};
  static bool Holds(const Issue& c, const Facts&, const Context& context) {
    return c.issuer.has_value() == (context.role == Role::kProcessManager);
  }
};
/// 审计 starts accountability, 监察 inspects how duty is done; neither the other's (HN18-6, XX17-3.2).
struct KindFitsIssuer {
  static constexpr Refusal kRefusal{
      "kind_not_of_issuer", "监察机关下达督查，审计部门下达督办和问责，其他单位不得下达问责",
      "discipline inspects, audit supervises and starts accountability, others do not",
      "HN18-6；XX17-3.2", "/kind"};
  static bool Holds(const Issue& c, const Facts&, const Context& context);
};
struct AddresseeIsAnother {
  static constexpr Refusal kRefusal{"addressee_is_issuer", "不得向本单位下达",
                                    "nobody supervises itself", "", "/addressee"};
  static bool Holds(const Issue& c, const Facts&, const Context& context) {
    return c.addressee != c.issuer.value_or(context.unit);
  }
};
/// In the issuer's division; a department supervises those of lower divisions only.
struct AddresseeWithinReach {
  static constexpr Refusal kRefusal{
      "addressee_out_of_reach", "承办单位不明，或不在下达单位的监督范围内",
      "the addressee is unknown or not below the issuer", "FJ18-8；HN18-7", "/addressee"};
  static bool Holds(const Issue& c, const Facts&, const Context& context);
};
struct SourceLinked {
  static constexpr Refusal kRefusal{"source_missing", "督办应关联来源案卷或项目",
                                    "a supervision item names its source or its project", "HN18-5",
                                    "/source"};
  static bool Holds(const Issue& c, const Facts&, const Context&) {
    return c.kind != ItemKind::kSupervision || c.source || c.project;
  }
};
struct LimitAhead {
  static constexpr Refusal kRefusal{"limit_in_past", "办结期限早于今日",
                                    "the limit is over already", "", "/limit_on"};
  template <class Command>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return c.limit_on >= context.occurred_at.ChinaDate();
  }
};

struct ByAddressee {
  static constexpr Refusal kRefusal{"not_the_addressee", "仅承办单位可以办理",
                                    "only the addressee may do this", "HN18-5"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.addressee;
  }
};
struct ByIssuer {
  static constexpr Refusal kRefusal{"not_the_issuer", "仅下达单位可以办理",
                                    "only the issuer may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.issuer;
  }
};
/// 公管办 follows and urges whatever is supervised in its division (HN18-7).
struct ByIssuerOrOffice {
  static constexpr Refusal kRefusal{"not_issuer_or_office", "仅下达单位和本地区公管办可以办理",
                                    "only the issuer and the office of the division may do this",
                                    "HN18-7"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.issuer ||
           (context.role == Role::kResourceOffice && context.unit_region.Covers(facts.region));
  }
};
struct HandlersNamed {
  static constexpr Refusal kRefusal{"handler_required", "应指定承办人",
                                    "at least one handler is named", "HN18-5", "/handlers"};
  static bool Holds(const AppointHandlers& c, const Facts&, const Context&) {
    return !c.handlers.empty();
  }
};

struct ForwardedBelow {
  static constexpr Refusal kRefusal{"addressee_not_lower", "只能转办下级单位",
                                    "an item is forwarded to a lower unit", "FJ18-8", "/addressee"};
  static bool Holds(const Forward& c, const Facts&, const Context& context);
};
struct WithinOwnLimit {
  static constexpr Refusal kRefusal{"limit_after_own", "转办期限不得晚于本事项办结期限",
                                    "the lower unit's limit is not after the own one", "",
                                    "/limit_on"};
  static bool Holds(const Forward& c, const Facts& facts, const Context&) {
    return c.limit_on <= *facts.limit_on;
  }
};
struct ForwardingAwaited {
  static constexpr Refusal kRefusal{"forwarding_unknown", "没有该编号的未结转办事项",
                                    "nothing was forwarded under this code, or it has ended", "",
                                    "/code"};
  template <class Command>
  static bool Holds(const Command& c, const Facts& facts, const Context&) {
    return IsAwaited(facts, c.code);
  }

 private:
  static bool IsAwaited(const Facts& facts, const std::string& code);
};

struct DueSoonOrOverdue {
  static constexpr Refusal kRefusal{"not_due_soon", "未临近期限，不需催办",
                                    "the limit is neither near nor over", "HN18-7"};
  static bool Holds(const Facts&, const Context& context);
};
struct OverdueOrCircular {
  static constexpr Refusal kRefusal{"not_overdue", "仅超期事项和通报事项可以通报",
                                    "only an overdue item, or one of a circular, is circulated",
                                    "FJ18-22"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.overdue || facts.kind == ItemKind::kCircular;
  }
};
struct RecipientsNamed {
  static constexpr Refusal kRefusal{"recipients_missing", "应写明通报单位",
                                    "a circular names to whom it goes", "", "/recipients"};
  static bool Holds(const Circulate& c, const Facts&, const Context&) {
    return c.level == CircularLevel::kPublic || !c.recipients.empty();
  }
};

struct PersonsHandled {
  static constexpr Refusal kRefusal{
      "persons_missing", "问责事项应写明直接负责的主管人员和其他直接责任人员及其处理情况",
      "accountability names the persons responsible and how they were dealt with",
      "FJ18-22；HN18-22", "/persons"};
  static bool Holds(const SubmitOpinion& c, const Facts& facts, const Context&) {
    return facts.kind != ItemKind::kAccountability || !c.persons.empty();
  }
};
/// Whoever forwards stays responsible.
struct ChildrenEnded {
  static constexpr Refusal kRefusal{"child_open", "转办事项尚未办结",
                                    "what was forwarded has not ended yet"};
  static bool Holds(const Facts& facts, const Context&);
};

}  // namespace docket::supervision
