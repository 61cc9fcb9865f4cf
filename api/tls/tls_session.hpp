/// The encrypted side of one connection, never blocking: whoever has it waits for its socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "api/tls/client_certificate.hpp"

struct ssl_st;

namespace docket {

/// Belongs to one thread at a time. The socket is somebody else's, and outlives it.
class TlsSession {
 public:
  enum class Flow : std::uint8_t {
    kDone,
    kWantsRead,   ///< Again when the socket can be read.
    kWantsWrite,  ///< Again, with the same bytes first, when it can be written.
    kEnded,       ///< The other end has said goodbye or gone.
    kBroken,
  };
  struct Moved {
    Flow flow = Flow::kDone;
    std::size_t bytes = 0;
  };

  /// Takes over `ssl`.
  explicit TlsSession(ssl_st* ssl);

  /// Again until it is done.
  Flow ShakeHands();
  Moved Read(void* to, std::size_t bytes_max);
  Moved Write(const void* from, std::size_t bytes);
  /// Bytes were received and not read yet: the socket alone does not tell.
  bool HasUnread() const;
  /// Tells the other end, as far as the socket takes it, that nothing more will come.
  void SayGoodbye();
  /// From now on it works on another descriptor of the same connection.
  void MoveTo(int file);
  /// nullptr: the other end presented no certificate.
  std::shared_ptr<const PresentedCertificate> Presented() const;

 private:
  Flow FlowOf(int code) const;

  struct Free {
    void operator()(ssl_st* ssl) const;
  };
  std::unique_ptr<ssl_st, Free> ssl_;
  bool broken_ = false;  ///< OpenSSL wants no further call after such a failure.
};

}  // namespace docket
