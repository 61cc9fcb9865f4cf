/// The ways out of the house that an installation has, and what its messages say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/notifications/mail_sender.hpp"
#include "api/notifications/sms_gateway.hpp"
#include "api/notifications/templates.hpp"

namespace docket {

/// As an operator writes them.
struct NoticeChannelOptions {
  MailOptions mail{};         ///< Without a URL: no e-mail.
  std::string sms_gateway{};  ///< Path of a GatewayFile; empty: no short messages.
  std::string templates{};    ///< Path; empty: those that ship with the product.
  std::string system_name = "公共资源交易监督平台";
};

/// Immutable, and shared by threads.
struct NoticeChannels {
  /// Refused as its parts are.
  static Expected<NoticeChannels> Open(const NoticeChannelOptions& options);

  std::optional<MailSender> mail{};
  std::optional<SmsGateway> sms{};
  NoticeTemplates templates = NoticeTemplates::Builtin();
  std::string system_name{};

  std::vector<NoticeChannel> Available() const;
};

}  // namespace docket
