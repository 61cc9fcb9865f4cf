// A grant by field over HTTP: on every way out of the log nothing but what it shows, and no other
// way to the case.
#include <future>

#include <gtest/gtest.h>

#include "tests/api/account_walk.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/event_stream.hpp"
#include "tests/api/webhook_receiver.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;

TestServer::Options GrantingServer() {
  TestServer::Options options;
  options.second_factor = false;
  options.adjust = [](ApplicationOptions& application) {
    application.webhooks.allow_private = true;
    application.dispatcher.poll = 20ms;
  };
  return options;
}

/// Of a decision its outcome and number; of whatever else happens to a complaint, that it did.
const Json kCreditPlatform = {
    {{"type", "complaint.decided"}, {"fields", {"/data/outcome", "/data/document_no"}}},
    {{"type", "complaint.*"}, {"fields", Json::array()}}};

class FeedGrants : public ::testing::Test {
 protected:
  FeedGrants() : server_(GrantingServer()), walk_(server_) { token_ = walk_.ToComplete(false); }

  Reply Grant(const Json& events) const {
    return walk_.Do("grant_scopes", {{"scopes",
                                      {{{"region", "330482"},
                                        {"industries", {"government_procurement"}},
                                        {"restricted", false},
                                        {"events", events}}}}});
  }
  Client Zhao() const { return server_.Holding(token_); }

