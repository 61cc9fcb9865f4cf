#include "workflows/filing/guards.hpp"

#include <algorithm>
#include <set>

#include "workflows/engine/rulebook.hpp"

namespace docket::filing {

bool RuleInForce::Holds(const CreateObligation& c, const Facts&, const Context& context) {
  return context.rules->InForce(RuleOf(c.type), NameOf(c.type), c.region, c.triggered_on) !=
         nullptr;
}

bool ByObligedParty::Holds(const Facts& facts, const Context& context) {
  if (context.role != Role::kTenderer) return true;
  return facts.obliged->account == context.actor || facts.obliged->unit == context.unit;
}

bool DoneInOrder::Holds(const Submit& c, const Facts& facts, const Context& context) {
  if (!c.done_on) return true;
  return IsAct(*facts.type) && *c.done_on >= *facts.triggered_on &&
         *c.done_on <= context.occurred_at.ChinaDate();
}

bool HandlersNamed::Differ(const std::vector<ActorId>& handlers) {
  const std::set<ActorId> different(handlers.begin(), handlers.end());
  return !different.empty() && different.size() == handlers.size();
}

bool HandlersFree::Holds(const SignFor& c, const Facts& facts, const Context&) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.recused, handler);
  });
}

bool HandlersFree::Holds(const AssignHandlers& c, const Facts& facts, const Context&) {
  return std::none_of(c.handlers.begin(), c.handlers.end(), [&](const ActorId& handler) {
    return ContainsActor(facts.recused, handler) || ContainsActor(c.recused, handler);
  });
}

bool PerformanceDescribed::Holds(const RecordPerformance& c, const Facts&, const Context&) {
  switch (c.kind) {
    case PerformanceKind::kPayment: return c.amount_fen && *c.amount_fen > 0;
    case PerformanceKind::kPublicity: return c.medium.has_value();
    default: return true;
  }
}

}  // namespace docket::filing
