/// Everybody who may act: the accounts of the office file (development, sample) and those of the
/// log. Units are those of the office file.
#pragma once

#include "api/auth/office.hpp"
#include "persistence/accounts/log_accounts.hpp"

namespace docket {

/// Thread-safe.
class AccountDirectory : public Directory {
 public:
  /// `log` outlives it. An account of the file hides one of the same name in the log.
  AccountDirectory(Office file, const LogAccounts& log) : file_(std::move(file)), log_(log) {}

  /// In service: see AccountRecord::IsInService.
  std::optional<Actor> FindActor(const ActorId& id) const override;
  std::optional<Unit> FindUnit(const UnitId& id) const override { return file_.FindUnit(id); }
  /// In any state; nullopt: the log knows none of this name, or the file has one.
  std::optional<AccountRecord> FindRecord(const ActorId& id) const;
  const Office& File() const { return file_; }

 private:
  Office file_;
  const LogAccounts& log_;
};

}  // namespace docket
