#include "tests/api/test_server.hpp"

#include <unistd.h>

#include "api/auth/sample_office.hpp"
#include "domain/ensure.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::test {

TemporaryFolder::TemporaryFolder() {
  static std::atomic<int> count{0};
  path_ = std::filesystem::temp_directory_path() /
          ("docket-test-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

bool OnPostgres() {
  const char* store = std::getenv("DOCKET_TEST_STORE");
  ENSURE(store != nullptr, "DOCKET_TEST_STORE says which store is tested");
  const std::string_view name = store;
  ENSURE(name == "sqlite" || name == "postgres", "DOCKET_TEST_STORE is not {}", name);
  return name == "postgres";
}

std::string StoreUrlIn(const std::filesystem::path& folder) {
  if (!OnPostgres()) return "sqlite:" + (folder / "docket.db").string();
  const std::string database = "api_" + std::to_string(getpid()) + folder.filename().string();
  std::string name;
  for (const char c : database) name += c == '-' ? '_' : c;
  testing::SharedPostgres().CreateDatabase(name);
  return testing::SharedPostgres().Url(name);
}

TestServer::TestServer(const Options& options) : client_tls_(options.client_tls) {
  const ProcessLog log([this](std::string_view line) {
    const std::lock_guard guard(mutex_);
    log_.append(line).push_back('\n');
  });
  ApplicationOptions application;
  application.report = log.Reporting();
  store_url_ = options.store_url.empty() ? StoreUrlIn(folder_.Path()) : options.store_url;
  application.store_url = store_url_;
  application.owner = "a test";
  application.virtual_clock = options.virtual_clock;
  // What a real server does in a tenth of a second and 64 MiB.
  application.credentials.password_cost = {.passes = 1, .memory_bytes = 8192};
  application.credentials.second_factor_required = options.second_factor;
  if (options.virtual_clock && !options.now.empty()) {
    application.start_at = Instant::Parse(options.now);
  }
  const auto* const authority = AuthorityOfThisRun();
  const TlsFiles files = !options.tls.certificate.empty() ? options.tls
                         : authority != nullptr           ? authority->ServerFiles()
                                                          : TlsFiles();
  std::shared_ptr<TlsServer> tls;
  if (!files.certificate.empty()) {
    auto opened = TlsServer::Open(files, log.Reporting());
    ENSURE(opened.has_value(), "certificates are read: {}", opened.error().en);
    tls = std::move(*opened);
  }
  application.client_trust = tls;
  options.adjust(application);
  auto office = Office::Parse(SampleOffice());
  ENSURE(office.has_value(), "the sample office is valid");
  auto opened = Application::Open(application, std::move(*office));
  ENSURE(opened.has_value(), "the store opens: {}", opened.error().code);
  application_ = std::move(*opened);
  services_ = std::make_unique<http::Services>(application_->HttpServices());
  router_ = std::make_unique<http::Router>(http::MakeRouter(*services_));
  http::ServerOptions server;
  server.listen.port = 0;
  server.log = log;
  server.tls = tls;
  server.proxies = *http::TrustedProxies::Parse(options.proxies);
  auto started = http::Server::Start(*router_, application_->Ids(), server);
  ENSURE(started.has_value(), "the server starts: {}", started.error().code);
  server_ = std::move(*started);
}

Client TestServer::As(const std::string& account) const {
  const Client client(Port(), account);
  return client_tls_.isNull() ? client : client.Over(client_tls_);
}

TestServer::~TestServer() { Stop(); }

void TestServer::Stop() {
  server_.reset();
  router_.reset();
  services_.reset();
  application_.reset();
}

std::filesystem::path TestServer::StoreFolder() const {
  if (OnPostgres()) return testing::SharedPostgres().DataFolder();
  return folder_.Path();
}

std::int64_t TestServer::Head() const {
  return application_->Engine().Ports().log.ReadHead(LogId::kCases).position.value;
}

Reply TestServer::MoveClock(const std::string& instant) const {
  return As("head-0001").Post("/v1/dev/clock", {{"now", instant}});
}

std::string TestServer::Log() const {
  const std::lock_guard guard(mutex_);
  return log_;
}

}  // namespace docket::test
