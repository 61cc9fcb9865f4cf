#include "workflows/engine/case_engine.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "workflows/engine/deadline_keeper.hpp"
#include "workflows/engine/drafting.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

constexpr std::size_t kReadPage = 500;
constexpr std::size_t kCommandIdMax = 128;

bool IsValidCommandId(const CommandId& id) {
  return !id.empty() && id.value.size() <= kCommandIdMax &&
         std::all_of(id.value.begin(), id.value.end(), [](char c) { return c > ' ' && c < 127; });
}

/// What a command id stands for: everything that decides about the result.
std::string ContentOf(const CommandRequest& request) {
  Json commands = Json::array();
  for (const auto& command : request.commands) commands.push_back(Encode(command));
  return CanonicalJson(
      {{"workflow", request.workflow}, {"case_id", request.case_id.value}, {"commands", commands}});
}

bool IsAfter(const RecordedEvent& event, const AsOf& as_of) {
  return (as_of.recorded_at && event.recorded_at > *as_of.recorded_at) ||
         (as_of.position && event.position > *as_of.position);
}

CommandOutcome OutcomeOf(const CaseModel& model, const StreamId& case_id, const Appended& appended,
                         const std::vector<NewEvent>& events) {
  CommandOutcome outcome;
  outcome.case_id = case_id;
  outcome.version = model.Version();
  outcome.people_version = model.PeopleVersion();
  outcome.epoch = appended.epoch;
  outcome.position = appended.last;
  outcome.state = model.State();
  outcome.correlation = model.Correlation();
  for (const auto& event : events) outcome.events.push_back(event.type);
  outcome.repeated = appended.repeated;
  return outcome;
}

/// One request on its way through the engine.
class Execution {
 public:
  Execution(const CaseEngine& engine, const CommandRequest& request)
      : engine_(engine), ports_(engine.Ports()), request_(request) {}

  Expected<CommandOutcome> Run() {
    if (auto refusal = CheckRequest()) return tl::unexpected(std::move(*refusal));
    // Opening a case makes keys for its data subjects: not for one that already exists.
    if (request_.case_id.empty()) {
      if (const auto known = FindCommand()) return Repeat(*known);
    }
    for (int attempt = 0; attempt < kDecideAttemptsMax; ++attempt) {
      auto drafting = DecideUnlessErased();
      if (!drafting) {
        // The log asks for the id before anything else, but a refusal never reaches the log.
        if (const auto known = FindCommand()) return Repeat(*known);
        return tl::unexpected(std::move(drafting.error()));
      }
      auto result = ports_.log.Append(RequestFor(*drafting));
      if (const auto* appended = std::get_if<Appended>(&result)) {
        auto outcome = OutcomeOf(drafting->Model(), case_id_, *appended, drafting->Events());
        drafting->Keep(ports_.recent);
        return outcome;
      }
      if (const auto* known = std::get_if<CommandKnown>(&result)) return Repeat(*known);
      ports_.recent.Drop(case_id_);
    }
    return Refuse(RejectionKind::kOverloaded, kContention);
  }

 private:
  std::optional<Rejection> CheckRequest() {
    command_id_ =
        request_.command_id.empty() ? CommandId(ports_.ids.NewUuid()) : request_.command_id;
    if (!IsValidCommandId(command_id_))
      return Rejection(RejectionKind::kInvalid, kCommandIdInvalid);
    if (request_.commands.empty()) return Rejection(RejectionKind::kInvalid, kNoCommand);
    if (request_.commands.size() > kCommandsMax) {
      return Rejection(RejectionKind::kInvalid, kTooManyCommands);
    }
    const bool opens = request_.case_id.empty();
    workflow_ = opens ? FindWorkflow(request_.workflow) : WorkflowOf(request_.case_id);
    if (workflow_ == nullptr) {
      return Rejection(RejectionKind::kNotFound, opens ? kUnknownWorkflow : kUnknownCase);
    }
    case_id_ = opens ? StreamId(request_.workflow + "-" + ports_.ids.NewUuid()) : request_.case_id;
    return std::nullopt;
  }

  std::optional<CommandKnown> FindCommand() const {
    // An id that was made here has never been used.
    if (request_.command_id.empty()) return std::nullopt;
    return ports_.log.FindCommand(LogId::kCases, request_.sender.id, command_id_);
  }

