#include "api/http/tls_socket.hpp"

#include <fcntl.h>

#include <Poco/Net/NetException.h>

#include "api/http/limits.hpp"

namespace docket::http {

namespace {

using Flow = TlsSession::Flow;

const Poco::Timespan kSendTimeout(kAnswerTimeout.count(), 0);

}  // namespace

TlsSocket::TlsSocket(ClientSocket socket)
    : StreamSocketImpl(socket.file.Release()),
      tls_(std::move(socket.tls)),
      presented_(tls_->Presented()),
      receive_timeout_(kReceiveTimeout.count(), 0) {}

TlsSocket::~TlsSocket() {
  if (tls_) tls_->SayGoodbye();
}

void TlsSocket::close() {
  if (tls_) tls_->SayGoodbye();
  // From here on the descriptor may be another connection's.
  tls_.reset();
  StreamSocketImpl::close();
}

void TlsSocket::setReceiveTimeout(const Poco::Timespan& timeout) { receive_timeout_ = timeout; }

bool TlsSocket::Await(Flow flow, const Poco::Timespan& timeout) {
  return StreamSocketImpl::poll(timeout, flow == Flow::kWantsWrite ? SELECT_WRITE : SELECT_READ);
}

bool TlsSocket::poll(const Poco::Timespan& timeout, int mode) {
  const bool unread = tls_ && (mode & SELECT_READ) != 0 && tls_->HasUnread();
  return unread || StreamSocketImpl::poll(timeout, mode);
}

int TlsSocket::sendBytes(const void* buffer, int length, int /*flags*/) {
  if (!tls_) throw Poco::Net::InvalidSocketException();
  int sent = 0;
  while (sent < length) {
    const auto moved = tls_->Write(static_cast<const char*>(buffer) + sent,
                                   static_cast<std::size_t>(length - sent));
    if (moved.flow == Flow::kDone) {
      sent += static_cast<int>(moved.bytes);
      continue;
    }
    if (moved.flow == Flow::kEnded || moved.flow == Flow::kBroken) {
      throw Poco::Net::ConnectionResetException("TLS");
    }
    if (!Await(moved.flow, kSendTimeout)) throw Poco::TimeoutException("TLS");
  }
  return sent;
}

int TlsSocket::receiveBytes(void* buffer, int length, int /*flags*/) {
  if (!tls_) throw Poco::Net::InvalidSocketException();
  for (;;) {
    const auto moved = tls_->Read(buffer, static_cast<std::size_t>(length));
    if (moved.flow == Flow::kDone) return static_cast<int>(moved.bytes);
    if (moved.flow == Flow::kEnded) return 0;
    if (moved.flow == Flow::kBroken) throw Poco::Net::ConnectionResetException("TLS");
    if (!Await(moved.flow, receive_timeout_)) throw Poco::TimeoutException("TLS");
  }
}

void TlsSocket::shutdownSend() {
  if (tls_) tls_->SayGoodbye();
  StreamSocketImpl::shutdownSend();
}

ClientSocket TlsSocket::Release() {
  OwnedFile file(::fcntl(sockfd(), F_DUPFD_CLOEXEC, 0));
  tls_->MoveTo(file.Number());
  return {std::move(file), std::move(tls_)};
}

}  // namespace docket::http
