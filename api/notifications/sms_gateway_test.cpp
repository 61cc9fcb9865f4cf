// What a description of a gateway may be.
#include "api/notifications/sms_gateway.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

Json Described() {
  return {{"name", "carrier"},
          {"url", "https://sms.example.org/send"},
          {"format", "json"},
          {"body", {{"to", "{phone}"}, {"text", "{text}"}}}};
}

template <class Change>
std::string CodeAfter(const Change& change) {
  Json file = Described();
  change(file);
  const auto gateway = SmsGateway::Parse(file.dump());
  return gateway ? "" : gateway.error().code;
}

TEST(SmsGateway, IsReadOrRefused) {
  EXPECT_EQ(CodeAfter([](Json&) {}), "");
  EXPECT_EQ(CodeAfter([](Json& file) { file["body"]["case"] = "{case}"; }), "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) { file["body"].erase("to"); }), "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) { file["body"] = "{phone}{text}"; }), "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) { file["message_id_at"] = "no pointer"; }),
            "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) {
              file["headers"] = {{{"name", "X"}, {"value", "{phone}"}}};
            }),
            "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) {
              file["format"] = "form";
              file["body"]["deep"] = Json::object();
            }),
            "sms_gateway_invalid");
  EXPECT_EQ(CodeAfter([](Json& file) { file["secret_file"] = "/nowhere/at/all"; }),
            "secret_file_unreadable");
  EXPECT_EQ(CodeAfter([](Json& file) { file["password"] = "x"; }), "invalid_fields");
  EXPECT_EQ(SmsGateway::Load("/nowhere/at/all").error().code, "sms_gateway_unreadable");
}

TEST(SmsGateway, PrivateAddressesAreNotReachedUnlessAllowed) {
  Json file = Described();
  file["url"] = "https://127.0.0.1/send";
  const auto gateway = SmsGateway::Parse(file.dump());
  ASSERT_TRUE(gateway);
  const auto result = gateway->Send({"13905730001", "您有1条未读通知", "id"});
  EXPECT_FALSE(result.is_sent);
  EXPECT_EQ(result.reason, "gateway_unreachable");
}

}  // namespace
}  // namespace docket
