/// Takes connections from a listening socket and hands them to POCO's threads.
///
/// Instead of POCO's own TCPServer, which forgets connections that it has taken and not yet served
/// when it is stopped.
#pragma once

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

namespace docket::http {

class Acceptor {
 public:
  /// Begins at once. `connections` and `threads` outlive it.
  Acceptor(Poco::Net::ServerSocket socket, Connections& connections, Poco::ThreadPool& threads,
           Poco::Net::TCPServerConnectionFactory::Ptr factory,
           Poco::Net::TCPServerParams::Ptr parameters);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  /// Takes what the system has already accepted for us, then closes the socket. Idempotent.
  void StopAccepting();
  /// Ends the threads that have nothing to serve; whoever was taken has been served by now.
  void StopServing();
  /// Turned away because too many waited, since the start.
  std::int64_t Refused() const;

 private:
  void Run();
  /// False: there is none.
  bool TakeOne(std::chrono::milliseconds wait);

  Poco::Net::ServerSocket socket_;
  Connections& connections_;
  Poco::AutoPtr<Poco::Net::TCPServerDispatcher> dispatcher_;
  std::mutex mutex_;  ///< Guards stopping_.
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket::http
