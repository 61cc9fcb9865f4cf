/// A case, its events and its row of the list as JSON, the same over HTTP and on the command line.
#pragma once

#include "api/auth/access.hpp"
#include "persistence/projections/case_views.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// One case as it is shown: its clocks are read at `now`.
struct CaseView {
  const StreamId& case_id;
  const CaseModel& model;
  const Calendars& calendars;
  Instant now;
  Access access = Access::kSealed;   ///< The reader's.
  personal::ErasedKeys erased = {};  ///< As known now, also where the case is shown as it was.
};

/// Personal texts that the model holds sealed are shown as {"sealed": true}, erased ones as
/// {"erased": true, "erased_at": …}.
Json CaseJson(const CaseView& view);
Json TimelineJson(const CaseEngine::ReadEvent& read, const personal::ErasedKeys& erased);
Json RowJson(const CaseRow& row, Access access = Access::kSealed);
Json SummaryJson(const CaseSummary& summary);
/// Their JSON Schemas.
Json CaseSchema();
Json TimelineSchema();
Json RowSchema();
Json SummarySchema();
/// The state's Chinese name; empty when the workflow is unknown.
std::string StateText(std::string_view workflow, std::string_view state);

}  // namespace docket
