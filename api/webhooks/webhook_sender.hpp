/// Sends webhooks: one POST to an address that was looked at before it is connected to.
#pragma once

#include <chrono>
#include <string>

#include "api/http/message.hpp"
#include "domain/rejection.hpp"

namespace docket {

struct WebhookSenderOptions {
  /// Also http, and addresses that are not public: receivers in a network of one's own.
  bool allow_private = false;
  /// Certificates to trust instead of the system's; empty: those.
  std::string ca_file;
  /// For connecting, and for each piece of the answer.
  std::chrono::seconds timeout{10};
};

struct WebhookReply {
  int status = 0;     ///< 0: there was no answer.
  std::string body;   ///< The beginning of it.
  std::string error;  ///< Why there was none.
  std::chrono::milliseconds took{0};

  bool IsSuccess() const { return status >= 200 && status < 300; }
};

Rejection WebhookUrlInvalid();
Rejection WebhookAddressRefused();

/// Thread-safe. Redirects are not followed: the answer is then the redirect.
class WebhookSender {
 public:
  explicit WebhookSender(WebhookSenderOptions options) : options_(std::move(options)) {}

  /// Whether the address is one at all. Refused: `webhook_url_invalid`, `webhook_address_refused`.
  Expected<void> Check(const std::string& url) const;
  struct Message {
    std::string url;
    std::vector<http::NamedValue> headers;
    std::string body;
  };
  /// Never throws: what fails is in the reply.
  WebhookReply Post(const Message& message) const;

 private:
  const WebhookSenderOptions options_;
};

}  // namespace docket
