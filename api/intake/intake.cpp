#include "api/intake/intake.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"
#include "domain/json_view.hpp"
#include "workflows/clue/commands.hpp"
#include "workflows/data_check/data_check.hpp"
#include "workflows/data_push/events.hpp"
#include "workflows/data_push/states.hpp"
#include "workflows/engine/refusals.hpp"
#include "workflows/project/events.hpp"

namespace docket::intake {

namespace {

constexpr std::size_t kIdHexDigits = 32;
constexpr std::size_t kDefectsListedMax = 100;
/// Two intakes may open one project at the same time: the second then acts on it.
constexpr int kRecordAttemptsMax = 2;

/// Short enough for an id, and nobody finds another text with it.
std::string ShortHash(const std::string& text) { return Sha256Hex(text).substr(0, kIdHexDigits); }

template <class T>
std::vector<T> ListOfFacts(const Json& facts, const char* name) {
  const StoredJson text(CanonicalJson(facts.at(name)));
  auto list = Decode<std::vector<T>>(*text.View());
  if (!list) throw std::runtime_error(fmt::format("unreadable fact {}", name));
  return std::move(*list);
}

/// The members of the command are the message's.
std::string PlaceInMessage(const std::string& pointer) {
  constexpr std::string_view kRecord = "/data/record";
  constexpr std::string_view kData = "/data";
  if (pointer.starts_with(kRecord)) return pointer.substr(kRecord.size());
  if (pointer.starts_with(kData)) return "/body" + pointer.substr(kData.size());
  return pointer;
}

Outcome OutcomeOf(const Rejection& why) {
  if (why.code == "record_known") return Outcome::kDuplicate;
  const bool conflicts = why.code == "digest_mismatch" ||
                         why.code == "superseded_content_differs" ||
                         why.code == "published_key_fixed" || why.code == "project_known";
  return conflicts ? Outcome::kConflict : Outcome::kRejected;
}

/// What the retry of a batch finds done already, though its time was another.
bool WasDone(const Rejection& refusal) { return refusal.code == kCommandIdReused.code; }

std::size_t PlaceOf(const Message& message) {
  const auto& all = MessageDefinitions();
  return message.definition == nullptr ? all.size()
                                       : static_cast<std::size_t>(message.definition - &all[0]);
}

}  // namespace

/// A batch under way.
struct Intake::Batch {
  const Sender& sender;
  std::optional<Connection> connection;
  BatchReport report{};
  std::vector<Message> messages{};
  DocumentDigest digest{};

  MessageReport& Of(const Message& message) { return report.messages[message.index]; }
  const MessageReport& Of(const Message& message) const { return report.messages[message.index]; }
};

/// Of a command that was done: a batch that opened a project finds it open when it comes again.
StreamId Intake::CaseOf(const CommandRequest& request) const {
  const auto known =
      ports_.engine.Ports().log.FindCommand(LogId::kCases, request.sender.id, request.command_id);
  return known ? known->result.stream : StreamId();
}

Expected<CommandOutcome> Intake::ByProcess(CommandRequest request) {
  request.sender = ProcessManagerActor();
  return ports_.engine.Execute(request);
}

std::optional<Connection> Intake::FindConnection(const UnitId& provider) const {
  const auto holder = ports_.engine.HolderOf(
      StreamId(fmt::format("{}-{}", data_push::kProviderRegistry, provider.value)));
  if (!holder) return std::nullopt;
  const auto model = ports_.engine.Load(*holder);
  if (!model) throw StoreError(fmt::format("{} cannot be read", holder->value));
  const Json facts = (*model)->Facts();
  return Connection{.case_id = *holder,
                    .state = facts.at("state").get<std::string>(),
                    .region = RegionCode(facts.at("region").get<std::string>()),
                    .is_down = facts.contains("down_since"),
                    .frequencies = ListOfFacts<data_push::Frequency>(facts, "frequencies"),
                    .keys = ListOfFacts<data_push::SigningKey>(facts, "keys")};
}

Expected<BatchReport> Intake::Take(const Sender& sender, const std::string& text,
                                   const std::vector<Expected<Json>>& messages,
                                   const std::string& route) {
  Batch batch{.sender = sender, .connection = FindConnection(sender.provider.id)};
  batch.report.batch = ShortHash(sender.provider.id.value + "\n" + text);
  batch.report.received_at = ports_.engine.Ports().clock.Now();
  batch.digest = DocumentDigest("sha256:" + Sha256Hex(text));
  std::set<std::string> ids;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    auto message = ReadMessage(i, messages[i], route);
    if (message.message_id && !ids.insert(*message.message_id).second && !message.wrong) {
      message.wrong = Rejection(RejectionKind::kInvalid, kMessageIdRepeated);
    }
    batch.report.messages.push_back({.index = i,
                                     .message = message.name,
                                     .message_id = message.message_id,
                                     .key = message.key});
    batch.messages.push_back(std::move(message));
  }
  const bool is_admitted =
      batch.connection && batch.connection->state == data_push::Admitted::kName;
  if (!is_admitted) return Quarantine(batch, text);

