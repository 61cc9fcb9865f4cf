#include "tests/support/fault_proxy.hpp"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace docket::testing {

namespace {

constexpr int kPollMillis = 10;
constexpr std::chrono::milliseconds kDelay{200};
/// A typed message is a letter and a length, which counts itself; a client's first has no letter.
constexpr std::size_t kLengthBytes = 4;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

void SendAtOnce(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::size_t LengthAt(std::string_view bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length = length << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return length;
}

}  // namespace

/// A client, the server, and what of a message has come in so far.
class FaultProxy::Link {
 public:
  Link(int client, int server) : client_(client), server_(server) {
    SendAtOnce(client_);
    SendAtOnce(server_);
  }
  ~Link() {
    close(client_);
    close(server_);
  }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  int From(Toward toward) const { return toward == Toward::kServer ? client_ : server_; }
  int To(Toward toward) const { return toward == Toward::kServer ? server_ : client_; }
  /// False: this side has ended.
  bool Receive(Toward toward) {
    std::array<char, 1 << 16> bytes;
    const ssize_t received = recv(From(toward), bytes.data(), bytes.size(), 0);
    if (received <= 0) return false;
    Waiting(toward).append(bytes.data(), static_cast<std::size_t>(received));
    return true;
  }
  /// The next whole message, taken out; empty: there is none yet.
  std::string Take(Toward toward) {
    std::string& waiting = Waiting(toward);
    const std::size_t letter = toward == Toward::kServer && !greeted_ ? 0 : 1;
    if (waiting.size() < letter + kLengthBytes) return "";
    const std::size_t size = letter + LengthAt(std::string_view(waiting).substr(letter));
    if (waiting.size() < size) return "";
    std::string message = waiting.substr(0, size);
    waiting.erase(0, size);
    if (toward == Toward::kServer) greeted_ = true;
    return message;
  }
  bool left_alone = false;

 private:
  std::string& Waiting(Toward toward) { return waiting_[toward == Toward::kServer ? 0 : 1]; }

  int client_;
  int server_;
  bool greeted_ = false;
  std::array<std::string, 2> waiting_;
};

struct FaultProxy::Message {
  Toward toward;
  std::string bytes;
};

FaultProxy::FaultProxy(int port) : server_port_(port) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = Loopback(0);
  socklen_t size = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

FaultProxy::~FaultProxy() {
  stopping_ = true;
  thread_.join();
  close(listener_);
}

void FaultProxy::LeaveAlone(std::string text) {
  const std::lock_guard guard(mutex_);
  left_alone_ = std::move(text);
}

void FaultProxy::Arm(const Fault& fault) {
  const std::lock_guard guard(mutex_);
  fault_ = fault;
  counted_ = 0;
  fired_ = false;
}

void FaultProxy::Disarm() {
  const std::lock_guard guard(mutex_);
  fault_.reset();
}

void FaultProxy::Serve() {
  while (!stopping_) {
    if (cut_all_.exchange(false)) links_.clear();
    if (partitioned_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(kPollMillis));
      continue;
    }
    std::vector<pollfd> files = {{.fd = listener_, .events = POLLIN, .revents = 0}};
    for (const auto& link : links_) {
      files.push_back({.fd = link->From(Toward::kServer), .events = POLLIN, .revents = 0});
      files.push_back({.fd = link->From(Toward::kClient), .events = POLLIN, .revents = 0});
    }
    poll(files.data(), files.size(), kPollMillis);
    for (std::size_t i = 0, file = 1; file < files.size(); file += 2) {
      const bool lives = (files[file].revents == 0 || Pass(*links_[i], Toward::kServer)) &&
                         (files[file + 1].revents == 0 || Pass(*links_[i], Toward::kClient));
      if (lives) ++i;
      else links_.erase(links_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (files[0].revents != 0) Accept();
  }
  links_.clear();
}

void FaultProxy::Accept() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = Loopback(server_port_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(client);
    close(server);
    return;
  }
  links_.push_back(std::make_unique<Link>(client, server));
}

bool FaultProxy::Pass(Link& link, Toward toward) {
  if (!link.Receive(toward)) return false;
  for (;;) {
    Message message{toward, link.Take(toward)};
    if (message.bytes.empty()) return true;
    if (!PassMessage(link, message)) return false;
  }
}

bool FaultProxy::PassMessage(Link& link, const Message& message) {
  const auto& [toward, bytes] = message;
  {
    const std::lock_guard guard(mutex_);
    if (toward == Toward::kServer && !left_alone_.empty() &&
        bytes.find(left_alone_) != std::string::npos) {
      link.left_alone = true;
    }
  }
  const auto action = Strikes(link, toward);
  if (!action) return SendAll(link.To(toward), bytes);
  switch (*action) {
    case FaultAction::kCutBefore: return false;
    case FaultAction::kCutInside:
      SendAll(link.To(toward), std::string_view(bytes).substr(0, (bytes.size() + 1) / 2));
      return false;
    case FaultAction::kCutAfter: SendAll(link.To(toward), bytes); return false;
    case FaultAction::kDelay: break;
  }
  std::this_thread::sleep_for(kDelay);
  return SendAll(link.To(toward), bytes);
}

std::optional<FaultAction> FaultProxy::Strikes(const Link& link, Toward toward) {
  const std::lock_guard guard(mutex_);
  if (!fault_ || link.left_alone || fault_->toward != toward) return std::nullopt;
  if (++counted_ != fault_->message) return std::nullopt;
  const auto action = fault_->action;
  fault_.reset();
  fired_ = true;
  return action;
}

}  // namespace docket::testing
