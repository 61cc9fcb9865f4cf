// The feed over HTTP: pages, long polls and streams; who is shown what, and how one goes on.
#include <future>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/event_stream.hpp"

namespace docket::test {
namespace {

using testing::Positions;

Json PageOf(const TestServer& server, const std::string& account, const std::string& query) {
  const Reply page = server.As(account).Get("/v1/feed?" + query);
  EXPECT_EQ(page.status, 200) << page.text;
  return page.body;
}

/// Reads to the head; every position comes once and in order, shown or omitted.
Json ReadAll(const TestServer& server, const std::string& account, const std::string& filter = "") {
  Json events = Json::array();
  Positions positions;
  for (;;) {
    const Json page =
        PageOf(server, account, "limit=2&after=" + std::to_string(positions.last) + filter);
    positions.TakePage(page);
    EXPECT_EQ(page["next"], positions.last);
    for (const auto& event : page["events"]) events.push_back(event);
    if (positions.last == page["head"]) break;
  }
  EXPECT_EQ(positions.last, server.Head());
  EXPECT_TRUE(positions.skipped.empty());
  return events;
}

TEST(Feed, PagesAreDenseAndInOrder) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const Json mine = ReadAll(server, "resource-0001");
  EXPECT_EQ(mine.size(), static_cast<std::size_t>(server.Head()));
  EXPECT_EQ(mine[0]["type"], "complaint.lodged");
  EXPECT_EQ(mine[0]["specversion"], "1.0");
  EXPECT_EQ(mine[0]["subject"], walk.CaseId());
  EXPECT_TRUE(mine[0]["data"]["complainant"]["name"].contains("$sealed"));
  EXPECT_TRUE(ReadAll(server, "centre-0001").empty()) << "withheld, and still accounted for";
  EXPECT_EQ(server.As("portal-0001").Get("/v1/feed").status, 403);
  EXPECT_EQ(server.As("portal-0001").Get("/v1/feed/stream").status, 403);
}

TEST(Feed, FiltersOmitAndSaySo) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  const auto all = ReadAll(server, "resource-0001");
  const auto clocks = ReadAll(server, "resource-0001", "&type=deadline.");
  EXPECT_GT(clocks.size(), 0u);
  EXPECT_LT(clocks.size(), all.size());
  for (const auto& event : clocks) {
    EXPECT_TRUE(event["type"].get<std::string>().starts_with("deadline."));
  }
  EXPECT_EQ(ReadAll(server, "resource-0001", "&workflow=complaint").size(), all.size());
  EXPECT_TRUE(ReadAll(server, "resource-0001", "&workflow=handover").empty());
  EXPECT_EQ(ReadAll(server, "resource-0001", "&region=330400").size(), all.size());
  EXPECT_TRUE(ReadAll(server, "resource-0001", "&region=350000").empty());
  EXPECT_TRUE(ReadAll(server, "resource-0001", "&industry=transport").empty());
  EXPECT_EQ(ReadAll(server, "resource-0001", "&industry=government_procurement").size(),
            all.size());
  for (const char* wrong : {"workflow=none", "region=1", "industry=none", "wait=61", "limit=0"}) {
    EXPECT_EQ(server.As("resource-0001").Get(std::string("/v1/feed?") + wrong).status, 400)
        << wrong;
  }
}

TEST(Feed, ACheckpointBeyondTheHeadOrOfAnotherHistoryIsAConflict) {
  TestServer server;
  ComplaintWalk(server).Lodge();
  const Client reader = server.As("resource-0001");
  const std::string epoch = PageOf(server, "resource-0001", "")["epoch"];
  const auto at = [&](std::int64_t position, const std::string& of) {
    return reader.Get("/v1/feed?after=" + std::to_string(position) + "&epoch=" + of);
  };
  EXPECT_EQ(at(server.Head(), epoch).status, 200);
  const Reply ahead = at(server.Head() + 1, epoch);
  EXPECT_EQ(ahead.status, 409);
  EXPECT_EQ(ahead.Code(), "position_ahead_of_log");
  EXPECT_EQ(ahead.body["head"], server.Head());
  EXPECT_EQ(ahead.body["epoch"], epoch);
  const Reply other = at(1, "another");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.Code(), "epoch_unknown");
  EXPECT_EQ(other.body["fork"], 0);
  EventStream stream(
      {.port = server.Port(), .account = "resource-0001", .last_event_id = "another:1"});
  EXPECT_NE(stream.Head().find(" 409 "), std::string::npos) << stream.Head();
  EXPECT_NE(stream.Rest().find("epoch_unknown"), std::string::npos);
}

