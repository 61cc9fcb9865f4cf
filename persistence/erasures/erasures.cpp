#include "persistence/erasures/erasures.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

constexpr std::size_t kErasurePage = 500;
constexpr std::size_t kCasesMax = 200;
constexpr int kPlansMax = 8;
constexpr const char* kCommandMacKey = "log/commands";

template <class Event>
Event Read(const RecordedEvent& recorded) {
  auto event = Decode<Event>(DataOf(recorded));
  if (!event) {
    throw StoreError(fmt::format("the erasure at {} cannot be read", recorded.position.value));
  }
  return std::move(*event);
}

Rejection HeldBy(const std::vector<Obstacle>& obstacles) {
  Rejection rejection(RejectionKind::kRefused, kErasureHeld);
  for (const auto& obstacle : obstacles) {
    const Refusal& why = obstacle.refusal;
    const std::string until = obstacle.until ? " " + obstacle.until->ToString() : "";
    rejection.fields.push_back({PointerTo("/cases", obstacle.case_id.value), std::string(why.code),
                                std::string(why.zh) + until, std::string(why.en) + until});
  }
  return rejection;
}

bool IsTooMuch(const ErasurePlan& plan) {
  return plan.cases.size() > kCasesMax ||
         std::any_of(plan.cases.begin(), plan.cases.end(), [](const PlannedCase& planned) {
           return planned.keys.size() > kListItemsMax;
         });
}

}  // namespace

Expected<ErasurePlan> Erasures::Plan(const ErasureWish& wish, const Reach& reach) const {
  return PlanErasure(ports_.engine, ports_.keys, wish, reach);
}

Expected<Erasure> Erasures::Order(const ErasureWish& wish, const ErasureGrounds& grounds,
                                  const ErasureActor& by, const CommandId& command,
                                  const Reach& reach) {
  if (auto known = Known(by, command)) return std::move(*known);
  for (int attempt = 0; attempt < kPlansMax; ++attempt) {
    const auto plan = Plan(wish, reach);
    if (!plan) return tl::unexpected(plan.error());
    if (plan->cases.empty()) return Refuse(RejectionKind::kNotFound, kNothingToErase);
    if (!plan->obstacles.empty()) return tl::unexpected(HeldBy(plan->obstacles));
    if (IsTooMuch(*plan)) return Refuse(RejectionKind::kRefused, kTooMuchAtOnce);
    ErasureOrdered order{.id = ports_.engine.Ports().ids.NewUuid(),
                         .basis = grounds.basis,
                         .asked_by = grounds.asked_by,
                         .reference = grounds.reference,
                         .shared = wish.shared,
                         .cases = {}};
    for (const auto& planned : plan->cases) order.cases.push_back({planned.case_id, planned.keys});
    NewEvent event = EventOf(ErasureOrdered::kType, by);
    if (!command.empty()) event.command_id = command;
    const CommandId as = event.command_id;
    event.data = CanonicalJson(Encode(order));
    const auto result = ports_.log.Append(RequestOf(*plan, std::move(event)));
    // A hold was placed meanwhile, or the case goes on.
    if (std::holds_alternative<VersionConflict>(result)) continue;
    options_.on_step("ordered");
    if (auto known = Known(by, as)) return std::move(*known);
    return Refuse(RejectionKind::kConflict, kCommandIdReused);
  }
  return Refuse(RejectionKind::kOverloaded, kContention);
}

AppendRequest Erasures::RequestOf(const ErasurePlan& plan, NewEvent event) const {
  AppendRequest request;
  for (const auto& planned : plan.cases) {
    request.writes.push_back({planned.case_id, ExpectedVersion::Exactly(planned.version), {}});
  }
  // What identifies the person leaves no digest: the id alone tells a repeat.
  request.command =
      CommandRecord{event.actor, event.command_id, KeyId(kCommandMacKey),
                    ports_.keys.Authenticate(KeyId(kCommandMacKey), event.command_id.value)};
  request.writes.push_back({kErasureStream, ExpectedVersion::Any(), {std::move(event)}});
  return request;
}

std::size_t Erasures::Finish(const Rest& rest) {
  std::size_t finished = 0;
  for (const auto& erasure : List()) {
    if (erasure.erased_at) continue;
    for (const auto& one : erasure.order.cases) {
      for (const auto& key : one.keys) ports_.keys.Destroy(key);
    }
    ports_.keys.Scrub();
    options_.on_step("destroyed");
    const auto others = ports_.keys.ForgottenAfter();
    if (others.count() > 0 && !rest(others)) return finished;
    WriteReceipt(erasure);
    ++finished;
    options_.on_step("receipted");
  }
  return finished;
}

void Erasures::WriteReceipt(const Erasure& erasure) {
  const Instant now = ports_.engine.Ports().clock.Now();
  const std::string& id = erasure.order.id;
  const CommandId command("erasure-" + id);
  const auto noted = [&](std::string_view type, const Json& data) {
    NewEvent event = EventOf(type, erasure.by);
    event.command_id = command;
    event.causation = erasure.ordered;
    event.data = CanonicalJson(data);
    return event;
  };
  AppendRequest request;
  request.writes.push_back({kErasureStream,
                            ExpectedVersion::StreamExists(),
                            {noted(ErasureDone::kType, Encode(ErasureDone{id, now}))}});
  for (const auto& one : erasure.order.cases) {
    NewEvent event = noted(personal::Erased::kType, Encode(personal::Erased{id, one.keys, now}));
    const auto model = ports_.engine.Load(one.case_id);
    if (!model) throw StoreError("a case that was erased from cannot be read");
    event.region = (*model)->Summary().region;
    event.confidentiality = (*model)->Summary().confidentiality;
    request.writes.push_back({one.case_id, ExpectedVersion::StreamExists(), {std::move(event)}});
  }
  // Whoever comes second finds the command done.
  request.command = CommandRecord{ClockActor().id, command, KeyId(kCommandMacKey),
                                  ports_.keys.Authenticate(KeyId(kCommandMacKey), command.value)};
  ports_.log.Append(std::move(request));
  for (const auto& one : erasure.order.cases) ports_.engine.Ports().recent.Drop(one.case_id);
}

