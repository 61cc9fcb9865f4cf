#include "tests/conformance/conformance.hpp"

#include <latch>
#include <thread>

#include "domain/evidence/leaf.hpp"
#include "persistence/batch_plan.hpp"
#include "persistence/ids/random_uuid.hpp"

namespace docket::testing {

namespace {

constexpr std::size_t kPage = 1'000;

template <class Answer>
Answer Expecting(AppendResult result) {
  if (auto* answer = std::get_if<Answer>(&result)) return std::move(*answer);
  throw std::runtime_error("the answer to an append is of kind " + std::to_string(result.index()));
}

}  // namespace

AppendRequest ForAccess(AppendRequest request) {
  request.log = LogId::kAccess;
  return request;
}

ConformanceTest::ConformanceTest(AppenderLimits limits) : limits_(limits), first_(OpenNode()) {}

Node ConformanceTest::OpenNode() {
  Node node{.store = store_->Open(), .log = nullptr};
  node.log = node.store->OpenLog(clock_, limits_);
  return node;
}

Node& ConformanceTest::Second() {
  if (!second_.log) second_ = OpenNode();
  return second_;
}

KeyStore& ConformanceTest::KeysOf(Node& node) {
  auto& keys = keys_[node.store.get()];
  if (!keys) keys = node.store->OpenKeys();
  return *keys;
}

void ConformanceTest::Reopen() {
  keys_.clear();
  for (Node* node : {&second_, &first_}) {
    node->log.reset();
    node->store.reset();
  }
  first_ = OpenNode();
}

Appended ConformanceTest::Accepted(EventLog& log, AppendRequest request) {
  return Expecting<Appended>(log.Append(std::move(request)));
}

VersionConflict ConformanceTest::Conflicted(AppendRequest request) {
  return Expecting<VersionConflict>(Log().Append(std::move(request)));
}

CommandKnown ConformanceTest::Known(AppendRequest request) {
  return Expecting<CommandKnown>(Log().Append(std::move(request)));
}

std::vector<RecordedEvent> ConformanceTest::AllOf(const EventLog& log, LogId id) {
  std::vector<RecordedEvent> events;
  for (;;) {
    const Position after = events.empty() ? Position{} : events.back().position;
    auto page = log.ReadLog(id, after, kPage);
    const bool last = page.size() < kPage;
    for (auto& event : page) events.push_back(std::move(event));
    if (last) return events;
  }
}

std::vector<RecordedEvent> ConformanceTest::Stream(const std::string& stream, LogId log) {
  return Log().ReadStream(log, StreamId(stream), Version{}, 1'000'000);
}

void ConformanceTest::ExpectWhole() {
  for (const LogId log : {LogId::kCases, LogId::kAccess}) ExpectWholeLog(log);
}

void ConformanceTest::ExpectWholeLog(LogId log) {
  Frontier tree;
  Position position;
  Instant recorded_at;
  std::map<StreamId, Version> versions;
  for (const auto& event : All(log)) {
    position = position.Next();
    ASSERT_EQ(event.position, position);
    auto& version = versions[event.stream];
    version = version.Next();
    ASSERT_EQ(event.version, version) << event.stream.value;
    ASSERT_GE(event.recorded_at, recorded_at) << "at " << position.value;
    recorded_at = event.recorded_at;
    ASSERT_EQ(event.data_digest, DataDigest(event.salt, event.data)) << "at " << position.value;
    ASSERT_EQ(event.leaf_hash, LeafHash(log, event)) << "at " << position.value;
    tree.Add(event.leaf_hash);
  }
  const auto head = Log().ReadHead(log);
  EXPECT_EQ(head.position, position);
  EXPECT_EQ(head.recorded_at, recorded_at);
  EXPECT_EQ(store_->StoredTree(log), tree);
}

void InThreads(int count, const std::function<void(int)>& work) {
  std::latch all_here(count);
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      all_here.arrive_and_wait();
      try {
        work(i);
      } catch (const std::exception& error) {
        ADD_FAILURE() << "thread " << i << ": " << error.what();
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

BatchRows WriteHeld(HeldWriter& writer, const AppendRequest& request, Instant now) {
  BatchKeys keys;
  for (const auto& write : request.writes) keys.streams.push_back(write.stream);
  writer.batches->Begin();
  BatchPlan plan(request.log, writer.batches->Read(request.log, keys), now, RandomUuid());
  plan.Add(Prepare(request));
  auto rows = plan.TakeRows();
  writer.batches->Write(request.log, rows);
  return rows;
}

}  // namespace docket::testing
