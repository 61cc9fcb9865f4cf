#include "api/feed/feed_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace docket {

namespace {

constexpr std::size_t kFramesAtOnce = 32;
/// Room for frames that an idle connection keeps.
constexpr std::size_t kIdleFrames = 8;

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

FeedConnection::FeedConnection(OwnedFile socket) : socket_(std::move(socket)) {
  const int on = 1;
  fcntl(File(), F_SETFL, fcntl(File(), F_GETFL) | O_NONBLOCK);
  setsockopt(File(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(File(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

void FeedConnection::Add(Frame frame) {
  if (frame->empty()) return;
  pending_ += frame->size();
  frames_.push_back(std::move(frame));
}

void FeedConnection::DropUnbegun() {
  const std::size_t kept = begun_ > 0 ? 1 : 0;
  frames_.resize(std::min(frames_.size(), kept));
  pending_ = kept == 0 ? 0 : frames_.front()->size() - begun_;
}

FeedConnection::Sent FeedConnection::Flush() {
  Sent sent = Sent::kNothing;
  while (pending_ > 0) {
    std::array<iovec, kFramesAtOnce> parts{};
    const std::size_t count = std::min(frames_.size(), parts.size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t skip = i == 0 ? begun_ : 0;
      parts[i].iov_base = const_cast<char*>(frames_[i]->data()) + skip;
      parts[i].iov_len = frames_[i]->size() - skip;
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    const ssize_t taken = sendmsg(File(), &message, MSG_NOSIGNAL);
    if (taken < 0) return WouldBlock() ? sent : Sent::kBroken;
    Forget(static_cast<std::size_t>(taken));
    sent = Sent::kSome;
  }
  return sent;
}

void FeedConnection::Forget(std::size_t bytes) {
  pending_ -= bytes;
  std::size_t whole = 0;
  begun_ += bytes;
  while (whole < frames_.size() && begun_ >= frames_[whole]->size()) {
    begun_ -= frames_[whole++]->size();
  }
  frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(whole));
  if (frames_.empty() && frames_.capacity() > kIdleFrames) frames_ = {};
}

bool FeedConnection::Listen() {
  std::array<char, 4096> said;
  for (;;) {
    const ssize_t count = recv(File(), said.data(), said.size(), 0);
    if (count == 0) return false;
    if (count < 0) return WouldBlock();
  }
}

}  // namespace docket
