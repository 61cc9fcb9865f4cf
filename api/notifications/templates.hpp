/// What e-mails and short messages say: Chinese texts as data, with placeholders of a closed list.
///
/// A short message goes through the hands of carriers, so it says nothing of any case: it is made
/// from SmsFacts, which hold nothing of one, and a template with any other placeholder is refused.
/// An e-mail carries the case's number and what is due, and no personal text (A048).
#pragma once

#include <string>
#include <string_view>

#include "domain/rejection.hpp"
#include "persistence/notifications/notification_store.hpp"

namespace docket {

/// All that a short message can say.
struct SmsFacts {
  std::string_view system;  ///< Name of the installation.
  std::int64_t count = 0;   ///< Of the recipient's unread notices.
};

struct EmailText {
  std::string subject;
  std::string body;
};

class NoticeTemplates {
 public:
  /// Refused: field errors, and `notice_template_invalid` for a placeholder that is not on its
  /// list, a subject of several lines and a short message of more than kSmsBytesMax.
  static Expected<NoticeTemplates> Parse(std::string_view text);
  /// Those that ship with the product.
  static const NoticeTemplates& Builtin();

  EmailText EmailOf(const Notification& notification, std::string_view system) const;
  std::string SmsOf(const SmsFacts& facts) const;

 private:
  std::string subject_;
  std::string body_;
  std::string sms_;
};
constexpr std::size_t kSmsBytesMax = 210;  ///< Seventy Chinese characters: one message.

}  // namespace docket
