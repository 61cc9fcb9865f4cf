#include "tests/api/mail_server.hpp"

#include <optional>
#include <sstream>

#include <Poco/Base64Decoder.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

namespace docket::test {

namespace {

namespace net = Poco::Net;
using Moment = MailServer::Moment;

std::string Decoded(const std::string& text) {
  std::istringstream encoded(text);
  Poco::Base64Decoder decoder(encoded);
  std::ostringstream clear;
  Poco::StreamCopier::copyStream(decoder, clear);
  return clear.str();
}

/// Between the brackets of `MAIL FROM:<a@b>`.
std::string Bracketed(const std::string& line) {
  const auto open = line.find('<');
  return open == std::string::npos ? "" : line.substr(open + 1, line.find('>') - open - 1);
}

class Connection : public net::TCPServerConnection {
 public:
  Connection(const net::StreamSocket& socket, MailServer& server)
      : TCPServerConnection(socket), server_(server), dialog_(socket) {}

  void run() override {
    try {
      if (Say(Moment::kGreeting, "220 mail.test")) Converse();
    } catch (const Poco::Exception&) {
      // The client is gone.
    }
  }

 private:
  /// False: the connection is to be closed.
  bool Say(Moment moment, const std::string& usual) {
    const std::string answer = server_.AnswerTo(moment);
    if (answer == "close") return false;
    dialog_.sendMessage(answer.empty() ? usual : answer);
    return true;
  }

  void Converse() {
    std::string line;
    while (dialog_.receiveMessage(line)) {
      const std::string verb = Poco::toUpper(line.substr(0, 4));
      bool goes_on = true;
      if (verb == "EHLO" || verb == "HELO") {
        const bool offers = server_.Tls() && !message_.encrypted;
        goes_on = Say(Moment::kHello,
                      offers ? "250-mail.test\r\n250 STARTTLS" : "250-mail.test\r\n250 AUTH PLAIN");
      } else if (verb == "STAR") {
        goes_on = Encrypt();
      } else if (verb == "AUTH") {
        goes_on = LogIn(line);
      } else if (verb == "MAIL") {
        message_.from = Bracketed(line);
        goes_on = Say(Moment::kSender, "250 ok");
      } else if (verb == "RCPT") {
        message_.to = Bracketed(line);
        goes_on = Say(Moment::kRecipient, "250 ok");
      } else if (verb == "DATA") {
        goes_on = TakeContent();
      } else if (verb == "QUIT") {
        dialog_.sendMessage("221 bye");
        goes_on = false;
      } else {
        dialog_.sendMessage("502 unknown");
      }
      if (!goes_on) return;
    }
  }

  bool Encrypt() {
    if (!server_.Tls()) {
      dialog_.sendMessage("502 not offered");
      return true;
    }
    if (!Say(Moment::kStartTls, "220 go ahead")) return false;
    const net::SecureStreamSocket secure = net::SecureStreamSocket::attach(dialog_, server_.Tls());
    dialog_ = secure;
    message_.encrypted = true;
    return true;
  }

  bool LogIn(const std::string& line) {
    std::string given = line.size() > 11 ? line.substr(11) : "";
    if (given.empty()) {
      dialog_.sendMessage("334 ");
      dialog_.receiveMessage(given);
    }
    message_.login = Decoded(given);
    return Say(Moment::kLogin, "235 ok");
  }

  bool TakeContent() {
    const std::string answer = server_.AnswerTo(Moment::kData);
    if (answer == "close") return false;
    dialog_.sendMessage(answer.empty() ? "354 go on" : answer);
    if (!answer.empty()) return true;
    std::string content;
    std::string line;
    while (dialog_.receiveMessage(line) && line != ".") {
      content += (line.starts_with("..") ? line.substr(1) : line) + "\r\n";
    }
    std::istringstream text(content);
    net::MessageHeader header;
    header.read(text);
    for (const auto& [name, value] : header) message_.headers[Poco::toLower(name)] = value;
    std::string rest{std::istreambuf_iterator<char>(text), {}};
    const auto start = rest.find_first_not_of("\r\n");
    message_.body = Decoded(start == std::string::npos ? "" : rest.substr(start));
    server_.Take(message_);
    return Say(Moment::kContent, "250 queued");
  }

  MailServer& server_;
  net::DialogSocket dialog_;
  MailServer::Message message_;
};

class Connections : public net::TCPServerConnectionFactory {
 public:
  explicit Connections(MailServer& server) : server_(server) {}
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return std::make_unique<Connection>(socket, server_).release();  // POCO owns it from here.
  }

 private:
  MailServer& server_;
};

}  // namespace

MailServer::MailServer(net::Context::Ptr tls) : tls_(std::move(tls)) {
  const net::ServerSocket socket(net::SocketAddress("127.0.0.1", 0));
  port_ = socket.address().port();
  server_ = std::make_unique<net::TCPServer>(
      net::TCPServerConnectionFactory::Ptr(std::make_unique<Connections>(*this).release()), socket);
  server_->start();
}

MailServer::~MailServer() { server_->stop(); }

void MailServer::AnswerWith(Answer answer) {
  const std::lock_guard guard(mutex_);
  answer_ = std::move(answer);
}

std::vector<MailServer::Message> MailServer::Await(std::size_t count) {
  std::unique_lock guard(mutex_);
  came_.wait_for(guard, std::chrono::seconds(20), [&] { return messages_.size() >= count; });
  return messages_;
}

std::string MailServer::AnswerTo(Moment moment) {
  const std::lock_guard guard(mutex_);
  return answer_(moment);
}

void MailServer::Take(Message message) {
  {
    const std::lock_guard guard(mutex_);
    messages_.push_back(std::move(message));
  }
  came_.notify_all();
}

}  // namespace docket::test
