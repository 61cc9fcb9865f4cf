/// One process of the product as a simulation runs it: everything that is lost when it dies. What
/// is not lost is the store.
#pragma once

#include <memory>
#include <optional>

#include "api/demo/world.hpp"
#include "persistence/accounts/log_accounts.hpp"
#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "persistence/processes/process_manager.hpp"
#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "persistence/sqlite/sqlite_log.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/simulation/faults.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::simulation {

/// Those of the province, who never leave, and the accounts of the log.
class SimulatedDirectory : public Directory {
 public:
  SimulatedDirectory(const demo::World& world, const LogAccounts& accounts)
      : province_(world), accounts_(accounts) {}

  std::optional<Actor> FindActor(const ActorId& id) const override;
  std::optional<Unit> FindUnit(const UnitId& id) const override { return province_.FindUnit(id); }

 private:
  demo::WorldDirectory province_;
  const LogAccounts& accounts_;
};

class Program {
 public:
  /// What it finds when it starts. All outlive it.
  struct Surroundings {
    SqlitePaths paths;
    const Clock& clock;
    IdSource& ids;
    const demo::World& world;
    Faults& faults;
  };
  explicit Program(const Surroundings& surroundings);

  CaseEngine& Engine() { return engine_; }
  const Directory& People() const { return directory_; }
  /// The log as it is stored: nothing dies of reading it.
  const StoreLog& Stored() const { return stored_; }
  RecentCases& Recent() { return recent_; }
  const CaseViews& Views() const { return views_; }

  /// Applies all that was appended to the read models.
  void Project();
  /// Until nothing is due by these.
  void Sweep();
  /// Carries the links out as far as the log goes.
  void FollowLinks();

 private:
  const Clock& clock_;
  Faults& faults_;
  SqliteStore store_;
  SqliteLog stored_;
  FaultyLog log_;
  std::unique_ptr<KeyStore> keys_;
  LogAccounts accounts_;
  SimulatedDirectory directory_;
  CaseCache cache_;
  WatchedCases recent_;
  LogCalendars calendars_;
  CaseEngine engine_;
  ProcessProgress progress_;
  ProcessManager manager_;
  CaseProjection projection_;
  Projector projector_;
  StoredCaseViews views_;
};

}  // namespace docket::simulation
