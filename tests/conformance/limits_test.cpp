// What no store can take is refused by name, alone, and leaves no trace.
#include "persistence/append_limits.hpp"

#include <random>

#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using testing::kAny;
using testing::kNone;
using testing::MakeEvent;
using testing::Request;
using testing::Write;

class Limits : public testing::ConformanceTest {
 protected:
  static AppendRequest With(const std::function<void(AppendRequest&)>& spoil) {
    auto request = Request({Write("a", kAny, 1)}, "c1");
    spoil(request);
    return request;
  }
  static AppendRequest WithEvent(const std::function<void(NewEvent&)>& spoil) {
    return With([&](AppendRequest& request) { spoil(request.writes[0].events[0]); });
  }
  /// Texts that are none.
  static std::vector<std::string> NoTexts() {
    return {
        std::string("a\0b", 3), std::string(1, '\0'), "\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80",
        "\xf5\x80\x80\x80",     "abcdefg\x80hijklmno"};
  }
};

TEST_F(Limits, WhatIsNoTextIsRefusedInEveryField) {
  for (const auto& bad : NoTexts()) {
    const std::vector<AppendRequest> requests = {
        With([&](AppendRequest& r) { r.writes[0].stream = StreamId(bad); }),
        With([&](AppendRequest& r) { r.command->id = CommandId(bad); }),
        With([&](AppendRequest& r) { r.command->actor = ActorId(bad); }),
        With([&](AppendRequest& r) { r.command->mac_key = KeyId(bad); }),
        With([&](AppendRequest& r) { r.command->content_mac = bad; }),
        WithEvent([&](NewEvent& e) { e.id = EventId(bad); }),
        WithEvent([&](NewEvent& e) { e.type = bad; }),
        WithEvent([&](NewEvent& e) { e.actor = ActorId(bad); }),
        WithEvent([&](NewEvent& e) { e.recorded_by = ActorId(bad); }),
        WithEvent([&](NewEvent& e) { e.unit = UnitId(bad); }),
        WithEvent([&](NewEvent& e) { e.command_id = CommandId(bad); }),
        WithEvent([&](NewEvent& e) { e.correlation = CorrelationId(bad); }),
        WithEvent([&](NewEvent& e) { e.causation = EventId(bad); }),
        WithEvent([&](NewEvent& e) { e.region = RegionCode(bad); }),
        WithEvent([&](NewEvent& e) { e.data = bad; })};
    for (const auto& request : requests) EXPECT_THROW(Log().Append(request), RequestRefused);
  }
  EXPECT_EQ(HeadPosition(), Position{});
  Accepted(Request({Write("a", kNone, 1)}, "c1"));
}

TEST_F(Limits, WhatIsTooLongIsRefusedAndWhatJustFitsIsStored) {
  const std::string fits(kNameBytesMax, 'x');
  const std::string too_long(kNameBytesMax + 1, 'x');
  EXPECT_THROW(Log().Append(Request({Write(too_long, kAny, 1)})), RequestRefused);
  EXPECT_THROW(Log().Append(Request({Write("a", kAny, 1)}, too_long)), RequestRefused);
  EXPECT_THROW(Log().Append(WithEvent([&](NewEvent& e) { e.type = too_long; })), RequestRefused);
  EXPECT_THROW(Log().Append(WithEvent(
                   [&](NewEvent& e) { e.data = std::string(kEventDataBytesMax + 1, 'x'); })),
               RequestRefused);
  Accepted(Request({Write(fits, kNone, 1)}, fits));
  EXPECT_EQ(Stream(fits).size(), 1u);
  EXPECT_TRUE(Log().FindCommand(LogId::kCases, ActorId("lin"), CommandId(fits)));
}

TEST_F(Limits, NumberOfEventsAndTheirBytesAreBounded) {
  EXPECT_THROW(Log().Append(Request({Write("a", kAny, kEventsPerAppendMax + 1)})), RequestRefused);
  auto big = Write("a", kAny, 5);
  for (auto& event : big.events) event.data.assign(kEventDataBytesMax, 'x');
  EXPECT_THROW(Log().Append(Request({big})), RequestRefused);
  EXPECT_EQ(HeadPosition(), Position{});
  Accepted(Request({Write("a", kNone, kEventsPerAppendMax)}));
}

TEST_F(Limits, SchemaVersionsAndEmptyNamesAreRefused) {
  for (const std::int64_t version :
       {INT64_MIN, std::int64_t{0}, std::int64_t{1} << 31, INT64_MAX}) {
    EXPECT_THROW(Log().Append(WithEvent([&](NewEvent& e) { e.schema_version = version; })),
                 RequestRefused);
  }
  EXPECT_THROW(Log().Append(Request({Write("", kAny, 1)})), RequestRefused);
  EXPECT_THROW(Log().Append(With([](AppendRequest& r) { r.command->id = CommandId(); })),
               RequestRefused);
}

TEST_F(Limits, RefusedRequestDisturbsNobodyElse) {
  testing::InThreads(16, [&](int thread) {
    for (int i = 0; i < 10; ++i) {
      if (thread % 4 == 0) {
        EXPECT_THROW(Log().Append(Request({Write(std::string("\0", 1), kAny, 1)})), RequestRefused);
      } else {
        Accepted(Request({Write("a", kAny, 1)}));
      }
    }
  });
  EXPECT_EQ(HeadPosition(), Position{120});
}

class SmallQueue : public testing::ConformanceTest {
 protected:
  SmallQueue() : ConformanceTest({.queue_max = 4, .batch_requests_max = 2}) {}
};

TEST_F(SmallQueue, FullQueueRefusesAtOnceAndLosesNothing) {
  // The head is held, so nothing that is queued can be served.
  auto writer = store_->OpenWriter();
  testing::WriteHeld(writer, Request({Write("held", kNone, 1)}), clock_.Now());
  std::atomic<int> appended{0};
  std::atomic<int> refused{0};
  std::thread release([&] {
    while (refused == 0) std::this_thread::yield();
    writer.batches->Rollback();
  });
  testing::InThreads(16, [&](int) {
    try {
      Accepted(Request({Write("a", kAny, 1)}));
      ++appended;
    } catch (const Overloaded&) {
      ++refused;
    }
  });
  release.join();
  EXPECT_GT(refused, 0);
  EXPECT_EQ(appended + refused, 16);
  EXPECT_EQ(Stream("a").size(), static_cast<std::size_t>(appended));
}

}  // namespace
}  // namespace docket
