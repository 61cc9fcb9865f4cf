/// Guards of whatever a supervisory department does, for workflows whose facts have `unit`,
/// `region`, `industry` and `recused`, and commands that have `region` or `handlers`.
#pragma once

#include "domain/actor.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// True for 受理、承办、法制审核、负责人: the roles of a department's own officers.
bool IsOfDepartment(Role role);
/// True when every one is a handler of the acting unit. Without a directory nobody is unknown: the
/// caller vouches for its names.
bool AreHandlersOfUnit(const std::vector<ActorId>& handlers, const Context& context);
/// True when the unit of the context is competent for the place and the trade: whatever is not
/// known yet excludes nobody (职责分工).
bool IsCompetent(const RegionCode& region, const std::optional<Industry>& industry,
                 const Context& context);
/// True for two or more, nobody named twice.
bool AreTwoAtLeast(const std::vector<ActorId>& handlers);
bool ContainsActor(const std::vector<ActorId>& actors, const ActorId& actor);

/// Standing: G0. Whoever took the case handles it to the end.
struct DepartmentCompetent {
  static constexpr Refusal kRefusal{"unit_not_competent", "本单位对该事项无管辖权",
                                    "the unit is not competent for this matter", "FJ18-4"};
  template <class Facts>
  static bool Holds(const Facts& facts, const Context& context) {
    if (!IsOfDepartment(context.role)) return true;
    if (!facts.unit.empty() && facts.unit != context.unit) return false;
    return IsCompetent(facts.region, facts.industry, context);
  }
};

/// Standing: an officer who was recused (回避) does nothing more in the case.
struct OfficerNotRecused {
  static constexpr Refusal kRefusal{"actor_recused", "应当回避的人员不得办理",
                                    "the actor is recused from this case", "行政处罚法 43"};
  template <class Facts>
  static bool Holds(const Facts& facts, const Context& context) {
    return !ContainsActor(facts.recused, context.actor);
  }
};

/// For what opens a case: there are no facts yet, so the command's own words are judged.
struct WithinCompetence {
  static constexpr Refusal kRefusal{"matter_outside_competence", "该事项不在本单位职责范围内",
                                    "the matter is outside the unit's competence", "FJ18-4"};
  template <class Command, class Facts>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return !IsOfDepartment(context.role) || IsCompetent(c.region, c.industry, context);
  }
};

struct RegionOfCommandKnown {
  static constexpr Refusal kRefusal{"region_unknown", "行政区划代码无效",
                                    "not a division code of GB/T 2260", "", "/region"};
  template <class Command, class Facts>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return c.region.IsValid();
  }
};

struct TwoHandlersNamed {
  static constexpr Refusal kRefusal{"two_handlers_required", "承办人不得少于两人",
                                    "at least two different handlers are needed", "行政处罚法 42",
                                    "/handlers"};
  template <class Command, class Facts>
  static bool Holds(const Command& c, const Facts&, const Context&) {
    return AreTwoAtLeast(c.handlers);
  }
};

struct HandlersOfUnit {
  static constexpr Refusal kRefusal{"handler_unknown", "承办人不是本单位承办人员",
                                    "a handler is no handler of this unit", "HN18-5", "/handlers"};
  template <class Command, class Facts>
  static bool Holds(const Command& c, const Facts&, const Context& context) {
    return AreHandlersOfUnit(c.handlers, context);
  }
};

/// One of the handlers that the case names, or anybody else's role.
struct ByHandlerOfCase {
  static constexpr Refusal kRefusal{"actor_not_handler", "仅本案承办人可以办理",
                                    "only a handler of the case may do this", "HN18-5"};
  template <class Facts>
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kHandler || ContainsActor(facts.handlers, context.actor);
  }
};

}  // namespace docket
