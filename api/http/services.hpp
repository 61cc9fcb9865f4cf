/// What the resources work with, and where their routes are added. All of it outlives the router.
#pragma once

#include <functional>

#include "api/application_status.hpp"
#include "api/auth/access.hpp"
#include "api/auth/identity.hpp"
#include "api/feed/feed_hub.hpp"
#include "api/http/message.hpp"
#include "api/http/router.hpp"
#include "api/intake/intake.hpp"
#include "api/notifications/channels.hpp"
#include "api/webhooks/webhooks.hpp"
#include "persistence/access/access_recorder.hpp"
#include "persistence/documents/document_keeper.hpp"
#include "persistence/documents/documents.hpp"
#include "persistence/erasures/erasure_runner.hpp"
#include "persistence/notifications/notification_store.hpp"
#include "persistence/projections/case_views.hpp"
#include "persistence/readings/case_readings.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::http {

/// What moving the legal clock brought about.
struct ClockMoved {
  Instant now;
  std::int64_t cases_ticked = 0;
};

/// Finding persons and erasing them.
struct PersonalDataServices {
  KeyStore& keys;
  Erasures& erasures;
  ErasureRunner& runner;
};

/// Documents, and whoever makes them the cases'.
struct DocumentServices {
  Documents& documents;
  DocumentKeeper& keeper;
};

struct Services {
  CaseEngine& engine;
  const CaseViews& views;
  Identity& identity;
  /// Moves the virtual clock and sweeps until nothing is due; refused without a virtual clock.
  std::function<Expected<ClockMoved>(Instant)> move_clock;
  /// Whether the account may make one more request now, and what is then left of its share, where
  /// it has one; refused as `rate_limited`.
  std::function<Expected<std::optional<RateShare>>(const ActorId&)> admit;
  const FeedReader& feed;
  FeedHub& hub;
  Webhooks& webhooks;
  /// The second log: where readings and denials are recorded.
  AccessRecorder& accesses;
  NotificationStore& notifications;
  const NoticeChannels& notice_channels;
  Cors cors = {};  ///< Pages of which other origins may call.
  /// Whether requests may be sent to this process.
  std::function<Readiness()> readiness;
  PersonalDataServices personal;
  CaseReadings& readings;
  DocumentServices papers;
  intake::Intake& data_intake;
};

Router MakeRouter(const Services& services);

void AddCommandRoutes(Router& router, const Services& services);  ///< POST /v1/cases…
void AddCaseRoutes(Router& router, const Services& services);     ///< GET /v1/cases…
void AddDeadlineRoutes(Router& router, const Services& services);
void AddFeedRoutes(Router& router, const Services& services);
void AddWebhookRoutes(Router& router, const Services& services);
void AddNotificationRoutes(Router& router, const Services& services);
void AddWorkflowRoutes(Router& router, const Services& services);
void AddClockRoutes(Router& router, const Services& services);   ///< Clock and health.
void AddHealthRoutes(Router& router, const Services& services);  ///< GET /healthz, /readyz.
void AddAccessLogRoutes(Router& router, const Services& services);
void AddSessionRoutes(Router& router, const Services& services);
void AddApiKeyRoutes(Router& router, const Services& services);
void AddPersonRoutes(Router& router, const Services& services);   ///< POST /v1/persons/search.
void AddErasureRoutes(Router& router, const Services& services);  ///< Erasures and holds.
void AddConsentRoutes(Router& router, const Services& services);  ///< Restrictions and consents.
void AddDocumentRoutes(Router& router, const Services& services);
void AddIntakeRoutes(Router& router, const Services& services);
void AddLoginRoutes(Router& router, const Services& services);  ///< Certificates and tokens.

}  // namespace docket::http
