/// A mail server on this machine that takes messages, or fails as it is told.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/Net/Context.h>
#include <Poco/Net/TCPServer.h>

namespace docket::test {

class MailServer {
 public:
  struct Message {
    std::string from;
    std::string to;
    std::map<std::string, std::string> headers;  ///< Names in lower case; folded lines joined.
    std::string body;                            ///< Decoded.
    std::string login;                           ///< What AUTH was given, or empty.
    bool encrypted = false;
  };
  enum class Moment : std::uint8_t {
    kGreeting,
    kHello,
    kStartTls,
    kLogin,
    kSender,
    kRecipient,
    kData,
    kContent,  ///< All of the message has come; it is kept before it is answered.
  };
  /// What is answered: empty: what usually is; `close`: the connection is closed instead.
  using Answer = std::function<std::string(Moment)>;

  /// With a context it offers STARTTLS.
  explicit MailServer(Poco::Net::Context::Ptr tls = nullptr);
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  std::uint16_t Port() const { return port_; }
  std::string Host() const { return "127.0.0.1:" + std::to_string(port_); }
  void AnswerWith(Answer answer);
  /// Waits until so many messages have come, or twenty seconds are over; all of them.
  std::vector<Message> Await(std::size_t count);

  // Used by the server's threads.
  std::string AnswerTo(Moment moment);
  void Take(Message message);
  const Poco::Net::Context::Ptr& Tls() const { return tls_; }

 private:
  const Poco::Net::Context::Ptr tls_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Message> messages_;
  Answer answer_ = [](Moment) { return ""; };
  std::uint16_t port_ = 0;
  std::unique_ptr<Poco::Net::TCPServer> server_;
};

}  // namespace docket::test
