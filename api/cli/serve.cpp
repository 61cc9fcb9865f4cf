#include "api/cli/serve.hpp"

#include <csignal>

#include <sys/resource.h>

#include "api/application.hpp"
#include "api/cli/credential_options.hpp"
#include "api/cli/document_options.hpp"
#include "api/cli/exposure.hpp"
#include "api/cli/notification_options.hpp"
#include "api/cli/security_options.hpp"
#include "api/http/server.hpp"
#include "api/http/services.hpp"
#include "api/metrics/metrics.hpp"

namespace docket::cli {

namespace {

struct ServeArguments {
  std::string store;
  std::string keys;
  std::string kek;
  std::string office;
  std::string listen = "127.0.0.1:8080";
  std::string metrics_listen;
  std::int64_t drain_seconds = 0;
  bool virtual_clock = false;
  bool accept_lost_keys = false;
  std::string start_at;
  std::string redis;
  ExposureArguments exposure;
  std::optional<std::int64_t> redis_entries_max;
  std::optional<std::int64_t> requests_per_second;
  std::size_t feed_subscribers_max = FeedHubOptions{}.subscribers_max;
  bool webhooks_allow_private = false;
  std::string webhooks_ca;
  CredentialPolicy credentials;
  DocumentLimits documents;
  NoticeChannelOptions notices;
  std::int64_t escalate_after_workdays = NotifierOptions().escalate_after_workdays;
  std::vector<std::string> cors_origins;
  SecurityArguments security;
};

/// SIGTERM and SIGINT, held back from every thread that starts later, so that one place waits for
/// them and stops in order.
class StopSignals {
 public:
  StopSignals() {
    std::signal(SIGPIPE, SIG_IGN);  // A client that went away is an error of that answer only.
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void Wait() const {
    int received = 0;
    sigwait(&signals_, &received);
  }
  /// At most so long.
  void WaitFor(std::chrono::seconds duration) const {
    const timespec timeout{duration.count(), 0};
    sigtimedwait(&signals_, nullptr, &timeout);
  }

 private:
  sigset_t signals_{};
  sigset_t before_{};
};

/// Every subscriber of the feed is a file; the system's soft limit is far below its hard one.
void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Expected<ApplicationOptions> OptionsOf(const ServeArguments& arguments, const ProcessLog& log) {
  ApplicationOptions options;
  options.report = log.Reporting();
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.owner = "docket serve " + arguments.listen;
  options.virtual_clock = arguments.virtual_clock;
  if (arguments.accept_lost_keys) options.lost_keys = LostKeys::kAccept;
  if (!arguments.start_at.empty()) {
    options.start_at = Instant::ParseDateOrInstant(arguments.start_at);
    if (!options.start_at) {
      return Refuse(RejectionKind::kInvalid,
                    {"instant_invalid", "时间无效，应为日期或 RFC 3339 时间",
                     "not a date or an RFC 3339 instant"});
    }
  }
  if (!arguments.redis.empty()) {
    const auto url = RedisOf(arguments.redis, arguments.exposure);
    if (!url) return tl::unexpected(url.error());
    options.redis = RedisLinkOptions{.url = *url, .entries_max = arguments.redis_entries_max};
  }
  options.requests_per_second = arguments.requests_per_second;
  options.feed.subscribers_max = arguments.feed_subscribers_max;
  options.documents = arguments.documents;
  options.webhooks.allow_private = arguments.webhooks_allow_private;
  options.webhooks.ca_file = arguments.webhooks_ca;
  options.credentials = arguments.credentials;
  options.notifier.escalate_after_workdays = arguments.escalate_after_workdays;
  auto channels = NoticeChannels::Open(arguments.notices);
  if (!channels) return tl::unexpected(channels.error());
  options.notice_channels = std::move(*channels);
  auto cors = http::Cors::Allowing(arguments.cors_origins);
  if (!cors) return tl::unexpected(cors.error());
  options.cors = std::move(*cors);
  return options;
}

/// Nobody reads more than a page of them.
constexpr std::size_t kAccountsShownMax = 40;

void PrintAccounts(const Office& office, std::ostream& out) {
  if (office.Accounts().size() > kAccountsShownMax) {
    out << fmt::format("{} 个示例账号，令牌见机构文件 sample accounts, tokens in the office file\n",
                       office.Accounts().size());
    return;
  }
  out << "示例账号 Sample accounts (tokens: data/sample/office.json)\n";
  for (const auto& [id, actor] : office.Accounts()) {
    std::string roles;
    for (const Role role : actor.roles)
      roles += (roles.empty() ? "" : "、") + std::string(ChineseOf(role));
    out << fmt::format("  demo-{}-change-me  {}  {}\n", id.value, roles,
                       office.FindUnit(actor.unit)->name);
  }
}

/// nullopt: no metrics are asked for. They say how many cases there are and who is behind, to
/// whoever asks: only this machine may.
Expected<std::optional<http::ListenAddress>> MetricsAddress(const ServeArguments& arguments) {
  if (arguments.metrics_listen.empty()) return std::nullopt;
  auto listen = http::ListenAddress::Parse(arguments.metrics_listen);
  if (!listen) return tl::unexpected(listen.error());
  if (listen->IsLoopback()) return std::optional(*listen);
  return Refuse(RejectionKind::kRefused, {"metrics_exposed", "指标只能在本机地址上提供",
                                          "metrics are served on a loopback address only"});
}

std::unique_ptr<http::Server> Listen(const http::Router& router, IdSource& ids,
                                     const http::ServerOptions& options) {
  auto server = http::Server::Start(router, ids, options);
  if (!server) throw std::runtime_error(server.error().zh + " " + server.error().en);
  return std::move(*server);
}

/// Where requests, and the questions of machines, are answered.
class Listeners {
 public:
  struct Places {
    http::ListenAddress main;
    Security security;  ///< Of the main one.
    std::optional<http::ListenAddress> metrics;
  };
  Listeners(Application& application, const Places& places, const ProcessLog& log)
      : services_(application.HttpServices()),
        router_(http::MakeRouter(services_)),
        metrics_([&application] { return application.Status(); }),
        metrics_router_(MakeMetricsRouter(metrics_, [this] { return server_->Connections(); })),
        server_(Listen(router_, application.Ids(),
                       {.listen = places.main,
                        .log = log,
                        .observe = [this](const auto& entry) { metrics_.Observe(entry); },
                        .tls = places.security.tls,
                        .proxies = places.security.proxies})) {
    if (!places.metrics) return;
    metrics_server_ =
        Listen(metrics_router_, application.Ids(), {.listen = *places.metrics, .log = log});
  }

