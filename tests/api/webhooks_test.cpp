// Webhooks against a real receiver: verification, signatures, order, retries, parking, replay, and
// where they must not go.
#include <atomic>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/webhook_receiver.hpp"
#include "tests/support/message_reader.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;
using testing::Positions;

TestServer::Options CallingServer() {
  TestServer::Options options;
  options.adjust = [](ApplicationOptions& application) {
    application.webhooks.allow_private = true;
    application.webhooks.timeout = 5s;
    application.dispatcher.poll = 20ms;
    application.dispatcher.backoff = {.first = 1ms, .most = 20ms};
    application.dispatcher.failures_max = 4;
  };
  return options;
}

class WebhooksTest : public ::testing::Test {
 protected:
  WebhooksTest() : server_(CallingServer()), owner_(server_.As("resource-0001")) {
    server_.App().StartDispatching();
  }

  /// An active one; its id.
  std::string Subscribe(Json ask = Json::object()) {
    ask["url"] = receiver_.Url();
    const Reply made = owner_.Post("/v1/webhooks", ask);
    EXPECT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.body["state"], "pending");
    secret_ = made.body["secret"];
    const std::string id = made.body["id"];
    const Reply verified = owner_.Post("/v1/webhooks/" + id + "/verify", Json::object());
    EXPECT_EQ(verified.status, 200) << verified.text;
    EXPECT_EQ(verified.body["state"], "active");
    return "/v1/webhooks/" + id;
  }
  Json AwaitState(const std::string& path, const std::string& state) {
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    Json webhook = owner_.Get(path).body;
    while (webhook["state"] != state && std::chrono::steady_clock::now() < give_up) {
      webhook = owner_.Get(path).body;
    }
    EXPECT_EQ(webhook["state"], state) << webhook;
    return webhook;
  }
  static bool IsSigned(const WebhookReceiver::Message& message, const std::string& secret) {
    const WebhookMessage signed_text{message.headers.at("webhook-id"),
                                     message.headers.at("webhook-timestamp"), message.text};
    std::istringstream signatures(message.headers.at("webhook-signature"));
    for (std::string one; signatures >> one;) {
      if (VerifyWebhook(secret, signed_text, one)) return true;
    }
    return false;
  }
  static std::int64_t PositionOf(const WebhookReceiver::Message& message) {
    return Positions::PositionOf(message.body);
  }

  WebhookReceiver receiver_;
  TestServer server_;
  Client owner_;
  std::string secret_;
};

TEST_F(WebhooksTest, EveryEventComesSignedAndInOrder) {
  for (const char* algorithm : {"hmac-sha256", "ed25519"}) {
    const auto before = receiver_.Await(0).size();
    const auto first = server_.Head() + 1;
    const auto path = Subscribe({{"algorithm", algorithm}});
    ComplaintWalk walk(server_);
    walk.ToAccepted();
    const auto count = static_cast<std::size_t>(server_.Head() - first + 1);
    auto messages = receiver_.Await(before + count);
    ASSERT_EQ(messages.size(), before + count);
    auto position = first;
    for (std::size_t i = before; i < messages.size(); ++i) {
      EXPECT_EQ(PositionOf(messages[i]), position++);
      EXPECT_EQ(messages[i].headers["content-type"], "application/cloudevents+json");
      EXPECT_EQ(messages[i].headers["webhook-id"], messages[i].body["id"]);
      EXPECT_TRUE(IsSigned(messages[i], secret_)) << algorithm;
      messages[i].text += " ";
      EXPECT_FALSE(IsSigned(messages[i], secret_));
    }
    EXPECT_EQ(owner_.Send("DELETE", path, "", {}).status, 200);
    EXPECT_EQ(owner_.Get(path).status, 404);
  }
}

TEST_F(WebhooksTest, AReceiverThatDoesNotEchoIsNotSentAnything) {
  const Reply made =
      owner_.Post("/v1/webhooks",
                  {{"url", "http://127.0.0.1:" + std::to_string(server_.Port()) + "/v1/health"}});
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string path = "/v1/webhooks/" + made.body["id"].get<std::string>();
  const Reply verified = owner_.Post(path + "/verify", Json::object());
  EXPECT_EQ(verified.status, 409);
  EXPECT_EQ(verified.Code(), "webhook_not_verified");
  for (const char* act : {"/pause", "/resume"}) {
    EXPECT_EQ(owner_.Post(path + act, Json::object()).Code(), "webhook_pending");
  }
}

