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
/// Bytes that are encrypted together, at most: one record of TLS.
constexpr std::size_t kRecordBytes = 16 * 1024;
/// Room for frames that an idle connection keeps.
constexpr std::size_t kIdleFrames = 8;

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

FeedConnection::FeedConnection(ClientSocket socket) : socket_(std::move(socket)) {
  const int on = 1;
  fcntl(File(), F_SETFL, fcntl(File(), F_GETFL) | O_NONBLOCK);
  setsockopt(File(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(File(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

FeedConnection::~FeedConnection() {
  if (socket_.tls) socket_.tls->SayGoodbye();
}

void FeedConnection::Add(Frame frame) {
  if (frame->empty()) return;
  pending_ += frame->size();
  frames_.push_back(std::move(frame));
}

void FeedConnection::DropUnbegun() {
  const std::size_t needed = begun_ + encrypted_;
  std::size_t kept = 0;
  std::size_t bytes = 0;
  while (bytes < needed) bytes += frames_[kept++]->size();
  frames_.resize(kept);
  pending_ = bytes - begun_;
}

FeedConnection::Sent FeedConnection::Flush() {
  Sent sent = Sent::kNothing;
  while (pending_ > 0) {
    const Attempt attempt = socket_.tls ? SendEncrypted() : SendPlain();
    if (attempt.outcome == Attempt::Outcome::kBroken) return Sent::kBroken;
    if (attempt.outcome == Attempt::Outcome::kLater) return sent;
    Forget(attempt.bytes);
    sent = Sent::kSome;
  }
  return sent;
}

FeedConnection::Attempt FeedConnection::SendPlain() {
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
  if (taken >= 0) return {Attempt::Outcome::kTaken, static_cast<std::size_t>(taken)};
  return {WouldBlock() ? Attempt::Outcome::kLater : Attempt::Outcome::kBroken};
}

FeedConnection::Attempt FeedConnection::SendEncrypted() {
  // What waits is only added to, so that a second offer begins like the first.
  std::array<char, kRecordBytes> record;
  std::size_t size = 0;
  std::size_t skip = begun_;
  for (const auto& frame : frames_) {
    size += frame->copy(record.data() + size, record.size() - size, skip);
    skip = 0;
    if (size == record.size()) break;
  }
  const auto moved = socket_.tls->Write(record.data(), size);
  switch (moved.flow) {
    case TlsSession::Flow::kDone: encrypted_ = 0; return {Attempt::Outcome::kTaken, moved.bytes};
    case TlsSession::Flow::kWantsRead:
    case TlsSession::Flow::kWantsWrite: encrypted_ = size; return {Attempt::Outcome::kLater};
    default: return {Attempt::Outcome::kBroken};
  }
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
  while (socket_.tls) {
    const auto heard = socket_.tls->Read(said.data(), said.size());
    if (heard.flow == TlsSession::Flow::kDone) continue;
    return heard.flow == TlsSession::Flow::kWantsRead ||
           heard.flow == TlsSession::Flow::kWantsWrite;
  }
  for (;;) {
    const ssize_t count = recv(File(), said.data(), said.size(), 0);
    if (count == 0) return false;
    if (count < 0) return WouldBlock();
  }
}

}  // namespace docket