std::size_t Erasures::Reapply() {
  std::size_t destroyed = 0;
  for (const auto& erasure : List()) {
    for (const auto& one : erasure.order.cases) {
      for (const auto& key : one.keys) {
        if (ports_.keys.IsDestroyed(key)) continue;
        ports_.keys.Destroy(key);
        ++destroyed;
      }
    }
  }
  if (destroyed > 0) ports_.keys.Scrub();
  return destroyed;
}

bool Erasures::HasUnfinished() const {
  const auto all = List();
  return std::any_of(all.begin(), all.end(), [](const Erasure& one) { return !one.erased_at; });
}

std::vector<Erasure> Erasures::List() const {
  std::vector<Erasure> erasures;
  std::map<std::string, std::size_t> by_id;
  for (Version after;;) {
    const auto page = ports_.log.ReadStream(LogId::kCases, kErasureStream, after, kErasurePage);
    for (const auto& event : page) {
      after = event.version;
      if (event.type == ErasureOrdered::kType) {
        auto order = Read<ErasureOrdered>(event);
        by_id.emplace(order.id, erasures.size());
        erasures.push_back({std::move(order),
                            event.id,
                            {event.actor, event.unit, event.role},
                            event.occurred_at,
                            std::nullopt});
      } else if (event.type == ErasureDone::kType) {
        const auto done = Read<ErasureDone>(event);
        erasures.at(by_id.at(done.id)).erased_at = done.erased_at;
      }
    }
    if (page.size() < kErasurePage) return erasures;
  }
}

std::optional<Erasure> Erasures::Find(const std::string& id) const {
  for (auto& erasure : List()) {
    if (erasure.order.id == id) return std::move(erasure);
  }
  return std::nullopt;
}

std::optional<Erasure> Erasures::Known(const ErasureActor& by, const CommandId& command) const {
  if (command.empty()) return std::nullopt;
  const auto known = ports_.log.FindCommand(LogId::kCases, by.actor, command);
  if (!known || known->result.stream != kErasureStream) return std::nullopt;
  const Version before{known->result.version.value - 1};
  const auto event = ports_.log.ReadStream(LogId::kCases, kErasureStream, before, 1);
  if (event.empty()) return std::nullopt;
  return Find(Read<ErasureOrdered>(event.front()).id);
}

NewEvent Erasures::EventOf(std::string_view type, const ErasureActor& by) const {
  const auto& ports = ports_.engine.Ports();
  NewEvent event;
  event.id = EventId(ports.ids.NewUuid());
  event.type = type;
  event.occurred_at = ports.clock.Now();
  event.actor = by.actor;
  event.recorded_by = by.actor;
  event.unit = by.unit;
  event.role = by.role;
  event.command_id = CommandId(event.id.value);
  event.correlation = CorrelationId(event.id.value);
  event.region = RegionCode("100000");
  event.virtual_clock = ports.clock.IsVirtual();
  return event;
}

Expected<std::string> Erasures::PlaceHold(const HoldWish& wish, const ErasureActor& by) {
  const personal::HoldPlaced placed{ports_.engine.Ports().ids.NewUuid(), PersonalText(wish.reason),
                                    wish.until};
  const auto noted =
      Note(wish.case_id,
           {std::string(placed.kType), 1, Encode(placed), {{"/reason", Subject::kParties}}}, by);
  if (!noted) return tl::unexpected(noted.error());
  return placed.hold;
}

Expected<void> Erasures::LiftHold(const StreamId& case_id, const std::string& hold,
                                  const std::string& reason, const ErasureActor& by) {
  const auto model = ports_.engine.Load(case_id);
  if (!model) return tl::unexpected(model.error());
  const auto& holds = (*model)->PersonalRecord().Holds();
  const bool known =
      std::any_of(holds.begin(), holds.end(), [&](const auto& one) { return one.id == hold; });
  if (!known) return Refuse(RejectionKind::kNotFound, kUnknownHold);
  const personal::HoldLifted lifted{hold, PersonalText(reason)};
  return Note(case_id,
              {std::string(lifted.kType), 1, Encode(lifted), {{"/reason", Subject::kParties}}}, by);
}

Expected<void> Erasures::Note(const StreamId& case_id, const EventDraft& draft,
                              const ErasureActor& by) {
  const auto model = ports_.engine.Load(case_id);
  if (!model) return tl::unexpected(model.error());
  NewEvent event = EventOf(draft.type, by);
  event.correlation = (*model)->Correlation();
  event.region = (*model)->Summary().region;
  event.confidentiality = (*model)->Summary().confidentiality;
  try {
    event.data = CanonicalJson(SealDraft(draft, case_id, event.id, ports_.keys));
  } catch (const KeyDestroyed&) {
    return Refuse(RejectionKind::kRefused, kSubjectErased);
  }
  AppendRequest request;
  request.writes.push_back({case_id, ExpectedVersion::StreamExists(), {std::move(event)}});
  ports_.log.Append(std::move(request));
  ports_.engine.Ports().recent.Drop(case_id);
  return {};
}

}  // namespace docket