  // A project before its notices, whatever their order in the batch.
  std::vector<const Message*> in_order;
  for (const auto& message : batch.messages) in_order.push_back(&message);
  std::stable_sort(in_order.begin(), in_order.end(),
                   [](const Message* a, const Message* b) { return PlaceOf(*a) < PlaceOf(*b); });
  for (const Message* message : in_order) {
    if (auto refusal = Record(batch, *message)) return tl::unexpected(std::move(*refusal));
  }
  if (auto refusal = CountInConnection(batch)) return tl::unexpected(std::move(*refusal));
  return std::move(batch.report);
}

std::optional<Rejection> Intake::Record(Batch& batch, const Message& message) {
  const Instant now = batch.report.received_at;
  auto& report = batch.Of(message);
  report.why = message.wrong;
  if (!report.why) report.why = CheckAuthenticity(message, *batch.connection, now);
  if (report.why) return OpenCheck(batch, message);
  report.late = IsLate(message, *batch.connection, now);
  const auto command = CommandOf(message, batch.sender.provider.id);
  if (command.name.empty()) {
    report.outcome = Outcome::kAccepted;
    return std::nullopt;
  }
  const StreamId claim(fmt::format("{}-{}", project::kProjectRegistry, command.project.value));
  for (int attempt = 1; attempt <= kRecordAttemptsMax; ++attempt) {
    const auto holder = ports_.engine.HolderOf(claim);
    const bool opens = command.name == project::RecordProject::kName;
    if (!holder && !opens) {
      report.why = Rejection(RejectionKind::kRefused, kProjectNotRecorded);
      return OpenCheck(batch, message);
    }
    CommandRequest request;
    // The account that pushed, and no act of its own: only what is verified comes in this way.
    request.sender = {batch.sender.account, batch.sender.provider.id, {Role::kProcessManager}};
    request.command_id = CommandId(fmt::format("intake-{}-{}", batch.report.batch, message.index));
    if (holder) request.case_id = *holder;
    else request.workflow = "project";
    request.commands.push_back({command.name, command.data, std::nullopt, std::nullopt});
    const auto outcome = ports_.engine.Execute(request);
    if (outcome || WasDone(outcome.error())) {
      report.outcome = Outcome::kAccepted;
      report.case_id = outcome ? outcome->case_id : CaseOf(request);
      return std::nullopt;
    }
    if (outcome.error().kind == RejectionKind::kOverloaded) return outcome.error();
    report.why = outcome.error();
    if (holder) report.case_id = *holder;
    if (holder || outcome.error().code != project::kProjectKnown.code) break;
  }
  for (auto& field : report.why->fields) field.pointer = PlaceInMessage(field.pointer);
  report.outcome = OutcomeOf(*report.why);
  // Of another provider's project nothing is told.
  if (report.outcome == Outcome::kRejected) report.case_id = StreamId();
  return report.outcome == Outcome::kDuplicate ? std::nullopt : OpenCheck(batch, message);
}

