#include "persistence/batch_plan.hpp"

#include <algorithm>
#include <array>
#include <set>

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
  PreparedRequest prepared{.request = std::move(request), .evidence = {}};
  for (const auto& write : prepared.request.writes) {
    ENSURE(!write.stream.empty(), "a write names its stream");
    for (const auto& event : write.events) {
      std::string salt = NewSalt();
      std::string digest = DataDigest(salt, event.data);
      LeafDraft leaf(prepared.request.log, event, write.stream, digest);
      prepared.evidence.push_back({std::move(salt), std::move(digest), std::move(leaf)});
    }
  }
  ENSURE(!prepared.request.command || !prepared.request.command->id.empty(),
         "a command record has an id");
  return prepared;
}

BatchPlan::BatchPlan(LogId log, BatchState state, Instant now, std::string batch)
    : log_(log), state_(std::move(state)), recorded_at_(std::max(now, state_.head.recorded_at)) {
  rows_.before = state_.head;
  state_.head.batch = std::move(batch);
}

AppendResult BatchPlan::Add(const PreparedRequest& prepared) {
  const auto& request = prepared.request;
  ENSURE(request.log == log_, "a plan is for one log");
  if (auto stored = FindStored(request)) return *std::move(stored);
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

std::optional<Appended> BatchPlan::FindStored(const AppendRequest& request) const {
  if (state_.stored.empty()) return std::nullopt;
  std::optional<Appended> result;
  for (const auto& write : request.writes) {
    for (const auto& event : write.events) {
      const auto found = state_.stored.find(event.id);
      // A batch is stored whole or not at all.
      if (found == state_.stored.end()) return std::nullopt;
      const StoredEvent& stored = found->second;
      if (!result) {
        result = Appended{.epoch = state_.head.epoch,
                          .first = stored.position,
                          .last = stored.position,
                          .recorded_at = stored.recorded_at,
                          .stream = stored.stream,
                          .version = stored.version};
      }
      result->last = stored.position;
      if (stored.stream == result->stream) result->version = stored.version;
    }
  }
  return result;
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
      const auto& evidence = prepared.evidence[index];
      recorded.salt = evidence.salt;
      recorded.data_digest = evidence.digest;
      recorded.leaf_hash = evidence.leaf.Hash(recorded.position, version, recorded_at_);
      state_.head.tree.Add(recorded.leaf_hash);
      rows_.events.push_back(std::move(recorded));
      ++index;
    }
    state_.versions[write.stream] = version;
    if (result.stream.empty()) result.stream = write.stream;
  }
  ENSURE(index == prepared.evidence.size(), "every event has its evidence");
  const bool wrote = before < state_.head.position;
  result.first = wrote ? before.Next() : before;
  result.last = state_.head.position;
  if (wrote) result.version = VersionOf(result.stream);
}

void WriterMemory::Confirm(const BatchRows& rows) {
  ++batches_;
  if (!head_ || *head_ != rows.before) alone_since_ = batches_;
  head_ = rows.head;
  for (const auto& move : rows.streams) versions_[move.stream] = {move.to, batches_};
  if (versions_.size() > streams_max_) Trim();
}

void WriterMemory::Forget() {
  head_.reset();
  versions_.clear();
}

std::optional<BatchState> WriterMemory::Recall(
    const std::vector<const AppendRequest*>& requests) const {
  if (!head_) return std::nullopt;
  auto versions = Assume(requests, true);
  if (!versions) return std::nullopt;
  BatchState state;
  state.head = *head_;
  state.versions = *std::move(versions);
  return state;
}

std::optional<std::map<StreamId, Version>> WriterMemory::Believe(
    const std::vector<const AppendRequest*>& requests) const {
  return Assume(requests, false);
}

std::optional<std::map<StreamId, Version>> WriterMemory::Assume(
    const std::vector<const AppendRequest*>& requests, bool is_last_head) const {
  std::map<StreamId, Version> versions;
  std::set<StreamId> seen;
  for (const AppendRequest* request : requests) {
    for (const auto& write : request->writes) {
      if (!seen.insert(write.stream).second) continue;
      const auto version = Assume(write, is_last_head);
      if (!version) return std::nullopt;
      if (version->value > 0) versions.emplace(write.stream, *version);
    }
  }
  return versions;
}

std::optional<Version> WriterMemory::Assume(const StreamWrite& write, bool is_last_head) const {
  const auto known = versions_.find(write.stream);
  if (write.events.empty()) {
    // Only what a row is written for is checked by the store.
    const bool is_true =
        known != versions_.end() && is_last_head && known->second.used >= alone_since_;
    return is_true ? std::optional(known->second.version) : std::nullopt;
  }
  const Version remembered = known == versions_.end() ? Version{} : known->second.version;
  switch (write.expected.kind) {
    case ExpectedVersion::Kind::kNoStream: return remembered;
    case ExpectedVersion::Kind::kExact: return std::max(remembered, write.expected.version);
    default: break;
  }
  return known == versions_.end() ? std::nullopt : std::optional(remembered);
}

void WriterMemory::Trim() {
  // Half of them, the longest untouched, so that trimming is rare.
  std::vector<std::uint64_t> ages;
  ages.reserve(versions_.size());
  for (const auto& [stream, known] : versions_) ages.push_back(known.used);
  const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
  std::nth_element(ages.begin(), middle, ages.end());
  std::erase_if(versions_, [&](const auto& entry) { return entry.second.used <= *middle; });
}

}  // namespace docket
