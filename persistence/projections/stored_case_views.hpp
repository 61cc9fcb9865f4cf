/// The case views on any store, as CaseProjection writes them.
#pragma once

#include "persistence/projections/case_views.hpp"
#include "persistence/projections/view_readers.hpp"

namespace docket {

/// Thread-safe. Empty while nothing was ever projected. A timeline is read from the log itself,
/// which keeps a stream in order already: it is never behind and nothing is stored twice.
class StoredCaseViews : public CaseViews {
 public:
  /// `views` and `log` outlive the object.
  StoredCaseViews(ViewStore& views, const EventLog& log);

  Page<CaseRow> ListCases(const CaseFilter& filter) const override;
  Page<DeadlineRow> ListDeadlines(const DeadlineFilter& filter) const override;
  std::vector<TimelineRow> Timeline(const StreamId& case_id) const override;
  std::vector<StreamId> DueCases(Instant now, std::size_t limit) const override;
  std::optional<Instant> NextDue(Instant now) const override;
  Position ProjectedTo() const override;
  /// Reads that failed, since the start.
  std::uint64_t Failures() const { return readers_.Failures(); }

 private:
  const EventLog& log_;
  mutable ViewReaders readers_;
};

}  // namespace docket
