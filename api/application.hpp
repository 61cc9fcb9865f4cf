/// The composition of a running Docket on one store: what `serve`, the importer and the tests of
/// the server are built on.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/application_status.hpp"
#include "api/auth/identity.hpp"
#include "api/feed/feed_hub.hpp"
#include "api/http/services.hpp"
#include "api/notifications/courier.hpp"
#include "api/notifications/notifier.hpp"
#include "api/webhooks/webhook_dispatcher.hpp"
#include "persistence/access/access_recorder.hpp"
#include "persistence/accounts/log_accounts.hpp"
#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/clock/virtual_clock.hpp"
#include "persistence/documents/document_keeper.hpp"
#include "persistence/documents/documents.hpp"
#include "persistence/erasures/erasure_runner.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/open_store.hpp"
#include "persistence/processes/process_manager.hpp"
#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "persistence/readings/case_readings.hpp"
#include "persistence/redis/rate_limiter.hpp"
#include "persistence/redis/redis_link.hpp"
#include "persistence/runners/projector_runner.hpp"
#include "persistence/runners/sweeper.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

struct ApplicationOptions {
  std::string store_url;   ///< `sqlite:PATH` or `postgres://…`
  std::string keys_url{};  ///< See StoreOptions.
  std::string kek{};       ///< See KeyEncryption::Open; empty: none.
  std::string owner;       ///< Told to whoever else wants the store.
  bool virtual_clock = false;
  LostKeys lost_keys = LostKeys::kRefuse;
  std::optional<Instant> start_at;  ///< Where the virtual clock is set at the start.
  std::optional<RedisLinkOptions> redis{};
  /// Of one account, up to twice as many at once; nullopt: no limit.
  std::optional<std::int64_t> requests_per_second{};
  Report report = ReportToStderr;  ///< Of all runners.
  FeedHubOptions feed{};
  WebhookSenderOptions webhooks{};
  WebhookDispatcherOptions dispatcher{};
  CredentialPolicy credentials{};
  NotifierOptions notifier{};
  CourierOptions courier{};
  NoticeChannels notice_channels{};
  http::Cors cors{};
  ErasureRunner::Options erasures{};
  DocumentLimits documents{};
  std::shared_ptr<ClientTrust> client_trust{};  ///< nullptr: no certificates of clients.
  std::shared_ptr<TokenVerifier> tokens{};      ///< nullptr: no tokens of an issuer.
};

/// Owns the store and everything that works on it. Thread-safe once opened. The projector runs
/// from the start; the sweeper by itself only after StartSweeping.
class Application {
 public:
  /// Refused: a bad store URL, a virtual clock set before what the log already holds, and a log
  /// from the future of a clock that is not virtual (`virtual_clock_needed`). Throws StoreError
  /// when the store is broken, its keys are missing, or another process owns it.
  static Expected<std::unique_ptr<Application>> Open(const ApplicationOptions& options,
                                                     Office office);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  CaseEngine& Engine() { return engine_; }
  const CaseViews& Views() const { return views_; }
  const Office& Accounts() const { return directory_.File(); }
  Identity& Logins() { return identity_; }
  IdSource& Ids() { return ids_; }
  StoreLog& Log() { return *log_; }
  const Clock& LegalClock() const { return clock_; }

  void StartSweeping() { sweeper_.Start(); }
  void StartDispatching() { dispatcher_.Start(); }
  void StartKeepingDocuments() { keeper_.Start(); }
  void StartLinking() { linking_.Start(); }
  void StartNotifying() {
    notifier_.Start();
    courier_.Start();
  }
  /// Waits until the views have seen all that is in the log now.
  bool CatchUp();
  /// Records what time alone has brought about, until nothing is due; the number of cases.
  std::int64_t Sweep();
  /// Moves the virtual clock, then sweeps. Refused: `clock_not_virtual`, `clock_before_log_head`.
  Expected<http::ClockMoved> MoveClock(Instant instant);
  /// Whether the account may make one more request now, and what is left of its share; nullopt
  /// where there is no limit. Refused: `rate_limited`.
  Expected<std::optional<RateShare>> Admit(const ActorId& account);
  http::Services HttpServices();
  FeedHub& Feed() { return hub_; }
  NotificationStore& Notifications() { return notifications_; }

  ApplicationStatus Status();
  Readiness CheckReadiness();
  /// From now on it is not ready: requests shall go elsewhere.
  void BeginDraining() { is_draining_ = true; }
  /// Waits until what was appended is projected and, where this process relays, relayed. False when
  /// that took too long; nothing is lost by that.
  bool Flush();

  /// The second log's writer.
  AccessRecorder& Accesses() { return accesses_; }
  Erasures& PersonalData() { return erasures_; }
  ErasureRunner& Erasing() { return erasing_; }
  DocumentStore& DocumentRows() { return document_store_; }
  SideTables& DocumentTables() { return store_->Documents(); }
  DocumentKeeper& Keeper() { return keeper_; }
  ProcessManager& Linking() { return linking_; }
  intake::Intake& DataIntake() { return intake_; }

