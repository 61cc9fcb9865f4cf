/// The events of one append while they are being decided: acts, what follows from them for the
/// clocks, and the case as it will be. Reads ports, writes nothing.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/claiming.hpp"

namespace docket {

/// An act entered for somebody else, or after the day on which it happened: why, and the paper.
/// Stored beside the act's own events; the envelope names the actor and the recorder.
struct BackEntryRecorded {
  static constexpr std::string_view kType = "back_entry.recorded";
  static constexpr std::string_view kZh = "补录说明";
  PersonalText reason;
  std::optional<DocumentRef> document;
  std::vector<EventId> covers;

  static FieldList Fields() {
    return {Field{"reason", &BackEntryRecorded::reason, "补录原因", Subject::kParties},
            Field{"document", &BackEntryRecorded::document, "纸质材料扫描件"},
            Field{"covers", &BackEntryRecorded::covers, "所涉事件"}};
  }
};

class Drafting {
 public:
  Drafting(const EnginePorts& ports, const Workflow& workflow, StreamId case_id,
           std::unique_ptr<CaseModel> model, CommandId command_id);

  /// Empty: the case's own correlation is kept.
  void Correlate(const CorrelationId& correlation) { correlation_ = correlation; }
  /// What brought these acts about, in whatever case; empty: a person did.
  void CausedBy(const EventId& causation) { causation_ = causation; }
  /// Decides one command of a person. On a refusal the drafting is spent.
  std::optional<Rejection> Act(const Actor& sender, const CommandInput& input);
  /// Adds what time alone has brought about by `now`.
  void PassTime(Instant now);
  /// Adds what the calendar and the rules of today move.
  void Reschedule(Instant now);
  /// Decides a consequence of another case's act: done by the clock's role, entered by whoever
  /// entered the act.
  std::optional<Rejection> Follow(std::string_view command, const Json& data, const NewEvent& act);
  /// This drafting is a part of another's append, and claims with it.
  void ShareClaims(Claiming& claiming) { claiming_ = &claiming; }

  const std::vector<NewEvent>& Events() const { return events_; }
  /// The case after these events.
  const CaseModel& Model() const { return *model_; }
  /// The same, to keep: ends the drafting.
  std::shared_ptr<const CaseModel> TakeModel() { return std::move(model_); }
  ExpectedVersion Expected() const { return expected_; }
  /// The whole append: the case's own events, and what they claim and bring about elsewhere.
  std::vector<StreamWrite> Writes() const;
  /// Hands the cases as they are now to `recent`, once all is stored: ends the drafting.
  void Keep(RecentCases& recent);
  /// Key of the digest that makes the command idempotent: where the command concerns one data
  /// subject, that one's, where it concerns several, one that dies with the first of them.
  KeyId MacKey() const;

 private:
  struct Doer {
    Actor actor;
    Role role = Role::kClock;
    ActorId recorded_by;
    Instant occurred_at;
  };

  std::optional<Rejection> ResolveTime(const CommandInput& input, Instant now, Doer& doer) const;
  std::optional<Rejection> ResolveActor(const Actor& sender, const CommandInput& input,
                                        Doer& doer) const;
  Context ContextFor(const Doer& doer, Instant now) const;
  std::optional<Rejection> AddAct(const Doer& doer, const std::vector<EventDraft>& drafts,
                                  const EventId& causation = {});
  std::optional<Rejection> SettleClaims(const std::vector<Claim>& claims);
  /// Makes what these drafts, which will have these ids, are to be sealed under, together.
  void EnsureKeys(const std::vector<EventDraft>& drafts, const std::vector<EventId>& ids);
  /// `id`: as it was settled for its keys; empty: a new one.
  EventId Add(const EventDraft& draft, const Doer& doer, const EventId& causation,
              const EventId& id = {});
  void AddBackEntry(const Doer& doer, const Actor& sender, const BackEntry& entry,
                    std::size_t first_event);

  const EnginePorts& ports_;
  const Workflow& workflow_;
  StreamId case_id_;
  std::unique_ptr<CaseModel> model_;
  CommandId command_id_;
  CorrelationId correlation_;
  EventId causation_;
  ExpectedVersion expected_;
  std::shared_ptr<const WorkCalendar> calendar_;
  std::vector<NewEvent> events_;
  std::set<KeyId> sealed_under_;
  KeyId command_key_;
  Pseudonym pseudonym_;
  std::unique_ptr<Claiming> own_claiming_;  ///< Most acts claim nothing and have none.
  Claiming* claiming_ = nullptr;
};

}  // namespace docket
