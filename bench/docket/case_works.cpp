#include <atomic>
#include <random>

#include "bench/docket/office.hpp"
#include "bench/docket/works.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/open_store.hpp"
#include "persistence/projections/catalog.hpp"
#include "persistence/projections/rebuild.hpp"
#include "persistence/projections/stored_case_views.hpp"

namespace docket::bench {

namespace {

constexpr std::int64_t kEventsInCase = 20;
constexpr std::size_t kScanPage = 2'000;
constexpr std::size_t kCachedCases = 64;
constexpr std::size_t kListPage = 200;
constexpr auto kReadModel = "cases";
constexpr std::size_t kRememberedMax = 8'192;

/// Walks one complaint until it has the events that a case is compared by.
Version WalkComplaint(BenchOffice& office) {
  StreamId case_id;
  Version version;
  for (const auto& step : ComplaintSteps()) {
    const auto outcome = office.Execute(step.account, case_id, step.command, step.data);
    case_id = outcome.case_id;
    version = outcome.version;
    if (version.value >= kEventsInCase) return version;
  }
  throw WorkFailed(fmt::format("a complaint ends after {} events", version.value));
}

/// The complaints in a log, with the number of their events.
std::map<StreamId, Version> Complaints(const EventLog& log) {
  std::map<StreamId, Version> found;
  for (Position last;;) {
    const auto page = log.ReadLog(LogId::kCases, last, kScanPage);
    if (page.empty()) return found;
    last = page.back().position;
    for (const auto& event : page) {
      if (event.stream.value.starts_with("complaint-")) found[event.stream] = event.version;
    }
  }
}

std::size_t CountListed(const CaseViews& views) {
  std::size_t count = 0;
  CaseFilter filter;
  filter.limit = kListPage;
  do {
    const auto page = views.ListCases(filter);
    count += page.rows.size();
    filter.after = page.next;
  } while (!filter.after.empty());
  return count;
}

}  // namespace

Json FillCases(const Options& options) {
  BenchOffice office(StoreUrl(options), true);
  const auto cases = options.at("cases").get<std::size_t>();
  std::atomic<std::size_t> next{0};
  const auto start = Now();
  InParallel(kOfficeClients, [&](std::size_t) {
    while (next++ < cases) WalkComplaint(office);
  });
  office.CatchUp();
  const auto head = office.Head().value;
  return {{"count", head}, {"rate", static_cast<double>(head) / SecondsSince(start)}};
}

Json OpenCase(const Options& options) {
  BenchOffice office(StoreUrl(options), false);
  office.CatchUp();
  const auto versions = Complaints(office.App().Log());
  Check(!versions.empty(), "there are no complaints");
  std::vector<StreamId> cases;
  for (const auto& [id, version] : versions) cases.push_back(id);
  std::shuffle(cases.begin(), cases.end(), std::mt19937(1));

  const auto open = [&](const StreamId& id) {
    const auto model = office.App().Engine().Load(id);
    Check(model.has_value(), "{} does not open", id.value);
    Check((*model)->Version() == versions.at(id), "{} was not folded to its end", id.value);
  };
  const double seconds = options.at("seconds").get<double>();
  std::size_t cold = 0;
  const auto start = Now();
  while (cold < cases.size() && SecondsSince(start) < seconds) open(cases[cold++]);
  const double cold_seconds = SecondsSince(start);

  const std::size_t few = std::min(kCachedCases, cold);
  std::size_t again = 0;
  const auto start_again = Now();
  while (SecondsSince(start_again) < seconds / 4) open(cases[again++ % few]);
  return {{"count", cold},
          {"events_each", versions.begin()->second.value},
          {"rate", static_cast<double>(cold) / cold_seconds},
          {"cached_rate", static_cast<double>(again) / SecondsSince(start_again)}};
}

Json RebuildCases(const Options& options) {
  const SystemClock clock;
  const auto store = OpenStore({.url = StoreUrl(options), .access = StoreAccess::kReader});
  Check(store.has_value(), "{} is no store", StoreUrl(options));
  const auto log = (*store)->OpenLog(clock);
  const auto projection = MakeReadModel(kReadModel, *log, kRememberedMax);
  Check(projection != nullptr, "there is no read model {}", kReadModel);
  const auto start = Now();
  const auto result = Rebuild((*store)->Views(), *log, *projection);
  const double seconds = SecondsSince(start);
  Check(result.has_value(), "refused: {}", result ? "" : result.error().en);

  const Position head = log->ReadHead(LogId::kCases).position;
  Check(result->progress.began_at == Position{0}, "an earlier rebuild was continued");
  Check(result->parked.empty(), "{} streams were parked", result->parked.size());
  const StoredCaseViews views((*store)->Views(), *log);
  Check(views.ProjectedTo() == head, "the read model stops before position {}", head.value);
  const auto cases = Complaints(*log).size();
  const auto listed = CountListed(views);
  Check(listed == cases, "{} cases in the log, {} listed", cases, listed);
  return {{"count", head.value}, {"rate", static_cast<double>(head.value) / seconds}};
}

}  // namespace docket::bench
