#include <atomic>

#include "bench/docket/append_clients.hpp"
#include "bench/docket/processes.hpp"
#include "bench/docket/works.hpp"

namespace docket::bench {

namespace {

constexpr std::size_t kFillClients = 16;
constexpr std::size_t kFillEventsEach = 100;

std::vector<std::unique_ptr<AppendClient>> MakeClients(std::size_t count, OpenedLog& opened,
                                                       RandomIds& ids, std::size_t events) {
  std::vector<std::unique_ptr<AppendClient>> clients;
  for (std::size_t i = 0; i < count; ++i) {
    clients.push_back(
        std::make_unique<AppendClient>(opened.Log(), ids, events, static_cast<unsigned>(i)));
  }
  return clients;
}

std::vector<const AppendClient*> Views(const std::vector<std::unique_ptr<AppendClient>>& clients) {
  std::vector<const AppendClient*> all;
  for (const auto& client : clients) all.push_back(client.get());
  return all;
}

/// One process's part: all have opened the store before any begins, and all are done before any
/// looks for what it was acknowledged.
Json AppendInProcess(const Options& options, const Barrier& barrier) {
  OpenedLog opened(StoreUrl(options));
  RandomIds ids;
  const auto events = options.at("events").get<std::size_t>();
  const auto count = options.at("clients").get<std::size_t>();
  const auto clients = MakeClients(count, opened, ids, events);
  const Position before = opened.Head();
  barrier();
  auto loop = ClosedLoop(count, options.at("seconds").get<double>(),
                         [&](std::size_t client, std::size_t) { clients[client]->AppendOnce(); });
  barrier();
  Json answer = ToJson(loop, events);
  answer["in_log"] = VerifyStored(opened.Log(), before, Views(clients));
  return answer;
}

/// Together, and nothing in the log beside what was acknowledged.
Json Combine(const std::vector<Json>& parts) {
  std::size_t count = 0;
  double seconds = 0;
  double p50 = 0;
  double p99 = 0;
  for (const auto& part : parts) {
    count += part.at("count").get<std::size_t>();
    seconds = std::max(seconds, part.at("seconds").get<double>());
    p50 = std::max(p50, part.at("p50_us").get<double>());
    p99 = std::max(p99, part.at("p99_us").get<double>());
  }
  for (const auto& part : parts) {
    const auto in_log = part.at("in_log").get<std::size_t>();
    Check(in_log == count, "{} events acknowledged, {} in the log", count, in_log);
  }
  return {{"count", count},
          {"rate", static_cast<double>(count) / seconds},
          {"p50_us", p50},
          {"p99_us", p99}};
}

}  // namespace

std::string StoreUrl(const Options& options) { return options.at("store").get<std::string>(); }

Json Append(const Options& options) {
  const auto processes = options.at("processes").get<std::size_t>();
  if (processes == 1) return Combine({AppendInProcess(options, [] {})});
  // Migrated before the processes meet; its threads are gone before they are forked.
  { const OpenedLog migrated(StoreUrl(options)); }
  return Combine(InProcesses(processes, 2, [&](std::size_t, const Barrier& barrier) {
    return AppendInProcess(options, barrier);
  }));
}

Json FillLog(const Options& options) {
  OpenedLog opened(StoreUrl(options));
  RandomIds ids;
  const auto wanted = options.at("events").get<std::size_t>();
  const auto clients = MakeClients(kFillClients, opened, ids, kFillEventsEach);
  std::atomic<std::size_t> filled{0};
  const auto start = Now();
  InParallel(kFillClients, [&](std::size_t client) {
    while (filled.fetch_add(kFillEventsEach) < wanted) clients[client]->AppendOnce();
  });
  const double seconds = SecondsSince(start);
  const auto head = static_cast<std::size_t>(opened.Head().value);
  Check(head >= wanted, "{} events wanted, {} in the log", wanted, head);
  return {{"count", head}, {"rate", static_cast<double>(head) / seconds}};
}

}  // namespace docket::bench
