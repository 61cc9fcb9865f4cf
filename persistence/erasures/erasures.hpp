/// Erasing persons (个人信息保护法 47, 19): ordered in the log first, then destroyed, then receipted
/// there. Whoever finds an order without its receipt goes on with it, so that a process may die
/// anywhere in between and each receipt is written once.
///
/// Effect: the person's keys are gone in every process from `erased_at` of the receipt on, with the
/// rows of the blind index and the digests of commands. Events, hashes and proofs stay.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/erasures/erasure_events.hpp"
#include "persistence/erasures/erasure_plan.hpp"

namespace docket {

/// Who orders or holds, and in which role.
struct ErasureActor {
  ActorId actor;
  UnitId unit;
  Role role = Role::kHead;
};

/// Why an erasure is ordered.
struct ErasureGrounds {
  ErasureBasis basis = ErasureBasis::kPurposeAchieved;
  ErasureAskedBy asked_by = ErasureAskedBy::kSubject;
  std::optional<RequestNumber> reference = {};
};

/// An erasure as the log knows it.
struct Erasure {
  ErasureOrdered order;
  EventId ordered;  ///< The event.
  ErasureActor by;
  Instant ordered_at;
  std::optional<Instant> erased_at;  ///< Absent: it is being done.
};

/// Thread-safe.
class Erasures {
 public:
  /// All outlive it.
  struct Ports {
    StoreLog& log;
    KeyStore& keys;
    const CaseEngine& engine;
  };
  struct Options {
    /// Told of what is now durable: `ordered`, `destroyed`, `receipted`. For tests of what happens
    /// where it throws.
    std::function<void(std::string_view)> on_step = [](std::string_view) {};
  };
  Erasures(const Ports& ports, Options options) : ports_(ports), options_(std::move(options)) {}
  explicit Erasures(const Ports& ports) : Erasures(ports, Options{}) {}

  const Ports& Parts() const { return ports_; }
  Expected<ErasurePlan> Plan(const ErasureWish& wish, const Reach& reach) const;
  /// Records the order; nothing is destroyed yet. A command id that the log knows gives the first
  /// order again, whatever it is sent with. Refused as by PlanErasure, and `nothing_to_erase`,
  /// `erasure_held` with every obstacle as a field, `too_much_at_once`, and `contention` when the
  /// cases change faster than they can be looked at.
  Expected<Erasure> Order(const ErasureWish& wish, const ErasureGrounds& grounds,
                          const ErasureActor& by, const CommandId& command, const Reach& reach);
  /// `rest` waits, at most so long; false: give up, somebody goes on later.
  using Rest = std::function<bool(std::chrono::milliseconds)>;
  /// Does what was ordered and has no receipt. The number of receipts.
  std::size_t Finish(const Rest& rest);
  /// Destroys again whatever was ordered to be and is not: a key store that was restored from an
  /// older backup has it still. The number of keys.
  std::size_t Reapply();

  /// Something was ordered and has no receipt.
  bool HasUnfinished() const;
  /// Oldest first.
  std::vector<Erasure> List() const;
  std::optional<Erasure> Find(const std::string& id) const;

  /// 保留: keeps the case's personal data until it is lifted or over. Its id. Refused:
  /// `unknown_case`, `subject_erased` where nothing can be sealed for the parties any more.
  struct HoldWish {
    StreamId case_id;
    std::string reason;
    std::optional<Date> until;
  };
  Expected<std::string> PlaceHold(const HoldWish& wish, const ErasureActor& by);
  /// Refused besides: `unknown_hold`.
  Expected<void> LiftHold(const StreamId& case_id, const std::string& hold,
                          const std::string& reason, const ErasureActor& by);

 private:
  NewEvent EventOf(std::string_view type, const ErasureActor& by) const;
  AppendRequest RequestOf(const ErasurePlan& plan, NewEvent event) const;
  std::optional<Erasure> Known(const ErasureActor& by, const CommandId& command) const;
  void WriteReceipt(const Erasure& erasure);
  /// Appends to a case that exists, whatever else happens to it.
  Expected<void> Note(const StreamId& case_id, const EventDraft& draft, const ErasureActor& by);

  Ports ports_;
  Options options_;
};

inline constexpr Refusal kErasureHeld{"erasure_held", "依法应当保存，暂不能删除，只能停止使用",
                                      "the data must be kept for now; only their use may stop",
                                      "个人信息保护法 47"};
inline constexpr Refusal kNothingToErase{"nothing_to_erase", "没有此人可删除的个人信息",
                                         "there is nothing of this person to erase"};
inline constexpr Refusal kTooMuchAtOnce{"too_much_at_once", "所涉案卷或密钥过多",
                                        "too many cases or keys for one order"};
inline constexpr Refusal kUnknownHold{"unknown_hold", "没有此项保留，或已解除",
                                      "there is no such hold, or it is lifted"};

}  // namespace docket
