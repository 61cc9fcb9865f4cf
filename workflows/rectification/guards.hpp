/// Guards and selectors of a rectification: propositions, each with its article.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/rectification/events.hpp"
#include "workflows/rectification/states.hpp"

namespace docket::rectification {

struct HasPassed {
  static constexpr std::string_view kName = "has_passed";
  static bool Selects(const ReInspect& c, const Facts&) { return c.has_passed; }
};
struct HasFailed {
  static constexpr std::string_view kName = "has_failed";
  static bool Selects(const ReInspect& c, const Facts&) { return !c.has_passed; }
};

struct ForeseenByAnArticle {
  static constexpr Refusal kRefusal{
      "issuer_not_foreseen", "没有条款授权该主体就此类问题对该对象责令（督促）整改",
      "no article lets that issuer require this of that addressee",
      "FJ18-22 至 25；HN18-7；XX17-15、3.3；行政处罚法 28", "/issuer"};
  static bool Holds(const Draft& c, const Facts&, const Context&) {
    return FindCompetence(c.issuer, c.addressee_kind, c.breach) != nullptr;
  }
};
/// Role, place and level of whoever drafts are the issuer's; another case names its issuer.
struct DraftedForOwnUnit {
  static constexpr Refusal kRefusal{"issuer_is_another", "本单位不是所填的下达主体",
                                    "the actor's unit is not the issuer that is named",
                                    "FJ18-24；HN18-7", "/issuer"};
  static bool Holds(const Draft& c, const Facts&, const Context& context);
};
struct AddresseeNamed {
  static constexpr Refusal kRefusal{"addressee_missing", "应写明整改单位或者市场主体名称",
                                    "name the unit, or the market party", "", "/addressee"};
  static bool Holds(const Draft& c, const Facts&, const Context&);
};
struct AddresseeIsAnother {
  static constexpr Refusal kRefusal{"addressee_is_issuer", "不得对本单位责令整改",
                                    "nobody orders his own unit", "", "/addressee"};
  static bool Holds(const Draft& c, const Facts&, const Context& context) {
    return c.addressee != context.unit;
  }
};

struct ByIssuer {
  static constexpr Refusal kRefusal{"not_the_issuer", "仅下达主体可以办理",
                                    "only the issuer may do this", "FJ18-22 至 25；HN18-7"};
  static bool Holds(const Facts& facts, const Context& context);
};
/// A market party without an account acts on paper, which the issuer's intake enters.
struct ByAddressee {
  static constexpr Refusal kRefusal{"not_the_addressee", "仅整改对象可以办理",
                                    "only the addressee may do this"};
  static bool Holds(const Facts& facts, const Context& context);
};

struct ItemsNamed {
  static constexpr Refusal kRefusal{"items_missing", "应列明整改事项",
                                    "name what is to be put right", "", "/items"};
  static bool Holds(const Prepare& c, const Facts&, const Context&) { return !c.items.empty(); }
};
struct BasisNamed {
  static constexpr Refusal kRefusal{"articles_missing", "应列明依据", "name the articles", "",
                                    "/articles"};
  static bool Holds(const Prepare& c, const Facts&, const Context&) { return !c.articles.empty(); }
};
struct LimitAhead {
  static constexpr Refusal kRefusal{"limit_not_ahead", "整改期限应晚于下达当日",
                                    "the limit ends after the day of the order"};
  static bool Holds(const Facts& facts, const Context& context) {
    return *facts.due_on > context.occurred_at.ChinaDate();
  }
};
/// With the first order of a leak, and with no other.
struct CriticismFits {
  static constexpr Refusal kRefusal{"criticism_does_not_fit",
                                    "通报批评应随透露保密信息的首次整改文书作出并写明范围",
                                    "criticism, with its recipients, goes with the first order of "
                                    "a leak and with no other",
                                    "FJ18-25", "/criticism"};
  static bool Holds(const Order& c, const Facts& facts, const Context&);
};

struct FirstExtension {
  static constexpr Refusal kRefusal{"already_extended", "整改期限只能延长一次",
                                    "the limit is extended only once"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.extended; }
};
struct LimitStillRuns {
  static constexpr Refusal kRefusal{"limit_over", "整改期限已届满", "the limit is over"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.occurred_at.ChinaDate() <= *facts.due_on;
  }
};
struct LimitGrows {
  static constexpr Refusal kRefusal{"extension_not_later", "延长后的期限应晚于原期限",
                                    "the new limit ends later than the old one", "", "/due_on"};
  static bool Holds(const Extend& c, const Facts& facts, const Context&) {
    return c.due_on > *facts.due_on;
  }
};

struct GroundFits {
  static constexpr Refusal kRefusal{"refusal_ground_does_not_fit", "拒不改正的情形与案情不符",
                                    "the ground does not fit the case", "FJ18-22 至 24", "/ground"};
  static bool Holds(const FindRefusal& c, const Facts& facts, const Context& context);
};
struct PersonsAreDue {
  static constexpr Refusal kRefusal{"persons_not_due", "没有待处理的责任人员",
                                    "no persons wait to be handled", "FJ18-22 至 25"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.persons_due && !facts.persons_handled;
  }
};
struct BothCapacitiesNamed {
  static constexpr Refusal kRefusal{
      "persons_incomplete", "应列明直接负责的主管人员和其他直接责任人员",
      "name the person in charge and the persons directly responsible", "FJ18-22 至 24",
      "/persons"};
  static bool Holds(const HandlePersons& c, const Facts&, const Context&);
};
struct RecipientsNamed {
  static constexpr Refusal kRefusal{"recipients_missing", "应写明通报范围",
                                    "name who gets the circular", "FJ18-22", "/circular"};
  static bool Holds(const Circulate& c, const Facts&, const Context&) {
    return !c.circular.recipients.empty();
  }
};
/// What may follow a poor result: XX17-15 after an inspection, XX17-3.3 after an evaluation. The
/// order itself is their 限期整改.
struct MeasureForeseen {
  static constexpr Refusal kRefusal{"measure_not_foreseen", "不得就此类问题采取该措施",
                                    "no article foresees the measure for this breach",
                                    "XX17-15、3.3", "/measure"};
  static bool Holds(const ImposeMeasure& c, const Facts& facts, const Context&);
};
struct EvaluatedBefore {
  static constexpr Refusal kRefusal{"evaluation_missing", "取消提供服务资格应以年度考评为前提",
                                    "service is cancelled only after an annual evaluation",
                                    "XX17-3.3", "/measure"};
  static bool Holds(const ImposeMeasure& c, const Facts& facts, const Context&);
};
struct MeasureWasTaken {
  static constexpr Refusal kRefusal{"measure_missing", "尚未采取措施", "no measure was taken",
                                    "XX17-15、3.3"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.measures.empty(); }
};
/// 处理 and 通报 are two acts, and one does not stand for the other.
struct ConsequencesDone {
  static constexpr Refusal kRefusal{"consequences_outstanding", "责任人员处理或者通报尚未完成",
                                    "persons are still to be handled, or the circular to be sent",
                                    "FJ18-22 至 25"};
  static bool Holds(const Facts& facts, const Context&) {
    return (!facts.persons_due || facts.persons_handled) &&
           (!facts.circular_due || facts.circulated);
  }
};

}  // namespace docket::rectification
