#include "persistence/readings/case_readings.hpp"

#include <algorithm>

#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

constexpr int kAttemptsMax = 8;

template <class Event>
EventDraft DraftOf(const Event& event, std::vector<EventDraft::Personal> personal) {
  return {std::string(Event::kType), 1, Encode(event), std::move(personal)};
}

Rejection Wrong(const Refusal& refusal) { return {RejectionKind::kInvalid, refusal}; }

}  // namespace

Expected<Position> CaseReadings::Restrict(const StreamId& case_id, const Restriction& restriction,
                                          const ReadingDecider& by) {
  return Note(case_id, by, [&](const CaseModel& model) -> Expected<EventDraft> {
    const UnitId unit = model.Summary().unit;
    FieldErrors wrong;
    for (std::size_t i = 0; i < restriction.readers.size(); ++i) {
      const auto actor = ports_.engine.Ports().directory.FindActor(restriction.readers[i]);
      if (actor && actor->unit == unit) continue;
      wrong.push_back({"/readers/" + std::to_string(i), std::string(kUnknownReader.code),
                       std::string(kUnknownReader.zh), std::string(kUnknownReader.en)});
    }
    if (!wrong.empty()) return tl::unexpected(InvalidFields(std::move(wrong)));
    return DraftOf(reading::Restricted{restriction.readers, PersonalText(restriction.reason)},
                   {{"/reason", Subject::kParties}});
  });
}

Expected<Position> CaseReadings::LiftRestriction(const StreamId& case_id, const std::string& reason,
                                                 const ReadingDecider& by) {
  return Note(case_id, by, [&](const CaseModel& model) -> Expected<EventDraft> {
    if (!model.ReadingRecord().Readers()) return Refuse(RejectionKind::kRefused, kNotRestricted);
    return DraftOf(reading::RestrictionLifted{PersonalText(reason)},
                   {{"/reason", Subject::kParties}});
  });
}

std::optional<Rejection> CaseReadings::WrongWith(const ConsentWish& wish) const {
  const auto& ports = ports_.engine.Ports();
  if (wish.rights.empty()) return Wrong(kRightsMissing);
  if (wish.account.has_value() == wish.unit.has_value()) return Wrong(kConsentForOne);
  if (wish.until < ports.clock.Now().ChinaDate()) return Wrong(kConsentOver);
  const bool known = wish.account ? ports.directory.FindActor(*wish.account).has_value()
                                  : ports.directory.FindUnit(*wish.unit).has_value();
  if (!known) return Wrong(kConsenteeUnknown);
  return std::nullopt;
}

Expected<std::string> CaseReadings::GiveConsent(const StreamId& case_id, const ConsentWish& wish,
                                                const ReadingDecider& by) {
  if (auto wrong = WrongWith(wish)) return tl::unexpected(std::move(*wrong));
  const reading::ConsentGiven given{
      ports_.engine.Ports().ids.NewUuid(), wish.rights,  wish.account, wish.unit, wish.until,
      PersonalText(wish.purpose),          wish.document};
  const auto noted = Note(case_id, by, [&](const CaseModel& model) -> Expected<EventDraft> {
    if (model.ReadingRecord().Consents().size() >= kConsentsMax) {
      return Refuse(RejectionKind::kRefused, kConsentsTooMany);
    }
    return DraftOf(given, {{"/purpose", Subject::kParties}, {"/document/name", Subject::kParties}});
  });
  if (!noted) return tl::unexpected(noted.error());
  return given.consent;
}

Expected<void> CaseReadings::RevokeConsent(const StreamId& case_id, const std::string& consent,
                                           const std::string& reason, const ReadingDecider& by) {
  const auto noted = Note(case_id, by, [&](const CaseModel& model) -> Expected<EventDraft> {
    if (model.ReadingRecord().Find(consent) == nullptr) {
      return Refuse(RejectionKind::kNotFound, kUnknownConsent);
    }
    return DraftOf(reading::ConsentRevoked{consent, PersonalText(reason)},
                   {{"/reason", Subject::kParties}});
  });
  if (!noted) return tl::unexpected(noted.error());
  return {};
}

Expected<NewEvent> CaseReadings::EventOf(const StreamId& case_id, const CaseModel& model,
                                         const ReadingDecider& by, const EventDraft& draft) const {
  const auto& ports = ports_.engine.Ports();
  const CaseSummary summary = model.Summary();
  NewEvent event;
  event.id = EventId(ports.ids.NewUuid());
  event.type = draft.type;
  event.occurred_at = ports.clock.Now();
  event.actor = event.recorded_by = by.actor;
  event.unit = by.unit;
  event.role = Role::kHead;
  event.command_id = CommandId(event.id.value);
  event.correlation = model.Correlation();
  event.region = summary.region;
  event.confidentiality = draft.type == reading::Restricted::kType ? Confidentiality::kRestricted
                                                                   : summary.confidentiality;
  event.virtual_clock = ports.clock.IsVirtual();
  try {
    event.data = CanonicalJson(SealDraft(draft, case_id, event.id, ports_.keys));
  } catch (const KeyDestroyed&) {
    return Refuse(RejectionKind::kRefused, kSubjectErased);
  }
  return event;
}

Expected<Position> CaseReadings::Note(const StreamId& case_id, const ReadingDecider& by,
                                      const Draft& draft) {
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const auto model = ports_.engine.Load(case_id);
    if (!model) return tl::unexpected(model.error());
    const auto drafted = draft(**model);
    if (!drafted) return tl::unexpected(drafted.error());
    auto event = EventOf(case_id, **model, by, *drafted);
    if (!event) return tl::unexpected(event.error());
    AppendRequest request;
    request.writes.push_back(
        {case_id, ExpectedVersion::Exactly((*model)->Version()), {std::move(*event)}});
    const auto result = ports_.log.Append(std::move(request));
    // Somebody acts on the case at the same time.
    if (std::holds_alternative<VersionConflict>(result)) continue;
    ports_.engine.Ports().recent.Drop(case_id);
    return std::get<Appended>(result).last;
  }
  return Refuse(RejectionKind::kOverloaded, kContention);
}

}  // namespace docket
