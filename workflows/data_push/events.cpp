#include "workflows/data_push/events.hpp"

#include <algorithm>
#include <chrono>

namespace docket::data_push {

namespace {

using std::chrono::duration_cast;

Claim ProviderClaim(Claim::Kind kind, const UnitId& provider) {
  return {.kind = kind,
          .registry = std::string(kProviderRegistry),
          .name = provider.value,
          .taken = kProviderConnected};
}

std::int64_t MinutesBegun(std::chrono::microseconds span) {
  return std::chrono::ceil<std::chrono::minutes>(span).count();
}

std::int64_t MinutesLate(const RecordBatch& batch, const Facts& facts) {
  const LastBatch* last = LastOf(facts, batch.message_type);
  const auto agreed =
      std::find_if(facts.frequencies.begin(), facts.frequencies.end(),
                   [&](const Frequency& one) { return one.message_type == batch.message_type; });
  if (last == nullptr || agreed == facts.frequencies.end()) return 0;
  const auto waited = MinutesBegun(batch.received_at - last->received_at);
  return std::max<std::int64_t>(waited - agreed->every_minutes, 0);
}

bool IsOutdated(const RecordBatch& batch, const Facts& facts) {
  if (batch.standard_version == facts.standard_version) return false;
  const bool is_former = batch.standard_version == facts.former_version;
  return !is_former || !facts.grace_until || *facts.grace_until < batch.received_at.ChinaDate();
}

/// What of the session no recording of its step covers.
std::chrono::microseconds Uncovered(const Session& session, std::vector<Recording> recordings) {
  std::sort(recordings.begin(), recordings.end(),
            [](const Recording& a, const Recording& b) { return a.from < b.from; });
  std::chrono::microseconds gap{0};
  Instant covered_until = session.from;
  for (const auto& recording : recordings) {
    if (recording.step != session.step) continue;
    const Instant from = std::min(recording.from, session.until);
    if (from > covered_until) gap += from - covered_until;
    covered_until = std::max(covered_until, std::min(recording.until, session.until));
  }
  return gap + (session.until - covered_until);
}

}  // namespace

std::vector<Claim> ConnectionApplied::Claims(const Facts&) const {
  return {ProviderClaim(Claim::Kind::kTake, provider)};
}
std::vector<Claim> ConnectionRefused::Claims(const Facts& before) const {
  return {ProviderClaim(Claim::Kind::kRelease, before.provider)};
}
std::vector<Claim> ConnectionEnded::Claims(const Facts& before) const {
  return {ProviderClaim(Claim::Kind::kRelease, before.provider)};
}

std::optional<CertificateReplaced> CertificateReplaced::From(const SubmitCertificate&,
                                                             const Facts& facts, const Context&) {
  if (!facts.certificate) return std::nullopt;
  return CertificateReplaced{facts.certificate->number};
}

std::optional<StandardOvertaken> StandardOvertaken::From(const ChangeStandard&, const Facts& facts,
                                                         const Context&) {
  if (facts.adopted) return std::nullopt;
  return StandardOvertaken{facts.standard_version};
}

ChannelRestored ChannelRestored::From(const RestoreChannel& c, const Facts& facts, const Context&) {
  return {c, MinutesBegun(c.restored_at - *facts.down_since)};
}

BatchRecorded BatchRecorded::From(const RecordBatch& c, const Facts& facts, const Context&) {
  return {c, MinutesLate(c, facts), IsOutdated(c, facts)};
}

std::optional<StandardAdopted> StandardAdopted::From(const RecordBatch& c, const Facts& facts,
                                                     const Context&) {
  if (facts.adopted || c.standard_version != facts.standard_version) return std::nullopt;
  return StandardAdopted{c.standard_version};
}

ProjectReviewed ProjectReviewed::From(const ReviewProject& c, const Facts&, const Context&) {
  ProjectReviewed event{c, {}, 0};
  const auto is_seen = [&](ElectronicStep step) {
    return std::find(c.steps_seen.begin(), c.steps_seen.end(), step) != c.steps_seen.end();
  };
  auto due = c.steps_due;
  if (due.empty()) {
    for (const auto& entry : EnumTable<ElectronicStep>::kNames) due.push_back(entry.value);
  }
  for (const ElectronicStep step : due) {
    if (!is_seen(step)) event.steps_missing.push_back(step);
  }
  std::chrono::microseconds gap{0};
  for (const auto& session : c.sessions) gap += Uncovered(session, c.recordings);
  event.seconds_unrecorded = duration_cast<std::chrono::seconds>(gap).count();
  return event;
}

}  // namespace docket::data_push
