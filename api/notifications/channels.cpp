#include "api/notifications/channels.hpp"

#include <fstream>
#include <sstream>

namespace docket {

namespace {

Expected<NoticeTemplates> TemplatesOf(const std::string& path) {
  if (path.empty()) return NoticeTemplates::Builtin();
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return NoticeTemplates::Parse(text.str());
}

}  // namespace

Expected<NoticeChannels> NoticeChannels::Open(const NoticeChannelOptions& options) {
  NoticeChannels channels;
  channels.system_name = options.system_name;
  auto templates = TemplatesOf(options.templates);
  if (!templates) return tl::unexpected(templates.error());
  channels.templates = std::move(*templates);
  if (!options.mail.url.empty()) {
    auto mail = MailSender::Open(options.mail);
    if (!mail) return tl::unexpected(mail.error());
    channels.mail = std::move(*mail);
  }
  if (!options.sms_gateway.empty()) {
    auto sms = SmsGateway::Load(options.sms_gateway);
    if (!sms) return tl::unexpected(sms.error());
    channels.sms = std::move(*sms);
  }
  return channels;
}

std::vector<NoticeChannel> NoticeChannels::Available() const {
  std::vector<NoticeChannel> available;
  if (mail) available.push_back(NoticeChannel::kEmail);
  if (sms) available.push_back(NoticeChannel::kSms);
  return available;
}

}  // namespace docket
