/// A client's socket as the reactor writes to it: never blocking, what does not fit is kept.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/tls/client_socket.hpp"

namespace docket {

/// Bytes that many connections may send.
using Frame = std::shared_ptr<const std::string>;

/// Belongs to the reactor's thread.
class FeedConnection {
 public:
  explicit FeedConnection(ClientSocket socket);
  ~FeedConnection();
  FeedConnection(const FeedConnection&) = delete;
  FeedConnection& operator=(const FeedConnection&) = delete;

  int File() const { return socket_.file.Number(); }
  void Add(Frame frame);
  /// Frees all frames that have not begun to be sent.
  void DropUnbegun();
  /// Bytes that wait.
  std::size_t Pending() const { return pending_; }

  enum class Sent : std::uint8_t { kNothing, kSome, kBroken };
  /// Sends as much as the socket takes.
  Sent Flush();
  /// Drops what the client says, which is nothing that anybody waits for; false: it has gone.
  bool Listen();

 private:
  /// What became of one attempt to send; `bytes` of what waits were taken.
  struct Attempt {
    enum class Outcome : std::uint8_t { kTaken, kLater, kBroken };
    Outcome outcome = Outcome::kTaken;
    std::size_t bytes = 0;
  };
  Attempt SendPlain();
  Attempt SendEncrypted();
  void Forget(std::size_t bytes);

  ClientSocket socket_;
  std::vector<Frame> frames_;
  std::size_t begun_ = 0;  ///< Bytes of the first frame that were sent.
  /// Bytes after those that are encrypted already and not sent yet: they have to be offered again.
  std::size_t encrypted_ = 0;
  std::size_t pending_ = 0;
};

}  // namespace docket
