// Templates say what they may, and a short message can say nothing of a case.
#include "api/notifications/templates.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

Json Shipped() {
  return {{"email", {{"subject", "【{system}】{kind}：{case}"}, {"body", "{text}"}}},
          {"sms", {{"text", "【{system}】您有{count}条未读通知"}}}};
}

std::string CodeOf(const Json& templates) {
  const auto parsed = NoticeTemplates::Parse(templates.dump());
  return parsed ? "" : parsed.error().code;
}

TEST(NoticeTemplates, AnEmailNamesTheCaseAndWhatIsDue) {
  Notification notification;
  notification.kind = NoticeKind::kWarning;
  notification.case_id = StreamId("complaint-7");
  notification.text = "投诉 complaint-7：还剩 2个工作日。";
  const auto email = NoticeTemplates::Builtin().EmailOf(notification, "监督平台");
  EXPECT_EQ(email.subject, "【监督平台】预警：complaint-7");
  EXPECT_EQ(email.body.rfind(notification.text, 0), 0u) << email.body;
}

TEST(NoticeTemplates, AShortMessageIsMadeFromACountAndANameAlone) {
  EXPECT_EQ(NoticeTemplates::Builtin().SmsOf({"监督平台", 3}),
            "【监督平台】您有3条未读通知，请登录系统查看。");
}

TEST(NoticeTemplates, NoTemplateOfAShortMessageCanCarryCaseContent) {
  EXPECT_EQ(CodeOf(Shipped()), "");
  // Whatever any other text may say, and anything else somebody may think of.
  std::vector<std::string> words = {"kind", "text", "title", "complainant", "phone", ""};
  words.insert(words.end(), kNoticePlaceholders.begin(), kNoticePlaceholders.end());
  for (const auto& word : words) {
    Json templates = Shipped();
    templates["sms"]["text"] = "您有{count}条通知 {" + word + "}";
    EXPECT_EQ(CodeOf(templates), "notice_template_invalid") << word;
  }
  Json templates = Shipped();
  templates["sms"]["text"] = std::string(kSmsBytesMax + 1, 'a');
  EXPECT_EQ(CodeOf(templates), "notice_template_invalid");
}

TEST(NoticeTemplates, AnEmailHasItsOwnListAndASubjectOneLine) {
  Json templates = Shipped();
  templates["email"]["body"] = "{text} {complainant}";
  EXPECT_EQ(CodeOf(templates), "notice_template_invalid");
  templates = Shipped();
  templates["email"]["subject"] = "通知\r\nBcc: everybody@example.org";
  EXPECT_EQ(CodeOf(templates), "notice_template_invalid");
  templates = Shipped();
  templates["email"]["cc"] = "office@example.org";
  EXPECT_EQ(CodeOf(templates), "invalid_fields");
}

}  // namespace
}  // namespace docket
