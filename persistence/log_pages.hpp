/// The whole log in order, for those who read much of it.
#pragma once

#include <deque>
#include <future>
#include <vector>

#include "domain/event_log.hpp"

namespace docket {

/// Reads ahead: positions are dense, so the next pages can be asked for before this one is there,
/// and are read while the caller works. Used by one thread.
class LogPages {
 public:
  /// `log` outlives this; `page_events` is the size of a full page.
  LogPages(const EventLog& log, LogId id, Position after, std::size_t page_events);

  /// The next page. Not full: the log ended there a moment ago; asking again finds what has come
  /// since, or nothing. `spent` is an earlier page, freed beside the caller. Throws what reading
  /// throws; nothing is skipped when it is called again.
  std::vector<RecordedEvent> Next(std::vector<RecordedEvent> spent = {});

 private:
  using Page = std::vector<RecordedEvent>;
  void Ask(Page spent);

  const EventLog& log_;
  const LogId id_;
  const std::size_t page_events_;
  Position after_;  ///< Of the next page that the caller gets.
  Position asked_;  ///< After it begins the next page to be asked for.
  std::deque<std::future<Page>> ahead_;
};

}  // namespace docket
