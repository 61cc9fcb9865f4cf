/// Handshakes of TLS, all on one thread that waits for none of them: neither the acceptor nor a
/// thread that serves requests is held up by a client that does not finish its own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/tls/client_socket.hpp"
#include "api/tls/tls_server.hpp"

namespace docket::http {

class Handshakes {
 public:
  struct Ports {
    std::shared_ptr<TlsServer> tls;
    /// Called by the thread of the handshakes: with a connection that may be served, or when one
    /// has come to nothing.
    std::function<void(ClientSocket)> done;
    std::function<void()> failed;
  };
  explicit Handshakes(Ports ports);
  ~Handshakes() { Stop(); }
  Handshakes(const Handshakes&) = delete;
  Handshakes& operator=(const Handshakes&) = delete;

  /// Any thread. The socket does not block. False: as many as may are under way already.
  bool Take(OwnedFile socket);
  /// Any thread: the server is about to stop, and nobody gets more than a moment from now on.
  void Hurry();
  /// Idempotent. Those under way come to nothing.
  void Stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Entry {
    ClientSocket socket;
    SteadyTime deadline;
  };

  // The thread's own.
  void Run();
  void Begin(OwnedFile socket);
  void Advance(int file);
  void Drop(int file);
  void DropLate();

  void Wake();

  const Ports ports_;
  OwnedFile poll_;
  OwnedFile wake_;
  std::unordered_map<int, Entry> entries_;  ///< By descriptor; of the thread alone.

  std::mutex mutex_;  ///< Guards what follows.
  std::vector<OwnedFile> waiting_;
  std::size_t count_ = 0;  ///< Waiting and under way.
  bool hurries_ = false;
  bool stops_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket::http
