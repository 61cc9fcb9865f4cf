/// Hands short messages (短信) to a gateway that is spoken to over HTTP, as a file describes it:
///
///   {"name": "carrier", "url": "https://sms.example.cn/send",
///    "headers": [{"name": "Authorization", "value": "Bearer {secret}"}],
///    "secret_file": "/etc/docket/sms.secret", "format": "json",
///    "body": {"mobile": "{phone}", "content": "{text}", "sequence": "{id}"},
///    "success": {"at": "/code", "is": "0"}, "message_id_at": "/data/id"}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/notifications/send_result.hpp"
#include "api/webhooks/webhook_sender.hpp"
#include "domain/json.hpp"

namespace docket {

struct GatewayHeader {
  std::string name;
  std::string value;  ///< `{secret}` stands for what is in the file.

  static FieldList Fields() {
    return {Field{"name", &GatewayHeader::name}, Field{"value", &GatewayHeader::value}};
  }
};

/// How an answer says that the message was taken, besides its status.
struct GatewaySuccess {
  std::string at;  ///< JSON pointer.
  std::string is;  ///< The text there; a number is compared as it is written.

  static FieldList Fields() {
    return {Field{"at", &GatewaySuccess::at}, Field{"is", &GatewaySuccess::is}};
  }
};

enum class GatewayFormat : std::uint8_t { kJson, kForm };

struct GatewayFile {
  std::string name;  ///< For the log.
  std::string url;
  std::vector<GatewayHeader> headers;
  std::optional<std::string> secret_file;
  GatewayFormat format = GatewayFormat::kJson;
  Json body;  ///< Its texts hold `{phone}`, `{text}`, `{id}` and `{secret}`; a form's is flat.
  std::optional<GatewaySuccess> success;
  std::optional<std::string> message_id_at;  ///< JSON pointer.
  std::optional<bool> allow_private;         ///< Also http, and addresses that are not public.
  std::optional<std::string> ca_file;

  static FieldList Fields() {
    return {Field{"name", &GatewayFile::name},
            Field{"url", &GatewayFile::url},
            Field{"headers", &GatewayFile::headers},
            Field{"secret_file", &GatewayFile::secret_file},
            Field{"format", &GatewayFile::format},
            Field{"body", &GatewayFile::body},
            Field{"success", &GatewayFile::success},
            Field{"message_id_at", &GatewayFile::message_id_at},
            Field{"allow_private", &GatewayFile::allow_private},
            Field{"ca_file", &GatewayFile::ca_file}};
  }
};

struct ShortMessage {
  std::string phone;
  std::string text;
  std::string id;  ///< The same when it is sent again.
};

/// Thread-safe.
class SmsGateway {
 public:
  /// Refused: field errors; `sms_gateway_unreadable`; `sms_gateway_invalid` for an unknown
  /// placeholder, a body without `{phone}` and `{text}`, a pointer that is none, and a form that is
  /// not flat; what ReadSecretFile refuses.
  static Expected<SmsGateway> Load(const std::string& path);
  static Expected<SmsGateway> Parse(std::string_view text);

  /// Never throws.
  SendResult Send(const ShortMessage& message) const;

 private:
  SmsGateway(GatewayFile file, std::string secret);
  std::string BodyOf(const ShortMessage& message) const;
  SendResult ResultOf(const WebhookReply& reply) const;

  GatewayFile file_;
  std::string secret_;
  WebhookSenderOptions sending_;
};

template <>
struct EnumTable<GatewayFormat> {
  static constexpr std::array kNames{
      EnumName<GatewayFormat>{GatewayFormat::kJson, "json", "JSON"},
      EnumName<GatewayFormat>{GatewayFormat::kForm, "form", "表单"},
  };
};

}  // namespace docket
