#include "workflows/account/account.hpp"

#include <algorithm>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::account {

bool RolesAssignable::Holds(const Open& c, const Facts&, const Context&) {
  return !c.roles.empty() &&
         std::find(c.roles.begin(), c.roles.end(), Role::kClock) == c.roles.end();
}

bool RolesCompatible::Holds(const Open& c, const Facts&, const Context&) {
  return AreCompatible(c.roles);
}

void Apply(Facts& facts, const AccountOpened& e, const RecordedEvent&) {
  facts.state = Active::kName;
  facts.account = e.account;
  facts.holder = e.holder;
  facts.unit = e.unit;
  facts.region = e.region;
  facts.roles = e.roles;
  facts.responsibilities = e.responsibilities;
}

void Apply(Facts& facts, const AccountClosed&, const RecordedEvent&) {
  facts.state = Closed::kName;
}

CaseSummary Account::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.account.value;
  summary.region = facts.region;
  summary.unit = facts.unit;
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Account> workflow(RulesText(Account::kName));
  return workflow;
}

}  // namespace docket::account
