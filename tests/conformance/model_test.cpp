// Thousands of random operations against the store, through two nodes, and against a plain model
// of what a log promises: compared after each, and as a whole after the store was opened anew.
// DOCKET_TEST_SEED repeats a run, DOCKET_TEST_OPERATIONS makes it longer.
#include <cstdlib>
#include <map>
#include <random>

#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

constexpr int kOperations = 3'000;
constexpr int kReopenEvery = 400;
constexpr int kStreams = 12;

/// The promises of one log, as simply as they can be put.
class Model {
 public:
  struct Stored {
    StreamId stream;
    Version version;
    NewEvent event;
    Instant recorded_at;
  };
  using Key = std::pair<ActorId, CommandId>;

  AppendResult Append(const AppendRequest& request, Instant now) {
    if (request.command) {
      const auto known = commands.find({request.command->actor, request.command->id});
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
    return Accept(request, std::max(now, recorded_at));
  }

  Epoch epoch;
  std::map<StreamId, Version> versions;
  std::map<Key, CommandKnown> commands;
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
  Appended Accept(const AppendRequest& request, Instant at) {
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
      commands.emplace(Key{request.command->actor, request.command->id}, known);
    }
    return result;
  }
};

void ExpectSame(const AppendResult& actual, const AppendResult& expected) {
  ASSERT_EQ(actual.index(), expected.index());
  if (const auto* appended = std::get_if<Appended>(&expected)) {
    EXPECT_EQ(std::get<Appended>(actual), *appended);
  } else if (const auto* conflict = std::get_if<VersionConflict>(&expected)) {
    EXPECT_EQ(std::get<VersionConflict>(actual).stream, conflict->stream);
    EXPECT_EQ(std::get<VersionConflict>(actual).expected, conflict->expected);
    EXPECT_EQ(std::get<VersionConflict>(actual).actual, conflict->actual);
  } else {
    EXPECT_EQ(std::get<CommandKnown>(actual).record, std::get<CommandKnown>(expected).record);
    EXPECT_EQ(std::get<CommandKnown>(actual).result, std::get<CommandKnown>(expected).result);
  }
}

void ExpectSame(const RecordedEvent& actual, const Model::Stored& expected) {
  EXPECT_EQ(actual.stream, expected.stream);
  EXPECT_EQ(actual.version, expected.version);
  EXPECT_EQ(actual.recorded_at, expected.recorded_at);
  EXPECT_EQ(static_cast<const NewEvent&>(actual), expected.event);
}

