#include "workflows/engine/drafting.hpp"

#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/deadline_keeper.hpp"
#include "workflows/engine/identifiers.hpp"
#include "workflows/engine/refusals.hpp"
#include "workflows/engine/sealing.hpp"

namespace docket {

namespace {

Rejection AtField(RejectionKind kind, const Refusal& refusal, const std::string& pointer) {
  Rejection rejection(kind, refusal);
  json_detail::Add(rejection.fields, pointer, refusal);
  return rejection;
}

bool IsParty(const Actor& actor) {
  return actor.Holds(Role::kComplainant) || actor.Holds(Role::kRespondent);
}

}  // namespace

Drafting::Drafting(const EnginePorts& ports, const Workflow& workflow, StreamId case_id,
                   std::unique_ptr<CaseModel> model, CommandId command_id)
    : ports_(ports),
      workflow_(workflow),
      case_id_(std::move(case_id)),
      model_(std::move(model)),
      command_id_(std::move(command_id)),
      expected_(model_->Version().value == 0 ? ExpectedVersion::NoStream()
                                             : ExpectedVersion::Exactly(model_->Version())),
      calendar_(ports.calendars.Current()),
      pseudonym_([&keys = ports.keys](const std::string& person) {
        return keys.Authenticate(KeyId("log/persons"), person);
      }) {}

std::optional<Rejection> Drafting::ResolveTime(const CommandInput& input, Instant now,
                                               Doer& doer) const {
  constexpr auto kPlace = "/occurred_at";
  doer.occurred_at = now;
  if (input.occurred_at) {
    const auto date = Date::Parse(*input.occurred_at);
    const auto at = Instant::ParseDateOrInstant(*input.occurred_at);
    if (!at) {
      FieldErrors errors;
      json_detail::Add(errors, kPlace,
                       {"instant_invalid", "时间无效，应为日期或 RFC 3339 时间",
                        "not a date or an RFC 3339 instant"});
      return InvalidFields(std::move(errors));
    }
    doer.occurred_at = *at;
    // A bare date says nothing of the hour: it follows what is already known of that day.
    const Instant last = model_->LastActAt();
    if (date && *at < last && last.ChinaDate() == *date) doer.occurred_at = last;
    else if (date && *date == now.ChinaDate()) doer.occurred_at = now;
  }
  if (doer.occurred_at > now) return AtField(RejectionKind::kRefused, kOccurredInFuture, kPlace);
  if (doer.occurred_at < model_->LastActAt()) {
    return AtField(RejectionKind::kRefused, kOccurredBeforeLastAct, kPlace);
  }
  if (doer.occurred_at.ChinaDate() < now.ChinaDate() && !input.back_entry) {
    return AtField(RejectionKind::kRefused, kBackEntryRequired, "/back_entry");
  }
  return std::nullopt;
}

std::optional<Rejection> Drafting::ResolveActor(const Actor& sender, const CommandInput& input,
                                                Doer& doer) const {
  doer.actor = sender;
  doer.recorded_by = sender.id;
  if (!input.back_entry || input.back_entry->actor == sender.id) return std::nullopt;
  const auto actor = ports_.directory.FindActor(input.back_entry->actor);
  if (!actor) return AtField(RejectionKind::kRefused, kUnknownActor, "/back_entry/actor");
  if (!sender.Holds(Role::kIntake) || (sender.unit != actor->unit && !IsParty(*actor))) {
    return AtField(RejectionKind::kForbidden, kRecorderNotPermitted, "/back_entry/actor");
  }
  doer.actor = *actor;
  return std::nullopt;
}

Context Drafting::ContextFor(const Doer& doer, Instant now) const {
  Context context;
  context.now = now;
  context.occurred_at = doer.occurred_at;
  context.actor = doer.actor.id;
  context.recorded_by = doer.recorded_by;
  context.unit = doer.actor.unit;
  if (const auto unit = ports_.directory.FindUnit(doer.actor.unit)) {
    context.unit_region = unit->region;
    context.unit_industries = unit->industries;
  }
  context.rules = &workflow_.Rules();
  context.calendar = calendar_.get();
  context.clocks = &model_->Clocks();
  context.acts = &model_->Acts();
  context.directory = &ports_.directory;
  context.pseudonym = &pseudonym_;
  context.case_id = case_id_;
  return context;
}

std::optional<Rejection> Drafting::Act(const Actor& sender, const CommandInput& input) {
  const Instant now = ports_.clock.Now();
  Doer doer;
  if (auto refusal = ResolveActor(sender, input, doer)) return refusal;
  if (auto refusal = ResolveTime(input, now, doer)) return refusal;
  auto decided = model_->Decide(input.name, input.data, doer.actor, ContextFor(doer, now));
  if (!decided) {
    for (auto& field : decided.error().fields) field.pointer = "/data" + field.pointer;
    return std::move(decided.error());
  }
  doer.role = decided->role;
  const std::size_t first_event = events_.size();
  if (auto refusal = AddAct(doer, decided->events, causation_)) return refusal;
  if (input.back_entry) AddBackEntry(doer, sender, *input.back_entry, first_event);
  return std::nullopt;
}

std::optional<Rejection> Drafting::Follow(std::string_view command, const Json& data,
                                          const NewEvent& act) {
  const Doer clock{ClockActor(), Role::kClock, act.recorded_by, act.occurred_at};
  const auto decided =
      model_->Decide(command, data, ClockActor(), ContextFor(clock, ports_.clock.Now()));
  if (!decided) return decided.error();
  return AddAct(clock, decided->events, act.id);
}

std::optional<Rejection> Drafting::SettleClaims(const std::vector<Claim>& claims) {
  if (claims.empty()) return std::nullopt;
  if (claiming_ == nullptr) {
    own_claiming_ = std::make_unique<Claiming>(ports_);
    claiming_ = own_claiming_.get();
  }
  const NewEvent act = events_.back();
  for (const auto& claim : claims) {
    if (auto refusal = claiming_->Settle(claim, act, case_id_)) return refusal;
  }
  return std::nullopt;
}

std::vector<StreamWrite> Drafting::Writes() const {
  std::vector<StreamWrite> writes{{case_id_, expected_, events_}};
  if (own_claiming_) own_claiming_->AddWrites(writes);
  return writes;
}

void Drafting::Keep(RecentCases& recent) {
  recent.Put(case_id_, TakeModel());
  if (own_claiming_) own_claiming_->Keep(recent);
}

std::optional<Rejection> Drafting::AddAct(const Doer& doer, const std::vector<EventDraft>& drafts,
                                          const EventId& causation) {
  std::vector<EventId> ids;
  for (std::size_t i = 0; i < drafts.size(); ++i) ids.emplace_back(ports_.ids.NewUuid());
  EnsureKeys(drafts, ids);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const EventDraft& draft = drafts[i];
    const Clocks before = model_->Clocks();
    const EventId act = Add(draft, doer, causation, ids[i]);
    if (auto refusal = SettleClaims(draft.claims)) return refusal;
    const auto summary = model_->Summary();
    const auto follows = FollowAct(
        before, {draft.type, draft.data, doer.occurred_at, summary.profile, summary.region},
        workflow_.Rules(), *calendar_);
    if (!follows) {
      // Its pointers lead into the count, not into what was sent.
      Rejection refusal = follows.error();
      refusal.fields.clear();
      return refusal;
    }
    const Doer clock{ClockActor(), Role::kClock, doer.recorded_by, doer.occurred_at};
    for (const auto& fact : *follows) Add(fact, clock, act);
  }
  return std::nullopt;
}

