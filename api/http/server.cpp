#include "api/http/server.hpp"

#include <charconv>

#include <fcntl.h>

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include "api/http/acceptor.hpp"
#include "api/http/body.hpp"
#include "api/http/connections.hpp"
#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "api/http/tls_socket.hpp"
#include "domain/event_log.hpp"

namespace docket::http {

/// What every connection shares.
struct ServerShared {
  const Router& router;
  IdSource& ids;
  const ServerOptions options;
  Connections connections;
};

namespace {

namespace net = Poco::Net;

/// For a year browsers come back by TLS only.
constexpr auto kTransport = "max-age=31536000";

/// nullptr: the connection is plain.
TlsSocket* TlsSocketOf(net::HTTPServerRequest& from) {
  return dynamic_cast<TlsSocket*>(static_cast<net::HTTPServerRequestImpl&>(from).socket().impl());
}

Request RequestFrom(net::HTTPServerRequest& from, const ServerShared& shared) {
  Request request;
  const std::string given = from.get("X-Request-Id", "");
  request.id = IsRequestId(given) ? given : shared.ids.NewUuid();
  request.method = from.getMethod();
  request.target = from.getURI();
  for (const auto& [name, value] : from) request.headers.push_back({name, value});
  request.origin.address = shared.options.proxies.ClientOf(
      from.clientAddress().host().toString(), request.Header("X-Forwarded-For").value_or(""));
  request.origin.request = CorrelationId(request.id);
  if (const auto* tls = TlsSocketOf(from)) request.origin.certificate = tls->Presented();
  return request;
}

std::size_t HeaderBytes(const Request& request) {
  std::size_t bytes = 0;
  for (const auto& header : request.headers) bytes += header.name.size() + header.value.size();
  return bytes;
}

std::optional<Rejection> OverLimit(const Request& request) {
  if (request.target.size() > kUriBytesMax) return TargetTooLong();
  if (HeaderBytes(request) > kHeaderBytesMax) return HeadersTooLarge();
  if (request.headers.size() > kHeaderFieldsMax) return HeadersTooMany();
  return std::nullopt;
}

/// Takes in a bounded rest of what a refused client is still sending, so that the answer reaches
/// it instead of being lost with a reset connection. From the socket: nothing says where such a
/// body ends, and none of it may be taken for a request.
void Discard(net::StreamSocket socket) {
  std::array<char, 16 * 1024> buffer;
  try {
    socket.shutdownSend();
    socket.setReceiveTimeout(Poco::Timespan(kDiscardTimeout.count(), 0));
    for (std::size_t taken = 0; taken < kDiscardBytesMax;) {
      const int count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) return;
      taken += static_cast<std::size_t>(count);
    }
  } catch (const Poco::Exception&) {
    // It went away or stopped sending: the answer is out.
  }
}

class RequestHandler : public net::HTTPRequestHandler {
 public:
  explicit RequestHandler(ServerShared& shared) : shared_(shared) {}

