#include "api/application.hpp"

#include <fmt/format.h>

#include "api/http/problem.hpp"

namespace docket {

namespace {

constexpr std::chrono::seconds kCatchUpTimeout{30};

/// A request waits no longer than this for a shared count.
constexpr std::chrono::milliseconds kRateTimeout{100};

/// Of one name, whether or not it is an account.
constexpr RateRule kLoginRate{.burst = 20, .interval = std::chrono::seconds{2}};

/// Of one address: a whole office may share it.
constexpr RateRule kLoginRateOfAddress{.burst = 120, .interval = std::chrono::seconds{1}};

std::optional<RateRule> RateOf(const ApplicationOptions& options) {
  if (!options.requests_per_second) return std::nullopt;
  return RateRule{.burst = 2 * *options.requests_per_second,
                  .interval = std::chrono::microseconds(std::chrono::seconds{1}) /
                              *options.requests_per_second};
}

Expected<std::shared_ptr<KeyEncryption>> OpenKeks(const std::string& spec) {
  if (spec.empty()) return nullptr;
  return KeyEncryption::Open(spec);
}

RateLimiter::Options RateLimiterOptionsOf(const ApplicationOptions& options) {
  RateLimiter::Options limiter;
  limiter.report = options.report;
  if (!options.redis) return limiter;
  limiter.redis = RedisOptions{
      .url = options.redis->url, .connect_timeout = kRateTimeout, .command_timeout = kRateTimeout};
  limiter.prefix = options.redis->prefix;
  return limiter;
}

template <class Options>
Options Reporting(Options options, const Report& report) {
  options.report = report;
  return options;
}

}  // namespace

Expected<std::unique_ptr<Application>> Application::Open(const ApplicationOptions& options,
                                                         Office office) {
  const auto keks = OpenKeks(options.kek);
  if (!keks) return tl::unexpected(keks.error());
  auto store = OpenStore({.url = options.store_url,
                          .keys_url = options.keys_url,
                          .owner = options.owner,
                          .keks = *keks});
  if (!store) return tl::unexpected(store.error());
  std::unique_ptr<Application> application(
      new Application(std::move(*store), options, std::move(office)));
  if (options.start_at) {
    const auto moved = application->virtual_->MoveTo(*options.start_at);
    if (!moved) return tl::unexpected(moved.error());
  }
  if (!options.virtual_clock &&
      application->store_->Settings().LatestRecordedAt() > application->machine_.Now()) {
    return Refuse(RejectionKind::kRefused,
                  {"virtual_clock_needed", "事件库中有晚于当前时间的记录，须以虚拟时钟启动",
                   "the log holds events from the future: start with --virtual-clock"});
  }
  return application;
}

Application::Application(std::unique_ptr<Store> store, const ApplicationOptions& options,
                         Office office)
    : store_(std::move(store)),
      virtual_(options.virtual_clock
                   ? std::optional<VirtualClock>(std::in_place, store_->Settings(), machine_)
                   : std::nullopt),
      clock_(virtual_ ? static_cast<const Clock&>(*virtual_) : machine_),
      keys_(store_->OpenKeys(options.lost_keys)),
      log_(store_->OpenLog(clock_)),
      calendars_({*log_, clock_, ids_}),
      accounts_(*log_),
      directory_(std::move(office), accounts_),
      credentials_(store_->OpenCredentials()),
      engine_({*log_, *keys_, directory_, clock_, ids_, calendars_, watched_}),
      views_(store_->Views(), *log_),
      projection_(*log_),
      projecting_({store_->Views(), *log_, projection_, store_->SingleRunners()},
                  ProjectorRunner::Options{.report = options.report}),
      wake_projector_(log_->OnAppended([this](Position) { projecting_.Wake(); })),
      rate_(RateOf(options)),
      rates_(RateLimiterOptionsOf(options), machine_),
      accesses_({*log_, clock_, ids_}, Reporting(AccessRecorder::Options{}, options.report)),
      identity_(PortsOfIdentity(options), options.credentials),
      feed_(*log_, engine_),
      sender_(options.webhooks),
      webhook_store_(store_->Side()),
      webhooks_({webhook_store_, feed_, *keys_, ids_, machine_, sender_}),
      notifications_(store_->Side()),
      notice_channels_(options.notice_channels),
      cors_(options.cors),
      hub_(feed_, Reporting(options.feed, options.report)),
      dispatcher_({webhook_store_, webhooks_, feed_, directory_, machine_, sender_,
                   store_->SingleRunners()},
                  Reporting(options.dispatcher, options.report)),
      courier_(
          {notifications_, engine_, directory_, clock_, notice_channels_, store_->SingleRunners()},
          Reporting(options.courier, options.report)),
      notifier_(PortsOfNotifier(), OptionsOfNotifier(options)),
      wake_hub_(log_->OnAppended([this](Position) {
        hub_.Wake();
        dispatcher_.Wake();
        notifier_.Wake();
      })),
      sweeper_(PortsOfSweeper(), Sweeper::Options{.report = options.report}),
      erasures_({*log_, *keys_, engine_}),
      readings_({*log_, *keys_, engine_}),
      erasing_(erasures_, store_->SingleRunners(), Reporting(options.erasures, options.report)),
      document_store_(store_->Documents()),
      documents_({document_store_, *keys_, ids_, machine_}, options.documents),
      keeper_({document_store_, *keys_, *log_, machine_, store_->SingleRunners()},
              Reporting(DocumentKeeper::Options{}, options.report)),
      intake_({engine_, documents_, keeper_}),
      link_progress_(store_->Side(), std::string(ProcessManager::kLease)),
      linking_({engine_, *log_, *keys_, link_progress_, store_->SingleRunners(), AllLinks()},
               Reporting(ProcessManager::Options{}, options.report)),
      wake_linking_(log_->OnAppended([this](Position) { linking_.Wake(); })) {
  // Before anything is served: the key store may be an older one than the log.
  if (const auto again = erasures_.Reapply(); again > 0) {
    options.report(
        {NoticeLevel::kWarning, "erasures",
         fmt::format("destroyed {} keys again that the key store had brought back", again)});
  }
  if (!options.redis) return;
  RedisLinkOptions redis = *options.redis;
  redis.report = options.report;
  redis_.emplace(
      RedisLink::Ports{
          .log = *log_, .leases = store_->SingleRunners(), .wake = [this] { projecting_.Wake(); }},
      redis);
}

IdentityPorts Application::PortsOfIdentity(const ApplicationOptions& options) {
  return {
      .directory = directory_,
      .engine = engine_,
      .credentials = {.table = *credentials_, .keys = *keys_, .clock = clock_, .machine = machine_},
      .ids = ids_,
      .admit_login =
          [this](const ActorId& account) {
            return rates_.Take("login/" + account.value, kLoginRate).is_allowed;
          },
      .admit_address =
          [this](const std::string& address) {
            return rates_.Take("login-from/" + address, kLoginRateOfAddress).is_allowed;
          },
      .record = [this](const AccessNote& note) { accesses_.Record(note); },
      .trust = options.client_trust,
      .tokens = options.tokens};
}

SweeperPorts Application::PortsOfSweeper() {
  return {
      .views = views_,
      .clock = clock_,
      .leases = store_->SingleRunners(),
      .tick_all =
          [this](const std::vector<StreamId>& case_ids) {
            auto ticked = engine_.TickAll(case_ids);
            ticked_ += std::count_if(ticked.begin(), ticked.end(),
                                     [](const auto& tick) { return tick.outcome.has_value(); });
            return ticked;
          },
      .catch_up =
          [this](Position position) { return projecting_.CatchUpTo(position, kCatchUpTimeout); },
      .refresh = [this] { Refresh(); }};
}

Notifier::Ports Application::PortsOfNotifier() {
  return {
      .store = notifications_,
      .log = *log_,
      .engine = engine_,
      .directory = directory_,
      .views = views_,
      .clock = clock_,
      .leases = store_->SingleRunners(),
      .catch_up =
          [this](Position position) { return projecting_.CatchUpTo(position, kCatchUpTimeout); },
      .made = [this] { courier_.Wake(); }};
}

NotifierOptions Application::OptionsOfNotifier(const ApplicationOptions& options) const {
  NotifierOptions notifier = Reporting(options.notifier, options.report);
  notifier.channels = notice_channels_.Available();
  return notifier;
}

void Application::Refresh() {
  if (virtual_) virtual_->Refresh();
  calendars_.Refresh();
  DisableIdleAccounts();
}

void Application::DisableIdleAccounts() {
  const std::lock_guard guard(idle_);
  const Date today = clock_.Now().ChinaDate();
  if (idle_looked_for_on_ == today) return;
  identity_.DisableIdle(views_);
  idle_looked_for_on_ = today;
}

Application::~Application() = default;

bool Application::CatchUp() {
  return projecting_.CatchUpTo(log_->ReadHead(LogId::kCases).position, kCatchUpTimeout);
}

std::int64_t Application::Sweep() {
  const std::int64_t before = ticked_;
  CatchUp();
  DisableIdleAccounts();
  sweeper_.SweepUntilQuiet();
  return ticked_ - before;
}

Expected<http::ClockMoved> Application::MoveClock(Instant instant) {
  if (!virtual_) return tl::unexpected(http::ClockNotVirtual());
  // Counted from before the move: the sweeper's own thread may be quicker than this one.
  const std::int64_t before = ticked_;
  const auto moved = virtual_->MoveTo(instant);
  if (!moved) return tl::unexpected(moved.error());
  Sweep();
  notifier_.Wake();
  courier_.Wake();
  return http::ClockMoved{clock_.Now(), ticked_ - before};
}

Expected<std::optional<RateShare>> Application::Admit(const ActorId& account) {
  if (!rate_) return std::optional<RateShare>();
  const RateDecision decision = rates_.Take(account.value, *rate_);
  if (!decision.is_allowed) return tl::unexpected(http::RateLimited());
  return RateShare{rate_->burst, decision.left};
}

http::Services Application::HttpServices() {
  return {engine_,
          views_,
          identity_,
          [this](Instant instant) { return MoveClock(instant); },
          [this](const ActorId& account) { return Admit(account); },
          feed_,
          hub_,
          webhooks_,
          accesses_,
          notifications_,
          notice_channels_,
          cors_,
          [this] { return CheckReadiness(); },
          {*keys_, erasures_, erasing_},
          readings_,
          {documents_, keeper_},
          intake_};
}

Expected<std::unique_ptr<CalendarStore>> CalendarStore::Open(std::string_view store_url) {
  auto store = OpenStore({.url = std::string(store_url), .owner = "docket calendar import"});
  if (!store) return tl::unexpected(store.error());
  return std::unique_ptr<CalendarStore>(new CalendarStore(std::move(*store)));
}

CalendarStore::CalendarStore(std::unique_ptr<Store> store)
    : store_(std::move(store)),
      clock_(store_->Settings(), machine_),
      log_(store_->OpenLog(clock_)),
      calendars_({*log_, clock_, ids_}) {}

Expected<std::unique_ptr<StoreReader>> StoreReader::Open(std::string_view store_url,
                                                         bool virtual_clock) {
  auto store = OpenStore({.url = std::string(store_url), .access = StoreAccess::kReader});
  if (!store) return tl::unexpected(store.error());
  return std::unique_ptr<StoreReader>(new StoreReader(std::move(*store), virtual_clock));
}

StoreReader::StoreReader(std::unique_ptr<Store> store, bool virtual_clock)
    : store_(std::move(store)),
      virtual_(virtual_clock
                   ? std::optional<VirtualClock>(std::in_place, store_->Settings(), machine_)
                   : std::nullopt),
      clock_(virtual_ ? static_cast<const Clock&>(*virtual_) : machine_),
      log_(store_->OpenLog(clock_)),
      calendars_({*log_, clock_, ids_}),
      engine_({*log_, keys_, directory_, clock_, ids_, calendars_, recent_}),
      views_(store_->Views(), *log_) {}

void StoreReader::NoKeys::Ensure(const std::vector<KeyId>&, const std::vector<PersonMark>&) {
  throw StoreError("this store is open for reading");
}
SealedValue StoreReader::NoKeys::Seal(const KeyId&, const std::string&, const std::string&) {
  throw StoreError("this store is open for reading");
}
std::optional<std::string> StoreReader::NoKeys::Open(const SealedValue&, const std::string&) const {
  return std::nullopt;
}
std::string StoreReader::NoKeys::Authenticate(const KeyId&, const std::string&) {
  throw StoreError("this store is open for reading");
}
std::optional<std::string> StoreReader::NoKeys::Reauthenticate(const KeyId&,
                                                               const std::string&) const {
  return std::nullopt;
}

}  // namespace docket
