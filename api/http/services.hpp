/// What the resources work with, and where their routes are added. All of it outlives the router.
#pragma once

#include <functional>

#include "api/auth/access.hpp"
#include "api/auth/office.hpp"
#include "api/http/message.hpp"
#include "api/http/router.hpp"
#include "persistence/projections/case_views.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::http {

/// What moving the legal clock brought about.
struct ClockMoved {
  Instant now;
  std::int64_t cases_ticked = 0;
};

struct Services {
  CaseEngine& engine;
  const CaseViews& views;
  const Office& office;
  /// Moves the virtual clock and sweeps until nothing is due; refused without a virtual clock.
  std::function<Expected<ClockMoved>(Instant)> move_clock;
  /// Whether the account may make one more request now, and what is then left of its share, where
  /// it has one; refused as `rate_limited`.
  std::function<Expected<std::optional<RateShare>>(const ActorId&)> admit;
  Cors cors = {};  ///< Pages of which other origins may call.
};

Router MakeRouter(const Services& services);

void AddCommandRoutes(Router& router, const Services& services);  ///< POST /v1/cases…
void AddCaseRoutes(Router& router, const Services& services);     ///< GET /v1/cases…
void AddDeadlineRoutes(Router& router, const Services& services);
void AddFeedRoutes(Router& router, const Services& services);
void AddWorkflowRoutes(Router& router, const Services& services);
void AddClockRoutes(Router& router, const Services& services);  ///< Clock and health.

}  // namespace docket::http
