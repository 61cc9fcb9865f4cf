#include "api/http/handshakes.hpp"

#include <algorithm>
#include <array>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "api/http/limits.hpp"
#include "domain/ensure.hpp"

namespace docket::http {

namespace {

constexpr int kEventsAtOnce = 64;
constexpr int kTickMillis = 200;

void Watch(int poll, int file, std::uint32_t events, int operation) {
  epoll_event wanted{};
  wanted.events = events;
  wanted.data.fd = file;
  epoll_ctl(poll, operation, file, &wanted);
}

}  // namespace

Handshakes::Handshakes(Ports ports)
    : ports_(std::move(ports)),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  ENSURE(poll_.IsOpen() && wake_.IsOpen(), "there are files left for an epoll");
  Watch(poll_.Number(), wake_.Number(), EPOLLIN, EPOLL_CTL_ADD);
  thread_ = std::thread([this] { Run(); });
}

bool Handshakes::Take(OwnedFile socket) {
  {
    const std::lock_guard guard(mutex_);
    if (stops_ || count_ >= kHandshakesMax) return false;
    ++count_;
    waiting_.push_back(std::move(socket));
  }
  Wake();
  return true;
}

void Handshakes::Hurry() {
  {
    const std::lock_guard guard(mutex_);
    hurries_ = true;
  }
  Wake();
}

void Handshakes::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard guard(mutex_);
    stops_ = true;
  }
  Wake();
  thread_.join();
}

void Handshakes::Wake() { eventfd_write(wake_.Number(), 1); }

void Handshakes::Run() {
  std::array<epoll_event, kEventsAtOnce> events{};
  for (;;) {
    const int pause = entries_.empty() ? -1 : kTickMillis;
    const int count = epoll_wait(poll_.Number(), events.data(), kEventsAtOnce, pause);
    for (int i = 0; i < count; ++i) {
      const int file = events[static_cast<std::size_t>(i)].data.fd;
      if (file != wake_.Number()) Advance(file);
    }
    eventfd_t woken = 0;
    eventfd_read(wake_.Number(), &woken);
    std::vector<OwnedFile> taken;
    {
      const std::lock_guard guard(mutex_);
      if (stops_) break;
      taken.swap(waiting_);
    }
    for (auto& socket : taken) Begin(std::move(socket));
    DropLate();
  }
  while (!entries_.empty()) Drop(entries_.begin()->first);
}

void Handshakes::Begin(OwnedFile socket) {
  const int file = socket.Number();
  auto tls = ports_.tls->Begin(file);
  const auto deadline = std::chrono::steady_clock::now() + kHandshakeTimeout;
  entries_.emplace(file, Entry{{std::move(socket), std::move(tls)}, deadline});
  Watch(poll_.Number(), file, EPOLLIN, EPOLL_CTL_ADD);
  Advance(file);
}

void Handshakes::Advance(int file) {
  const auto found = entries_.find(file);
  if (found == entries_.end()) return;
  switch (found->second.socket.tls->ShakeHands()) {
    case TlsSession::Flow::kWantsRead: return Watch(poll_.Number(), file, EPOLLIN, EPOLL_CTL_MOD);
    case TlsSession::Flow::kWantsWrite: return Watch(poll_.Number(), file, EPOLLOUT, EPOLL_CTL_MOD);
    case TlsSession::Flow::kDone: break;
    default: return Drop(file);
  }
  // Nothing answers the client's last word of the handshake; what it says next may wait for that.
  const int on = 1;
  setsockopt(file, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
  ClientSocket socket = std::move(found->second.socket);
  Watch(poll_.Number(), file, 0, EPOLL_CTL_DEL);
  entries_.erase(found);
  {
    const std::lock_guard guard(mutex_);
    --count_;
  }
  ports_.done(std::move(socket));
}

void Handshakes::Drop(int file) {
  entries_.erase(file);  // Closing it ends the watch, too.
  {
    const std::lock_guard guard(mutex_);
    --count_;
  }
  ports_.failed();
}

void Handshakes::DropLate() {
  const auto now = std::chrono::steady_clock::now();
  bool hurries = false;
  {
    const std::lock_guard guard(mutex_);
    hurries = hurries_;
  }
  std::vector<int> late;
  for (auto& [file, entry] : entries_) {
    if (hurries) entry.deadline = std::min(entry.deadline, now + kFirstRequestGrace);
    if (entry.deadline <= now) late.push_back(file);
  }
  for (const int file : late) Drop(file);
}

}  // namespace docket::http
