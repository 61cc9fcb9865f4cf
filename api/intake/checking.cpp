#include "api/intake/checking.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "domain/evidence/sha256.hpp"
#include "persistence/credentials/signatures.hpp"

namespace docket::intake {

namespace {

/// Clocks of systems differ by that much.
constexpr std::chrono::minutes kClockSkew{5};

struct CommandName {
  std::string_view message;
  std::string_view command;
};
constexpr std::array kCommands = {CommandName{"project", "record_project"},
                                  CommandName{"section", "record_section"},
                                  CommandName{"notice", "record_notice"},
                                  CommandName{"enrolment", "record_enrolment"},
                                  CommandName{"draw", "record_draw"},
                                  CommandName{"opening", "record_opening"},
                                  CommandName{"evaluation", "record_evaluation"},
                                  CommandName{"publicity", "record_publicity"},
                                  CommandName{"award", "record_award"},
                                  CommandName{"contract", "record_contract"},
                                  CommandName{"performance", "record_performance"},
                                  CommandName{"deposit", "record_deposit"},
                                  CommandName{"media", "record_media"},
                                  CommandName{"closing", "close"}};

std::optional<std::string> TextOf(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

/// What a message says of itself, where it is worth repeating: nothing that it could hide.
std::optional<std::string> TextInOrder(const MessageDefinition& definition,
                                       const FieldErrors& wrong, const Json& json,
                                       const char* name) {
  const bool is_wrong = std::any_of(wrong.begin(), wrong.end(), [&](const FieldError& error) {
    return error.pointer == std::string("/") + name;
  });
  if (is_wrong || !definition.schema["properties"].contains(name)) return std::nullopt;
  return TextOf(json, name);
}

std::string SignedText(const Json& message) {
  Json whole = message;
  whole.erase("signature");
  return CanonicalJson(whole);
}

}  // namespace

Message ReadMessage(std::size_t index, const Expected<Json>& json, const std::string& route) {
  Message message;
  message.index = index;
  message.name = route.empty() ? "unknown" : route;
  message.version = "unknown";
  if (!json) {
    message.wrong = json.error();
    return message;
  }
  message.json = *json;
  if (!json->is_object()) {
    FieldErrors errors;
    json_detail::AddWrongType(errors, "", "object");
    message.wrong = InvalidFields(std::move(errors));
    return message;
  }
  const std::string name = route.empty() ? TextOf(*json, "message").value_or("") : route;
  const std::string version = TextOf(*json, "standard_version").value_or("");
  message.definition = FindDefinition(version, name);
  // Without a version of its own the newest says what else is wrong.
  const auto* judge = message.definition != nullptr ? message.definition : NewestDefinition(name);
  if (judge == nullptr) {
    message.wrong = Rejection(RejectionKind::kInvalid, kUnknownMessage);
    return message;
  }
  message.name = judge->name;
  auto errors = CheckMessage(*judge, *json);
  message.message_id = TextInOrder(*judge, errors, *json, "message_id");
  message.key = TextInOrder(*judge, errors, *json, "key");
  if (message.definition == nullptr) {
    const Rejection unknown(RejectionKind::kInvalid, kUnknownMessage);
    errors.erase(std::remove_if(
                     errors.begin(), errors.end(),
                     [&](const FieldError& error) { return error.pointer == kUnknownMessage.at; }),
                 errors.end());
    errors.insert(errors.begin(), unknown.fields.front());
  } else {
    message.version = version;
  }
  if (!errors.empty()) message.wrong = InvalidFields(std::move(errors));
  else message.occurred_at = *ReadCompactInstant(TextOf(*json, "occurred_at").value_or(""));
  return message;
}

std::optional<Rejection> CheckAuthenticity(const Message& message, const Connection& connection,
                                           Instant now) {
  const Json& json = message.json;
  const auto refuse = [](const Refusal& refusal) {
    return Rejection(RejectionKind::kRefused, refusal);
  };
  const std::string digest = "sha256:" + Sha256Hex(CanonicalJson(json.at("body")));
  if (json.at("digest") != Json(digest)) return refuse(kContentDigestWrong);
  const auto& signature = json.at("signature");
  const auto key = std::find_if(
      connection.keys.begin(), connection.keys.end(),
      [&](const data_push::SigningKey& one) { return Json(one.key) == signature.at("key"); });
  if (key == connection.keys.end()) return refuse(kSigningKeyUnknown);
  if (!VerifyEd25519(key->public_key.value, SignedText(json),
                     signature.at("value").get<std::string>())) {
    return refuse(kSignatureInvalid);
  }
  if (message.occurred_at > now + kClockSkew) return refuse(kFromTheFuture);
  return std::nullopt;
}

bool IsLate(const Message& message, const Connection& connection, Instant now) {
  const auto agreed = std::find_if(
      connection.frequencies.begin(), connection.frequencies.end(),
      [&](const data_push::Frequency& one) { return one.message_type == message.name; });
  return agreed != connection.frequencies.end() &&
         now - message.occurred_at > std::chrono::minutes(agreed->every_minutes);
}

RecordCommand CommandOf(const Message& message, const UnitId& provider) {
  const auto found = std::find_if(kCommands.begin(), kCommands.end(), [&](const CommandName& one) {
    return one.message == message.name;
  });
  RecordCommand command;
  if (found == kCommands.end()) return command;
  command.name = found->command;
  command.data = BodyInOrder(*message.definition, message.json);
  command.project = ProjectCode(command.data.at("project").get<std::string>());
  if (message.name == "project") {
    command.data["provider"] = provider.value;
    if (!command.data.contains("steps_due")) command.data["steps_due"] = Json::array();
  } else {
    command.data.erase("project");
  }
  Json record = {{"key", message.json.at("key")},
                 {"message_id", message.json.at("message_id")},
                 {"standard_version", message.version},
                 {"occurred_at", message.occurred_at.ToString()},
                 {"digest", message.json.at("digest")}};
  if (message.json.contains("supersedes")) record["supersedes"] = message.json.at("supersedes");
  command.data["record"] = std::move(record);
  return command;
}

data_push::DefectKind DefectOf(const Rejection& why) {
  static constexpr std::array<std::string_view, 9> kAuthenticity = {
      "content_digest_wrong",       "signing_key_unknown", "signature_invalid",
      "occurred_in_future",         "message_id_repeated", "digest_mismatch",
      "superseded_content_differs", "published_key_fixed", "not_the_provider"};
  using Kind = data_push::DefectKind;
  if (std::find(kAuthenticity.begin(), kAuthenticity.end(), why.code) != kAuthenticity.end()) {
    return Kind::kAuthenticity;
  }
  if (why.code == kProjectNotRecorded.code) return Kind::kCompleteness;
  const auto& fields = why.fields;
  const auto is = [&](std::string_view code) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const FieldError& field) { return field.code == code; });
  };
  if (is(kUnknownMessage.code)) return Kind::kStandard;
  return is("field_missing") ? Kind::kCompleteness : Kind::kAccuracy;
}

}  // namespace docket::intake