  /// The first result again, when the content is the same. A digest whose key died with its data
  /// subject can no longer be compared: then the id alone decides, and nothing is written.
  Expected<CommandOutcome> Repeat(const CommandKnown& known) {
    const auto mac = ports_.keys.Reauthenticate(known.record.mac_key, ContentOf(request_));
    if (mac && *mac != known.record.content_mac) {
      return Refuse(RejectionKind::kConflict, kCommandIdReused);
    }
    auto model = engine_.Load(known.result.stream, {std::nullopt, known.result.last});
    if (!model) return tl::unexpected(std::move(model.error()));
    auto outcome = OutcomeOf(**model, known.result.stream, known.result, {});
    outcome.repeated = true;
    return outcome;
  }

  /// Nothing is sealed under the key of somebody who was erased.
  Expected<Drafting> DecideUnlessErased() {
    try {
      return Decide();
    } catch (const KeyDestroyed&) {
      return Refuse(RejectionKind::kRefused, kSubjectErased);
    }
  }

  Expected<Drafting> Decide() {
    if (request_.case_id.empty()) return DecideOn(workflow_->NewCase());
    if (auto cached = ports_.recent.Find(case_id_)) {
      auto drafting = DecideOn(std::move(cached));
      // Nothing checks a refusal afterwards: it needs the case as it is now.
      if (drafting) return drafting;
    }
    auto loaded = engine_.Load(case_id_);
    if (!loaded) return tl::unexpected(std::move(loaded.error()));
    return DecideOn(std::move(*loaded));
  }

  Expected<Drafting> DecideOn(std::unique_ptr<CaseModel> model) {
    if (request_.admit) {
      if (auto refusal = request_.admit(*model)) return tl::unexpected(std::move(*refusal));
    }
    if (request_.if_people_version && *request_.if_people_version != model->PeopleVersion()) {
      return Refuse(RejectionKind::kConflict, kStaleVersion);
    }
    Drafting drafting(ports_, *workflow_, case_id_, std::move(model), command_id_);
    drafting.Correlate(request_.correlation);
    drafting.CausedBy(request_.causation);
    for (std::size_t i = 0; i < request_.commands.size(); ++i) {
      auto refusal = drafting.Act(request_.sender, request_.commands[i]);
      if (!refusal) continue;
      const std::string place =
          request_.commands.size() == 1 ? "" : PointerTo("/commands", std::to_string(i));
      for (auto& field : refusal->fields) field.pointer = place + field.pointer;
      if (refusal->fields.empty() && !place.empty()) {
        refusal->fields.push_back({place, refusal->code, refusal->zh, refusal->en});
      }
      return tl::unexpected(std::move(*refusal));
    }
    return drafting;
  }

  AppendRequest RequestFor(const Drafting& drafting) {
    AppendRequest append;
    append.writes = drafting.Writes();
    const KeyId mac_key = drafting.MacKey();
    append.command = CommandRecord{request_.sender.id, command_id_, mac_key,
                                   ports_.keys.Authenticate(mac_key, ContentOf(request_))};
    return append;
  }

  const CaseEngine& engine_;
  const EnginePorts& ports_;
  const CommandRequest& request_;
  CommandId command_id_;
  StreamId case_id_;
  const Workflow* workflow_ = nullptr;
};

/// Facts of time of one case, on their way into the log.
class Passing {
 public:
  enum class What { kTimePassed, kRescheduled };

  Passing(const EnginePorts& ports, const StreamId& case_id, std::unique_ptr<CaseModel> model,
          What what = What::kTimePassed)
      : keys_(ports.keys),
        case_id_(case_id),
        // Deterministic: two that see the same case issue the same command.
        command_id_(fmt::format("{}-{}-{}", what == What::kTimePassed ? "tick" : "reschedule",
                                case_id.value, model->Version().value)),
        drafting_(ports, *WorkflowOf(case_id), case_id, std::move(model), command_id_) {
    if (what == What::kTimePassed) drafting_.PassTime(ports.clock.Now());
    else drafting_.Reschedule(ports.clock.Now());
  }

  /// Nothing was due.
  bool IsEmpty() const { return drafting_.Events().empty(); }
  AppendRequest Request() const {
    AppendRequest append;
    append.writes = drafting_.Writes();
    append.command = CommandRecord{ClockActor().id, command_id_, drafting_.MacKey(),
                                   keys_.Authenticate(drafting_.MacKey(), command_id_.value)};
    return append;
  }
  CommandOutcome Finish(const Appended& appended, RecentCases& recent) {
    auto outcome = OutcomeOf(drafting_.Model(), case_id_, appended, drafting_.Events());
    drafting_.Keep(recent);
    return outcome;
  }

