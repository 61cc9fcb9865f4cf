// The hub on socket pairs and a clock that stands still until it is moved.
#include "api/feed/feed_hub.hpp"

#include <atomic>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "tests/support/message_reader.hpp"
#include "tests/support/office_fixture.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::MessageReader;
using testing::Office;
using testing::Positions;

/// One end of a socket pair, as a client has it.
class Client {
 public:
  /// `buffer_bytes`: what the system keeps of what this client does not read; 0: as it likes.
  explicit Client(int buffer_bytes = 0) : messages_([this] { return Receive(); }) {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    mine_ = OwnedFile(ends[0]);
    theirs_ = OwnedFile(ends[1]);
    if (buffer_bytes > 0) {
      setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
    }
    const timeval limit{.tv_sec = 20, .tv_usec = 0};
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  OwnedFile TakeSocket() { return std::move(theirs_); }
  std::optional<testing::StreamMessage> Next() { return messages_.Next(); }
  std::optional<testing::StreamMessage> NextNews() { return messages_.NextNews(); }
  std::string Receive() {
    std::array<char, 4096> bytes;
    const auto count = recv(mine_.Number(), bytes.data(), bytes.size(), 0);
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }

 private:
  OwnedFile mine_;
  OwnedFile theirs_;
  MessageReader messages_;
};

class FeedHubTest : public ::testing::Test {
 protected:
  FeedHubTest() { OpenHub({}); }

  void OpenHub(FeedHubOptions options) {
    hub_.reset();
    options.gather = 0ms;
    options.now = [this] { return FeedHubOptions::SteadyTime(1h + millis_.load() * 1ms); };
    hub_ = std::make_unique<FeedHub>(reader_, options);
  }
  void MoveClock(std::chrono::milliseconds by) {
    millis_ += by.count();
    hub_->Wake();
  }
  Position Head() { return reader_.ReadHead().position; }
  FeedView View(const std::string& region = "350000") const {
    const Actor actor{ActorId("office"), UnitId("office"), {Role::kResourceOffice}};
    return {{actor, Unit{UnitId("office"), "公管办", RegionCode(region), {}}}, {}};
  }
  void Stream(Client& client, const FeedView& view, Position after = {},
              std::function<Renewal()> renew = nullptr) {
    hub_->Stream({client.TakeSocket(), "", view, {reader_.ReadHead().epoch, after}, renew});
  }
  void Lodge(int count) {
    for (int i = 0; i < count; ++i) office_.Lodge("350100", "项目");
    hub_->Wake();
  }
  /// Reads until the client has come to `position`.
  /// `beating`: what is not shown is told with the next heartbeat.
  void ReadTo(Client& client, Positions& positions, Position position, bool beating = false) {
    while (positions.last < position.value) {
      if (beating) MoveClock(15s);
      const auto message = client.Next();
      ASSERT_TRUE(message) << "ended at " << positions.last;
      positions.Take(*message);
    }
    EXPECT_TRUE(positions.skipped.empty()) << positions.skipped.front();
  }

  Office office_;
  FeedReader reader_{office_.log.Log(), office_.engine};
  std::atomic<std::int64_t> millis_{0};
  std::unique_ptr<FeedHub> hub_;
};

TEST_F(FeedHubTest, WhoBeginsAnywhereGetsEveryPositionOnceAndInOrder) {
  OpenHub({.page_events = 7, .recent_events_max = 20, .stall_max = std::chrono::hours(1000)});
  Lodge(10);
  std::vector<std::pair<Client, Positions>> clients(20);
  const auto begin = Head().value;
  for (std::size_t i = 0; i < clients.size(); ++i) {
    auto& [client, positions] = clients[i];
    positions.last = begin * static_cast<std::int64_t>(i) / 20;
    // Every other one is shown nothing.
    Stream(client, View(i % 2 == 0 ? "350000" : "330000"), Position{positions.last});
    Lodge(1);
  }
  Lodge(10);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    auto& [client, positions] = clients[i];
    const auto from = positions.last;
    ReadTo(client, positions, Head(), true);
    const auto all = static_cast<std::size_t>(Head().value - from);
    EXPECT_EQ(positions.shown.size(), i % 2 == 0 ? all : 0) << i;
  }
}

TEST_F(FeedHubTest, WhoIsFarBehindIsNotKeptWaitingForAHeartbeat) {
  OpenHub({.page_events = 7, .recent_events_max = 20, .output_bytes_max = 4096});
  Lodge(40);
  Client client;
  Stream(client, View());
  Positions positions;
  ReadTo(client, positions, Head());
  EXPECT_EQ(positions.shown.size(), static_cast<std::size_t>(Head().value));
}

