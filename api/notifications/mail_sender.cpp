#include "api/notifications/mail_sender.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <Poco/Base64Encoder.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include "persistence/secret_file.hpp"
#include "workflows/account/guards.hpp"

namespace docket {

namespace {

namespace net = Poco::Net;

constexpr int kVerificationDepth = 9;
/// Of a text in one encoded word (RFC 2047), which has at most 75 characters.
constexpr std::size_t kEncodedWordBytesMax = 42;
constexpr int kServiceNotAvailable = 421;

/// What a server says of the recipient or of this very message; the rest may pass.
constexpr std::array kFinalCodes{501, 550, 551, 552, 553, 554};

struct Scheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr std::array<Scheme, 3> kSchemes{
    {{"smtp+plain", 25}, {"smtp", 587}, {"smtps", 465}}};  // In the order of Security.

std::string Base64(std::string_view text) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder << text;
  encoder.close();
  return out.str();
}

/// Never cuts a character in two.
std::string EncodedWords(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    std::size_t size = std::min(text.size(), kEncodedWordBytesMax);
    while (size > 1 && size < text.size() &&
           (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
      --size;
    words += (words.empty() ? "=?UTF-8?B?" : " =?UTF-8?B?") + Base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return words;
}

void Write(const Mail& mail, const std::string& from, net::MailMessage& message) {
  message.setSender(from);
  message.addRecipient(net::MailRecipient(net::MailRecipient::PRIMARY_RECIPIENT, mail.to));
  message.setSubject(EncodedWords(mail.subject));
  message.setContentType("text/plain; charset=UTF-8");
  message.setContent(mail.body, net::MailMessage::ENCODING_BASE64);
  message.setDate(Poco::Timestamp(mail.date.Micros()));
  message.set("Message-ID", fmt::format("<{}@docket>", mail.message_id));
  message.set("Auto-Submitted", "auto-generated");
}

net::Context::Ptr ContextOf(const std::string& ca_file) {
  return {new net::Context(net::Context::CLIENT_USE, "", "", ca_file, net::Context::VERIFY_STRICT,
                           kVerificationDepth, ca_file.empty())};
}

/// POCO's own STARTTLS neither connects within a time nor knows the host of a socket it was given.
class Session : public net::SMTPClientSession {
 public:
  using SMTPClientSession::SMTPClientSession;

  bool StartTls(const std::string& host, const net::Context::Ptr& context) {
    std::string response;
    if (!isPositiveCompletion(sendCommand("STARTTLS", response))) return false;
    const net::SecureStreamSocket secure(net::SecureStreamSocket::attach(socket(), host, context));
    socket() = secure;
    return true;
  }
};

bool IsThisMachine(const std::string& host) {
  net::IPAddress address;
  // A number is not looked up: that would ask for its name.
  if (!net::IPAddress::tryParse(host, address)) address = net::DNS::resolveOne(host);
  return address.isLoopback();
}

SendResult FailureOf(int code) {
  if (code < 400 || code > 599) return Unsent("smtp_failed");
  SendResult result = Unsent(fmt::format("smtp_{}", code));
  result.is_down = code == kServiceNotAvailable;
  result.is_final = std::find(kFinalCodes.begin(), kFinalCodes.end(), code) != kFinalCodes.end();
  return result;
}

SendResult Down(std::string reason) {
  SendResult result = Unsent(std::move(reason));
  result.is_down = true;
  return result;
}

}  // namespace

Expected<MailSender::Server> MailSender::ServerOf(const std::string& url) {
  const auto invalid = [] {
    return Refuse(RejectionKind::kInvalid,
                  {"smtp_url_invalid", "邮件服务器应为 smtp://、smtps:// 或 smtp+plain://主机:端口",
                   "expected smtp://, smtps:// or smtp+plain://HOST:PORT"});
  };
  try {
    const Poco::URI uri(url);
    const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& known) {
      return known.name == uri.getScheme();
    });
    const bool is_bare = uri.getUserInfo().empty() && uri.getPathAndQuery().size() <= 1;
    if (scheme == kSchemes.end() || uri.getHost().empty() || !is_bare) return invalid();
    const std::uint16_t port = uri.getPort() == 0 ? scheme->port : uri.getPort();
    const Server server{static_cast<Security>(scheme - kSchemes.begin()), uri.getHost(), port};
    const bool is_exposed = server.security == Security::kPlain && !IsThisMachine(server.host);
    if (!is_exposed) return server;
    return Refuse(RejectionKind::kRefused,
                  {"smtp_plain_exposed", "不加密的邮件服务器只能在本机",
                   "a mail server without encryption must be on this machine"});
  } catch (const Poco::Exception&) {
    return invalid();
  }
}

Expected<MailSender> MailSender::Open(const MailOptions& options) {
  auto server = ServerOf(options.url);
  if (!server) return tl::unexpected(server.error());
  if (!account::IsEmailAddress(options.from)) {
    return Refuse(RejectionKind::kInvalid, {"smtp_sender_invalid", "发件人地址无效",
                                            "the sender's address is no e-mail address"});
  }
  std::string password;
  if (!options.user.empty()) {
    auto read = ReadSecretFile(options.password_file);
    if (!read) return tl::unexpected(read.error());
    password = std::move(*read);
  }
  return MailSender(options, std::move(*server), std::move(password));
}

void MailSender::Hand(const Mail& mail, SendResult& result) const {
  const Poco::Timespan timeout(options_.timeout.count(), 0);
  const bool is_secure = server_.security == Security::kTls;
  const bool is_plain = server_.security == Security::kPlain;
  const auto context = is_plain ? net::Context::Ptr() : ContextOf(options_.ca_file);
  net::StreamSocket socket = is_secure ? net::SecureStreamSocket(context) : net::StreamSocket();
  if (is_secure) net::SecureStreamSocket(socket).setPeerHostName(server_.host);
  socket.connect(net::SocketAddress(server_.host, server_.port), timeout);
  Session session(socket);
  session.setTimeout(timeout);
  session.login();
  if (server_.security == Security::kStartTls) {
    if (!session.StartTls(server_.host, context)) {
      result = Down("smtp_no_tls");
      return;
    }
    session.login();
  }
  if (!options_.user.empty()) {
    session.login(net::SMTPClientSession::AUTH_PLAIN, options_.user, password_);
  }
  net::MailMessage message;
  Write(mail, options_.from, message);
  session.sendMessage(message);
  result.is_sent = true;
  session.close();
}

SendResult MailSender::Send(const Mail& mail) const {
  SendResult result;
  try {
    Hand(mail, result);
  } catch (const net::SMTPException& error) {
    if (!result.is_sent) result = FailureOf(error.code());
  } catch (const std::exception&) {
    // Once it was taken, a farewell that fails changes nothing.
    if (!result.is_sent) result = Down("smtp_unreachable");
  }
  return result;
}

}  // namespace docket
