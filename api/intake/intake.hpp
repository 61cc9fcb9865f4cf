/// Data intake (数据归集): messages of trading systems, one by one, each taken in or not, whatever
/// becomes of the others (HN18-8 to 10; FJ18-13(3)).
///
/// What is taken in is a command of the message's trade project; what is not goes back as a data
/// check; both, and what is counted in the provider's connection, have ids made from the batch, so
/// that a batch that is sent again, after whatever went wrong, has the effect of one. A system that
/// is not admitted gets nothing in: its batch is kept sealed with a clue (XX17-7).
#pragma once

#include <string>
#include <vector>

#include "api/intake/checking.hpp"
#include "api/intake/report.hpp"
#include "domain/actor.hpp"
#include "persistence/documents/document_keeper.hpp"
#include "persistence/documents/documents.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::intake {

constexpr std::size_t kMessagesMax = 500;  ///< In one batch.

/// Thread-safe.
class Intake {
 public:
  /// All outlive it.
  struct Ports {
    CaseEngine& engine;
    Documents& documents;
    DocumentKeeper& keeper;
  };
  explicit Intake(const Ports& ports) : ports_(ports) {}

  /// An account of the provider, and the provider.
  struct Sender {
    ActorId account;
    Unit provider;
  };
  /// `text` is what came, of which the messages were read; `route` as in ReadMessage. Refused as a
  /// whole: `store_overloaded` and the like, where it may be sent again; otherwise what is wrong is
  /// said message by message.
  Expected<BatchReport> Take(const Sender& sender, const std::string& text,
                             const std::vector<Expected<Json>>& messages, const std::string& route);

 private:
  struct Batch;
  std::optional<Connection> FindConnection(const UnitId& provider) const;
  /// Of one message in order. Throws nothing but what the store throws.
  std::optional<Rejection> Record(Batch& batch, const Message& message);
  std::optional<Rejection> OpenCheck(Batch& batch, const Message& message);
  std::optional<Rejection> CountInConnection(const Batch& batch);
  Expected<BatchReport> Quarantine(Batch& batch, const std::string& text);
  std::optional<Rejection> NoteQuarantine(const Batch& batch);
  std::optional<Rejection> RaiseClue(Batch& batch, const std::string& text);
  Expected<CommandOutcome> ByProcess(CommandRequest request);
  StreamId CaseOf(const CommandRequest& request) const;

  const Ports ports_;
};

inline constexpr Refusal kPlatformNotAdmitted{
    "platform_not_admitted", "该系统未接入或者已暂停接入，推送内容已隔离",
    "this system is not admitted: what it pushes is quarantined", "XX17-7"};

}  // namespace docket::intake
