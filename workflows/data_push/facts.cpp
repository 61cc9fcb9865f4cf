#include "workflows/data_push/facts.hpp"

#include <algorithm>

#include "workflows/data_push/events.hpp"
#include "workflows/data_push/states.hpp"

namespace docket::data_push {

namespace {

template <class List, class Item>
bool IsAmong(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// One more defect of the kind: it lets the ladder be entered.
void Count(Facts& facts, DefectKind kind) {
  auto found = std::find_if(facts.defects.begin(), facts.defects.end(),
                            [&](const DefectCount& one) { return one.kind == kind; });
  if (found == facts.defects.end()) found = facts.defects.insert(found, DefectCount{kind, 0});
  ++found->count;
  ++facts.defects_new;
}

void Remember(Facts& facts, const RecordBatch& batch) {
  const LastBatch last{batch.message_type, batch.batch, batch.received_at};
  const auto found =
      std::find_if(facts.last_batches.begin(), facts.last_batches.end(),
                   [&](const LastBatch& one) { return one.message_type == batch.message_type; });
  if (found == facts.last_batches.end()) facts.last_batches.push_back(last);
  else *found = last;
}

}  // namespace

const LastBatch* LastOf(const Facts& facts, const std::string& message_type) {
  const auto found =
      std::find_if(facts.last_batches.begin(), facts.last_batches.end(),
                   [&](const LastBatch& one) { return one.message_type == message_type; });
  return found == facts.last_batches.end() ? nullptr : &*found;
}

const SigningKey* FindKey(const Facts& facts, std::string_view key) {
  const auto found = std::find_if(facts.keys.begin(), facts.keys.end(),
                                  [&](const SigningKey& one) { return one.key == key; });
  return found == facts.keys.end() ? nullptr : &*found;
}

bool PublicKey::IsWellFormed() const {
  constexpr std::size_t kCharacters = 44;
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return value.size() == kCharacters && value.back() == '=' &&
         value.find_first_not_of(kAlphabet) == kCharacters - 1;
}

bool IsCertified(const Facts& facts, Date on) {
  if (facts.system == SystemKind::kBusinessSystem) return true;
  if (!facts.certificate || facts.certificate->valid_until < on) return false;
  return std::all_of(facts.industries.begin(), facts.industries.end(), [&](Industry industry) {
    return IsAmong(facts.certificate->scope, industry);
  });
}

bool HasAllSubjects(const Facts& facts) {
  const auto& all = EnumTable<InterfaceSubject>::kNames;
  return std::all_of(all.begin(), all.end(),
                     [&](const auto& entry) { return IsAmong(facts.subjects, entry.value); });
}

void Apply(Facts& facts, const ConnectionApplied& e, const RecordedEvent&) {
  facts.state = Applied::kName;
  facts.provider = e.provider;
  facts.provider_name = e.provider_name;
  facts.region = e.region;
  facts.system = e.system;
  facts.industries = e.industries;
  facts.retained = e.retention.has_value();
}

void Apply(Facts& facts, const CertificateReplaced&, const RecordedEvent&) {
  facts.certificate.reset();
}

void Apply(Facts& facts, const CertificateSubmitted& e, const RecordedEvent&) {
  facts.certificate = e.Whole();
}

void Apply(Facts& facts, const SubjectConfirmed& e, const RecordedEvent&) {
  if (!IsAmong(facts.subjects, e.subject)) facts.subjects.push_back(e.subject);
}

void Apply(Facts& facts, const KeyRegistered& e, const RecordedEvent&) {
  facts.keys.push_back({e.key, e.public_key});
}

void Apply(Facts& facts, const KeyRevoked& e, const RecordedEvent&) {
  facts.keys.erase(std::remove_if(facts.keys.begin(), facts.keys.end(),
                                  [&](const SigningKey& one) { return one.key == e.key; }),
                   facts.keys.end());
}

void Apply(Facts& facts, const ConnectionAdmitted& e, const RecordedEvent&) {
  facts.state = Admitted::kName;
  facts.standard_version = e.standard_version;
  facts.frequencies = e.frequencies;
}

void Apply(Facts& facts, const ConnectionRefused&, const RecordedEvent&) {
  facts.state = Refused::kName;
}

void Apply(Facts& facts, const StandardOvertaken&, const RecordedEvent&) { facts.adopted = true; }

void Apply(Facts& facts, const StandardChanged& e, const RecordedEvent&) {
  facts.former_version = facts.standard_version;
  facts.standard_version = e.standard_version;
  facts.grace_until = e.grace_until;
  facts.adopted = false;
}

void Apply(Facts& facts, const OutageReported& e, const RecordedEvent&) {
  facts.down_since = e.from;
  ++facts.outages;
  if (e.cause != OutageCause::kMaintenance) ++facts.defects_new;
}

void Apply(Facts& facts, const ChannelRestored& e, const RecordedEvent&) {
  facts.down_since.reset();
  facts.minutes_down += e.minutes_down;
}

void Apply(Facts& facts, const BatchRecorded& e, const RecordedEvent&) {
  Remember(facts, e);
  facts.accepted += e.accepted;
  facts.rejected += e.rejected;
  facts.late += e.late;
  if (e.minutes_late > 0) Count(facts, DefectKind::kTimeliness);
  if (e.outdated_standard) Count(facts, DefectKind::kStandard);
}

void Apply(Facts& facts, const StandardAdopted&, const RecordedEvent&) { facts.adopted = true; }

void Apply(Facts& facts, const BatchQuarantined&, const RecordedEvent&) { ++facts.quarantined; }

void Apply(Facts& facts, const DefectRecorded& e, const RecordedEvent&) { Count(facts, e.kind); }

void Apply(Facts& facts, const ProjectReviewed& e, const RecordedEvent&) {
  if (!e.steps_missing.empty()) Count(facts, DefectKind::kCompleteness);
  if (e.seconds_unrecorded > 0) Count(facts, DefectKind::kCompleteness);
}

void Apply(Facts& facts, const MeasureTaken& e, const RecordedEvent&) {
  facts.step = e.step;
  if (e.step == Step::kSupervise) facts.defects_new = 0;
}

void Apply(Facts& facts, const ConnectionSuspended&, const RecordedEvent&) {
  facts.state = Suspended::kName;
}

void Apply(Facts& facts, const ConnectionResumed&, const RecordedEvent&) {
  facts.state = Admitted::kName;
}

void Apply(Facts& facts, const ConnectionEnded&, const RecordedEvent&) {
  facts.state = Ended::kName;
}

}  // namespace docket::data_push
