/// Reading the second log, page by page, for whoever audits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"

namespace docket {

/// Absent members do not filter.
struct AccessFilter {
  std::optional<ActorId> account{};
  std::optional<StreamId> case_id{};
  std::optional<std::string> type{};  ///< One of kAccessEventNames.
  std::optional<std::string> reason{};
  std::optional<std::string> address{};
  Position after{};
  std::size_t limit = 100;
};

struct AccessPage {
  std::vector<RecordedEvent> events;
  Position next;  ///< All up to here was looked at: the next page's `after`.
  Head head;
};

/// Oldest first. A page may hold fewer events than `limit`, or none, though more follow: so much of
/// the log is looked at and no more. At the end `next` is the head's position.
AccessPage ReadAccesses(const EventLog& log, const AccessFilter& filter);

}  // namespace docket