TEST_F(WebhooksTest, WhatFailsIsSentAgainBeforeAnythingElse) {
  std::atomic<int> refusals{3};
  receiver_.AnswerWith([&](const auto&) { return refusals-- > 0 ? 500 : 204; });
  const auto path = Subscribe();
  ComplaintWalk(server_).Lodge();
  const auto count = static_cast<std::size_t>(server_.Head());
  const auto messages = receiver_.Await(3 + count);
  ASSERT_EQ(messages.size(), 3 + count);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(PositionOf(messages[i]), 1);
    EXPECT_EQ(messages[i].headers.at("webhook-id"), messages[0].headers.at("webhook-id"));
  }
  for (std::size_t i = 4; i < messages.size(); ++i) {
    EXPECT_EQ(PositionOf(messages[i]), static_cast<std::int64_t>(i) - 2);
  }
  // The receiver knows before its answer is written down.
  while (owner_.Get(path).body["position"] != server_.Head()) std::this_thread::yield();
  const Json all = owner_.Get(path + "/deliveries?limit=200").body["deliveries"];
  ASSERT_EQ(all.size(), messages.size());
  EXPECT_EQ(all.back()["outcome"], "failed");
  EXPECT_EQ(all.back()["status"], 500);
  EXPECT_EQ(all.front()["outcome"], "delivered");
  EXPECT_EQ(owner_.Get(path + "/deliveries?before=2").body["deliveries"].size(), 1u);
}

TEST_F(WebhooksTest, AReceiverLearnsWhichMessageCameBeforeWhateverWasLeftOutBetween) {
  const auto path = Subscribe({{"filter", {{"type", "complaint.lodged"}}}});
  const Client& owner = owner_;
  const auto lodge_and_wait = [&] {
    ComplaintWalk(server_).Lodge();
    while (owner.Get(path).body["position"] != server_.Head()) std::this_thread::yield();
  };
  const auto begin = owner.Get(path).body["position"].get<std::int64_t>();
  lodge_and_wait();
  lodge_and_wait();
  const auto messages = receiver_.Await(2);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].headers.at("docket-after"), std::to_string(begin));
  EXPECT_EQ(messages[1].headers.at("docket-after"), std::to_string(PositionOf(messages[0])));
}

TEST_F(WebhooksTest, OneThatKeepsFailingIsParkedAndGoesOnWhenResumed) {
  receiver_.AnswerWith([](const auto&) { return 302; });
  const auto path = Subscribe();
  ComplaintWalk(server_).Lodge();
  const Json parked = AwaitState(path, "parked");
  EXPECT_EQ(parked["reason"], "too_many_failures");
  EXPECT_EQ(parked["failures"], 4);
  EXPECT_EQ(parked["position"], 0);
  EXPECT_EQ(receiver_.Await(4).size(), 4u) << "and the redirect was not followed";
  receiver_.AnswerWith([](const auto&) { return 200; });
  EXPECT_EQ(owner_.Post(path + "/resume", Json::object()).body["state"], "active");
  const auto count = static_cast<std::size_t>(server_.Head());
  EXPECT_EQ(receiver_.Await(4 + count).size(), 4 + count);
}

TEST_F(WebhooksTest, AReceiverThatIsGoneIsParkedAtOnce) {
  receiver_.AnswerWith([](const auto&) { return 410; });
  const auto path = Subscribe();
  ComplaintWalk(server_).Lodge();
  EXPECT_EQ(AwaitState(path, "parked")["reason"], "receiver_gone");
  EXPECT_EQ(receiver_.Await(1).size(), 1u);
}

