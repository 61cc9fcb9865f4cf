/// Takes connections from a listening socket and hands them to POCO's threads.
///
/// Instead of POCO's own TCPServer, which forgets connections that it has taken and not yet served
/// when it is stopped.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <Poco/AutoPtr.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerDispatcher.h>
#include <Poco/Net/TCPServerParams.h>
#include <Poco/ThreadPool.h>

#include "api/http/connections.hpp"
#include "api/http/handshakes.hpp"

namespace docket::http {

class Acceptor {
 public:
  struct Ports {
    Connections& connections;
    Poco::ThreadPool& threads;
    std::shared_ptr<TlsServer> tls{};  ///< nullptr: connections are plain.
  };
  /// Begins at once. What `ports` refer to outlives it.
  Acceptor(Poco::Net::ServerSocket socket, const Ports& ports,
           Poco::Net::TCPServerConnectionFactory::Ptr factory,
           Poco::Net::TCPServerParams::Ptr parameters);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  /// Takes what the system has already accepted for us, then closes the socket; handshakes that are
  /// under way get a moment. Idempotent.
  void StopAccepting();
  /// Ends the threads that have nothing to serve; whoever was taken has been served by now.
  void StopServing();
  /// Turned away because too many waited, since the start.
  std::int64_t Refused() const;

 private:
  void Run();
  /// False: there is none.
  bool TakeOne(std::chrono::milliseconds wait);
  void TakePlain();
  void TakeEncrypted();
  void Enqueue(const Poco::Net::StreamSocket& socket);

  Poco::Net::ServerSocket socket_;
  Connections& connections_;
  Poco::AutoPtr<Poco::Net::TCPServerDispatcher> dispatcher_;
  std::mutex enqueueing_;  ///< Whether one was refused shows only in the count of all.
  std::atomic<std::int64_t> refused_handshakes_{0};
  std::unique_ptr<Handshakes> handshakes_;
  std::mutex mutex_;  ///< Guards stopping_.
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket::http
