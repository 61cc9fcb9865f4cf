#include "persistence/log_pages.hpp"

#include <utility>

namespace docket {

namespace {

/// Two: while one is on its way the store already reads the other.
constexpr std::size_t kPagesAhead = 2;

}  // namespace

LogPages::LogPages(const EventLog& log, LogId id, Position after, std::size_t page_events)
    : log_(log), id_(id), page_events_(page_events), after_(after), asked_(after) {}

std::vector<RecordedEvent> LogPages::Next(Page spent) {
  do {
    Ask(std::exchange(spent, {}));
  } while (ahead_.size() <= kPagesAhead);
  auto next = std::move(ahead_.front());
  ahead_.pop_front();
  Page page;
  try {
    page = next.get();
  } catch (...) {
    ahead_.clear();
    asked_ = after_;
    throw;
  }
  if (!page.empty()) after_ = page.back().position;
  if (page.size() < page_events_) {
    // What was asked for behind the end begins at the wrong place.
    ahead_.clear();
    asked_ = after_;
  }
  return page;
}

void LogPages::Ask(Page spent) {
  ahead_.push_back(
      std::async(std::launch::async, [this, after = asked_, freed = std::move(spent)]() mutable {
        freed = {};
        return log_.ReadLog(id_, after, page_events_);
      }));
  asked_ = Position{asked_.value + static_cast<std::int64_t>(page_events_)};
}

}  // namespace docket
