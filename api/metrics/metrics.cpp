#include "api/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "api/http/problem.hpp"

namespace docket {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr double kMicrosPerSecond = 1e6;
constexpr double kMillisPerSecond = 1e3;
constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";
/// Of requests that no route took: what they asked for is the client's own word.
constexpr std::string_view kNoRoute = "none";

const prometheus::Histogram::BucketBoundaries& RequestBounds() {
  static const prometheus::Histogram::BucketBoundaries bounds = {
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
  return bounds;
}

struct Naming {
  const char* name;
  const char* help;
};

using Labels = std::vector<ClientMetric::Label>;

MetricFamily Family(const Naming& naming, MetricType type) {
  MetricFamily family;
  family.name = naming.name;
  family.help = naming.help;
  family.type = type;
  return family;
}

class MetricsPage {
 public:
  template <class Number>
  void Gauge(const Naming& naming, Number value, Labels labels = {}) {
    ClientMetric& metric = Add(naming, MetricType::Gauge, std::move(labels));
    metric.gauge.value = static_cast<double>(value);
  }
  template <class Number>
  void Counter(const Naming& naming, Number value, Labels labels = {}) {
    ClientMetric& metric = Add(naming, MetricType::Counter, std::move(labels));
    metric.counter.value = static_cast<double>(value);
  }
  /// `unit`: what a measure is divided by to give the unit of the name.
  void Histogram(const Naming& naming, const Distribution::Snapshot& snapshot, double unit) {
    auto& histogram = Add(naming, MetricType::Histogram, {}).histogram;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < snapshot.counts.size(); ++i) {
      below += snapshot.counts[i];
      const double bound = i < snapshot.bounds.size()
                               ? static_cast<double>(snapshot.bounds[i]) / unit
                               : std::numeric_limits<double>::infinity();
      histogram.bucket.push_back({below, bound});
    }
    histogram.sample_count = below;
    histogram.sample_sum = static_cast<double>(snapshot.sum) / unit;
  }
  std::vector<MetricFamily> Take() { return std::move(families_); }

 private:
  /// A name that was just used goes on: the samples of a family stand together.
  ClientMetric& Add(const Naming& naming, MetricType type, Labels labels) {
    if (families_.empty() || families_.back().name != naming.name) {
      families_.push_back(Family(naming, type));
    }
    auto& metric = families_.back().metric.emplace_back();
    metric.label = std::move(labels);
    return metric;
  }

  std::vector<MetricFamily> families_;
};

void AddLog(MetricsPage& page, const ApplicationStatus& status) {
  const bool is_up = status.cases_head && status.access_head;
  page.Gauge({"docket_store_up", "1 when the store answered at this scrape"}, is_up ? 1 : 0);
  constexpr Naming kHead{"docket_log_head_position", "Position of the last event of a log"};
  if (status.cases_head) page.Gauge(kHead, status.cases_head->value, {{"log", "cases"}});
  if (status.access_head) page.Gauge(kHead, status.access_head->value, {{"log", "access"}});
  if (status.appends != nullptr) {
    const AppendCounts& appends = *status.appends;
    page.Histogram({"docket_append_seconds", "From queueing a request to its answer"},
                   appends.latency_us.Read(), kMicrosPerSecond);
    page.Histogram({"docket_append_batch_requests", "Requests of a batch"},
                   appends.batch_requests.Read(), 1);
    page.Counter({"docket_append_conflicts_total", "Appends refused by another's version"},
                 appends.conflicts.Value());
    page.Counter({"docket_append_failures_total", "Appends that the store failed or refused"},
                 appends.failures.Value());
    page.Counter({"docket_append_overloaded_total", "Appends refused by a full queue"},
                 appends.overloaded.Value());
  }
  page.Gauge({"docket_append_queue_requests", "Requests that wait for a batch"},
             status.appends_waiting);
  page.Counter({"docket_key_store_failures_total", "Calls that the key store failed"},
               status.key_store_failures);
  page.Counter({"docket_view_failures_total", "Reads of read models that failed"},
               status.view_failures);
}

void AddProjection(MetricsPage& page, const ProjectionStatus& projection) {
  page.Gauge({"docket_projection_leader", "1 while this process projects"},
             projection.holds_lease ? 1 : 0, {{"view", "cases"}});
  page.Gauge({"docket_projection_position", "The log as far as it was projected"},
             projection.projected_to.value, {{"view", "cases"}});
  page.Gauge({"docket_projection_lag_positions", "Events of the log not yet projected"},
             projection.lag_events, {{"view", "cases"}});
  page.Gauge({"docket_projection_lag_seconds", "Since a read model that is behind last moved"},
             static_cast<double>(projection.since_progress.count()) / kMillisPerSecond,
             {{"view", "cases"}});
  page.Gauge({"docket_projection_parked_streams", "Streams that a read model leaves out"},
             projection.parked, {{"view", "cases"}});
  page.Counter({"docket_projection_failures_total", "Rounds of the projector that failed here"},
               projection.failures, {{"view", "cases"}});
}

void AddSweeper(MetricsPage& page, const SweeperStatus& sweeper) {
  page.Gauge({"docket_sweeper_leader", "1 while this process sweeps"}, sweeper.holds_lease ? 1 : 0);
  page.Gauge({"docket_sweeper_due_cases", "Cases found due at the last look, at most one round's"},
             sweeper.due);
  page.Gauge({"docket_sweeper_resting_cases", "Of them, those that failed and are tried later"},
             sweeper.resting);
  page.Gauge({"docket_sweeper_overdue_seconds",
              "Since the sweeper that holds the lease last ended "
              "a round"},
             static_cast<double>(sweeper.since_round.count()) / kMillisPerSecond);
  page.Counter({"docket_sweeper_recorded_total", "Cases in which time alone recorded something"},
               sweeper.recorded);
  page.Counter({"docket_sweeper_failures_total", "Rounds and cases that could not be swept"},
               sweeper.failures);
}

void AddRelay(MetricsPage& page, const RelayStatus& relay, const std::optional<Position>& head) {
  page.Gauge({"docket_relay_leader", "1 while this process relays"}, relay.holds_lease ? 1 : 0);
  if (relay.holds_lease && head) {
    const auto lag = std::max<std::int64_t>(head->value - relay.relayed_to.value, 0);
    page.Gauge({"docket_relay_lag_positions", "Events of the log not yet relayed"}, lag);
  }
  page.Counter({"docket_relay_failures_total", "Rounds of the relay that failed here"},
               relay.failures);
}

void AddFeed(MetricsPage& page, const ApplicationStatus& status) {
  page.Gauge({"docket_feed_subscribers", "Open streams and long polls"}, status.feed.subscribers);
  page.Gauge({"docket_feed_lag_positions",
              "Events that the stream or poll which is furthest behind has not been told of"},
             status.feed.lag_max);
  page.Counter({"docket_feed_slow_dropped_total", "Streams that were let go for being slow"},
               status.feed.slow_dropped);
  for (const auto& webhook : status.webhooks) {
    page.Gauge({"docket_webhook_lag_positions", "Events of the log a webhook has not come to"},
               webhook.positions, {{"webhook", webhook.id}});
  }
  for (const auto& webhook : status.webhooks) {
    page.Gauge({"docket_webhook_parked", "1 for a webhook that waits for its owner"},
               webhook.is_parked ? 1 : 0, {{"webhook", webhook.id}});
  }
}

void AddNotices(MetricsPage& page, const NoticeStatus& notices) {
  constexpr Naming kDeliveries{"docket_notification_deliveries",
                               "Notifications to be sent, and given up, outside the inbox"};
  page.Gauge(kDeliveries, notices.deliveries.pending, {{"state", "pending"}});
  page.Gauge(kDeliveries, notices.deliveries.parked, {{"state", "parked"}});
  page.Gauge({"docket_notification_oldest_pending_seconds",
              "Since the oldest notification was made that is still to be sent"},
             notices.oldest_pending_age.count());
  page.Counter({"docket_notification_sent_total", "Taken by a mail server or a gateway"},
               notices.sent);
  page.Counter({"docket_notification_failures_total", "Attempts to send one that failed"},
               notices.failed);
  page.Counter({"docket_notification_rounds_failed_total",
                "Rounds of making or sending notifications that failed here"},
               notices.rounds_failed);
}

}  // namespace

