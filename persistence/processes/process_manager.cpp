#include "persistence/processes/process_manager.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/json_view.hpp"

namespace docket {

namespace {

constexpr std::int64_t kUnwrittenPlacesMax = 10'000;
constexpr auto kRefusalMacKey = "log/commands";
/// The id of a command is already another's: an earlier version of the table gave it.
constexpr std::string_view kGivenBefore = "command_id_reused";

constexpr std::string_view kUnreadable = "event_unreadable";

bool IsHistory(const CaseModel& model) {
  const auto flags = model.Summary().flags;
  return std::find(flags.begin(), flags.end(), kRecordedHistoryFlag) != flags.end();
}

CommandId IdOf(const Link& link, const RecordedEvent& event, std::size_t number) {
  return CommandId(fmt::format("link-{}-{}-{}", link.name, event.id.value, number));
}

}  // namespace

ProcessManager::ProcessManager(const Ports& ports, Options options)
    : ports_(ports),
      options_(std::move(options)),
      loop_(ports.leases,
            {.lease = std::string(kLease), .poll = options_.poll, .report = options_.report},
            [this](const Lease& lease) { Round(lease); }) {}

void ProcessManager::Round(const Lease& lease) {
  ReadLog(lease.Token(), [this] { return loop_.Holds(); });
}

void ProcessManager::Start() {
  const Head head = ports_.log.ReadHead(LogId::kCases);
  ports_.progress.BeginAt({head.epoch, head.position});
  loop_.Start();
}

std::int64_t ProcessManager::CatchUp() {
  const auto lease = ports_.leases.TryTake(kLease);
  if (lease == nullptr) throw StoreError("another process carries the links out");
  const auto before = given_;
  ReadLog(lease->Token(), [] { return true; });
  return given_ - before;
}

void ProcessManager::Begin(std::int64_t token) {
  const auto epochs = ports_.log.ReadEpochs(LogId::kCases);
  if (place_token_ != token) {
    place_ = ports_.progress.Read().value_or(LogPlace{epochs.back().epoch, {}});
    written_ = place_.position;
    place_token_ = token;
  }
  place_ = BeforeForks(place_, epochs);
}

bool ProcessManager::ReadLog(std::int64_t token, const std::function<bool()>& goes_on) {
  Begin(token);
  for (;;) {
    const auto page = ports_.log.ReadLog(LogId::kCases, place_.position, options_.page_events);
    if (page.empty()) return true;
    const auto decided_before = decided_;
    for (const auto& event : page) {
      if (!goes_on() || !Follow(event, token)) return false;
      place_.position = event.position;
    }
    // What begins no link is read again after a crash, rather than each step written down.
    const bool is_far = place_.position.value - written_.value >= kUnwrittenPlacesMax;
    if (decided_ == decided_before && !is_far) continue;
    if (!WritePlace(token)) return false;
  }
}

bool ProcessManager::WritePlace(std::int64_t token) {
  if (!ports_.progress.MoveTo(place_, token)) return false;
  written_ = place_.position;
  options_.on_step("moved");
  return true;
}

bool ProcessManager::Follow(const RecordedEvent& event, std::int64_t token) {
  std::unique_ptr<CaseModel> read;
  const std::function<const CaseModel&()> model = [&]() -> const CaseModel& {
    if (!read) {
      auto loaded = ports_.engine.Load(event.stream, {std::nullopt, event.position});
      if (!loaded) throw StoreError(fmt::format("{} cannot be read", event.stream.value));
      read = std::move(*loaded);
    }
    return *read;
  };
  for (const Link& link : ports_.links) {
    if (!link.BeginsWith(event)) continue;
    const StoredJson data(event.data);
    if (!data.View()) throw StoreError(fmt::format("{} cannot be read", event.position.value));
    const auto commands = CommandsOf(link, {event, *data.View(), model});
    for (std::size_t i = 0; i < commands.size(); ++i) {
      ++decided_;
      const auto target = TargetOf(link, commands[i]);
      if (target && IsHistory(model())) continue;
      // Otherwise, after a crash, it would be decided again on what this command changes.
      const bool left_no_trace = written_ < came_late_ && came_late_ <= place_.position;
      if (target && left_no_trace && !WritePlace(token)) return false;
      if (!target || !Give(link, event, i, commands[i], *target)) came_late_ = event.position;
    }
  }
  return true;
}

std::optional<StreamId> ProcessManager::TargetOf(const Link& link,
                                                 const LinkedCommand& command) const {
  if (link.opens) return StreamId();
  if (command.claim.empty()) return command.case_id;
  return ports_.engine.HolderOf(command.claim);
}

std::vector<LinkedCommand> ProcessManager::CommandsOf(const Link& link, const LinkCause& cause) {
  try {
    return link.commands(cause);
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception&) {
    // One event that cannot be read must not hold up all that comes after it.
    CommandRequest unread;
    unread.command_id = IdOf(link, cause.event, 0);
    NoteRefusal(link, cause.event, unread, std::string(kUnreadable));
    return {};
  }
}

bool ProcessManager::Give(const Link& link, const RecordedEvent& event, std::size_t number,
                          const LinkedCommand& command, const StreamId& target) {
  CommandRequest request;
  request.sender = ProcessManagerActor();
  request.command_id = IdOf(link, event, number);
  request.correlation = event.correlation;
  request.causation = event.id;
  request.case_id = target;
  if (link.opens) request.workflow = link.workflow;
  request.commands.assign(1, {});
  request.commands.front().name = link.command;
  request.commands.front().data = command.data;
  const auto outcome = ports_.engine.Execute(request);
  if (outcome) {
    if (!outcome->repeated) ++given_;
    options_.on_step("given");
    return true;
  }
  if (outcome.error().kind == RejectionKind::kOverloaded) throw StoreError(outcome.error().en);
  if (link.may_come_late) return false;
  if (outcome.error().code != kGivenBefore) {
    NoteRefusal(link, event, request, outcome.error().code);
  }
  if (link.otherwise.empty() || !WasRefused(request.command_id)) return true;
  request.workflow.clear();
  request.case_id = event.stream;
  request.command_id = CommandId(request.command_id.value + "-otherwise");
  request.commands.front().name = link.otherwise;
  request.commands.front().data = command.otherwise;
  ports_.engine.Execute(request);
  return true;
}

bool ProcessManager::WasRefused(const CommandId& id) const {
  const auto known = ports_.log.FindCommand(LogId::kCases, ProcessManagerActor().id, id);
  return known && known->result.stream == StreamId(std::string(kStream));
}

void ProcessManager::NoteRefusal(const Link& link, const RecordedEvent& event,
                                 const CommandRequest& request, const std::string& code) {
  const LinkRefused refused{.link = std::string(link.name),
                            .from = event.stream,
                            .event = event.id,
                            .target = request.case_id,
                            .command = std::string(link.command),
                            .code = code};
  const auto& ports = ports_.engine.Ports();
  NewEvent noted;
  noted.id = EventId(ports.ids.NewUuid());
  noted.type = LinkRefused::kType;
  noted.occurred_at = ports.clock.Now();
  noted.actor = noted.recorded_by = ProcessManagerActor().id;
  noted.unit = ProcessManagerActor().unit;
  noted.role = Role::kProcessManager;
  noted.command_id = request.command_id;
  noted.correlation = event.correlation;
  noted.causation = event.id;
  noted.region = event.region;
  noted.confidentiality = event.confidentiality;
  noted.virtual_clock = ports.clock.IsVirtual();
  noted.data = CanonicalJson(Encode(refused));
  AppendRequest append;
  append.writes.push_back(
      {StreamId(std::string(kStream)), ExpectedVersion::Any(), {std::move(noted)}});
  // Whoever comes second finds it written.
  append.command =
      CommandRecord{ProcessManagerActor().id, request.command_id, KeyId(kRefusalMacKey),
                    ports_.keys.Authenticate(KeyId(kRefusalMacKey), request.command_id.value)};
  ports_.log.Append(std::move(append));
  options_.report({NoticeLevel::kWarning, std::string(kLease),
                   fmt::format("{} was refused: {}", refused.link, refused.code)});
}

}  // namespace docket
