/// A server that takes webhooks, as somebody else would write it.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/ServerSocket.h>

#include "domain/json.hpp"

namespace docket::test {

class WebhookReceiver {
 public:
  struct Message {
    std::map<std::string, std::string> headers;  ///< Names in lower case.
    std::string text;
    Json body;
  };
  /// What is answered to a message; the challenge is echoed in any case.
  using Answer = std::function<int(const Message&)>;

  WebhookReceiver();
  /// On another socket, such as one of TLS.
  explicit WebhookReceiver(const Poco::Net::ServerSocket& socket);
  ~WebhookReceiver();
  WebhookReceiver(const WebhookReceiver&) = delete;
  WebhookReceiver& operator=(const WebhookReceiver&) = delete;

  std::uint16_t Port() const { return port_; }
  std::string Url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  void AnswerWith(Answer answer);
  /// The text of every answer from now on; usually none.
  void ReplyWith(std::string text);
  /// Waits until so many messages have come, or twenty seconds are over; all of them.
  std::vector<Message> Await(std::size_t count);
  /// Used by the server's threads.
  int Take(Message message);
  std::string ReplyText();

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Message> messages_;
  Answer answer_ = [](const Message&) { return 204; };
  std::string reply_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Poco::Net::HTTPServer> server_;
};

}  // namespace docket::test
