/// The case views on SQLite, as CaseProjection writes them.
#pragma once

#include "persistence/projections/case_views.hpp"
#include "persistence/sqlite/connection_pool.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

/// Thread-safe; reads on connections of its own. A timeline is read from the log itself, which
/// keeps a stream in order already: it is never behind and nothing is stored twice.
class SqliteCaseViews : public CaseViews {
 public:
  /// `log` outlives the views. Creates and migrates the file where it is missing.
  SqliteCaseViews(const SqlitePaths& paths, const EventLog& log);

  Page<CaseRow> ListCases(const CaseFilter& filter) const override;
  Page<DeadlineRow> ListDeadlines(const DeadlineFilter& filter) const override;
  std::vector<TimelineRow> Timeline(const StreamId& case_id) const override;
  std::vector<StreamId> DueCases(Instant now, std::size_t limit) const override;
  Position ProjectedTo() const override;

 private:
  const EventLog& log_;
  mutable ConnectionPool readers_;
};

}  // namespace docket
