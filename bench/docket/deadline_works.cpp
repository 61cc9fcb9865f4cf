#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>

#include "bench/docket/office.hpp"
#include "bench/docket/works.hpp"

namespace docket::bench {

namespace {

constexpr int kFutureDaysMin = 300;
constexpr int kFutureDaysSpan = 300;
constexpr std::size_t kScanPage = 2'000;
constexpr auto kFired = "handover.access_ended";
constexpr std::chrono::seconds kFiredWithin{30};
// A runner that polls is met at every phase of its period.
constexpr std::chrono::milliseconds kPhaseMin{300};
constexpr std::chrono::milliseconds kPhaseStep{137};
constexpr std::chrono::milliseconds kPhaseSpan{1'000};

/// The cases that fired after `last`, each of which may fire once.
std::size_t CountFired(const EventLog& log, Position last) {
  std::set<StreamId> fired;
  for (;;) {
    const auto page = log.ReadLog(LogId::kCases, last, kScanPage);
    if (page.empty()) return fired.size();
    for (const auto& event : page) {
      Check(event.position == last.Next(), "position {} is missing", last.value + 1);
      last = event.position;
      if (event.type != kFired) continue;
      Check(fired.insert(event.stream).second, "{} fired twice", event.stream.value);
    }
  }
}

/// Tells when, in legal time, something was appended after a position.
class AppendWatch {
 public:
  explicit AppendWatch(Application& application)
      : clock_(application.LegalClock()),
        subscription_(application.Log().OnAppended([this](Position position) { Seen(position); })) {
  }

  Instant WaitAfter(Position position) {
    std::unique_lock guard(mutex_);
    const bool seen = moved_.wait_for(guard, kFiredWithin, [&] { return last_ > position; });
    Check(seen, "a due deadline was not recorded within {} s", kFiredWithin.count());
    return at_;
  }

 private:
  void Seen(Position position) {
    {
      const std::lock_guard guard(mutex_);
      last_ = position;
      at_ = clock_.Now();
    }
    moved_.notify_all();
  }

  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable moved_;
  Position last_;
  Instant at_;
  Subscription subscription_;  ///< Last: it uses everything above.
};

}  // namespace

Json FillDeadlines(const Options& options) {
  BenchOffice office(StoreUrl(options), true);
  const auto future = options.at("future").get<std::size_t>();
  const auto due = options.at("due").get<std::size_t>();
  const auto cohorts = options.at("cohorts").get<std::size_t>();
  const Date today = office.Today();
  std::atomic<std::size_t> next{0};
  const auto start = Now();
  InParallel(kOfficeClients, [&](std::size_t) {
    for (std::size_t i = next++; i < future + due * cohorts; i = next++) {
      const int days = i < future ? kFutureDaysMin + static_cast<int>(i) % kFutureDaysSpan
                                  : 1 + static_cast<int>((i - future) / due);
      office.Announce(today + days);
    }
  });
  office.CatchUp();
  const auto head = office.Head().value;
  return {{"count", head}, {"rate", static_cast<double>(head) / SecondsSince(start)}};
}

Json Fire(const Options& options) {
  BenchOffice office(StoreUrl(options), false);
  office.CatchUp();
  const auto due = options.at("due").get<std::int64_t>();
  const auto day = options.at("round").get<int>();
  const Position before = office.Head();
  const Instant begins = Instant::StartOf(Instant::Parse(kLegalStart)->ChinaDate() + day);
  const auto start = Now();
  const auto ticked = office.MoveClock(begins);
  const double seconds = SecondsSince(start);
  const auto fired = static_cast<std::int64_t>(CountFired(office.App().Log(), before));
  Check(ticked == due && fired == due, "{} due, {} ticked, {} fired", due, ticked, fired);
  return {{"count", fired}, {"rate", static_cast<double>(fired) / seconds}};
}

Json Late(const Options& options) {
  BenchOffice office(StoreUrl(options), true);
  const auto timers = options.at("timers").get<int>();
  const Date today = office.Today();
  for (int i = 1; i <= timers; ++i) office.Announce(today + i);
  office.CatchUp();
  office.App().StartSweeping();
  AppendWatch watch(office.App());
  std::vector<double> late_ms;
  for (int i = 1; i <= timers; ++i) {
    const Instant due = Instant::StartOf(today + i);
    const Position before = office.Head();
    const auto phase = kPhaseMin + (i * kPhaseStep) % kPhaseSpan;
    office.MoveClock(due + -std::chrono::microseconds(phase));
    Check(office.Head() == before, "a deadline was recorded before it was due");
    const auto late = watch.WaitAfter(before) - due;
    late_ms.push_back(static_cast<double>(late.count()) / 1e3);
  }
  Check(CountFired(office.App().Log(), Position{0}) == late_ms.size(), "a deadline is missing");
  return {{"count", late_ms.size()},
          {"p50_ms", Percentile(late_ms, 0.5)},
          {"p99_ms", Percentile(late_ms, 0.99)}};
}

}  // namespace docket::bench
