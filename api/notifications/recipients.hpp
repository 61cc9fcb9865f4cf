/// From the audience of a notice to accounts. Whoever may not read the case is not told of it:
/// that is asked of api/auth/access.hpp, as for every reader.
#pragma once

#include <vector>

#include "api/auth/access.hpp"
#include "api/notifications/roster.hpp"
#include "workflows/engine/notices.hpp"

namespace docket {

/// A case as it is now, and what is told of it.
struct ToldCase {
  CaseOutline outline;
  ActorId account;                       ///< The account that it is about; empty: it is about none.
  Date today;                            ///< Of the legal clock: grants have dates.
  const RecordedEvent* event = nullptr;  ///< nullptr: not an event, but its standing unread.
  Json data = Json::object();            ///< The event's.
};
ToldCase ToldCaseOf(const Workflow& workflow, const CaseModel& model, Date today);

/// Each account once, in the order of the audience. Whoever did the act, or entered it, is not told
/// of it, except as the holder of the account concerned.
std::vector<ActorId> RecipientsOf(const std::vector<NoticeAudience>& audience, const ToldCase& told,
                                  const Roster& roster);

}  // namespace docket