std::optional<Rejection> Intake::OpenCheck(Batch& batch, const Message& message) {
  auto& report = batch.Of(message);
  const Rejection& why = *report.why;
  data_check::ReportFailure failure;
  failure.provider = batch.sender.provider.id;
  failure.region = batch.connection->region;
  failure.message_type = message.name;
  // What is no key in order may say anything: then its place says which record it was.
  failure.record_key =
      message.key.value_or(fmt::format("{}#{}", batch.report.batch, message.index));
  if (why.fields.empty()) failure.failures.emplace_back(fmt::format("{}：{}", why.code, why.zh));
  for (const auto& field : why.fields) {
    failure.failures.emplace_back(fmt::format("{}：{}（{}）", field.pointer, field.zh, field.code));
    if (failure.failures.size() == kListItemsMax) break;
  }
  CommandRequest request;
  request.workflow = data_check::DataCheck::kName;
  // The same fault of the same record is one check, in whichever batch it comes again.
  const Json about = {failure.provider.value, Encode(failure),
                      message.json.is_object() ? message.json.value("digest", Json()) : Json()};
  request.command_id = CommandId("intake-check-" + ShortHash(CanonicalJson(about)));
  request.commands.push_back(
      {std::string(data_check::ReportFailure::kName), Encode(failure), std::nullopt, std::nullopt});
  request.commands.push_back(
      {std::string(data_check::SendFeedback::kName), Json::object(), std::nullopt, std::nullopt});
  const auto outcome = ByProcess(std::move(request));
  if (!outcome) return outcome.error();
  report.check = outcome->case_id;
  return std::nullopt;
}

