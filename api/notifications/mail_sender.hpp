/// Hands e-mails to a mail server (RFC 5321).
#pragma once

#include <chrono>
#include <string>

#include "api/notifications/send_result.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket {

struct MailOptions {
  /// `smtp://HOST[:587]` with STARTTLS, without which nothing is sent; `smtps://HOST[:465]`;
  /// `smtp+plain://HOST[:25]` without encryption, for a relay on this machine only.
  std::string url;
  std::string from;           ///< Address of the sender.
  std::string user;           ///< Empty: the server asks for none.
  std::string password_file;  ///< Its first line.
  std::string ca_file;        ///< Certificates to trust instead of the system's; empty: those.
  /// For connecting, and for each answer.
  std::chrono::seconds timeout{10};
};

struct Mail {
  std::string to;
  std::string message_id;  ///< Without the host: the server's and the reader's key to repeats.
  std::string subject;
  std::string body;
  Instant date;
};

/// Thread-safe.
class MailSender {
 public:
  /// Refused: `smtp_url_invalid`, `smtp_sender_invalid`, what ReadSecretFile refuses, and
  /// `smtp_plain_exposed` where a plain server is not on this machine.
  static Expected<MailSender> Open(const MailOptions& options);

  /// Never throws. Sent means that the server has taken it.
  SendResult Send(const Mail& mail) const;

 private:
  enum class Security : std::uint8_t { kPlain, kStartTls, kTls };
  struct Server {
    Security security = Security::kStartTls;
    std::string host;
    std::uint16_t port = 0;
  };
  static Expected<Server> ServerOf(const std::string& url);
  MailSender(MailOptions options, Server server, std::string password)
      : options_(std::move(options)), server_(std::move(server)), password_(std::move(password)) {}
  void Hand(const Mail& mail, SendResult& result) const;

  MailOptions options_;
  Server server_;
  std::string password_;
};

}  // namespace docket
