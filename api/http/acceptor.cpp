#include "api/http/acceptor.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <Poco/Exception.h>

#include "api/http/tls_socket.hpp"

namespace docket::http {

namespace {

/// How long stopping may wait for the thread that takes connections.
constexpr std::chrono::milliseconds kAcceptWait{250};
/// After a failure, such as too many open files: time for others to close theirs.
constexpr std::chrono::milliseconds kAcceptPause{50};

}  // namespace

Acceptor::Acceptor(Poco::Net::ServerSocket socket, const Ports& ports,
                   Poco::Net::TCPServerConnectionFactory::Ptr factory,
                   Poco::Net::TCPServerParams::Ptr parameters)
    : socket_(std::move(socket)),
      connections_(ports.connections),
      dispatcher_(new Poco::Net::TCPServerDispatcher(std::move(factory), ports.threads,
                                                     std::move(parameters))) {
  if (ports.tls) {
    handshakes_ = std::make_unique<Handshakes>(
        Handshakes::Ports{.tls = ports.tls,
                          .done =
                              [this](ClientSocket taken) {
                                // POCO counts references to it.
                                Enqueue(Poco::Net::StreamSocket(new TlsSocket(std::move(taken))));
                              },
                          .failed = [this] { connections_.Unexpect(); }});
  }
  thread_ = std::thread([this] { Run(); });
}

Acceptor::~Acceptor() {
  StopAccepting();
  StopServing();
}

void Acceptor::StopAccepting() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
  while (TakeOne(std::chrono::milliseconds{0})) {
  }
  socket_.close();
  if (handshakes_) handshakes_->Hurry();
}

void Acceptor::StopServing() {
  if (handshakes_) handshakes_->Stop();
  dispatcher_->stop();
}

std::int64_t Acceptor::Refused() const {
  return dispatcher_->refusedConnections() + refused_handshakes_;
}

void Acceptor::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    TakeOne(kAcceptWait);
    lock.lock();
  }
}

bool Acceptor::TakeOne(std::chrono::milliseconds wait) {
  try {
    if (!socket_.poll(Poco::Timespan(wait.count() * 1000), Poco::Net::Socket::SELECT_READ)) {
      return false;
    }
    if (handshakes_) TakeEncrypted();
    else TakePlain();
    return true;
  } catch (const Poco::Exception&) {
    // The peer was gone before it was taken, or this process has no descriptor left.
    std::unique_lock lock(mutex_);
    stop_.wait_for(lock, kAcceptPause, [this] { return stopping_; });
    return false;
  }
}

void Acceptor::TakePlain() {
  Poco::Net::StreamSocket taken = socket_.acceptConnection();
  taken.setNoDelay(true);
  connections_.Expect();
  Enqueue(taken);
}

void Acceptor::TakeEncrypted() {
  OwnedFile taken(
      accept4(socket_.impl()->sockfd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!taken.IsOpen()) throw Poco::IOException("accept");
  const int on = 1;
  setsockopt(taken.Number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connections_.Expect();
  if (handshakes_->Take(std::move(taken))) return;
  connections_.Unexpect();
  ++refused_handshakes_;
}

void Acceptor::Enqueue(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard guard(enqueueing_);
  const int refused = dispatcher_->refusedConnections();
  dispatcher_->enqueue(socket);
  if (dispatcher_->refusedConnections() != refused) connections_.Unexpect();
}

}  // namespace docket::http