std::optional<Rejection> Intake::CountInConnection(const Batch& batch) {
  using data_push::DefectKind;
  struct Group {
    data_push::RecordBatch counts;
    std::map<DefectKind, std::vector<std::string>> defects{};
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  bool is_up = false;
  for (const auto& message : batch.messages) {
    const auto& report = batch.Of(message);
    auto& group = groups[{message.name, message.version}];
    const bool is_in =
        report.outcome == Outcome::kAccepted || report.outcome == Outcome::kDuplicate;
    is_up = is_up || report.outcome == Outcome::kAccepted;
    if (report.outcome == Outcome::kAccepted) ++group.counts.accepted;
    if (!is_in) ++group.counts.rejected;
    const std::string key = message.key.value_or(fmt::format("#{}", message.index));
    if (!is_in) group.defects[DefectOf(*report.why)].push_back(key);
    if (report.late && report.outcome == Outcome::kAccepted) {
      ++group.counts.late;
      group.defects[DefectKind::kTimeliness].push_back(key);
    }
  }
  for (auto& [of, group] : groups) {
    group.counts.batch = batch.report.batch;
    group.counts.message_type = of.first;
    group.counts.standard_version = of.second;
    group.counts.received_at = batch.report.received_at;
    group.counts.digest = batch.digest;
    CommandRequest request;
    request.case_id = batch.connection->case_id;
    request.command_id = CommandId(
        "intake-batch-" + ShortHash(batch.report.batch + "\n" + of.first + "\n" + of.second));
    const auto add = [&](const auto& command) {
      request.commands.push_back(
          {std::string(command.kName), Encode(command), std::nullopt, std::nullopt});
    };
    // Whatever comes through shows that the channel is open again.
    if (batch.connection->is_down && is_up) {
      add(data_push::RestoreChannel{batch.report.received_at});
      is_up = false;
    }
    add(group.counts);
    for (const auto& [kind, keys] : group.defects) {
      // Of which version a batch is, is judged with the batch.
      if (kind == DefectKind::kStandard) continue;
      std::string list;
      for (std::size_t i = 0; i < keys.size() && i < kDefectsListedMax; ++i) {
        list.append(i == 0 ? "" : "、").append(keys[i]);
      }
      add(data_push::RecordDefect{kind, of.first, keys.front(),
                                  PersonalText(fmt::format("{} 条：{}", keys.size(), list))});
    }
    const auto outcome = ByProcess(std::move(request));
    const bool is_busy = !outcome && outcome.error().kind == RejectionKind::kOverloaded;
    if (is_busy) return outcome.error();
    // Counted before, or the connection has moved on: what was taken in stays in.
  }
  return std::nullopt;
}

Expected<BatchReport> Intake::Quarantine(Batch& batch, const std::string& text) {
  for (auto& report : batch.report.messages) {
    report.outcome = Outcome::kQuarantined;
    report.why = Rejection(RejectionKind::kRefused, kPlatformNotAdmitted);
  }
  auto refusal = batch.connection ? NoteQuarantine(batch) : RaiseClue(batch, text);
  if (refusal) return tl::unexpected(std::move(*refusal));
  return std::move(batch.report);
}

std::optional<Rejection> Intake::NoteQuarantine(const Batch& batch) {
  const auto& first = batch.messages.front();
  const data_push::RecordBatch counts{.batch = batch.report.batch,
                                      .message_type = first.name,
                                      .standard_version = first.version,
                                      .received_at = batch.report.received_at,
                                      .rejected = static_cast<std::int64_t>(batch.messages.size()),
                                      .digest = batch.digest};
  CommandRequest request;
  request.case_id = batch.connection->case_id;
  request.command_id = CommandId("intake-quarantine-" + batch.report.batch);
  request.commands.push_back(
      {std::string(data_push::RecordBatch::kName), Encode(counts), std::nullopt, std::nullopt});
  const auto outcome = ByProcess(std::move(request));
  if (outcome || WasDone(outcome.error())) return std::nullopt;
  return outcome.error();
}

std::optional<Rejection> Intake::RaiseClue(Batch& batch, const std::string& text) {
  const auto& provider = batch.sender.provider;
  const std::string today = batch.report.received_at.ChinaDate().ToString();
  CommandRequest request;
  // One clue a day, with the first of what was pushed: a flood must not become one of clues.
  request.command_id = CommandId("intake-clue-" + ShortHash(provider.id.value + "\n" + today));
  const auto known = ports_.engine.Ports().log.FindCommand(LogId::kCases, ProcessManagerActor().id,
                                                           request.command_id);
  if (known) {
    batch.report.clue = known->result.stream;
    return std::nullopt;
  }
  std::size_t read = 0;
  const auto kept = ports_.documents.Receive(
      {.owner = ProcessManagerActor().id,
       .media_type = "application/json",
       .bytes = static_cast<std::int64_t>(text.size())},
      [&](std::size_t bytes) -> Expected<std::string> {
        std::string part = text.substr(read, bytes);
        read += part.size();
        return part;
      },
      [](std::string_view) -> Expected<void> { return {}; });
  clue::Receive receive;
  receive.source_kind = clue::SourceKind::kMachine;
  receive.region = provider.region;
  receive.content = PersonalText(fmt::format(
      "未接入的系统推送数据：单位 {}（{}），账号 {}，{} 条消息，摘要值 {}", provider.name,
      provider.id.value, batch.sender.account.value, batch.messages.size(), batch.digest.value));
  if (kept) receive.evidence = {{batch.digest, PersonalText("推送内容.json")}};
  request.workflow = "clue";
  request.commands.push_back(
      {std::string(clue::Receive::kName), Encode(receive), std::nullopt, std::nullopt});
  const auto outcome = ByProcess(std::move(request));
  if (!outcome && !WasDone(outcome.error())) return outcome.error();
  if (outcome) batch.report.clue = outcome->case_id;
  ports_.keeper.Wake();
  return std::nullopt;
}

}  // namespace docket::intake
