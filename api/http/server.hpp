/// The HTTP server: sockets, threads and limits around a Router.
///
/// Starts listening when constructed. Stop() lets answers in the making finish; the destructor
/// stops, too. The router and the id source outlive it.
#pragma once

#include <memory>
#include <string>

#include "api/http/access_log.hpp"
#include "api/http/client_address.hpp"
#include "api/http/router.hpp"
#include "api/tls/tls_server.hpp"
#include "domain/ids.hpp"

namespace docket::http {

/// `127.0.0.1:8080`; port 0 lets the system choose.
struct ListenAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;

  /// `HOST:PORT`, `[IPv6]:PORT`; refused with `listen_invalid`.
  static Expected<ListenAddress> Parse(std::string_view text);
  bool IsLoopback() const;
};

struct ServerOptions {
  ListenAddress listen;
  ProcessLog log{};
  /// Told of each answer, by the thread that gives it: must be quick and must not throw.
  std::function<void(const AccessEntry&)> observe = [](const AccessEntry&) {};
  std::shared_ptr<TlsServer> tls{};  ///< nullptr: plain HTTP.
  TrustedProxies proxies{};
};

struct ConnectionCounts {
  std::size_t open = 0;
  std::int64_t refused = 0;  ///< Turned away because too many waited, since the start.
};

class Server {
 public:
  /// `listen_failed` when the address cannot be had.
  static Expected<std::unique_ptr<Server>> Start(const Router& router, IdSource& ids,
                                                 const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t Port() const;
  std::string Url() const;
  ConnectionCounts Connections() const;
  /// Takes no new connection, answers every request that has been taken, closes idle connections.
  /// Idempotent. The number of connections that had to be cut off.
  std::size_t Stop();

 private:
  struct Implementation;
  explicit Server(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace docket::http