 private:
  Application(std::unique_ptr<Store> store, const ApplicationOptions& options, Office office);
  IdentityPorts PortsOfIdentity(const ApplicationOptions& options);
  SweeperPorts PortsOfSweeper();
  Notifier::Ports PortsOfNotifier();
  /// What goes out besides the inbox is what there is a way out for.
  NotifierOptions OptionsOfNotifier(const ApplicationOptions& options) const;
  /// What other processes have changed: the legal clock, calendars.
  void Refresh();
  /// Once for each day of the legal clock.
  void DisableIdleAccounts();
  /// What the store says of itself now; empty when it fails, or is busy failing another's question.
  struct Probe {
    std::optional<Position> cases_head;
    std::optional<Position> access_head;
    std::vector<WebhookLag> webhooks;
    bool has_keys = false;
  };
  Probe AskStore();
  std::optional<NoticeStatus> StatusOfNotices();

  SystemClock machine_;
  std::unique_ptr<Store> store_;
  std::optional<VirtualClock> virtual_;
  const Clock& clock_;
  RandomIds ids_;
  std::unique_ptr<KeyStore> keys_;
  std::unique_ptr<StoreLog> log_;
  LogCalendars calendars_;
  LogAccounts accounts_;
  AccountDirectory directory_;
  std::unique_ptr<CredentialTable> credentials_;
  CaseCache recent_;
  WatchedCases watched_{recent_, accounts_};
  CaseEngine engine_;
  StoredCaseViews views_;
  CaseProjection projection_;
  ProjectorRunner projecting_;
  Subscription wake_projector_;
  std::mutex idle_;  ///< Guards the next.
  std::optional<Date> idle_looked_for_on_;
  std::atomic<std::int64_t> ticked_{0};
  std::atomic<bool> is_draining_{false};
  std::timed_mutex asking_;  ///< Held by whoever asks the store how it is.
  std::optional<RateRule> rate_;
  RateLimiter rates_;
  AccessRecorder accesses_;
  Identity identity_;
  FeedReader feed_;
  WebhookSender sender_;
  WebhookStore webhook_store_;
  Webhooks webhooks_;
  NotificationStore notifications_;
  const NoticeChannels notice_channels_;
  const http::Cors cors_;
  // Last: their threads use everything above.
  FeedHub hub_;
  WebhookDispatcher dispatcher_;
  Courier courier_;
  Notifier notifier_;
  Subscription wake_hub_;
  Sweeper sweeper_;
  std::optional<RedisLink> redis_;
  Erasures erasures_;
  CaseReadings readings_;
  ErasureRunner erasing_;
  DocumentStore document_store_;
  Documents documents_;
  DocumentKeeper keeper_;
  intake::Intake intake_;
  ProcessProgress link_progress_;
  ProcessManager linking_;
  Subscription wake_linking_;
};

/// A store owned for as long as one calendar takes to be published.
class CalendarStore {
 public:
  /// As Application::Open.
  static Expected<std::unique_ptr<CalendarStore>> Open(std::string_view store_url);
  LogCalendars& WorkCalendars() { return calendars_; }

 private:
  explicit CalendarStore(std::unique_ptr<Store> store);

  SystemClock machine_;
  std::unique_ptr<Store> store_;
  VirtualClock clock_;  ///< As the store was left: the machine's unless it had been moved.
  RandomIds ids_;
  std::unique_ptr<StoreLog> log_;
  LogCalendars calendars_;
};

/// A store opened for reading, also beside a process that owns it. Personal texts stay sealed.
class StoreReader {
 public:
  /// Throws StoreError when there is no such store. `virtual_clock`: it is now when the store's
  /// virtual clock says so.
  static Expected<std::unique_ptr<StoreReader>> Open(std::string_view store_url,
                                                     bool virtual_clock = false);

  const CaseEngine& Engine() const { return engine_; }
  const CaseViews& Views() const { return views_; }

 private:
  /// Opens nothing and seals nothing.
  class NoKeys : public SubjectKeys {
    void Ensure(const std::vector<KeyId>&, const std::vector<PersonMark>&) override;
    SealedValue Seal(const KeyId&, const std::string&, const std::string&) override;
    std::optional<std::string> Open(const SealedValue&, const std::string&) const override;
    std::string Authenticate(const KeyId&, const std::string&) override;
    std::optional<std::string> Reauthenticate(const KeyId&, const std::string&) const override;
  };
  class NoDirectory : public Directory {
    std::optional<Actor> FindActor(const ActorId&) const override { return std::nullopt; }
    std::optional<Unit> FindUnit(const UnitId&) const override { return std::nullopt; }
  };
  StoreReader(std::unique_ptr<Store> store, bool virtual_clock);

  SystemClock machine_;
  RandomIds ids_;
  NoKeys keys_;
  NoDirectory directory_;
  std::unique_ptr<Store> store_;
  std::optional<VirtualClock> virtual_;
  const Clock& clock_;
  std::unique_ptr<StoreLog> log_;
  LogCalendars calendars_;
  CaseCache recent_;
  CaseEngine engine_;
  StoredCaseViews views_;
};

}  // namespace docket
