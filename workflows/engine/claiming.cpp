#include "workflows/engine/claiming.hpp"

#include <stdexcept>

#include "workflows/engine/drafting.hpp"

namespace docket {

StreamId HolderAfter(const RecordedEvent& event) {
  if (event.type != ClaimTaken::kType) return {};
  const auto taken = Decode<ClaimTaken>(DataOf(event));
  if (!taken) throw std::runtime_error("unreadable " + event.type + " of " + event.stream.value);
  return taken->case_id;
}

Claiming::Claiming(const EnginePorts& ports) : ports_(ports) {}
Claiming::~Claiming() = default;

Claiming::Held& Claiming::Look(const StreamId& stream) {
  const auto known = held_.find(stream);
  if (known != held_.end()) return known->second;
  Held held;
  const auto read = ports_.log.ReadStreams(LogId::kCases, {stream});
  if (!read.front().empty()) {
    held.version = read.front().back().version;
    held.by = HolderAfter(read.front().back());
  }
  return held_.emplace(stream, std::move(held)).first->second;
}

bool Claiming::HasMoved(const StreamId& stream, const Held& held) const {
  return !ports_.log.ReadStream(LogId::kCases, stream, held.version, 1).empty();
}

void Claiming::Write(Held& held, std::string_view type, const StreamId& case_id,
                     const NewEvent& act) {
  NewEvent event = act;
  event.id = EventId(ports_.ids.NewUuid());
  event.type = type;
  event.schema_version = 1;
  event.causation = act.id;
  event.data = CanonicalJson(Encode(ClaimTaken{case_id}));
  held.events.push_back(std::move(event));
  held.by = type == ClaimTaken::kType ? case_id : StreamId();
}

std::optional<Rejection> Claiming::Settle(const Claim& claim, const NewEvent& act,
                                          const StreamId& case_id) {
  Held& held = Look(claim.Stream());
  const StreamId holder = held.by;
  const bool is_anothers = !holder.empty() && holder != case_id;
  switch (claim.kind) {
    case Claim::Kind::kTake:
      if (is_anothers) return Rejection(RejectionKind::kRefused, claim.taken);
      break;
    case Claim::Kind::kTakeOver:
      if (!is_anothers) break;
      // Where it holds it no more, this append is decided again: its claim has moved.
      if (auto refusal = Tell(holder, claim, act); refusal && !HasMoved(claim.Stream(), held)) {
        return refusal;
      }
      break;
    case Claim::Kind::kRelease:
      if (holder == case_id) Write(held, ClaimReleased::kType, case_id, act);
      return std::nullopt;
    case Claim::Kind::kTell:
      // Where the case has moved on, what follows for it finds nothing to act upon.
      if (is_anothers) Tell(holder, claim, act);
      return std::nullopt;
  }
  if (held.by != case_id) Write(held, ClaimTaken::kType, case_id, act);
  return std::nullopt;
}

std::optional<Rejection> Claiming::Tell(const StreamId& holder, const Claim& claim,
                                        const NewEvent& act) {
  auto& drafting = told_[holder];
  if (!drafting) {
    auto model = CaseEngine(ports_).Load(holder);
    if (!model) return std::move(model.error());
    drafting = std::make_unique<Drafting>(ports_, *WorkflowOf(holder), holder, std::move(*model),
                                          act.command_id);
    drafting->Correlate(act.correlation);
    drafting->ShareClaims(*this);
  }
  return drafting->Follow(claim.command, claim.data, act);
}

void Claiming::AddWrites(std::vector<StreamWrite>& writes) const {
  for (const auto& [stream, drafting] : told_) {
    if (!drafting->Events().empty()) {
      writes.push_back({stream, drafting->Expected(), drafting->Events()});
    }
  }
  for (const auto& [stream, held] : held_) {
    // Also what was only looked at: the decision rests on who holds it.
    writes.push_back({stream,
                      held.version.value == 0 ? ExpectedVersion::NoStream()
                                              : ExpectedVersion::Exactly(held.version),
                      held.events});
  }
}

void Claiming::Keep(RecentCases& recent) {
  for (const auto& [stream, drafting] : told_) recent.Put(stream, drafting->TakeModel());
}

}  // namespace docket
