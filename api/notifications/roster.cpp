#include "api/notifications/roster.hpp"

namespace docket {

namespace {

constexpr std::size_t kAccountsOfPage = 200;

}  // namespace

void Roster::Load(const CaseViews& views) {
  of_log_.clear();
  CaseFilter filter{.workflow = "account", .limit = kAccountsOfPage};
  do {
    const auto page = views.ListCases(filter);
    for (const auto& row : page.rows) {
      if (const auto record = directory_.FindRecord(ActorId(row.summary.title))) Take(*record);
    }
    filter.after = page.next;
  } while (!filter.after.empty());
}

void Roster::Take(const AccountRecord& record) {
  // The file hides an account of the same name in the log.
  if (record.IsInService() && !directory_.File().FindActor(record.account)) {
    of_log_[record.account] = record.Actor();
  } else {
    of_log_.erase(record.account);
  }
}

std::vector<Actor> Roster::Holding(Role role) const {
  std::vector<Actor> holding;
  for (const auto* accounts : {&directory_.File().Accounts(), &of_log_}) {
    for (const auto& [id, actor] : *accounts) {
      if (actor.Holds(role)) holding.push_back(actor);
    }
  }
  return holding;
}

std::optional<Actor> Roster::Find(const ActorId& account) const {
  if (auto actor = directory_.File().FindActor(account)) return actor;
  const auto found = of_log_.find(account);
  return found == of_log_.end() ? std::nullopt : std::optional(found->second);
}

Unit Roster::UnitOf(const Actor& actor) const {
  return directory_.FindUnit(actor.unit).value_or(Unit());
}

}  // namespace docket
