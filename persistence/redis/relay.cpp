#include "persistence/redis/relay.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/cloud_event.hpp"

namespace docket {

namespace {

constexpr std::string_view kLastId = "last-generated-id";

std::string_view NameOfLog(LogId log) { return log == LogId::kCases ? "cases" : "access"; }

Position PositionOfId(const std::string& id) {
  std::int64_t position = 0;
  const auto read = std::from_chars(id.data(), id.data() + id.size(), position);
  const bool ours = read.ec == std::errc{} && std::string_view(read.ptr) == "-0";
  if (!ours)
    throw RedisError(fmt::format("the stream ends with the id {}, which is no position", id));
  return Position{position};
}

/// Of the flat list that XINFO STREAM answers with.
Position EndOf(const RedisReply& info) {
  for (std::size_t i = 0; i + 1 < info.elements.size(); i += 2) {
    if (info.elements[i].text == kLastId) return PositionOfId(info.elements[i + 1].text);
  }
  throw RedisError("XINFO STREAM names no last id");
}

void ThrowIfError(const RedisReply& reply) {
  if (reply.IsError()) throw RedisRefused("redis: the relay was refused: " + reply.text);
}

}  // namespace

RelayKeys RelayKeysOf(const std::string& prefix, LogId log, const Epoch& epoch) {
  const auto name = NameOfLog(log);
  return {.stream = fmt::format("{}:{}:{}", prefix, name, epoch.value),
          .epoch = fmt::format("{}:{}:epoch", prefix, name)};
}

RedisCommand EntryFields(const RecordedEvent& event, LogId log, const Epoch& epoch) {
  RedisCommand fields;
  EachCloudAttribute({event, log, epoch},
                     [&](const CloudAttribute& attribute, const std::string& value) {
                       fields.emplace_back(attribute.name);
                       fields.push_back(value);
                     });
  return fields;
}

Relay::Relay(const EventLog& log, RedisConnection redis, RelayOptions options)
    : log_(log), redis_(std::move(redis)), options_(std::move(options)) {}

std::size_t Relay::RunOnce() {
  const Head head = log_.ReadHead(options_.log);
  if (head.epoch != epoch_ || redis_.Session() != session_) BeginEpoch(head.epoch);
  const std::string stream = RelayKeysOf(options_.prefix, options_.log, epoch_).stream;
  const Position end = WatchEnd(stream, head);
  NoticeLoss(end);
  relayed_to_ = end;
  const Position after = end.value == 0 ? options_.start_after : end;
  const auto events = log_.ReadLog(options_.log, after, options_.batch_events_max);
  // The epoch may have changed since: these events would then belong to another stream.
  if (log_.ReadHead(options_.log).epoch != epoch_) return 0;
  if (events.empty() || !Add(stream, events)) return 0;
  relayed_to_ = events.back().position;
  return events.size();
}

void Relay::BeginEpoch(const Epoch& epoch) {
  const auto keys = RelayKeysOf(options_.prefix, options_.log, epoch);
  redis_.Run({"SET", keys.epoch, epoch.value});
  session_ = redis_.Session();
  if (epoch_ == epoch) return;
  epoch_ = epoch;
  relayed_to_ = Position{};
}

Position Relay::WatchEnd(const std::string& stream, const Head& head) {
  const auto replies = redis_.RunAll({{"UNWATCH"}, {"WATCH", stream}, {"XINFO", "STREAM", stream}});
  ThrowIfError(replies[1]);
  if (replies[2].text.starts_with("ERR no such key")) return Position{};
  ThrowIfError(replies[2]);
  const Position end = EndOf(replies[2]);
  // Another relay may have read a later head.
  if (end <= head.position || end <= log_.ReadHead(options_.log).position) return end;
  // No epoch was minted, and still the log is not the one that was copied. To go on would mix two
  // histories in one stream.
  throw RedisError(fmt::format("{} ends at {}, beyond the head of the log", stream, end.value));
}

void Relay::NoticeLoss(Position end) {
  if (end >= relayed_to_) return;
  options_.report({NoticeLevel::kWarning, "relay",
                   fmt::format("redis lost entries: the stream ends at {} and had come to {}; they "
                               "are copied again",
                               end.value, relayed_to_.value)});
  // Whoever lost the stream has lost the name of the epoch, too.
  BeginEpoch(epoch_);
}

bool Relay::Add(const std::string& stream, const std::vector<RecordedEvent>& events) {
  std::vector<RedisCommand> commands = {{"MULTI"}};
  for (const auto& event : events) {
    RedisCommand add = {"XADD", stream, fmt::format("{}-0", event.position.value)};
    auto fields = EntryFields(event, options_.log, epoch_);
    std::move(fields.begin(), fields.end(), std::back_inserter(add));
    commands.push_back(std::move(add));
  }
  if (options_.entries_max) {
    commands.push_back({"XTRIM", stream, "MAXLEN", "~", std::to_string(*options_.entries_max)});
  }
  commands.push_back({"EXEC"});
  const auto replies = redis_.RunAll(commands);
  if (replies.back().kind == RedisReply::Kind::kNothing) return false;
  for (const auto& reply : replies) ThrowIfError(reply);
  for (const auto& reply : replies.back().elements) ThrowIfError(reply);
  return true;
}

}  // namespace docket
