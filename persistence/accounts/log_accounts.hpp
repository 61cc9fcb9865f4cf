/// The accounts that the log knows: who holds which roles now, by the account's name.
///
/// What this process writes is seen at once; what others write, within kAccountAge. The stream of
/// an account is found through the claim of its name, so nothing is read of accounts that nobody
/// asks for.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/event_log.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// An account as the log has it. No personal data.
struct AccountRecord {
  StreamId case_id;
  Version version;
  ActorId account;
  std::string state;
  UnitId unit;
  std::vector<Role> roles{};
  std::string responsibilities;     ///< 职责权限, shown to the holder at login.
  std::string undertaking_version;  ///< 保密承诺书 last signed; empty: none.
  std::optional<Instant> unlocked_at{};
  std::vector<Scope> scopes{};

  /// Its holder may be named in acts: approved, and neither disabled nor closed.
  bool IsInService() const;
  docket::Actor Actor() const { return {account, unit, roles, scopes}; }
};

/// The record of a folded account case.
AccountRecord AccountRecordOf(const StreamId& case_id, const CaseModel& model);
bool IsAccountCase(const StreamId& case_id);

/// Thread-safe.
class LogAccounts {
 public:
  /// `log` outlives it.
  explicit LogAccounts(const EventLog& log) : log_(log) {}

  /// In any state, also closed; nullopt: there never was one of this name.
  std::optional<AccountRecord> Find(const ActorId& account) const;
  /// What this process has just written.
  void Saw(const StreamId& case_id, const CaseModel& model) const;

 private:
  struct Entry {
    std::optional<AccountRecord> record;
    std::chrono::steady_clock::time_point until;
  };

  std::optional<AccountRecord> Read(const ActorId& account) const;
  std::optional<AccountRecord> Remember(const ActorId& account,
                                        std::optional<AccountRecord> record) const;

  const EventLog& log_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  mutable std::map<ActorId, Entry> known_;
};
constexpr std::chrono::seconds kAccountAge{1};
constexpr std::size_t kKnownAccountsMax = 16'384;

/// Recent cases, with each account that is written told to the accounts at once.
class WatchedCases : public RecentCases {
 public:
  WatchedCases(RecentCases& cases, const LogAccounts& accounts)
      : cases_(cases), accounts_(accounts) {}

  std::unique_ptr<CaseModel> Find(const StreamId& case_id) override { return cases_.Find(case_id); }
  void Put(const StreamId& case_id, std::shared_ptr<const CaseModel> model) override {
    if (IsAccountCase(case_id)) accounts_.Saw(case_id, *model);
    cases_.Put(case_id, std::move(model));
  }
  void Drop(const StreamId& case_id) override { cases_.Drop(case_id); }

 private:
  RecentCases& cases_;
  const LogAccounts& accounts_;
};

}  // namespace docket
