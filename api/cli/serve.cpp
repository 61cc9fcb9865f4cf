#include "api/cli/serve.hpp"

#include <csignal>

#include "api/application.hpp"
#include "api/cli/credential_options.hpp"
#include "api/http/server.hpp"
#include "api/http/services.hpp"

namespace docket::cli {

namespace {

struct ServeArguments {
  std::string store;
  std::string keys;
  std::string office;
  std::string listen = "127.0.0.1:8080";
  bool virtual_clock = false;
  bool accept_lost_keys = false;
  std::string start_at;
  std::string redis;
  std::optional<std::int64_t> redis_entries_max;
  std::optional<std::int64_t> requests_per_second;
  CredentialPolicy credentials;
  std::vector<std::string> cors_origins;
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

 private:
  sigset_t signals_{};
  sigset_t before_{};
};

Expected<ApplicationOptions> OptionsOf(const ServeArguments& arguments) {
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
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
    const auto url = ParseRedisUrl(arguments.redis);
    if (!url) return tl::unexpected(url.error());
    options.redis = RedisLinkOptions{.url = *url, .entries_max = arguments.redis_entries_max};
  }
  options.requests_per_second = arguments.requests_per_second;
  options.credentials = arguments.credentials;
  auto cors = http::Cors::Allowing(arguments.cors_origins);
  if (!cors) return tl::unexpected(cors.error());
  options.cors = std::move(*cors);
  return options;
}

/// The sample's tokens are known to everybody, so they are shown, and served to this machine only.
Expected<void> CheckSample(const Office& office, const http::ListenAddress& listen) {
  if (!office.IsSample() || listen.IsLoopback()) return {};
  return Refuse(RejectionKind::kRefused,
                {"sample_office_exposed", "示例机构的令牌是公开的，只能监听本机地址",
                 "the sample office's tokens are public: listen on a loopback address only"});
}

void PrintAccounts(const Office& office, std::ostream& out) {
  out << "示例账号 Sample accounts (tokens: data/sample/office.json)\n";
  for (const auto& [id, actor] : office.Accounts()) {
    std::string roles;
    for (const Role role : actor.roles)
      roles += (roles.empty() ? "" : "、") + std::string(ChineseOf(role));
    out << fmt::format("  demo-{}-change-me  {}  {}\n", id.value, roles,
                       office.FindUnit(actor.unit)->name);
  }
}

void Serve(const ServeArguments& arguments, Terminal& terminal) {
  const auto listen = http::ListenAddress::Parse(arguments.listen);
  if (!listen) return PrintRefusal(listen.error(), terminal);
  auto office = Office::Load(arguments.office);
  if (!office) return PrintRefusal(office.error(), terminal);
  if (auto allowed = CheckSample(*office, *listen); !allowed) {
    return PrintRefusal(allowed.error(), terminal);
  }
  const auto options = OptionsOf(arguments);
  if (!options) return PrintRefusal(options.error(), terminal);

  const StopSignals signals;
  auto application = Application::Open(*options, std::move(*office));
  if (!application) return PrintRefusal(application.error(), terminal);
  const http::Services services = (*application)->HttpServices();
  const http::Router router = http::MakeRouter(services);
  auto server = http::Server::Start(router, (*application)->Ids(), {*listen});
  if (!server) throw std::runtime_error(server.error().zh + " " + server.error().en);
  (*application)->StartSweeping();

  const Office& accounts = (*application)->Accounts();
  terminal.out << "案卷 Docket: " << (*server)->Url() << '\n';
  if (accounts.IsSample()) PrintAccounts(accounts, terminal.out);
  terminal.out.flush();
  signals.Wait();
  (*server)->Stop();
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
  verb->add_option("--office", arguments->office, "机构文件 Office file")->required();
  verb->add_option("--listen", arguments->listen, "监听地址 Address; port 0: a free one");
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
  AddCredentialOptions(*verb, arguments->credentials);
  verb->add_option(
      "--cors-origin", arguments->cors_origins,
      "可跨域调用的网页来源 Origin whose pages may call, https://HOST; repeat for more");
  verb->callback([arguments, clock, &terminal] {
    arguments->virtual_clock = clock->count() > 0;
    Serve(*arguments, terminal);
  });
}

}  // namespace docket::cli
