/// A client's socket as the reactor writes to it: never blocking, what does not fit is kept.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/feed/owned_file.hpp"

namespace docket {

/// Bytes that many connections may send.
using Frame = std::shared_ptr<const std::string>;

/// Belongs to the reactor's thread.
class FeedConnection {
 public:
  explicit FeedConnection(OwnedFile socket);

  int File() const { return socket_.Number(); }
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
  void Forget(std::size_t bytes);

  OwnedFile socket_;
  std::vector<Frame> frames_;
  std::size_t begun_ = 0;  ///< Bytes of the first frame that were sent.
  std::size_t pending_ = 0;
};

}  // namespace docket
