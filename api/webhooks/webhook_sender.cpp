#include "api/webhooks/webhook_sender.hpp"

#include <algorithm>
#include <memory>

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

#include "api/webhooks/public_address.hpp"

namespace docket {

namespace {

namespace net = Poco::Net;

constexpr std::size_t kReplyBytesMax = 4096;
constexpr std::size_t kUrlBytesMax = 2048;
constexpr int kVerificationDepth = 9;

struct Target {
  Poco::URI uri;
  bool secure = true;
  net::SocketAddress address;
};

/// Looks the name up once; what is connected to is what was looked at. One address that is not
/// public is enough to refuse the name.
Expected<net::SocketAddress> Resolve(const Poco::URI& uri, bool allow_private) {
  const auto entry = net::DNS::resolve(uri.getHost());
  const auto& addresses = entry.addresses();
  const bool refused =
      addresses.empty() ||
      (!allow_private && !std::all_of(addresses.begin(), addresses.end(), IsPublicAddress));
  if (refused) return tl::unexpected(WebhookAddressRefused());
  return net::SocketAddress(addresses.front(), uri.getPort());
}

Expected<Target> Parse(const std::string& url, bool allow_private) {
  try {
    if (url.size() > kUrlBytesMax) return tl::unexpected(WebhookUrlInvalid());
    Target target{Poco::URI(url), true, {}};
    target.secure = target.uri.getScheme() == "https";
    const bool known = target.secure || (allow_private && target.uri.getScheme() == "http");
    const bool plain = target.uri.getUserInfo().empty() && target.uri.getFragment().empty();
    if (!known || !plain || target.uri.getHost().empty())
      return tl::unexpected(WebhookUrlInvalid());
    const auto address = Resolve(target.uri, allow_private);
    if (!address) return tl::unexpected(address.error());
    target.address = *address;
    return target;
  } catch (const Poco::SyntaxException&) {
    return tl::unexpected(WebhookUrlInvalid());
  } catch (const Poco::Exception&) {
    return tl::unexpected(WebhookAddressRefused());
  }
}

/// Connects to the address that was checked, whatever the name stands for by then. The certificate
/// is the host's all the same.
class PinnedSession : public net::HTTPSClientSession {
 public:
  PinnedSession(const Target& target, const net::Context::Ptr& context)
      : HTTPSClientSession(target.uri.getHost(), target.uri.getPort(), context),
        address_(target.address) {}

 protected:
  void connect(const net::SocketAddress& /*resolved*/) override {
    HTTPSClientSession::connect(address_);
  }

 private:
  net::SocketAddress address_;
};

std::unique_ptr<net::HTTPClientSession> Connect(const Target& target,
                                                const WebhookSenderOptions& options) {
  const Poco::Timespan timeout(options.timeout.count(), 0);
  if (!target.secure) {
    auto session = std::make_unique<net::HTTPClientSession>(target.address.host().toString(),
                                                            target.address.port());
    session->setTimeout(timeout);
    return session;
  }
  const net::Context::Ptr context(new net::Context(net::Context::CLIENT_USE, "", "",
                                                   options.ca_file, net::Context::VERIFY_STRICT,
                                                   kVerificationDepth, options.ca_file.empty()));
  auto session = std::make_unique<PinnedSession>(target, context);
  session->setTimeout(timeout);
  return session;
}

void Exchange(const Target& target, const WebhookSender::Message& message,
              const WebhookSenderOptions& options, WebhookReply& reply) {
  const auto session = Connect(target, options);
  std::string path = target.uri.getPathAndQuery();
  if (path.empty()) path = "/";
  net::HTTPRequest request(net::HTTPRequest::HTTP_POST, path, net::HTTPMessage::HTTP_1_1);
  request.setHost(target.uri.getHost(), target.uri.getPort());
  request.setKeepAlive(false);
  request.setContentLength64(static_cast<Poco::Int64>(message.body.size()));
  for (const auto& header : message.headers) request.set(header.name, header.value);
  session->sendRequest(request) << message.body << std::flush;
  net::HTTPResponse response;
  std::istream& body = session->receiveResponse(response);
  reply.status = response.getStatus();
  reply.body.resize(kReplyBytesMax);
  body.read(reply.body.data(), static_cast<std::streamsize>(reply.body.size()));
  reply.body.resize(static_cast<std::size_t>(body.gcount()));
}

}  // namespace

Rejection WebhookUrlInvalid() {
  return {RejectionKind::kInvalid,
          {"webhook_url_invalid", "推送地址应为 https://主机/路径",
           "expected https://HOST/PATH, without a user and a fragment"}};
}

Rejection WebhookAddressRefused() {
  return {RejectionKind::kRefused,
          {"webhook_address_refused", "推送地址无法解析，或指向内部网络",
           "the address cannot be resolved, or lies in a private network"}};
}

Expected<void> WebhookSender::Check(const std::string& url) const {
  const auto target = Parse(url, options_.allow_private);
  if (!target) return tl::unexpected(target.error());
  return {};
}

WebhookReply WebhookSender::Post(const Message& message) const {
  const auto started = std::chrono::steady_clock::now();
  WebhookReply reply;
  try {
    const auto target = Parse(message.url, options_.allow_private);
    if (target) Exchange(*target, message, options_, reply);
    else reply.error = target.error().code;
  } catch (const Poco::Exception& error) {
    reply.status = 0;
    reply.error = error.displayText();
  } catch (const std::exception& error) {
    reply.status = 0;
    reply.error = error.what();
  }
  reply.took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  return reply;
}

}  // namespace docket