TEST_F(WebhooksTest, PausedItWaitsAndReplayedItBeginsAgain) {
  const auto path = Subscribe({{"filter", {{"type", "complaint."}}}});
  EXPECT_EQ(owner_.Post(path + "/pause", Json::object()).body["state"], "paused");
  ComplaintWalk(server_).Lodge();
  EXPECT_EQ(owner_.Get(path).body["position"], 0);
  EXPECT_EQ(owner_.Post(path + "/resume", Json::object()).status, 200);
  EXPECT_EQ(receiver_.Await(1).size(), 1u);
  EXPECT_EQ(owner_.Post(path + "/replay", {{"after", 0}}).status, 200);
  const auto messages = receiver_.Await(2);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[1].headers.at("webhook-id"), messages[0].headers.at("webhook-id"));
  EXPECT_EQ(owner_.Post(path + "/replay", {{"after", 1000}}).Code(), "position_ahead_of_log");
}

TEST_F(WebhooksTest, BothSecretsSignForAWhileAfterAChange) {
  const auto path = Subscribe();
  const std::string before = secret_;
  const Reply rotated = owner_.Post(path + "/rotate", Json::object());
  ASSERT_EQ(rotated.status, 200) << rotated.text;
  const std::string after = rotated.body["secret"];
  EXPECT_NE(after, before);
  ComplaintWalk(server_).Lodge();
  const auto messages = receiver_.Await(1);
  ASSERT_GE(messages.size(), 1u);
  EXPECT_TRUE(IsSigned(messages[0], before));
  EXPECT_TRUE(IsSigned(messages[0], after));
}

TEST_F(WebhooksTest, NobodyElseSeesItAndItsSecretIsShownOnce) {
  const auto path = Subscribe();
  EXPECT_EQ(owner_.Get("/v1/webhooks").body["webhooks"].size(), 1u);
  EXPECT_FALSE(owner_.Get(path).body.contains("secret"));
  const Client other = server_.As("intake-0001");
  EXPECT_EQ(other.Get(path).status, 404);
  EXPECT_EQ(other.Post(path + "/pause", Json::object()).status, 404);
  EXPECT_EQ(other.Get(path + "/deliveries").status, 404);
  EXPECT_EQ(other.Send("DELETE", path, "", {}).status, 404);
  EXPECT_TRUE(other.Get("/v1/webhooks").body["webhooks"].empty());
  EXPECT_EQ(server_.As("portal-0001").Post("/v1/webhooks", {{"url", receiver_.Url()}}).status, 403);
}

TEST_F(WebhooksTest, SendsOnlyWhatItsOwnerMayRead) {
  const auto path = Subscribe();
  const Client centre = server_.As("centre-0001");
  const Reply made = centre.Post("/v1/webhooks", {{"url", receiver_.Url()}});
  const std::string blind = "/v1/webhooks/" + made.body["id"].get<std::string>();
  EXPECT_EQ(centre.Post(blind + "/verify", Json::object()).status, 200);
  ComplaintWalk(server_).Lodge();
  const auto count = static_cast<std::size_t>(server_.Head());
  EXPECT_EQ(receiver_.Await(count).size(), count);
  while (centre.Get(blind).body["position"] != server_.Head()) std::this_thread::yield();
  EXPECT_TRUE(centre.Get(blind + "/deliveries").body["deliveries"].empty());
}

TEST(WebhooksAddress, PrivateAddressesAndPlainHttpAreRefused) {
  TestServer server;
  const Client owner = server.As("resource-0001");
  const auto code = [&](const std::string& url) {
    return owner.Post("/v1/webhooks", {{"url", url}}).Code();
  };
  EXPECT_EQ(code("http://1.1.1.1/hook"), "webhook_url_invalid");
  EXPECT_EQ(code("https://user@1.1.1.1/hook"), "webhook_url_invalid");
  EXPECT_EQ(code("ftp://1.1.1.1/"), "webhook_url_invalid");
  EXPECT_EQ(code("not an address"), "webhook_url_invalid");
  for (const char* url : {"https://127.0.0.1/hook", "https://localhost/hook", "https://[::1]/hook",
                          "https://169.254.169.254/latest", "https://10.0.0.1:8443/"}) {
    EXPECT_EQ(code(url), "webhook_address_refused") << url;
  }
}

}  // namespace
}  // namespace docket::test
