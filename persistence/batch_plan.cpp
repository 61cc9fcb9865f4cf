#include "persistence/batch_plan.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "domain/ensure.hpp"
#include "domain/evidence/leaf.hpp"

namespace docket {

namespace {

constexpr std::size_t kSaltBytes = 16;

std::string NewSalt() {
  std::array<unsigned char, kSaltBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, kSaltBytes * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return std::string(hex.data());
}

bool Meets(const ExpectedVersion& expected, Version actual) {
  switch (expected.kind) {
    case ExpectedVersion::Kind::kExact: return actual == expected.version;
    case ExpectedVersion::Kind::kNoStream: return actual.value == 0;
    case ExpectedVersion::Kind::kStreamExists: return actual.value > 0;
    case ExpectedVersion::Kind::kAny: return true;
  }
  return false;
}

}  // namespace

PreparedRequest Prepare(AppendRequest request) {
  PreparedRequest prepared{.request = std::move(request), .salts = {}, .digests = {}};
  for (const auto& write : prepared.request.writes) {
    ENSURE(!write.stream.empty(), "a write names its stream");
    for (const auto& event : write.events) {
      prepared.salts.push_back(NewSalt());
      prepared.digests.push_back(DataDigest(prepared.salts.back(), event.data));
    }
  }
  ENSURE(!prepared.request.command || !prepared.request.command->id.empty(),
         "a command record has an id");
  return prepared;
}

BatchPlan::BatchPlan(LogId log, BatchState state, Instant now)
    : log_(log), state_(std::move(state)), recorded_at_(std::max(now, state_.head.recorded_at)) {}

AppendResult BatchPlan::Add(const PreparedRequest& prepared) {
  const auto& request = prepared.request;
  ENSURE(request.log == log_, "a plan is for one log");
  if (request.command) {
    const auto known = state_.commands.find({request.command->actor, request.command->id});
    if (known != state_.commands.end()) return known->second;
  }
  if (auto conflict = FindConflict(request)) return *std::move(conflict);
  Appended result;
  result.epoch = state_.head.epoch;
  result.recorded_at = recorded_at_;
  Accept(prepared, result);
  if (request.command) {
    CommandKnown known{*request.command, result};
    rows_.commands.push_back(known);
    known.result.repeated = true;
    state_.commands.emplace(CommandKey{request.command->actor, request.command->id}, known);
  }
  return result;
}

BatchRows BatchPlan::TakeRows() {
  for (const auto& [stream, from] : before_) {
    rows_.streams.push_back({stream, from, state_.versions.at(stream)});
  }
  rows_.head = state_.head;
  return std::move(rows_);
}

Version BatchPlan::VersionOf(const StreamId& stream) const {
  const auto found = state_.versions.find(stream);
  return found == state_.versions.end() ? Version{} : found->second;
}

std::optional<VersionConflict> BatchPlan::FindConflict(const AppendRequest& request) const {
  std::map<StreamId, Version> moved;
  for (const auto& write : request.writes) {
    const auto earlier = moved.find(write.stream);
    const Version actual = earlier == moved.end() ? VersionOf(write.stream) : earlier->second;
    if (!Meets(write.expected, actual)) {
      return VersionConflict{write.stream, write.expected, actual};
    }
    moved[write.stream] = Version{actual.value + static_cast<std::int64_t>(write.events.size())};
  }
  return std::nullopt;
}

void BatchPlan::Accept(const PreparedRequest& prepared, Appended& result) {
  const Position before = state_.head.position;
  std::size_t index = 0;
  for (const auto& write : prepared.request.writes) {
    if (write.events.empty()) continue;
    Version version = VersionOf(write.stream);
    before_.try_emplace(write.stream, version);
    for (const auto& event : write.events) {
      RecordedEvent recorded;
      static_cast<NewEvent&>(recorded) = event;
      recorded.position = state_.head.position = state_.head.position.Next();
      recorded.stream = write.stream;
      recorded.version = version = version.Next();
      recorded.recorded_at = state_.head.recorded_at = recorded_at_;
      recorded.salt = prepared.salts[index];
      recorded.data_digest = prepared.digests[index];
      recorded.leaf_hash = LeafHash(log_, recorded);
      rows_.events.push_back(std::move(recorded));
      ++index;
    }
    state_.versions[write.stream] = version;
    if (result.stream.empty()) result.stream = write.stream;
  }
  ENSURE(index == prepared.salts.size(), "every event has a salt");
  const bool wrote = before < state_.head.position;
  result.first = wrote ? before.Next() : before;
  result.last = state_.head.position;
  if (wrote) result.version = VersionOf(result.stream);
}

}  // namespace docket