TEST(Feed, ALongPollAnswersWhenSomethingHappens) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const auto after = std::to_string(server.Head());
  auto waiting = std::async(std::launch::async, [&] {
    return server.As("resource-0001").Get("/v1/feed?wait=60&after=" + after);
  });
  // It waits in no thread of the server, but with its connection.
  while (server.App().Feed().Now().subscribers == 0) std::this_thread::yield();
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  const Reply answer = waiting.get();
  EXPECT_EQ(answer.status, 200) << answer.text;
  ASSERT_FALSE(answer.body["events"].empty());
  EXPECT_EQ(answer.body["events"][0]["type"], "complaint.signed_for");
  EXPECT_TRUE(answer.headers.contains("x-request-id"));
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
}

TEST(Feed, ALongPollSleepsThroughWhatItIsNotShownAndComesToItsEnd) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const auto after = server.Head();
  auto waiting = std::async(std::launch::async, [&] {
    return server.As("centre-0001").Get("/v1/feed?wait=1&after=" + std::to_string(after));
  });
  while (server.App().Feed().Now().subscribers == 0) std::this_thread::yield();
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  const Reply answer = waiting.get();
  EXPECT_EQ(answer.status, 200) << answer.text;
  EXPECT_TRUE(answer.body["events"].empty());
  EXPECT_EQ(answer.body["next"], server.Head());
  EXPECT_EQ(answer.body["omitted"][0]["first"], after + 1);
  EXPECT_EQ(answer.body["omitted"][0]["last"], server.Head());
}

TEST(Feed, AStreamGoesOnFromTheLastMessage) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  Positions positions;
  std::string last_id;
  const auto read_to = [&](EventStream& stream, std::int64_t position) {
    while (positions.last < position) {
      const auto message = stream.Next();
      ASSERT_TRUE(message) << "ended at " << positions.last;
      positions.Take(*message);
      last_id = message->id;
    }
  };
  {
    EventStream stream({.port = server.Port(), .account = "resource-0001"});
    EXPECT_NE(stream.Head().find("text/event-stream"), std::string::npos) << stream.Head();
    EXPECT_NE(stream.Head().find("X-Request-Id"), std::string::npos);
    read_to(stream, 2);
  }
  walk.Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  EventStream again({.port = server.Port(), .account = "resource-0001", .last_event_id = last_id});
  read_to(again, server.Head());
  ComplaintWalk second(server);
  second.Lodge();
  read_to(again, server.Head());
  EXPECT_TRUE(positions.skipped.empty());
  EXPECT_EQ(positions.shown.size(), static_cast<std::size_t>(server.Head()));
}

TEST(Feed, StoppingEndsStreamsWithAReason) {
  TestServer server;
  ComplaintWalk(server).Lodge();
  EventStream stream({.port = server.Port(),
                      .account = "resource-0001",
                      .target = "/v1/feed/stream?after=" + std::to_string(server.Head())});
  EXPECT_EQ(stream.Next()->event, "heartbeat");
  auto stopping = std::async(std::launch::async, [&] { server.Stop(); });
  const auto end = stream.NextNews();
  ASSERT_TRUE(end);
  EXPECT_EQ(end->event, "end");
  EXPECT_EQ(end->data["reason"], "shutting_down");
  EXPECT_FALSE(stream.Next());
  stopping.get();
}

}  // namespace
}  // namespace docket::test
