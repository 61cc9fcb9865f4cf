/// The real application and HTTP server on a store in a folder of its own, with a virtual clock.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/application.hpp"
#include "api/http/server.hpp"
#include "tests/api/client.hpp"

namespace docket::test {

/// Removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& Path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Every test of the server runs on both stores, one run each: DOCKET_TEST_STORE says which.
bool OnPostgres();
/// A new, empty store of this run's kind; what it has as files is below the folder.
std::string StoreUrlIn(const std::filesystem::path& folder);

class TestServer {
 public:
  struct Options {
    std::string now = "2024-08-08T09:00:00+08:00";  ///< Empty: as the clock was left.
    std::string store_url = {};                     ///< Empty: a new store.
    bool virtual_clock = true;
    std::function<void(ApplicationOptions&)> adjust = [](ApplicationOptions&) {};
    bool second_factor = true;
    TlsFiles tls{};                        ///< Without a certificate: plain.
    Poco::Net::Context::Ptr client_tls{};  ///< Of its clients.
    std::vector<std::string> proxies{};    ///< That it trusts.
  };
  TestServer() : TestServer(Options{}) {}
  explicit TestServer(const Options& options);
  ~TestServer();

  /// Whoever holds the token of a session or a key.
  Client Holding(const std::string& token) const { return Nobody().Bearing(token); }
  /// An account of the sample office.
  Client As(const std::string& account) const;
  Client Nobody() const { return As(""); }
  std::uint16_t Port() const { return server_->Port(); }
  /// Position of the last event.
  std::int64_t Head() const;
  /// Moves the legal clock, as an operator of the development mode does.
  Reply MoveClock(const std::string& instant) const;
  /// The access log so far.
  std::string Log() const;
  const std::string& StoreUrl() const { return store_url_; }
  /// Where the store has its files: the folder, or that of the database server.
  std::filesystem::path StoreFolder() const;
  Application& App() { return *application_; }
  std::vector<const http::Route*> Routes() const { return router_->Routes(); }
  /// Stops the server and closes the store, so that its files can be read.
  void Stop();

 private:
  TemporaryFolder folder_;
  std::string store_url_;
  Poco::Net::Context::Ptr client_tls_;
  mutable std::mutex mutex_;
  std::string log_;
  std::unique_ptr<Application> application_;
  std::unique_ptr<http::Services> services_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace docket::test