struct Metrics::Implementation {
  Status status;
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("docket_http_requests_total")
                                                          .Help("Requests answered")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram()
          .Name("docket_http_request_seconds")
          .Help("From the request to its answer, without sending it")
          .Register(registry);
};

Metrics::Metrics(Status status) : implementation_(std::make_unique<Implementation>()) {
  implementation_->status = std::move(status);
}

Metrics::~Metrics() = default;

void Metrics::Observe(const http::AccessEntry& entry) {
  const std::string method(http::KnownMethod(entry.method));
  const std::string route(entry.route.empty() ? kNoRoute : entry.route);
  implementation_->requests
      .Add({{"method", method}, {"route", route}, {"status", std::to_string(entry.status)}})
      .Increment();
  implementation_->durations.Add({{"method", method}, {"route", route}}, RequestBounds())
      .Observe(static_cast<double>(entry.took.count()) / kMicrosPerSecond);
}

std::string Metrics::Text(const http::ConnectionCounts& connections) const {
  const ApplicationStatus status = implementation_->status();
  MetricsPage page;
  page.Gauge({"docket_http_connections", "Open connections"}, connections.open);
  page.Counter({"docket_http_connections_refused_total", "Connections beyond the limit"},
               connections.refused);
  page.Gauge({"docket_draining", "1 once the process was told to stop"},
             status.is_draining ? 1 : 0);
  AddLog(page, status);
  AddProjection(page, status.projection);
  AddSweeper(page, status.sweeper);
  AddFeed(page, status);
  if (status.notices) AddNotices(page, *status.notices);
  if (status.relay) AddRelay(page, *status.relay, status.cases_head);
  auto families = implementation_->registry.Collect();
  auto more = page.Take();
  std::move(more.begin(), more.end(), std::back_inserter(families));
  return prometheus::TextSerializer().Serialize(families);
}

http::Router MakeMetricsRouter(const Metrics& metrics,
                               std::function<http::ConnectionCounts()> connections) {
  http::Router router([](std::string_view, const Origin&) -> Expected<http::Caller> {
    return tl::unexpected(http::NoSuchRoute());
  });
  router.Add({.method = "GET",
              .pattern = "/metrics",
              .handler = [&metrics, connections = std::move(connections)](
                             const http::Request&) -> Expected<http::Response> {
                http::Response response;
                response.status = http::status::kOk;
                response.content_type = kContentType;
                response.body = metrics.Text(connections());
                return response;
              },
              .open_to_all = true});
  return router;
}

}  // namespace docket
