/// What must hold of every history, whoever did what and whatever died: each a function over the
/// events as they are stored, which knows nothing of how they came about.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "workflows/engine/workflow.hpp"
#include "workflows/links/link.hpp"

namespace docket::simulation {

/// Sentences that say what is wrong and where; empty: nothing.
using Problems = std::vector<std::string>;
/// A whole log, in order of position.
using History = std::vector<RecordedEvent>;

/// Cases, folded event by event by those who only read.
class Fold {
 public:
  using Cases = std::map<StreamId, std::unique_ptr<CaseModel>>;

  /// What belongs to no case is passed over.
  void Apply(const RecordedEvent& event);
  /// nullptr: there is no such case.
  const CaseModel* Find(const StreamId& case_id) const;
  const Cases& All() const { return cases_; }

 private:
  Cases cases_;
};

/// What somebody was told of a command.
struct Acknowledged {
  CommandId command;
  StreamId case_id;
  Version version;  ///< Of the case, after it.
  Position last;    ///< Of its last event.
  /// Of its own events, in order; empty where the first answer was lost and a later one told only
  /// that it had been done.
  std::vector<std::string> types;
};

/// Positions, versions and the time of recording go on without a gap and never back.
Problems CheckStreams(const History& history);
/// Every acknowledged command is there, whole and as it was said.
Problems CheckAcknowledged(const History& history, const std::vector<Acknowledged>& acknowledged);
/// No command, no event and no link took effect twice.
Problems CheckSingleEffects(const History& history);
/// What one case holds no other takes, and no case takes twice.
Problems CheckClaims(const History& history);
/// Each clock has ended, or runs with a day that is still to come, or waits for a reason; and where
/// its case has ended it can still end. `now`: when all that was due had been recorded.
Problems CheckClocks(const History& history, Instant now);
/// At most one account in service administers a unit, at any time (HN18-13).
Problems CheckAdministrators(const History& history);
/// A supervised item closes after all that it was forwarded to (domain: 督办 before its parent).
Problems CheckChildren(const History& history);
/// No period of keeping a record ends earlier than it once did, and nothing is disposed of before
/// its end (FJ18-16(1)).
Problems CheckRetention(const History& history);
/// Nobody acts whose account is closed.
Problems CheckClosedAccounts(const History& history);
/// Everything that the table of links says follows has followed, or was refused and written down,
/// or came too late where it may. Of a history that has come to rest.
Problems CheckLinks(const History& history, const std::vector<Link>& links);
/// Whoever waits for a case that he gave away is told of its end. Of a history at rest.
Problems CheckForwarded(const History& history);
/// A limit of law or promise that ran out has its warning. Of a history at rest.
Problems CheckWarnings(const History& history);

/// All of them, of a history at rest.
Problems CheckAll(const History& history, const std::vector<Acknowledged>& acknowledged,
                  Instant now);

/// The history without what differs between two runs of one seed: ids, sealed texts and keyed
/// digests become numbers in the order in which they appear. A line an event.
std::vector<std::string> Canonical(const History& history);

}  // namespace docket::simulation