std::uint64_t NumberFrom(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

class ModelTest : public testing::ConformanceTest {
 protected:
  ModelTest() {
    seed_ = NumberFrom("DOCKET_TEST_SEED", std::random_device{}());
    random_.seed(seed_);
    for (const LogId log : {LogId::kCases, LogId::kAccess}) {
      models_[log].epoch = Log().ReadHead(log).epoch;
    }
  }

  int Below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  LogId RandomLog() { return Below(5) == 0 ? LogId::kAccess : LogId::kCases; }
  StreamId RandomStream() { return StreamId("stream-" + std::to_string(Below(kStreams))); }
  StoreLog& RandomNode() { return Below(3) == 0 ? *Second().log : Log(); }

  ExpectedVersion RandomExpectation(LogId log, const StreamId& stream) {
    switch (Below(6)) {
      case 0: return ExpectedVersion::Any();
      case 1: return ExpectedVersion::NoStream();
      case 2: return ExpectedVersion::StreamExists();
      case 3: return ExpectedVersion::Exactly(Version{Below(20)});
      default: return ExpectedVersion::Exactly(models_[log].versions[stream]);
    }
  }
  AppendRequest RandomRequest() {
    AppendRequest request;
    request.log = RandomLog();
    const int writes = 1 + (Below(4) == 0 ? Below(4) : 0);
    for (int i = 0; i < writes; ++i) {
      const StreamId stream = RandomStream();
      request.writes.push_back({stream, RandomExpectation(request.log, stream),
                                testing::MakeEvents(static_cast<std::size_t>(Below(4)))});
    }
    // Few enough ids that many a command is one sent again, by whom it belongs to or not.
    if (Below(2) == 0) {
      request.command = CommandRecord{ActorId(Below(4) == 0 ? "wu" : "lin"),
                                      CommandId(std::to_string(Below(kOperations / 2))),
                                      KeyId("key"), "mac" + std::to_string(Below(3))};
    }
    return request;
  }
  void Step() {
    clock_.Set(clock_.Now() + std::chrono::milliseconds{Below(10'000) - 4'000});
    switch (Below(8)) {
      case 0: return ReadSomething();
      case 1: return AppendSeveral();
      default: return AppendOne();
    }
  }
  void AppendOne() {
    auto request = RandomRequest();
    const auto expected = models_[request.log].Append(request, clock_.Now());
    ExpectSame(RandomNode().Append(std::move(request)), expected);
  }
  void AppendSeveral() {
    std::vector<AppendRequest> requests;
    std::vector<AppendResult> expected;
    for (int i = 0, count = 1 + Below(12); i < count; ++i) {
      requests.push_back(RandomRequest());
      expected.push_back(models_[requests.back().log].Append(requests.back(), clock_.Now()));
    }
    const auto results = RandomNode().AppendAll(std::move(requests));
    ASSERT_EQ(results.size(), expected.size());
    for (std::size_t i = 0; i < results.size(); ++i) ExpectSame(results[i], expected[i]);
  }
  void ReadSomething();
  void CompareAll(LogId log);

  std::map<LogId, Model> models_;
  std::mt19937_64 random_;
  std::uint64_t seed_ = 0;
};

void ModelTest::ReadSomething() {
  const LogId id = RandomLog();
  const auto& model = models_[id];
  auto& log = RandomNode();
  const auto head = log.ReadHead(id);
  EXPECT_EQ(head.position.value, static_cast<std::int64_t>(model.log.size()));
  EXPECT_EQ(head.recorded_at, model.recorded_at);
  EXPECT_EQ(head.epoch, model.epoch);
  const auto after = static_cast<std::size_t>(Below(static_cast<int>(model.log.size()) + 2));
  const auto page = log.ReadLog(id, Position{static_cast<std::int64_t>(after)}, 7);
  ASSERT_EQ(page.size(),
            std::min<std::size_t>(7, model.log.size() - std::min(after, model.log.size())));
  for (std::size_t i = 0; i < page.size(); ++i) ExpectSame(page[i], model.log[after + i]);
  for (const auto& [key, known] : model.commands) {
    if (Below(50) != 0) continue;
    const auto found = log.FindCommand(id, key.first, key.second);
    ASSERT_TRUE(found.has_value());
    ExpectSame(AppendResult(*found), AppendResult(known));
  }
}

void ModelTest::CompareAll(LogId id) {
  const auto& model = models_[id];
  const auto events = All(id);
  ASSERT_EQ(events.size(), model.log.size());
  for (std::size_t i = 0; i < events.size(); ++i) ExpectSame(events[i], model.log[i]);
  std::vector<StreamId> names;
  for (int i = 0; i < kStreams; ++i) names.push_back(StreamId("stream-" + std::to_string(i)));
  const auto streams = Log().ReadStreams(id, names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto version = model.versions.find(names[i]);
    const auto expected = version == model.versions.end() ? 0 : version->second.value;
    EXPECT_EQ(streams[i].size(), static_cast<std::size_t>(expected));
    EXPECT_EQ(streams[i], Stream(names[i].value, id));
  }
}

TEST_F(ModelTest, StoreDoesWhatTheModelDoes) {
  SCOPED_TRACE("DOCKET_TEST_SEED=" + std::to_string(seed_));
  std::printf("DOCKET_TEST_SEED=%llu\n", static_cast<unsigned long long>(seed_));
  const auto operations = static_cast<int>(NumberFrom("DOCKET_TEST_OPERATIONS", kOperations));
  for (int i = 1; i <= operations; ++i) {
    Step();
    if (HasFailure()) FAIL() << "operation " << i;
    if (i % kReopenEvery == 0) Reopen();
  }
  Reopen();
  CompareAll(LogId::kCases);
  CompareAll(LogId::kAccess);
}

}  // namespace
}  // namespace docket
