/// One pushed message: read, looked at, and made the command that records it. Nothing is done here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/intake/definitions.hpp"
#include "domain/rejection.hpp"
#include "domain/trade.hpp"
#include "workflows/data_push/facts.hpp"

namespace docket::intake {

/// What the intake knows of the provider's connection.
struct Connection {
  StreamId case_id;
  std::string state;
  RegionCode region;
  bool is_down = false;
  std::vector<data_push::Frequency> frequencies;
  std::vector<data_push::SigningKey> keys;
};

/// A message as it came: text that was no JSON, or JSON that is a message in order or not.
struct Message {
  std::size_t index = 0;  ///< In its batch.
  Json json;
  const MessageDefinition* definition = nullptr;
  std::string name;     ///< Of the kind of message: of the route, or as it says itself.
  std::string version;  ///< As it says itself; empty: it does not.
  std::optional<std::string> message_id{};
  std::optional<std::string> key{};
  Instant occurred_at{};
  std::optional<Rejection> wrong{};
};

/// Looks at the form of a message: name, version, schema and check characters. `route` is the kind
/// of message that is expected; empty: the message says it.
Message ReadMessage(std::size_t index, const Expected<Json>& json, const std::string& route);

/// 真实性: whether the content is what the digest says, signed with a key of the provider, and not
/// from the future. Of a message in order.
std::optional<Rejection> CheckAuthenticity(const Message& message, const Connection& connection,
                                           Instant now);
/// 及时性: later than the agreed frequency of its kind.
bool IsLate(const Message& message, const Connection& connection, Instant now);

/// The command of a message in order and the project that it is of. Heartbeats have none.
struct RecordCommand {
  std::string name;
  Json data;
  ProjectCode project;
};
RecordCommand CommandOf(const Message& message, const UnitId& provider);

/// What data lack when a message is refused so.
data_push::DefectKind DefectOf(const Rejection& why);

inline constexpr Refusal kUnknownMessage{"message_unknown", "没有此数据类型或者规范版本",
                                         "there is no such message in this version", "FJ18-12",
                                         "/standard_version"};
inline constexpr Refusal kContentDigestWrong{"content_digest_wrong", "内容与摘要值不符",
                                             "the content is not that of the digest", "HN18-9",
                                             "/digest"};
inline constexpr Refusal kSigningKeyUnknown{"signing_key_unknown", "没有登记此签名公钥",
                                            "this signing key is not registered", "HN18-9",
                                            "/signature/key"};
inline constexpr Refusal kSignatureInvalid{"signature_invalid", "签名无效",
                                           "the signature is not of this message", "HN18-9",
                                           "/signature/value"};
inline constexpr Refusal kFromTheFuture{"occurred_in_future", "数据产生时间晚于当前时间",
                                        "the record is from the future", "HN18-9", "/occurred_at"};
inline constexpr Refusal kMessageIdRepeated{"message_id_repeated", "消息编号在批次内重复",
                                            "two messages of the batch have one id", "HN18-9",
                                            "/message_id"};
inline constexpr Refusal kProjectNotRecorded{"project_not_recorded", "项目尚未归集，应先推送项目",
                                             "the project is not on record: push it first",
                                             "HN18-8", "/body/project"};

}  // namespace docket::intake
