#include "api/application.hpp"

namespace docket {

namespace {

constexpr std::chrono::seconds kCatchUpTimeout{30};

const SqlitePaths& BoundKeys(SqliteStore& store, LostKeys lost) {
  BindKeys(store, lost);
  return store.Paths();
}

}  // namespace

Expected<std::unique_ptr<Application>> Application::Open(const ApplicationOptions& options,
                                                         Office office) {
  const auto paths = ParseSqliteUrl(options.store_url);
  if (!paths) return tl::unexpected(paths.error());
  std::unique_ptr<Application> application(new Application(*paths, options, std::move(office)));
  if (options.start_at) {
    const auto moved = application->virtual_->MoveTo(*options.start_at);
    if (!moved) return tl::unexpected(moved.error());
  }
  if (!options.virtual_clock &&
      application->store_.LatestRecordedAt() > application->machine_.Now()) {
    return Refuse(RejectionKind::kRefused,
                  {"virtual_clock_needed", "事件库中有晚于当前时间的记录，须以虚拟时钟启动",
                   "the log holds events from the future: start with --virtual-clock"});
  }
  return application;
}

Application::Application(const SqlitePaths& paths, const ApplicationOptions& options, Office office)
    : store_({paths, StoreAccess::kOwner, options.owner}),
      virtual_(options.virtual_clock ? std::optional<VirtualClock>(std::in_place, store_, machine_)
                                     : std::nullopt),
      clock_(virtual_ ? static_cast<const Clock&>(*virtual_) : machine_),
      keys_(BoundKeys(store_, options.lost_keys)),
      log_(store_, clock_),
      calendars_({log_, clock_, ids_}),
      office_(std::move(office)),
      engine_({log_, keys_, office_, clock_, ids_, calendars_, recent_}),
      views_(store_.Views(), log_),
      projection_(log_),
      projecting_({store_.Views(), log_, projection_, store_.SingleRunners()}),
      wake_projector_(log_.OnAppended([this](Position) { projecting_.Wake(); })),
      sweeper_({views_, clock_,
                [this](const std::vector<StreamId>& case_ids) {
                  auto ticked = engine_.TickAll(case_ids);
                  ticked_ += std::count_if(ticked.begin(), ticked.end(), [](const auto& tick) {
                    return tick.outcome.has_value();
                  });
                  return ticked;
                },
                [this](Position position) {
                  return projecting_.CatchUpTo(position, kCatchUpTimeout);
                }}) {}

Application::~Application() = default;

bool Application::CatchUp() {
  return projecting_.CatchUpTo(log_.ReadHead(LogId::kCases).position, kCatchUpTimeout);
}

std::int64_t Application::Sweep() {
  const std::int64_t before = ticked_;
  CatchUp();
  sweeper_.SweepUntilQuiet();
  return ticked_ - before;
}

Expected<http::ClockMoved> Application::MoveClock(Instant instant) {
  if (!virtual_) {
    return Refuse(RejectionKind::kRefused,
                  {"clock_not_virtual", "服务未以虚拟时钟启动，不能移动时间",
                   "the server was not started with --virtual-clock"});
  }
  // Counted from before the move: the sweeper's own thread may be quicker than this one.
  const std::int64_t before = ticked_;
  const auto moved = virtual_->MoveTo(instant);
  if (!moved) return tl::unexpected(moved.error());
  Sweep();
  return http::ClockMoved{clock_.Now(), ticked_ - before};
}

http::Services Application::HttpServices() {
  return {engine_, views_, office_, [this](Instant instant) { return MoveClock(instant); }};
}

Expected<std::unique_ptr<CalendarStore>> CalendarStore::Open(std::string_view store_url) {
  const auto paths = ParseSqliteUrl(store_url);
  if (!paths) return tl::unexpected(paths.error());
  return std::unique_ptr<CalendarStore>(new CalendarStore(*paths));
}

CalendarStore::CalendarStore(const SqlitePaths& paths)
    : store_({paths, StoreAccess::kOwner, "docket calendar import"}),
      clock_(store_, machine_),
      log_(store_, clock_),
      calendars_({log_, clock_, ids_}) {}

Expected<std::unique_ptr<StoreReader>> StoreReader::Open(std::string_view store_url) {
  const auto paths = ParseSqliteUrl(store_url);
  if (!paths) return tl::unexpected(paths.error());
  return std::unique_ptr<StoreReader>(new StoreReader(*paths));
}

StoreReader::StoreReader(const SqlitePaths& paths)
    : store_({paths, StoreAccess::kReader, ""}),
      log_(store_, clock_),
      calendars_({log_, clock_, ids_}),
      engine_({log_, keys_, directory_, clock_, ids_, calendars_, recent_}),
      views_(store_.Views(), log_) {}

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
