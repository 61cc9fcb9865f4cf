#include "tests/api/event_stream.hpp"

#include <array>
#include <utility>

#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

namespace docket::test {

EventStream::EventStream(const Ask& ask) : messages_([this] { return Receive(); }) {
  const Poco::Net::SocketAddress address("127.0.0.1", ask.port);
  const auto* const authority = AuthorityOfThisRun();
  auto tls = ask.tls;
  if (tls.isNull() && authority != nullptr) tls = ClientContext(*authority);
  if (tls.isNull()) socket_.connect(address);
  else socket_ = Poco::Net::SecureStreamSocket(address, "localhost", tls);
  socket_.setReceiveTimeout(Poco::Timespan(30, 0));
  std::string request =
      "GET " + ask.target + " HTTP/1.1\r\nHost: test\r\n" + "Authorization: Bearer " +
      (ask.token.empty() ? "demo-" + ask.account + "-change-me" : ask.token) + "\r\n";
  if (!ask.last_event_id.empty()) request += "Last-Event-ID: " + ask.last_event_id + "\r\n";
  request += "\r\n";
  socket_.sendBytes(request.data(), static_cast<int>(request.size()));
  while (head_.find("\r\n\r\n") == std::string::npos) {
    const std::string more = Receive();
    if (more.empty()) return;
    head_ += more;
  }
  const auto end = head_.find("\r\n\r\n") + 4;
  begun_ = head_.substr(end);
  head_.resize(end);
}

std::string EventStream::Receive() {
  if (!begun_.empty()) return std::exchange(begun_, {});
  std::array<char, 16 * 1024> bytes;
  const int count = socket_.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
  return {bytes.data(), static_cast<std::size_t>(std::max(count, 0))};
}

std::string EventStream::Rest() {
  std::string rest;
  for (std::string more = Receive(); !more.empty(); more = Receive()) rest += more;
  return rest;
}

}  // namespace docket::test
