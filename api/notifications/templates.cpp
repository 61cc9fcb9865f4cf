#include "api/notifications/templates.hpp"

#include <algorithm>
#include <array>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& NoticeTemplatesFile();
}  // namespace embedded

namespace {

constexpr std::array<std::string_view, 4> kEmailPlaceholders{"system", "kind", "case", "text"};
constexpr std::array<std::string_view, 2> kSmsPlaceholders{"system", "count"};

struct EmailTemplate {
  std::string subject;
  std::string body;

  static FieldList Fields() {
    return {Field{"subject", &EmailTemplate::subject}, Field{"body", &EmailTemplate::body}};
  }
};
struct SmsTemplate {
  std::string text;

  static FieldList Fields() { return {Field{"text", &SmsTemplate::text}}; }
};
struct TemplatesFile {
  EmailTemplate email;
  SmsTemplate sms;

  static FieldList Fields() {
    return {Field{"email", &TemplatesFile::email}, Field{"sms", &TemplatesFile::sms}};
  }
};

template <class List>
bool HoldsOnly(const std::string& text, const List& placeholders) {
  const auto words = PlaceholdersOf(text);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(placeholders.begin(), placeholders.end(), word) != placeholders.end();
  });
}

}  // namespace

Expected<NoticeTemplates> NoticeTemplates::Parse(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  auto file = Decode<TemplatesFile>(*json);
  if (!file) return tl::unexpected(file.error());
  const bool is_valid = HoldsOnly(file->email.subject, kEmailPlaceholders) &&
                        HoldsOnly(file->email.body, kEmailPlaceholders) &&
                        HoldsOnly(file->sms.text, kSmsPlaceholders) &&
                        file->email.subject.find_first_of("\r\n") == std::string::npos &&
                        file->sms.text.size() <= kSmsBytesMax;
  if (!is_valid) {
    return Refuse(RejectionKind::kInvalid,
                  {"notice_template_invalid",
                   "模板含有不允许的占位符，或标题多于一行，或短信过长；短信不得含有案件内容",
                   "a placeholder that is not allowed there, a subject of several lines or a long "
                   "short message; short messages carry nothing of a case",
                   "FJ18-13(2)"});
  }
  NoticeTemplates templates;
  templates.subject_ = std::move(file->email.subject);
  templates.body_ = std::move(file->email.body);
  templates.sms_ = std::move(file->sms.text);
  return templates;
}

const NoticeTemplates& NoticeTemplates::Builtin() {
  static const NoticeTemplates templates = [] {
    auto parsed = Parse(embedded::NoticeTemplatesFile().front().text);
    ENSURE(parsed.has_value(), "the shipped templates are valid");
    return std::move(*parsed);
  }();
  return templates;
}

EmailText NoticeTemplates::EmailOf(const Notification& notification,
                                   std::string_view system) const {
  const auto value = [&](std::string_view word) -> std::string {
    if (word == "system") return std::string(system);
    if (word == "kind") return std::string(ChineseOf(notification.kind));
    return word == "case" ? notification.case_id.value : notification.text;
  };
  return {FillIn(subject_, value), FillIn(body_, value)};
}

std::string NoticeTemplates::SmsOf(const SmsFacts& facts) const {
  return FillIn(sms_, [&](std::string_view word) {
    return word == "system" ? std::string(facts.system) : std::to_string(facts.count);
  });
}

}  // namespace docket
