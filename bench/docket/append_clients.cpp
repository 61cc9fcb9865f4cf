#include "bench/docket/append_clients.hpp"

#include "bench/docket/works.hpp"

namespace docket::bench {

namespace {

constexpr std::size_t kOpensEvery = 4;
constexpr std::size_t kVerifyPage = 2'000;
constexpr std::size_t kMacHexDigits = 64;

const std::string& CanonicalEvent() {
  static const std::string text = CanonicalJson(*ParseJson(EventText()));
  return text;
}

NewEvent MakeEvent(RandomIds& ids, const CommandId& command) {
  NewEvent event;
  event.id = EventId(ids.NewUuid());
  event.type = "complaint.accepted";
  event.occurred_at = Instant::FromMicros(1'750'000'000'000'000);
  event.actor = ActorId("intake-0001");
  event.recorded_by = event.actor;
  event.unit = UnitId("finance-330482");
  event.role = Role::kIntake;
  event.command_id = command;
  event.correlation = CorrelationId(command.value);
  event.region = RegionCode("330482");
  event.data = CanonicalEvent();
  return event;
}

}  // namespace

OpenedLog::OpenedLog(const std::string& url, StoreAccess access) {
  auto store = OpenStore({.url = url, .access = access, .owner = "docket_bench"});
  Check(store.has_value(), "{} is no store: {}", url, store ? "" : store.error().en);
  store_ = std::move(*store);
  log_ = store_->OpenLog(clock_);
}

AppendClient::AppendClient(StoreLog& log, RandomIds& ids, std::size_t events_each, unsigned seed)
    : log_(log), ids_(ids), events_each_(events_each), random_(seed) {}

AppendClient::Stream& AppendClient::Choose() {
  if (turn_++ % kOpensEvery == 0) {
    return streams_.emplace_back(Stream{StreamId("complaint-" + ids_.NewUuid()), Version{0}});
  }
  std::uniform_int_distribution<std::size_t> any(0, streams_.size() - 1);
  return streams_[any(random_)];
}

void AppendClient::AppendOnce() {
  Stream& stream = Choose();
  const CommandId command(ids_.NewUuid());
  StreamWrite write{stream.id,
                    stream.version.value == 0 ? ExpectedVersion::NoStream()
                                              : ExpectedVersion::Exactly(stream.version),
                    {}};
  for (std::size_t i = 0; i < events_each_; ++i) write.events.push_back(MakeEvent(ids_, command));
  const EventId first_event = write.events.front().id;
  AppendRequest request;
  request.writes.push_back(std::move(write));
  request.command = CommandRecord{ActorId("intake-0001"), command, KeyId("case-key"),
                                  std::string(kMacHexDigits, 'a')};
  const auto result = log_.Append(std::move(request));
  const auto* appended = std::get_if<Appended>(&result);
  Check(appended != nullptr && !appended->repeated, "an append without a rival was refused");
  const auto events = static_cast<std::int64_t>(events_each_);
  Check(appended->last.value - appended->first.value + 1 == events, "positions were left out");
  acknowledged_.push_back(
      {appended->first, stream.id, stream.version.Next(), first_event, command});
  stream.version = Version{stream.version.value + events};
  Check(appended->version == stream.version, "a stream is not at the version written");
}

std::size_t VerifyStored(const EventLog& log, Position before,
                         const std::vector<const AppendClient*>& clients) {
  std::map<Position, const AppendClient::Acknowledged*> missing;
  for (const auto* client : clients) {
    for (const auto& one : client->All()) {
      Check(missing.emplace(one.first, &one).second, "two commands were given one position");
    }
  }
  std::size_t read = 0;
  for (Position last = before;;) {
    const auto page = log.ReadLog(LogId::kCases, last, kVerifyPage);
    if (page.empty()) break;
    for (const auto& event : page) {
      Check(event.position == last.Next(), "position {} is missing", last.value + 1);
      last = event.position;
      const auto found = missing.find(event.position);
      if (found == missing.end()) continue;
      const auto& said = *found->second;
      Check(event.id == said.first_event && event.stream == said.stream &&
                event.version == said.version && event.command_id == said.command,
            "position {} holds something else than was acknowledged", last.value);
      missing.erase(found);
    }
    read += page.size();
  }
  Check(missing.empty(), "{} acknowledged commands are not stored", missing.size());
  return read;
}

}  // namespace docket::bench