TEST_F(FeedHubTest, WhoIsStoppedByItsOutputGoesOnWhereItStopped) {
  OpenHub({.output_bytes_max = 16'384});
  Lodge(1);
  Client abreast;
  Stream(abreast, View(), Head());
  EXPECT_EQ(abreast.Next()->event, "heartbeat");
  Lodge(40);
  while (hub_->Now().read_to < Head()) std::this_thread::yield();
  // Its first page reaches into what all others are told of, and is too much for it.
  Client slow(4096);
  Stream(slow, View());
  Positions positions;
  ReadTo(slow, positions, Head());
  EXPECT_EQ(positions.shown.size(), static_cast<std::size_t>(Head().value));
}

// A client that took everything at once was told the rest only with the next event of the log.
TEST_F(FeedHubTest, WhoIsStoppedAndTakesAllAtOnceGoesOnWithoutANewEvent) {
  OpenHub({.output_bytes_max = 4096});
  Client first;
  Stream(first, View(), Head());
  const auto begin = Head();
  Lodge(1);
  Positions at_once;
  at_once.last = begin.value;
  ReadTo(first, at_once, Head());
  Lodge(20);
  ReadTo(first, at_once, Head());
  Client second;
  Stream(second, View(), begin);
  Positions positions;
  positions.last = begin.value;
  ReadTo(second, positions, Head());
  EXPECT_EQ(positions.shown, at_once.shown);
}

TEST_F(FeedHubTest, AnIdleSubscriberLearnsWhereItIs) {
  Lodge(1);
  Client client;
  Stream(client, View("330000"), Head());
  const auto first = client.Next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->event, "heartbeat");
  Positions positions{.last = Head().value, .shown = {}, .skipped = {}};
  Lodge(1);
  while (hub_->Now().read_to < Head()) std::this_thread::yield();
  MoveClock(15s);
  ReadTo(client, positions, Head());
  const auto beat = client.Next();
  EXPECT_EQ(beat->event, "heartbeat");
  EXPECT_EQ(beat->data["position"], Head().value);
  EXPECT_EQ(beat->data["head"], Head().value);
  EXPECT_EQ(beat->data["fresh"], true);
}

TEST_F(FeedHubTest, AClientThatTakesNothingIsLetGoAndCanGoOn) {
  OpenHub({.output_bytes_max = 4096, .farewell = 1h});
  Lodge(40);
  Client slow(4096);
  Stream(slow, View());
  // It is let go when its time is over, which has to be seen with output waiting.
  while (hub_->Now().slow_dropped == 0) {
    MoveClock(1s);
    std::this_thread::yield();
  }
  Positions positions;
  std::optional<testing::StreamMessage> message;
  while ((message = slow.Next()) && message->event != "end") positions.Take(*message);
  EXPECT_TRUE(positions.skipped.empty());
  EXPECT_LT(positions.last, Head().value);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->data["reason"], "slow_consumer");
  Client again;
  Stream(again, View(), Position{positions.last});
  ReadTo(again, positions, Head());
  EXPECT_EQ(positions.shown.size(), static_cast<std::size_t>(Head().value));
}

TEST_F(FeedHubTest, WhoMayNoLongerReadIsToldSoAndGetsNothingMore) {
  Lodge(1);
  std::atomic<Renewal> renewal{Renewal::kSame};
  Client client;
  Client other;
  Stream(client, View(), Head(), [&] { return renewal.load(); });
  Stream(other, View("350100"), Head(), [] { return Renewal::kSame; });
  EXPECT_EQ(client.Next()->event, "heartbeat");
  renewal = Renewal::kGone;
  MoveClock(5s);
  const auto end = client.NextNews();
  ASSERT_TRUE(end);
  EXPECT_EQ(end->event, "end");
  EXPECT_EQ(end->data["reason"], "access_revoked");
  EXPECT_FALSE(client.Next());
  Lodge(1);
  EXPECT_EQ(other.NextNews()->event, "") << "others are not concerned";
}

TEST_F(FeedHubTest, AForkEndsEveryStream) {
  Lodge(1);
  Client client;
  Stream(client, View(), Head());
  EXPECT_EQ(client.Next()->event, "heartbeat");
  Database file(office_.log.Paths().log);
  file.Execute(
      "INSERT INTO epochs SELECT 1, 'new', minted_at + 1, 2, store FROM epochs WHERE log = 1;"
      "UPDATE heads SET epoch = 'new' WHERE log = 1");
  hub_->Wake();
  const auto end = client.NextNews();
  ASSERT_TRUE(end);
  EXPECT_EQ(end->data["reason"], "history_forked");
  const auto first = office_.log.Log().ReadEpochs(LogId::kCases).front().epoch;
  const auto reason = reader_.Check({first, Head()});
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->rejection.code, "history_forked");
  EXPECT_EQ(reason->fork, Position{2});
  EXPECT_EQ(reason->head.epoch, Epoch("new"));
}

TEST_F(FeedHubTest, WhoWaitsIsAnsweredOnceWhenThereIsSomethingOrTimeIsOver) {
  Lodge(1);
  const auto wait = [&](Client& client, const FeedView& view) {
    hub_->Wait({client.TakeSocket(), view, {reader_.ReadHead().epoch, Head()}, 30s, [] {
                  return std::string("the answer");
                }});
  };
  Client shown;
  Client blind;
  wait(shown, View());
  wait(blind, View("330000"));
  Lodge(1);
  EXPECT_EQ(shown.Receive(), "the answer");
  EXPECT_EQ(shown.Receive(), "");
  EXPECT_EQ(hub_->Now().subscribers, 1);
  MoveClock(30s);
  EXPECT_EQ(blind.Receive(), "the answer");
  EXPECT_EQ(blind.Receive(), "");
}

TEST_F(FeedHubTest, ThereIsRoomForSoManyAndAgainWhenOneHasGone) {
  OpenHub({.subscribers_max = 1});
  EXPECT_TRUE(hub_->HasRoom());
  {
    Client client;
    Stream(client, View());
    EXPECT_FALSE(hub_->HasRoom());
    EXPECT_EQ(client.Next()->event, "heartbeat");
  }
  while (!hub_->HasRoom()) std::this_thread::yield();
}

}  // namespace
}  // namespace docket
