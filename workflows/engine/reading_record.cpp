#include "workflows/engine/reading_record.hpp"

#include <algorithm>
#include <stdexcept>

#include "workflows/engine/reading_events.hpp"

namespace docket::reading {

namespace {

template <class Event>
Event Read(const JsonView& data) {
  auto event = Decode<Event>(data);
  if (!event) throw std::runtime_error("unreadable " + std::string(Event::kType));
  return std::move(*event);
}

}  // namespace

bool Consent::Gives(Right right) const {
  return std::find(rights.begin(), rights.end(), right) != rights.end();
}

bool Consent::IsFor(const Actor& actor, Date today) const {
  const bool names = account.empty() ? unit == actor.unit : account == actor.id;
  return names && today <= until;
}

void Record::Apply(const std::string& type, const JsonView& data, Instant at) {
  if (type == Restricted::kType) {
    readers_ = Read<Restricted>(data).readers;
  } else if (type == RestrictionLifted::kType) {
    readers_.reset();
  } else if (type == ConsentGiven::kType) {
    const auto event = Read<ConsentGiven>(data);
    consents_.push_back({event.consent, event.rights, event.account.value_or(ActorId()),
                         event.unit.value_or(UnitId()), event.until, at});
  } else if (type == ConsentRevoked::kType) {
    const auto event = Read<ConsentRevoked>(data);
    std::erase_if(consents_, [&](const Consent& one) { return one.id == event.consent; });
  } else {
    throw std::runtime_error("unknown event type " + type);
  }
}

const Consent* Record::Find(std::string_view id) const {
  const auto found = std::find_if(consents_.begin(), consents_.end(),
                                  [&](const Consent& one) { return one.id == id; });
  return found == consents_.end() ? nullptr : &*found;
}

std::string_view ChineseOfType(std::string_view type) {
  if (type == Restricted::kType) return Restricted::kZh;
  if (type == RestrictionLifted::kType) return RestrictionLifted::kZh;
  if (type == ConsentGiven::kType) return ConsentGiven::kZh;
  if (type == ConsentRevoked::kType) return ConsentRevoked::kZh;
  return "";
}

}  // namespace docket::reading
