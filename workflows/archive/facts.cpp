#include "workflows/archive/facts.hpp"

#include <algorithm>
#include <charconv>

#include "workflows/archive/events.hpp"
#include "workflows/archive/states.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::archive {

namespace {

/// Place in a list that is numbered from 1; its end for what is no number.
std::size_t PlaceOf(std::string_view number) {
  std::size_t place = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), place);
  return read.ec == std::errc() && read.ptr == number.data() + number.size() ? place - 1
                                                                             : std::string::npos;
}

void SetState(Facts& facts, std::string_view consent, ConsentState state) {
  if (auto* found = facts.FindConsent(consent)) found->state = state;
}

constexpr Refusal kFieldNeeded{"field_needed_for_carrier", "该载体须填写此项",
                               "this carrier asks for this field", "FJ18-16"};
constexpr Refusal kOnlyOfRecordings{"only_of_recordings", "仅音视频资料填写录制结束日期",
                                    "only recordings have an end", "FJ18-16(1)"};

}  // namespace

FieldErrors CollectItem::WrongFields() const {
  FieldErrors errors;
  const bool is_media = carrier == Carrier::kMedia;
  if (carrier == Carrier::kElectronic && !document) {
    json_detail::Add(errors, "/document", kFieldNeeded);
  }
  if (carrier == Carrier::kPaper && !shelf_mark) {
    json_detail::Add(errors, "/shelf_mark", kFieldNeeded);
  }
  if (is_media && !document && !shelf_mark) {
    json_detail::Add(errors, "/shelf_mark", kFieldNeeded);
  }
  if (is_media && !recording_ended_on) {
    json_detail::Add(errors, "/recording_ended_on", kFieldNeeded);
  }
  if (!is_media && recording_ended_on) {
    json_detail::Add(errors, "/recording_ended_on", kOnlyOfRecordings);
  }
  return errors;
}

const Item* Facts::FindItem(std::string_view number) const {
  const std::size_t place = PlaceOf(number);
  return place < items.size() ? &items[place] : nullptr;
}
const Consent* Facts::FindConsent(std::string_view number) const {
  const std::size_t place = PlaceOf(number);
  return place < consents.size() ? &consents[place] : nullptr;
}
Consent* Facts::FindConsent(std::string_view number) {
  const std::size_t place = PlaceOf(number);
  return place < consents.size() ? &consents[place] : nullptr;
}
bool Facts::HasOpenComplaint() const {
  return std::any_of(complaints.begin(), complaints.end(),
                     [](const Complaint& one) { return !one.closed_on; });
}

FileOpened FileOpened::From(const Open& c, const Facts&, const Context& context) {
  FileOpened event{c};
  if (IsOfDepartment(context.role)) event.unit = context.unit;
  if (context.role == Role::kTradingCentre) event.keeper = context.unit;
  return event;
}

std::vector<Claim> FileOpened::Claims(const Facts&) const {
  return {{.kind = Claim::Kind::kTake,
           .registry = std::string(kFileRegistry),
           .name = project ? project->value : source.value_or(StreamId()).value,
           .taken = {"archive_file_exists", "该项目（事项）已立卷",
                     "the project or matter has its file already"}}};
}

ItemCollected ItemCollected::From(const CollectItem& c, const Facts& facts, const Context&) {
  return {c, std::to_string(facts.items.size() + 1)};
}

std::optional<ComplaintYearsBegun> ComplaintYearsBegun::From(const RecordComplaintClosed& c,
                                                             const Facts& facts, const Context&) {
  Date latest = c.closed_on;
  for (const auto& other : facts.complaints) {
    if (!other.closed_on && other.complaint != c.complaint) return std::nullopt;
    if (other.closed_on) latest = std::max(latest, *other.closed_on);
  }
  return ComplaintYearsBegun{latest};
}

HoldPlaced HoldPlaced::From(const PlaceHold& c, const Facts& facts, const Context&) {
  return {c, std::to_string(facts.holds_placed + 1)};
}

std::optional<DamageFound> DamageFound::From(const CheckFixity& c, const Facts&, const Context&) {
  return c.damaged.empty() ? std::nullopt : std::optional(DamageFound{c.damaged});
}

ConsentRequested ConsentRequested::From(const RequestConsent& c, const Facts& facts,
                                        const Context& context) {
  ConsentRequested event{c, std::to_string(facts.consents.size() + 1)};
  event.account = c.account.value_or(context.actor);
  return event;
}

void Apply(Facts& facts, const FileOpened& e, const RecordedEvent&) {
  facts.state = Collecting::kName;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.unit = e.unit.value_or(UnitId());
  facts.keeper = e.keeper.value_or(UnitId());
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.source = e.source;
}

