/// Who holds which role now, for those who must be told without being named: the accounts of the
/// office file and those of the log, kept abreast by whoever reads the log in order.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "api/auth/account_directory.hpp"
#include "persistence/projections/case_views.hpp"

namespace docket {

/// Used by one thread.
class Roster {
 public:
  /// `directory` outlives it.
  explicit Roster(const AccountDirectory& directory) : directory_(directory) {}

  /// Reads all accounts of the log anew, from a view that has seen all that was told of so far.
  void Load(const CaseViews& views);
  /// What has become of an account since.
  void Take(const AccountRecord& record);

  /// In service, by name.
  std::vector<Actor> Holding(Role role) const;
  std::optional<Actor> Find(const ActorId& account) const;
  Unit UnitOf(const Actor& actor) const;

 private:
  const AccountDirectory& directory_;
  std::map<ActorId, Actor> of_log_;
};

}  // namespace docket
