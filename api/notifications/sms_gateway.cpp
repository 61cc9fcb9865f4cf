#include "api/notifications/sms_gateway.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <Poco/URI.h>
#include <fmt/format.h>

#include "persistence/secret_file.hpp"
#include "workflows/engine/notices.hpp"

namespace docket {

namespace {

constexpr std::size_t kFileBytesMax = 64 << 10;
constexpr std::size_t kReceiptBytesMax = 128;
constexpr std::string_view kFormReserved = "&=+%;?/:#@ \"'<>{}[]|\\^`~,!*()$";

/// Calls `visit(std::string&)` for every text in the document.
template <class Visit>
void EachText(Json& json, const Visit& visit) {
  if (json.is_string()) visit(json.get_ref<std::string&>());
  if (json.is_structured()) {
    for (auto& member : json) EachText(member, visit);
  }
}

std::vector<std::string> WordsIn(Json body) {
  std::vector<std::string> words;
  EachText(body, [&](std::string& text) {
    for (auto& word : PlaceholdersOf(text)) words.push_back(std::move(word));
  });
  return words;
}

bool IsAmong(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <std::size_t N>
bool AreOf(const std::vector<std::string>& words,
           const std::array<std::string_view, N>& placeholders) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(placeholders.begin(), placeholders.end(), word) != placeholders.end();
  });
}

bool IsPointer(const std::string& text) {
  try {
    return !Json::json_pointer(text).empty();
  } catch (const Json::exception&) {
    return false;
  }
}

bool IsPlainHeader(const GatewayHeader& header) {
  constexpr std::array<std::string_view, 1> kHeaderPlaceholders{"secret"};
  return (header.name + header.value).find_first_of("\r\n") == std::string::npos &&
         AreOf(PlaceholdersOf(header.value), kHeaderPlaceholders);
}

bool IsValid(const GatewayFile& file) {
  constexpr std::array<std::string_view, 4> kBodyPlaceholders{"phone", "text", "id", "secret"};
  const auto words = WordsIn(file.body);
  const bool is_flat = std::all_of(file.body.begin(), file.body.end(),
                                   [](const Json& member) { return member.is_string(); });
  return file.body.is_object() && (file.format == GatewayFormat::kJson || is_flat) &&
         AreOf(words, kBodyPlaceholders) && IsAmong(words, "phone") && IsAmong(words, "text") &&
         std::all_of(file.headers.begin(), file.headers.end(), IsPlainHeader) &&
         (!file.success || IsPointer(file.success->at)) &&
         (!file.message_id_at || IsPointer(*file.message_id_at));
}

/// The text or number at a pointer; nullopt: there is none.
std::optional<std::string> TextAt(const Json& json, const std::string& pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at)) return std::nullopt;
  const Json& value = json.at(at);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string FormOf(const Json& body) {
  std::string form;
  for (const auto& [name, value] : body.items()) {
    std::string encoded_name;
    std::string encoded_value;
    Poco::URI::encode(name, std::string(kFormReserved), encoded_name);
    Poco::URI::encode(value.get<std::string>(), std::string(kFormReserved), encoded_value);
    form += (form.empty() ? "" : "&") + encoded_name + "=" + encoded_value;
  }
  return form;
}

}  // namespace

Expected<SmsGateway> SmsGateway::Load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kFileBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (!text.empty()) return Parse(text);
  return Refuse(RejectionKind::kInvalid, {"sms_gateway_unreadable", "短信网关配置文件无法读取",
                                          "the file of the SMS gateway cannot be read"});
}

Expected<SmsGateway> SmsGateway::Parse(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  auto file = Decode<GatewayFile>(*json);
  if (!file) return tl::unexpected(file.error());
  if (!IsValid(*file)) {
    return Refuse(RejectionKind::kInvalid,
                  {"sms_gateway_invalid", "短信网关配置中的占位符、结构或指针有误",
                   "a placeholder, the form or a pointer of the SMS gateway's file is wrong"});
  }
  std::string secret;
  if (file->secret_file) {
    auto read = ReadSecretFile(*file->secret_file);
    if (!read) return tl::unexpected(read.error());
    secret = std::move(*read);
  }
  return SmsGateway(std::move(*file), std::move(secret));
}

SmsGateway::SmsGateway(GatewayFile file, std::string secret)
    : file_(std::move(file)), secret_(std::move(secret)) {
  sending_.allow_private = file_.allow_private.value_or(false);
  sending_.ca_file = file_.ca_file.value_or("");
}

std::string SmsGateway::BodyOf(const ShortMessage& message) const {
  Json body = file_.body;
  EachText(body, [&](std::string& text) {
    text = FillIn(text, [&](std::string_view word) -> std::string_view {
      if (word == "phone") return message.phone;
      if (word == "text") return message.text;
      return word == "id" ? message.id : secret_;
    });
  });
  return file_.format == GatewayFormat::kForm ? FormOf(body) : body.dump();
}

SendResult SmsGateway::ResultOf(const WebhookReply& reply) const {
  if (reply.status == 0) {
    SendResult result = Unsent("gateway_unreachable");
    result.is_down = true;
    return result;
  }
  if (!reply.IsSuccess()) return Unsent(fmt::format("gateway_http_{}", reply.status));
  SendResult result;
  result.is_sent = true;
  if (!file_.success && !file_.message_id_at) return result;
  const auto answer = ParseJson(reply.body);
  if (!answer) return Unsent("gateway_answer_unreadable");
  if (file_.success && TextAt(*answer, file_.success->at) != file_.success->is) {
    return Unsent("gateway_refused");
  }
  if (file_.message_id_at) result.receipt = TextAt(*answer, *file_.message_id_at).value_or("");
  result.receipt.resize(std::min(result.receipt.size(), kReceiptBytesMax));
  // It comes from elsewhere, and goes into a database of UTF-8 and into JSON.
  std::replace_if(
      result.receipt.begin(), result.receipt.end(), [](char c) { return c < 0x20 || c > 0x7e; },
      '?');
  return result;
}

SendResult SmsGateway::Send(const ShortMessage& message) const {
  try {
    WebhookSender::Message request;
    request.url = file_.url;
    for (const auto& header : file_.headers) {
      request.headers.push_back(
          {header.name, FillIn(header.value, [&](std::string_view) { return secret_; })});
    }
    request.headers.push_back({"Content-Type", file_.format == GatewayFormat::kForm
                                                   ? "application/x-www-form-urlencoded"
                                                   : "application/json; charset=utf-8"});
    request.body = BodyOf(message);
    return ResultOf(WebhookSender(sending_).Post(request));
  } catch (const std::exception&) {
    return Unsent("gateway_failed");
  }
}

}  // namespace docket