void Drafting::EnsureKeys(const std::vector<EventDraft>& drafts, const std::vector<EventId>& ids) {
  std::vector<KeyId> keys;
  std::vector<PersonMark> marks;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (const auto& mark : drafts[i].personal) {
      keys.push_back(KeyOf(case_id_, ids[i], mark));
      sealed_under_.insert(keys.back());
    }
    auto found = MarksOf(drafts[i], case_id_, ids[i]);
    marks.insert(marks.end(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
  }
  if (keys.empty()) return;
  if (sealed_under_.size() > 1 && command_key_.empty()) {
    command_key_ = KeyOfCommand(case_id_, ids.front().value);
    keys.push_back(command_key_);
  }
  ports_.keys.Ensure(keys, marks);
}

EventId Drafting::Add(const EventDraft& draft, const Doer& doer, const EventId& causation,
                      const EventId& id) {
  RecordedEvent event;
  event.id = id.empty() ? EventId(ports_.ids.NewUuid()) : id;
  event.type = draft.type;
  event.schema_version = draft.schema_version;
  event.occurred_at = doer.occurred_at;
  event.actor = doer.actor.id;
  event.recorded_by = doer.recorded_by;
  event.unit = doer.actor.unit;
  event.role = doer.role;
  event.command_id = command_id_;
  event.causation = causation;
  event.virtual_clock = ports_.clock.IsVirtual();
  event.version = model_->Version().Next();
  if (!correlation_.empty()) event.correlation = correlation_;
  else if (!model_->Correlation().empty()) event.correlation = model_->Correlation();
  else event.correlation = CorrelationId(case_id_.value);
  // The model sees what the log will hold, so that it is the case as anybody would load it.
  const Json sealed = SealDraft(draft, case_id_, event.id, ports_.keys);
  model_->Apply(event, sealed);
  const auto summary = model_->Summary();
  event.region = summary.region;
  event.confidentiality = summary.confidentiality;
  event.data = CanonicalJson(sealed);
  events_.push_back(std::move(event));
  return events_.back().id;
}

void Drafting::AddBackEntry(const Doer& doer, const Actor& sender, const BackEntry& entry,
                            std::size_t first_event) {
  BackEntryRecorded recorded{PersonalText(entry.reason), entry.document, {}};
  for (std::size_t i = first_event; i < events_.size(); ++i) {
    if (!deadline::IsDeadlineEvent(events_[i].type)) recorded.covers.push_back(events_[i].id);
  }
  EventDraft draft{std::string(BackEntryRecorded::kType), 1, Encode(recorded), {}};
  VisitPersonal(recorded, "", Subject::kNone,
                [&](const std::string& pointer, Subject subject, const PersonalText&) {
                  draft.personal.push_back({pointer, subject});
                });
  const Role role = sender.id == doer.actor.id ? doer.role : Role::kIntake;
  const EventId id(ports_.ids.NewUuid());
  EnsureKeys({draft}, {id});
  Add(draft, {sender, role, sender.id, doer.occurred_at}, events_[first_event].id, id);
}

void Drafting::PassTime(Instant now) {
  const auto passed = docket::PassTime(model_->Clocks(), workflow_.Rules(), now);
  for (const auto& fact : passed.facts) {
    Add(fact.draft, {ClockActor(), Role::kClock, ClockActor().id, fact.at}, {});
  }
  for (const auto& effect : passed.effects) {
    const Doer clock{ClockActor(), Role::kClock, ClockActor().id, effect.at};
    // Where the case has moved on, the law's effect finds nothing to act upon.
    const auto decided =
        model_->Decide(effect.command, effect.body, ClockActor(), ContextFor(clock, now));
    if (decided) AddAct(clock, decided->events);
  }
}

void Drafting::Reschedule(Instant now) {
  const auto summary = model_->Summary();
  const auto moved = docket::Reschedule(
      model_->Clocks(), {workflow_.Rules(), *calendar_, summary.profile, summary.region, now});
  for (const auto& one : moved) {
    const EventDraft draft{std::string(one.kType), 1, Encode(one), {}};
    Add(draft, {ClockActor(), Role::kClock, ClockActor().id, now}, {});
  }
}

KeyId Drafting::MacKey() const {
  if (sealed_under_.empty()) return KeyId("log/commands");
  return sealed_under_.size() == 1 ? *sealed_under_.begin() : command_key_;
}

}  // namespace docket
