/// Why an act upon a credit entry is refused.
#pragma once

#include "workflows/credit/commands.hpp"
#include "workflows/credit/facts.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::credit {

struct ProposedForOwnUnit {
  static constexpr Refusal kRefusal{"entry_of_other_unit", "只能向本单位提出信用记录",
                                    "an officer proposes to his own unit", "XX17-16", "/unit"};
  static bool Holds(const Propose& c, const Facts&, const Context& context) {
    return context.role != Role::kHandler || c.unit == context.unit;
  }
};
/// 统一社会信用代码 for organisations (FJ16-3(1)), an identity document for persons.
struct SubjectIdentified {
  static constexpr Refusal kRefusal{
      "subject_not_identified", "单位应填写统一社会信用代码，自然人应填写证件号码",
      "an organisation has a credit code, a person the number of an identity document", "FJ16-3(1)",
      "/subject"};
  static bool Holds(const Propose& c, const Facts&, const Context&) {
    const bool is_person = c.subject.kind == SubjectKind::kPerson;
    return c.subject.id_number.has_value() == is_person &&
           c.subject.credit_code.has_value() != is_person;
  }
};
/// Experts are persons, and what is recorded of their conduct names its aspect.
struct ExpertEntryComplete {
  static constexpr Refusal kRefusal{
      "expert_entry_incomplete", "专家记录的主体为自然人，履职记录应注明方面",
      "an expert is a person; a record of conduct names its aspect", "FJ16-4", "/aspect"};
  static bool Holds(const Propose& c, const Facts&, const Context&);
};
struct PolarityFits {
  static constexpr Refusal kRefusal{
      "polarity_mismatch", "奖励和履职记录不得限制参与，禁止参加和黑名单必须限制参与",
      "rewards and records of conduct restrict nobody, bans and blacklists do", "FJ16-7",
      "/restricts"};
  static bool Holds(const Propose& c, const Facts&, const Context&);
};
struct ScopeKnown {
  static constexpr Refusal kRefusal{"scope_unknown", "适用区域的行政区划代码无效",
                                    "the scope is no division of GB/T 2260", "", "/scope_region"};
  static bool Holds(const Propose& c, const Facts&, const Context&) {
    return c.scope_region.IsValid();
  }
};
/// No restriction without an end.
struct RestrictionBounded {
  static constexpr Refusal kRefusal{
      "restriction_unbounded", "限制参与应有截止日期，且不早于起始日期",
      "a restriction has a last day, not before its first", "XX17-16", "/until"};
  static bool Holds(const Propose& c, const Facts&, const Context&) {
    return IsBounded(c.restricts, c.from, c.until);
  }
  static bool Holds(const Decide& c, const Facts& facts, const Context&) {
    return IsBounded(facts.restricts, c.from, c.until);
  }

 private:
  static bool IsBounded(bool restricts, Date from, const std::optional<Date>& until) {
    return until ? from <= *until : !restricts;
  }
};
/// 一至三年内禁止参加政府采购活动, by the editions of both rules.
struct BanWithinBounds {
  static constexpr Refusal kRefusal{"ban_out_of_bounds", "禁止参加采购活动的期限为一年至三年",
                                    "a ban lasts from one to three years", "政府采购法实施条例 73",
                                    "/until"};
  static bool Holds(const Propose& c, const Facts&, const Context& context) {
    return c.kind != EntryKind::kBan || IsWithin(c.region, c.from, *c.until, context);
  }
  static bool Holds(const Decide& c, const Facts& facts, const Context& context) {
    return facts.kind != EntryKind::kBan || IsWithin(facts.region, c.from, *c.until, context);
  }

 private:
  static bool IsWithin(const RegionCode& region, Date from, Date until, const Context& context);
};

struct InEffect {
  static constexpr Refusal kRefusal{"entry_not_in_effect", "信用记录尚未生效",
                                    "the entry is not in effect yet", "XX17-16"};
  static bool Holds(const Facts& facts, const Context& context) {
    return *facts.from <= context.now.ChinaDate();
  }
};
struct PublicationOpen {
  static constexpr Refusal kRefusal{"publication_settled", "已公布或者已决定不予公开",
                                    "it is published, or was exempted", "FJ18-15"};
  static bool Holds(const Facts& facts, const Context&) {
    return !facts.published && !facts.exempt;
  }
};

struct BySubject {
  static constexpr Refusal kRefusal{"not_the_subject", "仅信用主体可以申请",
                                    "only the subject of the entry may apply"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kRespondent || facts.account == context.actor;
  }
};
struct Unfavourable {
  static constexpr Refusal kRefusal{"nothing_to_repair", "信用奖励无需修复",
                                    "there is nothing to repair in a reward", "FJ16-7"};
  static bool Holds(const Facts& facts, const Context&) { return !IsFavourable(facts.kind); }
};
struct AnnulledAlready {
  static constexpr Refusal kRefusal{"annulled_in_future", "撤销日期晚于今日",
                                    "the annulment lies in the future", "", "/annulled_on"};
  static bool Holds(const SourceAnnulled& c, const Facts&, const Context& context) {
    return c.annulled_on <= context.now.ChinaDate();
  }
};

/// What was published has to be taken down first.
struct WasPublished {
  static constexpr std::string_view kName = "published";
  static bool Selects(const Facts& facts) { return facts.published; }
};

}  // namespace docket::credit