void Apply(Facts& facts, const ItemCollected& e, const RecordedEvent&) {
  facts.items.push_back({e.carrier, e.confidential, e.is_bid, false, false});
}

void Apply(Facts& facts, const FiledAway& e, const RecordedEvent&) {
  facts.state = Archived::kName;
  facts.archive_no = e.archive_no;
}

// One that comes up again stands beside its earlier end, which goes on counting.
void Apply(Facts& facts, const ComplaintOpened& e, const RecordedEvent&) {
  facts.complaints.push_back({e.complaint, std::nullopt});
}

void Apply(Facts& facts, const ComplaintClosed& e, const RecordedEvent&) {
  const auto open = std::find_if(
      facts.complaints.begin(), facts.complaints.end(),
      [&](const Complaint& one) { return one.complaint == e.complaint && !one.closed_on; });
  if (open == facts.complaints.end()) facts.complaints.push_back({e.complaint, e.closed_on});
  else open->closed_on = e.closed_on;
}

void Apply(Facts&, const ComplaintYearsBegun&, const RecordedEvent&) {}

void Apply(Facts& facts, const HoldPlaced& e, const RecordedEvent& envelope) {
  facts.holds.push_back({e.hold, e.ground, envelope.unit});
  ++facts.holds_placed;
}

void Apply(Facts& facts, const HoldLifted& e, const RecordedEvent&) {
  std::erase_if(facts.holds, [&](const Hold& one) { return one.hold == e.hold; });
}

void Apply(Facts& facts, const FixityChecked&, const RecordedEvent&) {
  for (auto& item : facts.items) item.is_damaged = false;
}

void Apply(Facts& facts, const DamageFound& e, const RecordedEvent&) {
  for (std::size_t i = 0; i < facts.items.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    facts.items[i].is_damaged = std::find(e.items.begin(), e.items.end(), number) != e.items.end();
  }
}

void Apply(Facts& facts, const ConsentRequested& e, const RecordedEvent&) {
  facts.consents.push_back(
      {ConsentState::kRequested, e.right, e.account.value_or(ActorId()), e.items, std::nullopt, 0});
}

void Apply(Facts& facts, const ConsentReviewed& e, const RecordedEvent&) {
  SetState(facts, e.consent, ConsentState::kReviewed);
}

void Apply(Facts& facts, const ConsentGranted& e, const RecordedEvent&) {
  SetState(facts, e.consent, ConsentState::kGranted);
  auto* found = facts.FindConsent(e.consent);
  if (found == nullptr) return;
  if (!e.items.empty()) found->items = e.items;
  found->until = e.until;
}

void Apply(Facts& facts, const ConsentRefused& e, const RecordedEvent&) {
  SetState(facts, e.consent, ConsentState::kRefused);
}

void Apply(Facts& facts, const ConsentUsed& e, const RecordedEvent&) {
  if (auto* found = facts.FindConsent(e.consent)) ++found->uses;
}

void Apply(Facts& facts, const ConsentRevoked& e, const RecordedEvent&) {
  SetState(facts, e.consent, ConsentState::kRevoked);
}

void Apply(Facts& facts, const ConsentExpired& e, const RecordedEvent&) {
  SetState(facts, e.consent, ConsentState::kExpired);
}

void Apply(Facts& facts, const AwardNoticeRecorded& e, const RecordedEvent&) {
  facts.award_notice_on = e.issued_on;
  facts.tenderer = e.tenderer;
}

void Apply(Facts& facts, const BidsDownloaded&, const RecordedEvent&) { ++facts.downloads; }

void Apply(Facts& facts, const DisposalWasProposed& e, const RecordedEvent&) {
  facts.state = DisposalProposed::kName;
  facts.part = e.part;
}

void Apply(Facts& facts, const DisposalAppraised& e, const RecordedEvent&) {
  facts.state = Appraised::kName;
  facts.appraisal = e.appraisal;
}

void Apply(Facts& facts, const FileKept&, const RecordedEvent&) {
  facts.state = Archived::kName;
  facts.part.reset();
  facts.appraisal.reset();
}

void Apply(Facts& facts, const MediaDestroyed&, const RecordedEvent&) {
  facts.state = Archived::kName;
  facts.part.reset();
  facts.appraisal.reset();
  for (auto& item : facts.items) item.is_gone = item.is_gone || item.carrier == Carrier::kMedia;
}

void Apply(Facts& facts, const FileDestroyed&, const RecordedEvent&) {
  facts.state = Destroyed::kName;
  for (auto& item : facts.items) item.is_gone = true;
}

void Apply(Facts& facts, const FileTransferred&, const RecordedEvent&) {
  facts.state = Transferred::kName;
}

}  // namespace docket::archive
