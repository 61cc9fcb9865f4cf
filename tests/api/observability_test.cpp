// What a process tells of itself: metrics, log, health, and that it stops without losing a request.
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include <Poco/Exception.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/event_stream.hpp"
#include "tests/api/serving.hpp"
#include "tests/api/webhook_receiver.hpp"
#include "tests/support/exposition.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::test {
namespace {

using testing::Exposition;
using testing::ParseExposition;

Exposition Scrape(const Serving& serving) {
  const Reply reply = serving.Metrics();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  Exposition exposition = ParseExposition(reply.text);
  for (const auto& error : exposition.errors) ADD_FAILURE() << error;
  return exposition;
}

void ExpectNothingOfAPersonIn(const std::string& text) {
  for (const char* secret : {kComplainantName, kComplainantPhone, kComplainantId, kClaims, "王小满",
                             "change-me", "Bearer", "SECRETWORD"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
}

TEST(ExpositionParser, TakesWhatPrometheusTakes) {
  const auto good = ParseExposition(
      "# HELP a_total Things\n# TYPE a_total counter\na_total{x=\"y\\\"z\"} 1\na_total 2.5e3\n"
      "# HELP h_seconds Time\n# TYPE h_seconds histogram\nh_seconds_bucket{le=\"1\"} 1\n"
      "h_seconds_bucket{le=\"+Inf\"} 2\nh_seconds_sum 3\nh_seconds_count 2\n");
  EXPECT_TRUE(good.errors.empty()) << good.errors.front();
  EXPECT_EQ(good.SumOf("a_total"), 2'501);
  for (const char* bad :
       {"a 1\n", "# HELP a A\n# TYPE a counter\na 1\n", "# HELP a A\n# TYPE a gauge\na x\n",
        "# HELP a A\n# TYPE a gauge\na 1\na 1\n", "# HELP a A\n# TYPE a gauge\nb 1\n",
        "# HELP a A\n# TYPE a gauge\na{b=\"c\n", "# HELP a A\n# TYPE a gauge\na 1",
        "# HELP h H\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n"
        "h_count 1\n",
        "# HELP h H\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_count 2\n"}) {
    EXPECT_FALSE(ParseExposition(bad).errors.empty()) << bad;
  }
}

TEST(Observability, MetricsAreWellFormedAndMove) {
  const TemporaryFolder folder;
  Serving serving(StoreUrlIn(folder.Path()));
  const Exposition before = Scrape(serving);
  EXPECT_EQ(before.At("docket_store_up"), 1);
  for (const char* family :
       {"docket_append_seconds", "docket_append_batch_requests", "docket_append_conflicts_total",
        "docket_append_queue_requests", "docket_projection_lag_positions",
        "docket_projection_lag_seconds", "docket_projection_parked_streams",
        "docket_sweeper_overdue_seconds", "docket_http_connections", "docket_log_head_position",
        "docket_key_store_failures_total", "docket_view_failures_total", "docket_feed_subscribers",
        "docket_feed_lag_positions", "docket_feed_slow_dropped_total"}) {
    EXPECT_TRUE(before.types.contains(family)) << family;
  }
  ASSERT_EQ(serving.As("portal-0001").Post("/v1/cases", LodgeBody()).status, 201);
  EXPECT_EQ(serving.As("portal-0001").Get("/v1/SECRETWORD").status, 404);
  EXPECT_EQ(serving.As("portal-0001").Get("/v1/cases?text=SECRETWORD").status, 200);
  const Exposition after = Scrape(serving);
  const auto grown = [&](const std::string& name) {
    return after.SumOf(name) - before.SumOf(name);
  };
  EXPECT_GE(grown("docket_append_seconds_count"), 1);
  EXPECT_GE(grown("docket_append_batch_requests_count"), 1);
  EXPECT_GE(grown("docket_log_head_position{log=\"cases\"}"), 1);
  EXPECT_EQ(after.At("docket_http_requests_total"
                     "{method=\"POST\",route=\"/v1/cases\",status=\"201\"}"),
            1);
  EXPECT_EQ(after.At("docket_http_requests_total"
                     "{method=\"GET\",route=\"none\",status=\"404\"}"),
            1);
  EXPECT_EQ(after.At("docket_http_request_seconds_count{method=\"POST\",route=\"/v1/cases\"}"), 1);
  ExpectNothingOfAPersonIn(serving.Metrics().text);
}

TEST(Observability, MetricsSayWhichSubscriberIsBehind) {
  const TemporaryFolder folder;
  WebhookReceiver receiver;
  Serving serving(StoreUrlIn(folder.Path()), {"--webhooks-allow-private"});
  const EventStream stream({.port = serving.Port(), .account = "resource-0001"});
  const Client owner = serving.As("resource-0001");
  const Json made = owner.Post("/v1/webhooks", {{"url", receiver.Url()}}).body;
  const auto path = "/v1/webhooks/" + made["id"].get<std::string>();
  ASSERT_EQ(owner.Post(path + "/verify", Json::object()).status, 200);
  receiver.AnswerWith([](const auto&) { return 500; });
  ASSERT_EQ(serving.As("portal-0001").Post("/v1/cases", LodgeBody()).status, 201);
  const auto label = "{webhook=\"" + made["id"].get<std::string>() + "\"}";
  Exposition scraped = Scrape(serving);
  EXPECT_EQ(scraped.At("docket_webhook_lag_positions" + label),
            scraped.At("docket_log_head_position{log=\"cases\"}"));
  EXPECT_EQ(scraped.At("docket_webhook_parked" + label), 0);
  EXPECT_EQ(scraped.At("docket_feed_subscribers"), 1);
  while (scraped.At("docket_feed_lag_positions") > 0) scraped = Scrape(serving);
}

TEST(Observability, MetricsAreNeitherOnTheMainListenerNorOnAPublicAddress) {
  const TemporaryFolder folder;
  Serving serving(StoreUrlIn(folder.Path()));
  EXPECT_EQ(serving.As("").Get("/metrics").status, 404);
  EXPECT_EQ(serving.As("head-0001").Get("/metrics").status, 404);
  const auto refused =
      RunDocket({"serve", "--store", "sqlite:" + (folder.Path() / "other.db").string(), "--office",
                 DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen", "127.0.0.1:0",
                 "--metrics-listen", "0.0.0.0:0"});
  EXPECT_EQ(refused.exit_code, 1) << refused.said;
  EXPECT_NE(refused.said.find("metrics_exposed"), std::string::npos) << refused.said;
}

TEST(Observability, EveryLineOfTheLogIsStructuredAndNamesNobody) {
  const TemporaryFolder folder;
  Serving serving(StoreUrlIn(folder.Path()));
  const Reply lodged = serving.As("portal-0001").Post("/v1/cases", LodgeBody());
  ASSERT_EQ(lodged.status, 201) << lodged.text;
  serving.As("portal-0001").Get("/v1/cases?text=SECRETWORD");
  serving.As("portal-0001").Get(std::string("/v1/") + kComplainantPhone);
  serving.As("portal-0001").PostText("/v1/cases", "{\"SECRETWORD\":1}");
  serving.Stop();
  EXPECT_EQ(serving.Wait(), 0) << serving.Said();
  ExpectNothingOfAPersonIn(serving.Said().substr(serving.Said().find("\n{")));
  std::set<std::string> events;
  bool found = false;
  for (const Json& line : serving.Log()) {
    EXPECT_TRUE(Instant::Parse(line.at("time").get<std::string>())) << line;
    EXPECT_TRUE(line.at("level").is_string()) << line;
    events.insert(line.at("event").get<std::string>());
    if (line.at("event") != "request") continue;
    EXPECT_EQ(line.at("request_id").get<std::string>().size(), 36u) << line;
    if (line.at("request_id") != lodged.headers.at("x-request-id")) continue;
    found = true;
    EXPECT_EQ(line.value("correlation", ""), lodged.body.at("case_id"));
    EXPECT_EQ(line.at("route"), "/v1/cases");
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(events, (std::set<std::string>{"started", "request", "draining", "stopped"}));
}

TEST(Observability, ReadyMeansThatRequestsMayBeSent) {
  TestServer server;
  ASSERT_TRUE(server.App().CatchUp());
  const Reply ready = server.As("").Get("/readyz");
  EXPECT_EQ(ready.status, 200) << ready.text;
  EXPECT_EQ(ready.body.at("checks").size(), 4u);
  server.App().BeginDraining();
  const Reply draining = server.As("").Get("/readyz");
  EXPECT_EQ(draining.status, 503);
  EXPECT_EQ(draining.Code(), "not_ready");
  for (const auto& check : draining.body.at("checks")) {
    EXPECT_EQ(check.at("ok"), check.at("name") != "serving") << check;
  }
  EXPECT_EQ(server.As("").Get("/healthz").status, 200);
  EXPECT_EQ(server.As("portal-0001").Post("/v1/cases", LodgeBody()).status, 201);
}

TEST(Observability, AStoreThatIsAwayIsNamedAndComesBack) {
  if (!OnPostgres()) GTEST_SKIP() << "an embedded store does not go away";
  testing::PostgresServer postgres;
  const Serving serving(postgres.NewDatabase());
  ASSERT_EQ(serving.As("").Get("/readyz").status, 200);
  postgres.Stop();
  const Reply away = serving.As("").Get("/readyz");
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.body.at("checks").at(1).at("name"), "store");
  EXPECT_EQ(away.body.at("checks").at(1).at("ok"), false) << away.text;
  EXPECT_EQ(away.text.find("postgres"), std::string::npos) << away.text;
  EXPECT_EQ(serving.As("").Get("/healthz").status, 200);
  EXPECT_EQ(Scrape(serving).At("docket_store_up"), 0);
  postgres.Start();
  Reply back = serving.As("").Get("/readyz");
  for (int i = 0; i < 100 && back.status != 200; ++i) back = serving.As("").Get("/readyz");
  EXPECT_EQ(back.status, 200) << back.text;
}

/// Clients that lodge one complaint after another, each on a connection of its own, until they
/// cannot connect any more.
class Load {
 public:
  Load(const Serving& serving, int clients) {
    for (int i = 0; i < clients; ++i) threads_.emplace_back([this, &serving] { Run(serving); });
  }
  void Join() {
    for (auto& thread : threads_) thread.join();
  }
  /// Waits until so many have been answered.
  void AwaitAnswers(std::size_t count) {
    std::unique_lock guard(mutex_);
    answered_.wait(guard, [&] { return request_ids_.size() >= count; });
  }
  std::size_t Answers() {
    const std::lock_guard guard(mutex_);
    return request_ids_.size();
  }
  const std::set<std::string>& RequestIds() const { return request_ids_; }
  const std::set<std::string>& Cases() const { return cases_; }

 private:
  void Run(const Serving& serving) {
    for (;;) {
      try {
        const Reply reply = serving.As("portal-0001").Post("/v1/cases", LodgeBody());
        const std::lock_guard guard(mutex_);
        request_ids_.insert(reply.headers.at("x-request-id"));
        EXPECT_EQ(reply.status, 201) << reply.text;
        if (reply.status == 201) cases_.insert(reply.body.at("case_id").get<std::string>());
        answered_.notify_all();
      } catch (const Poco::Exception&) {
        return;
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable answered_;
  std::set<std::string> request_ids_;
  std::set<std::string> cases_;
  std::vector<std::thread> threads_;
};

TEST(Observability, NoRequestThatWasTakenIsLostWhenTheProcessStops) {
  const TemporaryFolder folder;
  const std::string url = StoreUrlIn(folder.Path());
  Serving serving(url, {"--drain-seconds", "3600"});
  Load load(serving, 16);
  load.AwaitAnswers(50);
  serving.Stop();
  // Not ready at first, and serving as before.
  while (serving.As("").Get("/readyz").status != 503) std::this_thread::yield();
  EXPECT_EQ(Scrape(serving).At("docket_draining"), 1);
  load.AwaitAnswers(load.Answers() + 50);
  // A second signal ends the wait.
  serving.Stop();
  load.Join();
  EXPECT_EQ(serving.Wait(), 0) << serving.Said();
  std::set<std::string> taken;
  Json stopped;
  for (const Json& line : serving.Log()) {
    if (line.at("event") == "stopped") stopped = line;
    if (line.at("event") == "request" && line.at("route") == "/v1/cases") {
      taken.insert(line.at("request_id").get<std::string>());
    }
  }
  EXPECT_EQ(stopped.value("connections_cut_off", -1), 0) << stopped;
  EXPECT_EQ(stopped.value("runners_abreast", false), true) << stopped;
  EXPECT_EQ(taken, load.RequestIds());
  const auto reader = StoreReader::Open(url);
  ASSERT_TRUE(reader.has_value());
  for (const auto& case_id : load.Cases()) {
    EXPECT_TRUE((*reader)->Engine().Load(StreamId(case_id), {}).has_value()) << case_id;
  }
}

}  // namespace
}  // namespace docket::test
