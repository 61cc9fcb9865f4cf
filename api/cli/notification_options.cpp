#include "api/cli/notification_options.hpp"

namespace docket::cli {

void AddNotificationOptions(CLI::App& verb, NoticeChannelOptions& options) {
  auto* smtp =
      verb.add_option("--smtp", options.mail.url,
                      "邮件服务器 Mail server, smtp://, smtps:// or smtp+plain://HOST:PORT");
  auto* from = verb.add_option("--smtp-from", options.mail.from, "发件人地址 Sender's address");
  smtp->needs(from);
  from->needs(smtp);
  auto* user = verb.add_option("--smtp-user", options.mail.user, "邮件服务器用户名 Its user");
  auto* password = verb.add_option("--smtp-password-file", options.mail.password_file,
                                   "邮件服务器密码文件 File that holds its password");
  user->needs(smtp)->needs(password);
  password->needs(user);
  verb.add_option("--smtp-ca", options.mail.ca_file,
                  "信任的证书 Certificates to trust instead of the system's")
      ->needs(smtp);
  verb.add_option("--sms-gateway", options.sms_gateway,
                  "短信网关配置文件 File that describes the SMS gateway, JSON");
  verb.add_option("--notice-templates", options.templates,
                  "通知模板文件 Templates of e-mails and short messages, JSON");
  verb.add_option("--system-name", options.system_name,
                  "通知中的系统名称 Name of this system in messages")
      ->capture_default_str();
}

}  // namespace docket::cli
