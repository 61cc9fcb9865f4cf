#include "persistence/accounts/log_accounts.hpp"

#include <algorithm>
#include <array>

#include "workflows/account/events.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/engine/claims.hpp"

namespace docket {

namespace {

constexpr std::array kInService{account::Approved::kName, account::Active::kName,
                                account::PasswordExpired::kName, account::Locked::kName,
                                account::Suspended::kName};

}  // namespace

bool AccountRecord::IsInService() const {
  return std::find(kInService.begin(), kInService.end(), state) != kInService.end();
}

bool IsAccountCase(const StreamId& case_id) {
  static const Workflow* const accounts = FindWorkflow("account");
  return WorkflowOf(case_id) == accounts;
}

AccountRecord AccountRecordOf(const StreamId& case_id, const CaseModel& model) {
  const Json facts = model.Facts();
  AccountRecord record{.case_id = case_id,
                       .version = model.Version(),
                       .account = ActorId(facts.at("account").get<std::string>()),
                       .state = std::string(model.State()),
                       .unit = UnitId(facts.at("unit").get<std::string>()),
                       .responsibilities = facts.at("responsibilities"),
                       .undertaking_version = facts.at("undertaking_version")};
  for (const auto& role : facts.at("roles")) {
    record.roles.push_back(*Decode<Role>(role));
  }
  if (const auto unlocked = facts.find("unlocked_at"); unlocked != facts.end()) {
    record.unlocked_at = Instant::Parse(unlocked->get<std::string>());
  }
  if (const auto scopes = facts.find("scopes"); scopes != facts.end()) {
    record.scopes = *Decode<std::vector<Scope>>(*scopes);
  }
  return record;
}

std::optional<AccountRecord> LogAccounts::Find(const ActorId& account) const {
  if (!account::IsAccountName(account)) return std::nullopt;
  {
    const std::lock_guard guard(mutex_);
    const auto known = known_.find(account);
    if (known != known_.end() && std::chrono::steady_clock::now() < known->second.until) {
      return known->second.record;
    }
  }
  return Remember(account, Read(account));
}

void LogAccounts::Saw(const StreamId& case_id, const CaseModel& model) const {
  auto record = AccountRecordOf(case_id, model);
  const ActorId account = record.account;
  Remember(account, std::move(record));
}

std::optional<AccountRecord> LogAccounts::Read(const ActorId& account) const {
  const Claim name{.registry = std::string(account::kNameRegistry), .name = account.value};
  const auto claimed = log_.ReadStream(LogId::kCases, name.Stream(), Version(), 1);
  if (claimed.empty()) return std::nullopt;
  // A name is claimed once and never released.
  const auto taken = Decode<ClaimTaken>(DataOf(claimed.front()));
  if (!taken) throw StoreError("the claim of " + account.value + " cannot be read");
  const auto events = log_.ReadStreams(LogId::kCases, {taken->case_id});
  const auto model = WorkflowOf(taken->case_id)->NewCase();
  for (const auto& event : events.front()) model->Apply(event);
  return AccountRecordOf(taken->case_id, *model);
}

std::optional<AccountRecord> LogAccounts::Remember(const ActorId& account,
                                                   std::optional<AccountRecord> record) const {
  const std::lock_guard guard(mutex_);
  if (known_.size() >= kKnownAccountsMax) known_.clear();
  auto& entry = known_[account];
  // Whoever read the log may come later than whoever wrote it.
  const bool is_older = entry.record && (!record || record->version < entry.record->version);
  if (!is_older) entry.record = std::move(record);
  entry.until = std::chrono::steady_clock::now() + kAccountAge;
  return entry.record;
}

}  // namespace docket