  /// Keeps to the grant: this and no other test knows what the complaint says.
  static void ExpectNarrowed(const Json& event) {
    const std::string text = event.dump();
    EXPECT_TRUE(event["type"].get<std::string>().starts_with("complaint.")) << text;
    for (const char* word : {"handler-0001", "handler-0002", "intake-0001", "head-0001",
                             "legal-0001", "portal-0001", "食堂", "评审", "PHCG2024-009",
                             "finance-330482", "\"salt\"", "\"datadigest\"", "$sealed"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << word << " in " << text;
    }
    EXPECT_TRUE(event.contains("leafhash"));
    if (event["type"] == "complaint.decided") {
      EXPECT_EQ(event["data"],
                Json({{"document_no", "平财采〔2024〕9号"}, {"outcome", "dismissed"}}));
      EXPECT_NE(event["withheld"].get<std::string>().find("/data/document "), std::string::npos)
          << event["withheld"];
    } else {
      EXPECT_EQ(event["data"], Json::object()) << text;
    }
  }

  Json Page(const Client& client, const std::string& query = "") const {
    const Reply page = client.Get("/v1/feed?limit=1000" + query);
    EXPECT_EQ(page.status, 200) << page.text;
    return page.body;
  }

  TestServer server_;
  AccountWalk walk_;
  std::string token_;
};

// Shows A125.
TEST_F(FeedGrants, PagesShowWhatIsGrantedAndProveTheRest) {
  ComplaintWalk complaint(server_);
  complaint.ToAccepted();
  complaint.ToArchived();
  ASSERT_EQ(Grant(kCreditPlatform).status, 200);
  const Json page = Page(Zhao());
  testing::Positions positions;
  positions.TakePage(page);
  EXPECT_EQ(positions.last, server_.Head());
  EXPECT_TRUE(positions.skipped.empty());
  EXPECT_GT(page["events"].size(), 10U);
  EXPECT_FALSE(page["omitted"].empty()) << "clocks and accounts";
  for (const auto& event : page["events"]) ExpectNarrowed(event);
  // The same hashes as for whoever sees all.
  const Json all = Page(server_.As("resource-0001"));
  std::map<std::string, std::string> hashes;
  for (const auto& event : all["events"]) hashes.emplace(event["id"], event["leafhash"]);
  for (const auto& event : page["events"]) {
    EXPECT_EQ(hashes[event["id"].get<std::string>()], event["leafhash"]);
  }
}

TEST_F(FeedGrants, AKeyStreamsAndLongPollsAreNarrowedToo) {
  ComplaintWalk complaint(server_);
  complaint.ToAccepted();
  ASSERT_EQ(Grant(kCreditPlatform).status, 200);
  const Reply made = Zhao().Post(
      "/v1/api-keys",
      {{"label", "信用平台"}, {"roles", {"handler"}}, {"read_only", true}, {"days", 9}});
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string key = made.body["token"];
  for (const auto& event : Page(server_.Holding(key))["events"]) ExpectNarrowed(event);
  const auto before = server_.Head();
  EventStream behind({.port = server_.Port(), .account = "", .token = key});
  auto polled = std::async(std::launch::async, [&] {
    return Page(server_.Holding(key), "&wait=60&after=" + std::to_string(before));
  });
  while (server_.App().Feed().Now().subscribers < 2) std::this_thread::yield();
  complaint.ToArchived();
  const Json page = polled.get();
  ASSERT_FALSE(page["events"].empty());
  for (const auto& event : page["events"]) ExpectNarrowed(event);
  for (bool decided = false; !decided;) {
    const auto message = behind.NextNews();
    ASSERT_TRUE(message);
    if (!message->event.empty()) continue;
    ExpectNarrowed(message->data);
    decided = message->data["type"] == "complaint.decided";
  }
}

TEST_F(FeedGrants, AWebhookFollowsTheGrantOfItsOwnerAtOnce) {
  WebhookReceiver receiver;
  ASSERT_EQ(Grant(kCreditPlatform).status, 200);
  server_.App().StartDispatching();
  const Reply made = Zhao().Post("/v1/webhooks", {{"url", receiver.Url()}});
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string path = "/v1/webhooks/" + made.body["id"].get<std::string>();
  ASSERT_EQ(Zhao().Post(path + "/verify", Json::object()).status, 200);
  const auto begun = receiver.Await(0).size();
  ComplaintWalk complaint(server_);
  complaint.Lodge();
  const auto messages = receiver.Await(begun + 1);
  ASSERT_EQ(messages.size(), begun + 1);
  ExpectNarrowed(messages.back().body);
  // Less from now on: nothing of a complaint at all.
  ASSERT_EQ(Grant({{{"type", "data_check.*"}, {"fields", Json::array()}}}).status, 200);
  complaint.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (Zhao().Get(path).body["position"] < server_.Head() &&
         std::chrono::steady_clock::now() < give_up) {
  }
  EXPECT_EQ(Zhao().Get(path).body["position"], server_.Head());
  EXPECT_EQ(receiver.Await(0).size(), begun + 1);
}

TEST_F(FeedGrants, ThereIsNoOtherWayToTheCase) {
  ComplaintWalk complaint(server_);
  complaint.ToAccepted();
  EXPECT_EQ(Zhao().Get(complaint.Path()).status, 200);
  ASSERT_EQ(Grant(kCreditPlatform).status, 200);
  for (const auto& path :
       {complaint.Path(), complaint.Path("/timeline"), complaint.Path("/deadlines"),
        complaint.Path("/holds"), std::string("/v1/cases"), std::string("/v1/deadlines"),
        std::string("/v1/notifications")}) {
    const Reply read = Zhao().Get(path);
    EXPECT_EQ(read.status, 403) << path;
    EXPECT_EQ(read.Code(), "operation_not_permitted") << path;
  }
  EXPECT_EQ(Zhao().Post(complaint.Path("/commands/investigate"), {{"data", Json::object()}}).Code(),
            "operation_not_permitted");
  EXPECT_EQ(Zhao().Post("/v1/persons/search", {{"id_number", kComplainantId}}).Code(),
            "operation_not_permitted");
  EXPECT_EQ(Zhao().Get("/v1/session").status, 200) << "what is about itself";
}

TEST_F(FeedGrants, WhatThereIsNotIsRefusedAndNamed) {
  const Reply wrong = Grant({{{"type", "complaint.decided"}, {"fields", {"/data/verdict"}}},
                             {{"type", "complaint.won"}, {"fields", Json::array()}}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.Errors(),
            (std::vector<std::string>{"/data/scopes/0/events/0/fields/0 unknown_event_field",
                                      "/data/scopes/0/events/1/type unknown_event_type"}))
      << wrong.text;
}

}  // namespace
}  // namespace docket::test