 private:
  SubjectKeys& keys_;
  StreamId case_id_;
  CommandId command_id_;
  Drafting drafting_;
};

std::optional<Rejection> UnknownUnless(bool is_known) {
  if (is_known) return std::nullopt;
  return Rejection(RejectionKind::kNotFound, kUnknownCase);
}

std::unique_ptr<CaseModel> Fold(const std::vector<RecordedEvent>& events) {
  auto model = WorkflowOf(events.front().stream)->NewCase();
  for (const auto& event : events) model->Apply(event);
  return model;
}

/// What `run` says went wrong, or the exception that it threw; empty: nothing. A failure of the
/// store concerns every case and is passed on.
template <class Run>
std::string FailureOf(const Run& run) {
  try {
    return run();
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

bool DocumentDigest::IsWellFormed() const {
  constexpr std::string_view kPrefix = "sha256:";
  constexpr std::size_t kHexDigits = 64;
  if (value.size() != kPrefix.size() + kHexDigits || !value.starts_with(kPrefix)) return false;
  return std::all_of(value.begin() + kPrefix.size(), value.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Expected<CommandOutcome> CaseEngine::Execute(const CommandRequest& request) {
  return Execution(*this, request).Run();
}

namespace {

/// Appends, and looks again where somebody else was first.
Expected<std::optional<CommandOutcome>> Pass(const CaseEngine& engine, const StreamId& case_id,
                                             Passing::What what) {
  const EnginePorts& ports = engine.Ports();
  for (int attempt = 0; attempt < kDecideAttemptsMax; ++attempt) {
    auto model = engine.Load(case_id);
    if (!model) return tl::unexpected(std::move(model.error()));
    Passing passing(ports, case_id, std::move(*model), what);
    if (passing.IsEmpty()) return std::optional<CommandOutcome>();
    const auto result = ports.log.Append(passing.Request());
    if (const auto* appended = std::get_if<Appended>(&result)) {
      return std::optional(passing.Finish(*appended, ports.recent));
    }
    if (std::holds_alternative<CommandKnown>(result)) return std::optional<CommandOutcome>();
  }
  return Refuse(RejectionKind::kOverloaded, kContention);
}

}  // namespace

Expected<std::optional<CommandOutcome>> CaseEngine::Tick(const StreamId& case_id) {
  return Pass(*this, case_id, Passing::What::kTimePassed);
}

Expected<std::optional<CommandOutcome>> CaseEngine::Reschedule(const StreamId& case_id) {
  return Pass(*this, case_id, Passing::What::kRescheduled);
}

Expected<std::vector<CaseEngine::Moved>> CaseEngine::Reschedulable(const StreamId& case_id) const {
  const auto model = Load(case_id);
  if (!model) return tl::unexpected(model.error());
  const auto summary = (*model)->Summary();
  const auto calendar = ports_.calendars.Current();
  const auto& clocks = (*model)->Clocks();
  std::vector<Moved> moved;
  for (auto& to :
       docket::Reschedule(clocks, {WorkflowOf(case_id)->Rules(), *calendar, summary.profile,
                                   summary.region, ports_.clock.Now()})) {
    const auto from = std::find_if(clocks.All().begin(), clocks.All().end(),
                                   [&](const auto& clock) { return clock.clock == to.clock; });
    moved.push_back({*from, std::move(to)});
  }
  return moved;
}

std::vector<CaseEngine::Ticked> CaseEngine::TickAll(const std::vector<StreamId>& case_ids) {
  std::vector<Ticked> ticked;
  for (const auto& case_id : case_ids) ticked.push_back({case_id, std::nullopt, {}});
  const auto again = TickTogether(ticked);
  for (const std::size_t i : again) {
    ticked[i].failure = FailureOf([&] {
      auto outcome = Tick(ticked[i].case_id);
      if (!outcome) return outcome.error().code;
      ticked[i].outcome = std::move(*outcome);
      return std::string();
    });
  }
  return ticked;
}

std::vector<std::size_t> CaseEngine::TickTogether(std::vector<Ticked>& ticked) {
  std::vector<std::unique_ptr<CaseModel>> cached;
  std::vector<StreamId> missing;
  for (const auto& tick : ticked) {
    cached.push_back(ports_.recent.Find(tick.case_id));
    if (!cached.back()) missing.push_back(tick.case_id);
  }
  const auto histories = ports_.log.ReadStreams(LogId::kCases, missing);
  std::vector<std::size_t> again;
  std::vector<std::pair<std::size_t, Passing>> passing;
  std::vector<AppendRequest> requests;
  for (std::size_t i = 0, read = 0; i < ticked.size(); ++i) {
    const bool is_cached = cached[i] != nullptr;
    ticked[i].failure = FailureOf([&] {
      if (!is_cached && histories[read].empty()) return std::string(kUnknownCase.code);
      auto model = is_cached ? std::move(cached[i]) : Fold(histories[read]);
      Passing one(ports_, ticked[i].case_id, std::move(model));
      if (!one.IsEmpty()) {
        requests.push_back(one.Request());
        passing.emplace_back(i, std::move(one));
      } else if (is_cached) {
        again.push_back(i);  // Others may have moved the case: what is due is seen afresh.
      }
      return std::string();
    });
    if (!is_cached) ++read;
  }
  const auto results = ports_.log.AppendAll(std::move(requests));
  for (std::size_t k = 0; k < results.size(); ++k) {
    auto& [i, one] = passing[k];
    if (const auto* appended = std::get_if<Appended>(&results[k])) {
      ticked[i].outcome = one.Finish(*appended, ports_.recent);
    } else if (std::holds_alternative<VersionConflict>(results[k])) {
      ports_.recent.Drop(ticked[i].case_id);
      again.push_back(i);
    }
  }
  return again;
}

template <class Visit>
std::optional<Rejection> CaseEngine::EachEvent(const StreamId& case_id, const AsOf& as_of,
                                               const Visit& visit) const {
  if (WorkflowOf(case_id) == nullptr) return Rejection(RejectionKind::kNotFound, kUnknownCase);
  bool is_known = false;
  for (Version after; true;) {
    auto page = ports_.log.ReadStream(LogId::kCases, case_id, after, kReadPage);
    const bool is_last = page.size() < kReadPage;
    for (auto& event : page) {
      if (IsAfter(event, as_of)) return UnknownUnless(is_known);
      is_known = true;
      after = event.version;
      visit(std::move(event));
    }
    if (is_last) return UnknownUnless(is_known);
  }
}

Expected<std::vector<CaseEngine::ReadEvent>> CaseEngine::Timeline(const StreamId& case_id,
                                                                  const AsOf& as_of,
                                                                  const Reveal& reveal) const {
  std::vector<ReadEvent> events;
  auto refusal = EachEvent(case_id, as_of, [&](RecordedEvent event) {
    auto data = OpenSealed(DataOf(event), event.id, ports_.keys, reveal);
    events.push_back({std::move(event), std::move(data)});
  });
  if (refusal) return tl::unexpected(std::move(*refusal));
  return events;
}

Expected<std::unique_ptr<CaseModel>> CaseEngine::Load(const StreamId& case_id, const AsOf& as_of,
                                                      const Reveal& reveal) const {
  std::unique_ptr<CaseModel> model;
  auto refusal = EachEvent(case_id, as_of, [&](const RecordedEvent& event) {
    if (!model) model = WorkflowOf(case_id)->NewCase();
    if (reveal) {
      model->Apply(event, OpenSealed(DataOf(event), event.id, ports_.keys, reveal));
    } else {
      model->Apply(event);
    }
  });
  if (refusal) return tl::unexpected(std::move(*refusal));
  return model;
}

std::optional<StreamId> CaseEngine::HolderOf(const StreamId& claim) const {
  const auto read = ports_.log.ReadStreams(LogId::kCases, {claim});
  if (read.front().empty()) return std::nullopt;
  const StreamId holder = HolderAfter(read.front().back());
  return holder.empty() ? std::nullopt : std::optional(holder);
}

std::vector<AllowedCommand> CaseEngine::Allowed(const CaseModel& model, const Asker& asker) const {
  Context context;
  context.now = ports_.clock.Now();
  context.occurred_at = context.now;
  context.actor = asker.actor.id;
  context.recorded_by = asker.actor.id;
  context.unit = asker.unit.id;
  context.unit_region = asker.unit.region;
  context.unit_industries = asker.unit.industries;
  const auto calendar = ports_.calendars.Current();
  context.calendar = calendar.get();
  context.clocks = &model.Clocks();
  context.acts = &model.Acts();
  return model.Allowed(asker, context);
}

}  // namespace docket
