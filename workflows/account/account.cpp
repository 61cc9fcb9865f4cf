#include "workflows/account/account.hpp"

#include <stdexcept>

#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::account {

CaseSummary Account::Summarise(const Facts& facts) {
  CaseSummary summary;
  summary.title = facts.account.value;
  summary.region = facts.region;
  summary.unit = facts.unit;
  if (facts.alarmed) summary.flags.emplace_back("alarmed");
  if (facts.post_vacant) summary.flags.emplace_back("unit_administrator_vacant");
  return summary;
}

Json Account::Upcast(const std::string& type, std::int64_t version, Json data) {
  const bool is_known = type == PasswordWasReset::kType || type == ScopesGranted::kType;
  if (!is_known || version != 1) {
    throw std::runtime_error("no upcaster for " + type + " version " + std::to_string(version));
  }
  return data;  // What is said since is optional.
}

const Workflow& Definition() {
  static const WorkflowFor<Account> workflow(RulesText(Account::kName));
  return workflow;
}

}  // namespace docket::account