  std::string Url() const { return server_->Url(); }
  /// Empty: there are no metrics.
  std::string MetricsUrl() const {
    return metrics_server_ ? metrics_server_->Url() + "/metrics" : "";
  }
  /// The number of connections that had to be cut off. Metrics are served until this goes.
  std::size_t Stop() { return server_->Stop(); }

 private:
  const http::Services services_;
  const http::Router router_;
  Metrics metrics_;
  const http::Router metrics_router_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::Server> metrics_server_;
};

void PrintAddresses(const Listeners& listeners, const Office& accounts, Terminal& terminal) {
  terminal.out << "案卷 Docket: " << listeners.Url() << '\n';
  const std::string metrics = listeners.MetricsUrl();
  if (!metrics.empty()) terminal.out << "指标 Metrics: " << metrics << '\n';
  if (accounts.IsSample()) PrintAccounts(accounts, terminal.out);
  terminal.out.flush();
}

/// First it says that it is not ready, and goes on as before, so that requests are sent elsewhere;
/// then it takes no more, answers what it has taken, and lets the runners come abreast.
void StopInOrder(const StopSignals& signals, std::chrono::seconds drain, Application& application,
                 Listeners& listeners, const ProcessLog& log) {
  application.BeginDraining();
  log.Write(NoticeLevel::kInfo, "draining", {{"seconds", drain.count()}});
  if (drain.count() > 0) signals.WaitFor(drain);
  const std::size_t cut_off = listeners.Stop();
  const bool is_flushed = application.Flush();
  const bool in_order = cut_off == 0 && is_flushed;
  log.Write(in_order ? NoticeLevel::kInfo : NoticeLevel::kWarning, "stopped",
            {{"connections_cut_off", cut_off}, {"runners_abreast", is_flushed}});
}

void Serve(const ServeArguments& arguments, Terminal& terminal) {
  const auto listen = http::ListenAddress::Parse(arguments.listen);
  if (!listen) return PrintRefusal(listen.error(), terminal);
  const auto metrics_listen = MetricsAddress(arguments);
  if (!metrics_listen) return PrintRefusal(metrics_listen.error(), terminal);
  auto office = Office::Load(arguments.office);
  if (!office) return PrintRefusal(office.error(), terminal);
  const auto& exposure = arguments.exposure;
  if (auto may = CheckFixedTokens(*office, arguments.office, *listen, exposure); !may) {
    return PrintRefusal(may.error(), terminal);
  }
  const ProcessLog log;
  auto options = OptionsOf(arguments, log);
  if (!options) return PrintRefusal(options.error(), terminal);
  const auto security = OpenSecurity(arguments.security, log.Reporting());
  if (!security) return PrintRefusal(security.error(), terminal);
  if (auto may = CheckPlain(*security, *listen, exposure); !may) {
    return PrintRefusal(may.error(), terminal);
  }
  options->client_trust = security->tls;
  options->tokens = security->tokens;

  const StopSignals signals;
  RaiseFileLimit();
  auto application = Application::Open(*options, std::move(*office));
  if (!application) return PrintRefusal(application.error(), terminal);
  Listeners listeners(**application, {*listen, *security, *metrics_listen}, log);
  (*application)->StartSweeping();
  (*application)->StartDispatching();
  (*application)->StartNotifying();
  (*application)->StartKeepingDocuments();
  (*application)->StartLinking();
  PrintAddresses(listeners, (*application)->Accounts(), terminal);
  log.Write(NoticeLevel::kInfo, "started",
            {{"address", listeners.Url()},
             {"store", arguments.store.substr(0, arguments.store.find(':'))},
             {"virtual_clock", arguments.virtual_clock}});
  if (!security->tls && !listen->IsLoopback()) {
    log.Reporting()({NoticeLevel::kWarning, "tls",
                     "plain HTTP beyond this machine, as --allow-plain-http says"});
  }
  signals.Wait();
  StopInOrder(signals, std::chrono::seconds(arguments.drain_seconds), **application, listeners,
              log);
}

}  // namespace

void AddServeVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("serve", "启动服务 Serve over HTTP");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<ServeArguments>();
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb->add_option(
      "--keys", arguments->keys,
      "密钥库 Key store, postgres://…; default: database NAME_keys of the same server");
  verb->add_option("--kek", arguments->kek,
                   "密钥加密密钥 Key-encryption key, file:PATH or pkcs11:…; see docket keys");
  verb->add_option("--office", arguments->office, "机构文件 Office file")->required();
  verb->add_option("--listen", arguments->listen, "监听地址 Address; port 0: a free one");
  verb->add_option("--metrics-listen", arguments->metrics_listen,
                   "指标监听地址，仅限本机 Address of /metrics, loopback only; default: none");
  verb->add_option("--drain-seconds", arguments->drain_seconds,
                   "停止前仍受理的秒数 Seconds to go on, not ready, after SIGTERM")
      ->check(CLI::Range(0, 3'600));
  const auto* clock =
      verb->add_option("--virtual-clock", arguments->start_at,
                       "虚拟时钟（演示用） Virtual clock, from an instant or as left")
          ->expected(0, 1);
  verb->add_flag("--accept-lost-keys", arguments->accept_lost_keys,
                 "密钥库丢失后继续，个人信息不可再读 Go on without the lost key store");
  verb->add_option("--redis", arguments->redis,
                   "Redis，可缺省 Relay, wake-ups and shared limits, redis://HOST:PORT/DB");
  verb->add_option("--redis-entries-max", arguments->redis_entries_max,
                   "流中保留的大致条数 About as many entries are kept in the stream")
      ->check(CLI::PositiveNumber);
  verb->add_option("--requests-per-second", arguments->requests_per_second,
                   "每账号每秒请求数上限 Limit for each account")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--feed-subscribers-max", arguments->feed_subscribers_max,
                   "同时等待事件的连接数上限 Streams and long polls at once")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_flag("--webhooks-allow-private", arguments->webhooks_allow_private,
                 "允许推送到内部网络和 http 地址 Webhooks may go to private addresses and by http");
  verb->add_option("--webhooks-ca", arguments->webhooks_ca,
                   "推送时信任的证书 Certificates that webhooks trust instead of the system's");
  AddCredentialOptions(*verb, arguments->credentials);
  AddSecurityOptions(*verb, arguments->security);
  AddExposureOptions(*verb, arguments->exposure);
  AddNotificationOptions(*verb, arguments->notices);
  AddDocumentOptions(*verb, arguments->documents);
  verb->add_option("--escalate-after-workdays", arguments->escalate_after_workdays,
                   "预警、超期通知未读转报的工作日数 Working days until an unread warning goes on")
      ->check(CLI::Range(1, 60));
  verb->add_option(
      "--cors-origin", arguments->cors_origins,
      "可跨域调用的网页来源 Origin whose pages may call, https://HOST; repeat for more");
  verb->callback([arguments, clock, &terminal] {
    arguments->virtual_clock = clock->count() > 0;
    Serve(*arguments, terminal);
  });
}

}  // namespace docket::cli
