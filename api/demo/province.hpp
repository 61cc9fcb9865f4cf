/// The province at work: what a server is made of, without its threads, on a clock that stands
/// still between two acts.
#pragma once

#include <algorithm>
#include <memory>

#include "api/demo/world.hpp"
#include "persistence/accounts/log_accounts.hpp"
#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "persistence/open_store.hpp"
#include "persistence/processes/process_manager.hpp"
#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "persistence/runners/sweeper.hpp"

namespace docket::demo {

constexpr std::size_t kProjects = 60;

/// Stands still until it is set.
class StandingClock : public Clock {
 public:
  explicit StandingClock(Instant now) : now_(now) {}
  Instant Now() const override { return now_; }
  bool IsVirtual() const override { return true; }
  void Set(Instant now) { now_ = std::max(now_, now); }

 private:
  Instant now_;
};

/// UUIDv7 of virtual time, with chance from the seed.
class SeededIds : public IdSource {
 public:
  SeededIds(const Clock& clock, Random random) : clock_(clock), random_(random) {}
  std::string NewUuid() override;

 private:
  const Clock& clock_;
  Random random_;
  std::uint64_t millis_ = 0;
  std::uint64_t count_ = 0;
};

/// The people of the province, and whoever was given an account since.
class ProvinceDirectory : public Directory {
 public:
  ProvinceDirectory(const World& world, const LogAccounts& accounts)
      : people_(world), accounts_(accounts) {}
  std::optional<Actor> FindActor(const ActorId& id) const override;
  std::optional<Unit> FindUnit(const UnitId& id) const override { return people_.FindUnit(id); }

 private:
  const WorldDirectory people_;
  const LogAccounts& accounts_;
};

/// What a server is made of, without its threads.
class Province {
 public:
  Province(std::unique_ptr<Store> store, Instant start, std::uint64_t seed);

  /// What follows of itself: links, views, deadlines, until nothing does.
  void Settle();
  /// The case as it is now.
  std::unique_ptr<CaseModel> Model(const StreamId& id);
  const WorkCalendar& Calendar() const { return *calendars_.Current(); }
  /// Legal time goes on from here in whatever serves the store.
  Expected<void> LeaveAt(Instant instant);

  StandingClock clock;
  const World world;

 private:
  bool Project();

  std::unique_ptr<Store> store_;
  std::unique_ptr<KeyStore> keys_;

 public:
  std::unique_ptr<StoreLog> log;

 private:
  SeededIds ids_;
  LogCalendars calendars_;
  LogAccounts accounts_;
  ProvinceDirectory directory_;
  CaseCache recent_;
  WatchedCases watched_{recent_, accounts_};

 public:
  CaseEngine engine;

 private:
  StoredCaseViews views_;
  CaseProjection projection_;
  Projector projector_;
  Sweeper sweeper_;
  ProcessProgress progress_;
  ProcessManager links_;
};

}  // namespace docket::demo
