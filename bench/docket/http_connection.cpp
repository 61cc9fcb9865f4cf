#include "bench/docket/http_connection.hpp"

#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/work.hpp"

namespace docket::bench {

namespace {

std::size_t ParseNumber(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  Check(error == std::errc() && end != text.data(), "not a number in an answer: {}", text);
  return number;
}

/// The value of a header in the head of an answer; empty when absent.
std::string_view HeaderOf(std::string_view head, std::string_view name) {
  const auto at = head.find(name);
  if (at == std::string_view::npos) return {};
  const auto value = head.substr(at + name.size());
  return value.substr(0, value.find("\r\n"));
}

}  // namespace

HttpAddress HttpAddress::Parse(std::string_view text) {
  const auto colon = text.rfind(':');
  Check(colon != std::string_view::npos, "no address: {}", text);
  return {std::string(text.substr(0, colon)),
          static_cast<std::uint16_t>(ParseNumber(text.substr(colon + 1)))};
}

HttpConnection::HttpConnection(HttpAddress address) : address_(std::move(address)) { Connect(); }

HttpConnection::~HttpConnection() { Close(); }

void HttpConnection::Close() {
  if (file_ >= 0) close(file_);
  file_ = -1;
}

void HttpConnection::Connect() {
  Close();
  file_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(address_.port);
  Check(inet_pton(AF_INET, address_.host.c_str(), &to.sin_addr) == 1, "no host: {}", address_.host);
  Check(connect(file_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0,
        "nobody listens at {}:{}", address_.host, address_.port);
  const int on = 1;
  setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  ++connects_;
}

void HttpConnection::Send(std::string_view request) {
  if (file_ < 0) Connect();
  received_.clear();
  while (!request.empty()) {
    const auto sent = send(file_, request.data(), request.size(), MSG_NOSIGNAL);
    Check(sent > 0, "the server closed a connection while a request was sent");
    request.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool HttpConnection::Receive(HttpReply& reply) {
  std::array<char, 16 * 1024> part{};
  const auto got = recv(file_, part.data(), part.size(), 0);
  Check(got > 0, "the server closed a connection without an answer");
  received_.append(part.data(), static_cast<std::size_t>(got));
  if (!ParseReply(reply)) return false;
  if (reply.closes) Close();
  return true;
}

bool HttpConnection::ParseReply(HttpReply& reply) const {
  const std::string_view text = received_;
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return false;
  const auto head = text.substr(0, end + 2);
  const auto length = ParseNumber(HeaderOf(head, "\r\nContent-Length: "));
  const auto body = text.substr(end + 4);
  if (body.size() < length) return false;
  Check(body.size() == length, "an answer is followed by what nobody asked for");
  reply.status = static_cast<int>(ParseNumber(head.substr(head.find(' ') + 1)));
  reply.closes = HeaderOf(head, "\r\nConnection: ").starts_with("Close") ||
                 HeaderOf(head, "\r\nConnection: ").starts_with("close");
  reply.body = body;
  return true;
}

}  // namespace docket::bench
