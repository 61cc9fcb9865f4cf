/// A small office on a real store: engine, keys, calendars, case views and a clock that a test
/// sets. Nothing runs by itself: a test projects and sweeps when it wants to.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "persistence/runners/sweeper.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "tests/support/log_fixture.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::testing {

/// clerk (intake), han, lin (handler), head; all of the unit `bureau`, province 350000. county_head
/// and county_clerk of `county`, below it; office (resource office) of `office`, above both.
class SmallDirectory : public Directory {
 public:
  std::optional<Actor> FindActor(const ActorId& id) const override {
    static const std::map<std::string, Role> kRoles = {
        {"clerk", Role::kIntake},         {"han", Role::kHandler},
        {"lin", Role::kHandler},          {"head", Role::kHead},
        {"county_head", Role::kHead},     {"county_clerk", Role::kIntake},
        {"office", Role::kResourceOffice}};
    const auto found = kRoles.find(id.value);
    if (found == kRoles.end()) return std::nullopt;
    const auto unit = id.value.substr(0, id.value.find('_'));
    const bool is_others = unit == "county" || unit == "office";
    return Actor{id, UnitId(is_others ? unit : "bureau"), {found->second}};
  }
  std::optional<Unit> FindUnit(const UnitId& id) const override {
    const std::vector<Industry> trades{Industry::kConstruction, Industry::kTransport};
    if (id.value == "bureau") return Unit{id, "监管局", RegionCode("350000"), trades};
    if (id.value == "county") return Unit{id, "区住建局", RegionCode("350102"), trades};
    if (id.value == "office") return Unit{id, "公管办", RegionCode("350000"), {}};
    return std::nullopt;
  }
};

class Office {
 public:
  /// `views`: where the read models are kept; absent: beside the log.
  explicit Office(ViewStore* views = nullptr)
      : view_store(views != nullptr ? *views : log.Store().Views()) {
    OpenProjector();
  }

  /// Without a case one of `workflow` is opened.
  Expected<CommandOutcome> Execute(const std::string& sender, const StreamId& case_id,
                                   const std::string& command, const Json& data,
                                   const std::string& workflow = "complaint") {
    CommandRequest request;
    request.sender = *directory_.FindActor(ActorId(sender));
    if (case_id.empty()) request.workflow = workflow;
    request.case_id = case_id;
    CommandInput input;
    input.name = command;
    input.data = data;
    request.commands = {input};
    return engine.Execute(request);
  }
  /// A complaint lodged at the counter; throws when it is refused.
  StreamId Lodge(const std::string& region, const std::string& title,
                 const std::string& project = "") {
    Json data = {{"profile", "tendering"},
                 {"channel", "counter"},
                 {"region", region},
                 {"industry", "construction"},
                 {"project_name", title},
                 {"subject_matter", "other"},
                 {"complainant", {{"kind", "person"}, {"name", "张三丰"}}},
                 {"claims", "请求查处"},
                 {"facts", "评标专家应回避未回避"},
                 {"is_signed", true},
                 {"is_sealed", false},
                 {"by_proxy", false},
                 {"in_foreign_language", false},
                 {"joint_across_regions", false}};
    if (!project.empty()) data["project_code"] = project;
    const auto outcome = Execute("clerk", StreamId(), "lodge", data);
    if (!outcome) throw StoreError(outcome.error().code + " " + outcome.error().en);
    return outcome->case_id;
  }
  /// Applies all that was appended.
  void Project() {
    while (projector->RunOnce() > 0) {
    }
  }
  std::size_t Sweep() {
    Sweeper sweeper({.views = views,
                     .clock = log.clock,
                     .leases = log.Store().SingleRunners(),
                     .tick_all = [this](const auto& ids) { return engine.TickAll(ids); },
                     .catch_up =
                         [this](Position) {
                           Project();
                           return true;
                         }});
    return sweeper.SweepUntilQuiet();
  }
  /// As a program that starts: nothing is remembered.
  void OpenProjector(std::size_t batch_events_max = 512) {
    projector.reset();
    projection.emplace(log.Log());
    projector.emplace(view_store, log.Log(), *projection,
                      Projector::Options{.batch_events_max = batch_events_max});
  }

  LogFixture log;
  SqliteKeys keys{log.Paths()};
  RandomIds ids;
  CaseCache recent;
  LogCalendars calendars{{log.Log(), log.clock, ids}};

 private:
  SmallDirectory directory_;

 public:
  CaseEngine engine{{log.Log(), keys, directory_, log.clock, ids, calendars, recent}};
  ViewStore& view_store;
  StoredCaseViews views{view_store, log.Log()};
  std::optional<CaseProjection> projection;
  std::optional<Projector> projector;
};

}  // namespace docket::testing
