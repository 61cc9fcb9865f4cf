// `docket serve --redis`: the stream follows the log, nothing waits for Redis, and limits hold.
#include <gtest/gtest.h>

#include "persistence/redis/relay.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"
#include "tests/support/redis_server.hpp"

namespace docket::test {
namespace {

class ServeRedisTest : public ::testing::Test {
 protected:
  /// A server; its port is known when this returns.
  std::unique_ptr<Process> Serve(const std::vector<std::string>& more,
                                 const std::string& store = "docket") {
    std::vector<std::string> arguments = {"serve",
                                          "--store",
                                          "sqlite:" + (folder_.Path() / (store + ".db")).string(),
                                          "--office",
                                          DOCKET_SOURCE_DIR "/data/sample/office.json",
                                          "--listen",
                                          "127.0.0.1:0",
                                          "--virtual-clock=2024-08-08T09:00:00+08:00"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto server = std::make_unique<Process>(arguments);
    const std::string line = server->ReadLine();
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    return server;
  }
  std::string RedisUrlText() const {
    return "redis://127.0.0.1:" + std::to_string(redis_.Port()) + "/0";
  }
  /// Until the stream ends where the log ends.
  void WaitForStream(const Json& feed) {
    const auto epoch = Epoch(feed["epoch"].get<std::string>());
    const auto stream = RelayKeysOf("docket", LogId::kCases, epoch).stream;
    auto redis = redis_.Connect();
    while (redis.Run({"XLEN", stream}).integer < feed["head"].get<std::int64_t>()) {
      std::this_thread::yield();
    }
  }

  TemporaryFolder folder_;
  docket::testing::RedisServer redis_;
  std::uint16_t port_ = 0;
};

TEST_F(ServeRedisTest, TheStreamFollowsTheLogThroughALossOfRedis) {
  const auto server = Serve({"--redis", RedisUrlText()});
  const Client portal(port_, "portal-0001");
  const Client clerk(port_, "intake-0001");
  EXPECT_EQ(portal.Post("/v1/cases", LodgeBody()).status, 201);
  WaitForStream(clerk.Get("/v1/feed").body);
  redis_.Kill9();
  EXPECT_EQ(portal.Post("/v1/cases", LodgeBody()).status, 201) << "nothing needs Redis";
  redis_.Start();
  WaitForStream(clerk.Get("/v1/feed").body);
  server->Stop();
  EXPECT_EQ(server->Wait(), 0);
}

TEST_F(ServeRedisTest, AnAccountIsHeldToItsRateWithAndWithoutRedis) {
  for (const bool shared : {true, false}) {
    std::vector<std::string> more = {"--requests-per-second", "1"};
    if (shared) more.insert(more.end(), {"--redis", RedisUrlText()});
    // The clock begins where the other store's began: a login is on record there by now.
    const auto server = Serve(more, shared ? "shared" : "alone");
    const Client portal(port_, "portal-0001");
    Reply reply = portal.Get("/v1/cases");
    EXPECT_EQ(reply.headers["ratelimit-limit"], "2");
    EXPECT_EQ(reply.headers["ratelimit-remaining"], "1");
    for (int i = 0; i < 50 && reply.status == 200; ++i) reply = portal.Get("/v1/cases");
    EXPECT_EQ(reply.status, 429) << reply.text;
    EXPECT_EQ(reply.Code(), "rate_limited");
    EXPECT_EQ(reply.headers["retry-after"], "1");
    EXPECT_EQ(Client(port_, "intake-0001").Get("/v1/cases").status, 200) << "another account";
    server->Stop();
    EXPECT_EQ(server->Wait(), 0);
  }
}

TEST_F(ServeRedisTest, RefusesARedisThatItCannotReachAtAll) {
  const auto refused =
      RunDocket({"serve", "--store", "sqlite:x.db", "--office",
                 DOCKET_SOURCE_DIR "/data/sample/office.json", "--redis", "rediss://host"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.said.find("redis_url_tls"), std::string::npos) << refused.said;
}

}  // namespace
}  // namespace docket::test
