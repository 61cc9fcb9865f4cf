/// What an append writes in other streams than its case's: claims, and consequences in the cases
/// that held them. Reads the log, writes nothing.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/claims.hpp"

namespace docket {

class Drafting;

/// The case that holds a claim by the last event of its stream; empty: none does.
StreamId HolderAfter(const RecordedEvent& event);

class Claiming {
 public:
  explicit Claiming(const EnginePorts& ports);
  ~Claiming();
  Claiming(const Claiming&) = delete;
  Claiming& operator=(const Claiming&) = delete;

  /// Settles what `act`, the last event of `case_id`, claims. A refusal spends the whole append.
  std::optional<Rejection> Settle(const Claim& claim, const NewEvent& act, const StreamId& case_id);
  void AddWrites(std::vector<StreamWrite>& writes) const;
  /// Keeps the cases that were told something, once all is stored.
  void Keep(RecentCases& recent);

 private:
  /// A claim's stream as the log has it, and what this append adds.
  struct Held {
    Version version;
    StreamId by;  ///< Empty: nobody.
    std::vector<NewEvent> events;
  };

  Held& Look(const StreamId& stream);
  /// Somebody has written to it since it was looked at.
  bool HasMoved(const StreamId& stream, const Held& held) const;
  void Write(Held& held, std::string_view type, const StreamId& case_id, const NewEvent& act);
  std::optional<Rejection> Tell(const StreamId& holder, const Claim& claim, const NewEvent& act);

  const EnginePorts& ports_;
  std::map<StreamId, Held> held_;
  std::map<StreamId, std::unique_ptr<Drafting>> told_;
};

}  // namespace docket
