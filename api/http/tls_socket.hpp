/// A connection whose handshake is done, as POCO's server works with it: blocking, with timeouts.
#pragma once

#include <memory>

#include <Poco/Net/StreamSocketImpl.h>

#include "api/tls/client_socket.hpp"

namespace docket::http {

/// Shutting down both ways may be done by any thread, everything else by the one that serves the
/// connection.
class TlsSocket : public Poco::Net::StreamSocketImpl {
 public:
  explicit TlsSocket(ClientSocket socket);

  int sendBytes(const void* buffer, int length, int flags) override;
  int receiveBytes(void* buffer, int length, int flags) override;
  bool poll(const Poco::Timespan& timeout, int mode) override;
  void setReceiveTimeout(const Poco::Timespan& timeout) override;
  void shutdownSend() override;
  /// By the thread that serves the connection only: it says goodbye.
  void close() override;
  bool secure() const override { return true; }

  const std::shared_ptr<const PresentedCertificate>& Presented() const { return presented_; }
  /// The connection goes on elsewhere; what POCO still does to this object does not reach it.
  ClientSocket Release();

 protected:
  ~TlsSocket() override;

 private:
  /// False: the time is over.
  bool Await(TlsSession::Flow flow, const Poco::Timespan& timeout);

  std::unique_ptr<TlsSession> tls_;  ///< nullptr: released, or closed.
  std::shared_ptr<const PresentedCertificate> presented_;
  Poco::Timespan receive_timeout_;
};

}  // namespace docket::http
