/// Fills a log with cases as the engine would have recorded them, as fast as the log takes them.
#pragma once

#include <vector>

#include "domain/event_log.hpp"

namespace docket::testing {

/// The acts of one complaint: for each command the events that it gave.
using CaseActs = std::vector<std::vector<NewEvent>>;
/// A complaint that was lodged, signed for, accepted and looked into, decided by the engine.
CaseActs RecordComplaint();

/// Appends cases with the acts of `acts`, each with a title of its own, many of them open at once.
/// Calls add further cases.
class ManyCases {
 public:
  ManyCases(EventLog& log, CaseActs acts) : log_(log), acts_(std::move(acts)) {}
  /// Returns the number of events appended.
  std::size_t Append(std::size_t cases);

 private:
  AppendRequest RequestOf(const StreamId& stream, std::size_t number, std::size_t act) const;

  EventLog& log_;
  const CaseActs acts_;
  std::size_t made_ = 0;
};

}  // namespace docket::testing
