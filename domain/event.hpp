/// The envelope of an event (事件): a fact that is never edited and never removed.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "domain/actor.hpp"
#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"

namespace docket {

/// Who may read a case (密级). State secrets are not accepted at all (HN18-17).
enum class Confidentiality : std::uint8_t { kOrdinary = 1, kRestricted = 2 };

/// What a writer knows of an event before the log has accepted it. Stored format.
struct NewEvent {
  EventId id;
  std::string type;  ///< `complaint.lodged`: workflow, past tense.
  std::int64_t schema_version = 1;
  Instant occurred_at;  ///< When it legally happened.
  ActorId actor;        ///< Who did it.
  ActorId recorded_by;  ///< Who entered it: another person where an act is back-entered (补录).
  UnitId unit;          ///< The actor's unit.
  Role role = Role::kClock;  ///< The role in which the actor acted.
  CommandId command_id;
  CorrelationId correlation;
  EventId causation;  ///< The event that this one follows from; empty for people's acts.
  RegionCode region;
  Confidentiality confidentiality = Confidentiality::kOrdinary;
  bool virtual_clock = false;  ///< Recorded under a moved legal clock.
  std::string data;            ///< Canonical JSON (RFC 8785), personal fields sealed.

  friend bool operator==(const NewEvent&, const NewEvent&) = default;
};

/// An event as the log holds it.
struct RecordedEvent : NewEvent {
  Position position;
  StreamId stream;
  Version version;
  Instant recorded_at;      ///< When we learnt of it; never decreases along the log.
  std::string salt;         ///< 32 hex digits, random: the digest of guessable data says nothing.
  std::string data_digest;  ///< Hex; see evidence/leaf.hpp.
  std::string leaf_hash;    ///< Hex; see evidence/leaf.hpp.

  friend bool operator==(const RecordedEvent&, const RecordedEvent&) = default;
};

template <>
struct EnumTable<Confidentiality> {
  static constexpr std::array kNames{
      EnumName<Confidentiality>{Confidentiality::kOrdinary, "ordinary", "普通"},
      EnumName<Confidentiality>{Confidentiality::kRestricted, "restricted", "限定"},
  };
};

}  // namespace docket