  void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& to) override {
    const auto started = std::chrono::steady_clock::now();
    Request request = RequestFrom(from, shared_);
    AccessEntry entry;
    entry.request_id = request.id;
    entry.method = request.method;
    bool body_left = true;
    Answer answer = Compose(std::move(request), from, body_left);
    if (TlsSocketOf(from) != nullptr) answer.response.Set("Strict-Transport-Security", kTransport);
    const bool crowded = shared_.connections.Count() > kKeepAliveConnectionsMax;
    if (body_left || crowded || shared_.connections.IsDraining()) to.setKeepAlive(false);
    entry.route = answer.route;
    entry.account = answer.account;
    entry.correlation = answer.response.correlation.value;
    entry.fault = answer.fault;
    entry.status = answer.response.status;
    entry.bytes = SizeOf(answer.response);
    entry.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started);
    LogAccess(shared_.options.log, entry);
    shared_.options.observe(entry);
    if (answer.response.take_over) return HandOver(answer.response, from, to);
    const bool with_body = from.getMethod() != net::HTTPRequest::HTTP_HEAD;
    if (!Send(answer.response, entry.request_id, to, with_body)) {
      // The rest will not come: the client sees it by the length.
      static_cast<net::HTTPServerRequestImpl&>(from).socket().shutdown();
      return;
    }
    if (body_left) {
      shared_.connections.Enter(Connections::Phase::kReadingBody);
      Discard(static_cast<net::HTTPServerRequestImpl&>(from).socket());
    }
    shared_.connections.Enter(Connections::Phase::kWaiting);
  }

 private:
  Answer Compose(Request request, net::HTTPServerRequest& from, bool& body_left) {
    const auto length = BodyLengthOf(request);
    if (!length) return Router::Refusing(length.error(), request.id);
    body_left = *length > 0;
    if (const auto over = OverLimit(request)) return Router::Refusing(*over, request.id);
    request.body_bytes = *length;
    std::size_t left = *length;
    const auto last_moment = std::chrono::steady_clock::now() + kTransferTimeout;
    return shared_.router.Handle(
        std::move(request),
        [&, left, last_moment](std::size_t bytes) mutable -> Expected<std::string> {
          if (std::chrono::steady_clock::now() > last_moment) {
            return tl::unexpected(BodyUnreadable());
          }
          shared_.connections.Enter(Connections::Phase::kReadingBody);
          auto body = ReadBody(from.stream(), std::min(bytes, left));
          shared_.connections.Enter(Connections::Phase::kAnswering);
          if (body) left -= body->size();
          body_left = left > 0;
          return body;
        });
  }

  static std::size_t SizeOf(const Response& response) {
    return response.parts ? static_cast<std::size_t>(response.parts->bytes) : response.body.size();
  }

  /// POCO closes its own handle of the socket; the connection lives on in the other one.
  static void HandOver(const Response& response, net::HTTPServerRequest& from,
                       net::HTTPServerResponse& to) {
    to.setKeepAlive(false);
    if (auto* tls = TlsSocketOf(from)) {
      return response.take_over({tls->Release(), response.headers});
    }
    const int own = static_cast<net::HTTPServerRequestImpl&>(from).socket().impl()->sockfd();
    response.take_over({OwnedFile(fcntl(own, F_DUPFD_CLOEXEC, 0)), response.headers});
  }

  /// Until it is flushed the answer is only in memory, and the connection must not count as idle.
  /// False: it broke off.
  bool Send(const Response& response, const std::string& request_id, net::HTTPServerResponse& to,
            bool with_body) {
    to.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
    to.setReason(net::HTTPResponse::getReasonForStatus(to.getStatus()));
    for (const auto& header : response.headers) to.set(header.name, header.value);
    const bool has_body =
        response.status != status::kNotModified && response.status != status::kNoContent;
    if (has_body) {
      to.setContentLength64(static_cast<Poco::Int64>(SizeOf(response)));
    }
    if (SizeOf(response) > 0) to.setContentType(response.content_type);
    std::ostream& stream = to.send();
    if (with_body && response.parts) return SendParts(*response.parts, request_id, stream);
    if (with_body) {
      stream.write(response.body.data(), static_cast<std::streamsize>(response.body.size()));
    }
    stream.flush();
    return true;
  }

  bool SendParts(const BodyParts& parts, const std::string& request_id, std::ostream& stream) {
    const auto last_moment = std::chrono::steady_clock::now() + kTransferTimeout;
    try {
      while (const auto part = parts.next()) {
        // Each part has its own time: a slow reader of much is not a silent one.
        shared_.connections.Enter(Connections::Phase::kAnswering);
        stream.write(part->data(), static_cast<std::streamsize>(part->size()));
        stream.flush();
        if (!stream || std::chrono::steady_clock::now() > last_moment) return false;
      }
      return true;
    } catch (const StoreError& error) {
      shared_.options.log.Write(NoticeLevel::kError, "answer broken off",
                                {{"request_id", request_id}, {"fault", error.what()}});
      return false;
    }
  }

  ServerShared& shared_;
};

class HandlerFactory : public net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(ServerShared& shared) : shared_(shared) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    shared_.connections.Enter(Connections::Phase::kAnswering);
    return std::make_unique<RequestHandler>(shared_).release();  // POCO owns it from here.
  }

 private:
  ServerShared& shared_;
};

class Connection : public net::HTTPServerConnection {
 public:
  Connection(const net::StreamSocket& socket, net::HTTPServerParams::Ptr parameters,
             net::HTTPRequestHandlerFactory::Ptr factory, ServerShared& shared)
      : HTTPServerConnection(socket, parameters, factory), shared_(shared) {}

  void run() override {
    const Connections::Guard guard(shared_.connections, socket());
    try {
      HTTPServerConnection::run();
    } catch (const Poco::Exception&) {
      // The peer went away or sent no HTTP: nothing was asked, nothing is answered.
    }
  }

