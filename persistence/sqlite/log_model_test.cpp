// Thousands of random appends against the store and against a plain model of what the log
// promises, compared after each and again after the file was closed and opened.
#include <cstdlib>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "domain/evidence/leaf.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;

constexpr int kOperations = 4000;
constexpr int kReopenEvery = 500;

/// The promises, as simply as they can be put.
class Model {
 public:
  struct Stored {
    StreamId stream;
    Version version;
    NewEvent event;
    Instant recorded_at;
  };

  AppendResult Append(const AppendRequest& request, Instant now, const Epoch& epoch) {
    if (request.command) {
      const auto known = commands.find(request.command->id);
      if (known != commands.end()) return known->second;
    }
    auto after = versions;
    for (const auto& write : request.writes) {
      const Version actual = after[write.stream];
      if (!Meets(write.expected, actual)) {
        return VersionConflict{write.stream, write.expected, actual};
      }
      after[write.stream].value += static_cast<std::int64_t>(write.events.size());
    }
    return Accept(request, std::max(now, recorded_at), epoch);
  }

  std::map<StreamId, Version> versions;
  std::map<CommandId, CommandKnown> commands;
  std::vector<Stored> log;
  Instant recorded_at;

 private:
  static bool Meets(const ExpectedVersion& expected, Version actual) {
    using Kind = ExpectedVersion::Kind;
    return expected.kind == Kind::kAny ||
           (expected.kind == Kind::kExact && expected.version == actual) ||
           (expected.kind == Kind::kNoStream && actual == Version{}) ||
           (expected.kind == Kind::kStreamExists && actual > Version{});
  }
  Appended Accept(const AppendRequest& request, Instant at, const Epoch& epoch) {
    Appended result;
    result.epoch = epoch;
    result.recorded_at = at;
    result.first = result.last = Position{static_cast<std::int64_t>(log.size())};
    for (const auto& write : request.writes) {
      for (const auto& event : write.events) {
        auto& version = versions[write.stream];
        version = version.Next();
        log.push_back({write.stream, version, event, at});
        recorded_at = at;
        if (result.stream.empty()) {
          result.stream = write.stream;
          result.first = result.last.Next();
        }
      }
    }
    result.last = Position{static_cast<std::int64_t>(log.size())};
    if (!result.stream.empty()) result.version = versions[result.stream];
    if (request.command) {
      CommandKnown known{*request.command, result};
      known.result.repeated = true;
      commands.emplace(request.command->id, known);
    }
    return result;
  }
};

class LogModelTest : public ::testing::Test {
 protected:
  LogModelTest() {
    const char* given = std::getenv("DOCKET_TEST_SEED");
    seed_ = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    random_.seed(seed_);
  }

  int Below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }

  ExpectedVersion RandomExpectation(const StreamId& stream) {
    switch (Below(6)) {
      case 0: return ExpectedVersion::Any();
      case 1: return ExpectedVersion::NoStream();
      case 2: return ExpectedVersion::StreamExists();
      case 3: return ExpectedVersion::Exactly(Version{Below(20)});
      default: return ExpectedVersion::Exactly(model_.versions[stream]);
    }
  }
  AppendRequest RandomRequest() {
    AppendRequest request;
    const int writes = 1 + (Below(4) == 0 ? Below(4) : 0);
    for (int i = 0; i < writes; ++i) {
      const StreamId stream("stream-" + std::to_string(Below(12)));
      request.writes.push_back({stream, RandomExpectation(stream),
                                testing::MakeEvents(static_cast<std::size_t>(Below(4)))});
    }
    if (Below(2) == 0) {
      request.command = CommandRecord{ActorId("lin"), CommandId(std::to_string(Below(kOperations))),
                                      KeyId("key"), "mac"};
    }
    return request;
  }
  void MoveClock() {
    const auto by = std::chrono::milliseconds{Below(10'000) - 4'000};
    fixture_.clock.Set(fixture_.clock.Now() + by);
  }
  void CompareAll();

  LogFixture fixture_;
  Model model_;
  std::mt19937_64 random_;
  std::uint64_t seed_ = 0;
};

/// Equal, or the reason why not.
void ExpectSame(const AppendResult& actual, const AppendResult& expected) {
  ASSERT_EQ(actual.index(), expected.index());
  if (const auto* appended = std::get_if<Appended>(&expected)) {
    EXPECT_EQ(std::get<Appended>(actual), *appended);
  } else if (const auto* conflict = std::get_if<VersionConflict>(&expected)) {
    EXPECT_EQ(std::get<VersionConflict>(actual).stream, conflict->stream);
    EXPECT_EQ(std::get<VersionConflict>(actual).actual, conflict->actual);
  } else {
    EXPECT_EQ(std::get<CommandKnown>(actual).record, std::get<CommandKnown>(expected).record);
    EXPECT_EQ(std::get<CommandKnown>(actual).result, std::get<CommandKnown>(expected).result);
  }
}

void LogModelTest::CompareAll() {
  const auto events = fixture_.Log().ReadLog(LogId::kCases, Position{}, 1'000'000);
  ASSERT_EQ(events.size(), model_.log.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& stored = model_.log[i];
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(events[i].stream, stored.stream);
    EXPECT_EQ(events[i].version, stored.version);
    EXPECT_EQ(events[i].recorded_at, stored.recorded_at);
    EXPECT_EQ(static_cast<const NewEvent&>(events[i]), stored.event);
    EXPECT_EQ(events[i].leaf_hash, LeafHash(LogId::kCases, events[i]));
  }
  for (const auto& [stream, version] : model_.versions) {
    const auto own = fixture_.Log().ReadStream(LogId::kCases, stream, Version{}, 1'000'000);
    EXPECT_EQ(own.size(), static_cast<std::size_t>(version.value));
  }
  EXPECT_EQ(fixture_.Log().ReadHead(LogId::kCases).position.value,
            static_cast<std::int64_t>(model_.log.size()));
}

TEST_F(LogModelTest, StoreDoesWhatTheModelDoes) {
  SCOPED_TRACE("DOCKET_TEST_SEED=" + std::to_string(seed_));
  std::printf("DOCKET_TEST_SEED=%llu\n", static_cast<unsigned long long>(seed_));
  const Epoch epoch = fixture_.Log().ReadHead(LogId::kCases).epoch;
  for (int i = 1; i <= kOperations; ++i) {
    MoveClock();
    auto request = RandomRequest();
    const auto expected = model_.Append(request, fixture_.clock.Now(), epoch);
    ExpectSame(fixture_.Log().Append(std::move(request)), expected);
    if (HasFailure()) FAIL() << "operation " << i;
    if (i % kReopenEvery == 0) fixture_.Reopen();
  }
  CompareAll();
}

}  // namespace
}  // namespace docket