 private:
  ServerShared& shared_;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(net::HTTPServerParams::Ptr parameters, ServerShared& shared)
      : parameters_(std::move(parameters)),
        handlers_(std::make_unique<HandlerFactory>(shared).release()),
        shared_(shared) {}
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    auto connection = std::make_unique<Connection>(socket, parameters_, handlers_, shared_);
    return connection.release();  // POCO owns it from here.
  }

 private:
  net::HTTPServerParams::Ptr parameters_;
  net::HTTPRequestHandlerFactory::Ptr handlers_;
  ServerShared& shared_;
};

net::HTTPServerParams::Ptr ParametersOf() {
  // Its destructor is protected: POCO counts references to it.
  net::HTTPServerParams::Ptr parameters(new net::HTTPServerParams);
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(kKeepAliveTimeout.count(), 0));
  parameters->setMaxKeepAliveRequests(kRequestsPerConnectionMax);
  parameters->setTimeout(Poco::Timespan(kReceiveTimeout.count(), 0));
  parameters->setMaxThreads(kThreadsMax);
  parameters->setMaxQueued(kConnectionsQueuedMax);
  return parameters;
}

}  // namespace

struct Server::Implementation {
  ServerShared shared;
  std::string host;
  std::uint16_t port;
  Poco::ThreadPool threads;
  Acceptor acceptor;
  std::optional<std::size_t> cut_off;  ///< Set once it has stopped.

  Implementation(const Router& router, IdSource& ids, const ServerOptions& options,
                 const net::ServerSocket& bound, net::HTTPServerParams::Ptr parameters)
      : shared{router, ids, options, {}},
        host(options.listen.host),
        port(bound.address().port()),
        threads("http", 2, kThreadsMax),
        acceptor(bound, {shared.connections, threads, options.tls},
                 std::make_unique<ConnectionFactory>(parameters, shared).release(), parameters) {}
};

Expected<ListenAddress> ListenAddress::Parse(std::string_view text) {
  ListenAddress address;
  const auto colon = text.rfind(':');
  const std::string_view port = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const char* const end = port.data() + port.size();
  const auto [stop, error] = std::from_chars(port.data(), end, address.port);
  Poco::Net::IPAddress parsed;
  const bool valid = !port.empty() && error == std::errc() && stop == end &&
                     Poco::Net::IPAddress::tryParse(std::string(host), parsed);
  if (!valid) {
    return Refuse(RejectionKind::kInvalid, {"listen_invalid", "监听地址应为 IP:端口",
                                            "expected an address such as 127.0.0.1:8080"});
  }
  address.host = host;
  return address;
}

bool ListenAddress::IsLoopback() const { return Poco::Net::IPAddress(host).isLoopback(); }

Expected<std::unique_ptr<Server>> Server::Start(const Router& router, IdSource& ids,
                                                const ServerOptions& options) {
  try {
    net::ServerSocket socket;
    // Not the port: POCO would let a second server share it in silence.
    constexpr bool kReuseAddress = true;
    constexpr bool kReusePort = false;
    socket.bind(net::SocketAddress(options.listen.host, options.listen.port), kReuseAddress,
                kReusePort);
    socket.listen(kConnectionsQueuedMax);
    return std::unique_ptr<Server>(
        new Server(std::make_unique<Implementation>(router, ids, options, socket, ParametersOf())));
  } catch (const Poco::Exception&) {
    return Refuse(RejectionKind::kOverloaded,
                  {"listen_failed", "无法监听该地址", "the address cannot be listened on"});
  }
}

Server::Server(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Server::~Server() { Stop(); }

std::uint16_t Server::Port() const { return implementation_->port; }

std::string Server::Url() const {
  const bool bracketed = implementation_->host.find(':') != std::string::npos;
  const std::string host = bracketed ? "[" + implementation_->host + "]" : implementation_->host;
  const std::string scheme = implementation_->shared.options.tls ? "https://" : "http://";
  return scheme + host + ":" + std::to_string(Port());
}

ConnectionCounts Server::Connections() const {
  return {implementation_->shared.connections.Count(), implementation_->acceptor.Refused()};
}

std::size_t Server::Stop() {
  auto& cut_off = implementation_->cut_off;
  if (cut_off) return *cut_off;
  implementation_->acceptor.StopAccepting();
  cut_off = implementation_->shared.connections.Drain(kDrainTimeout);
  implementation_->acceptor.StopServing();
  implementation_->threads.joinAll();
  return *cut_off;
}

}  // namespace docket::http
