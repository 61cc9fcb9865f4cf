/// Commands of reading what lies in the archive: consent of the competent department before query
/// or copy, and the tenderer's own download (FJ18-16(2), FJ18-26).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/reading_record.hpp"

namespace docket::archive {

/// 查询 and 复制 are two rights; who wants both asks for both.
using Right = docket::reading::Right;

/// 申请查询、复制. Intake enters it for whoever has come in person.
struct RequestConsent {
  static constexpr std::string_view kName = "request_consent", kZh = "申请查询或复制";
  Right right = Right::kQuery;
  std::vector<std::string> items;  ///< Their numbers; empty: the whole file.
  PersonalText purpose;
  std::optional<ActorId> account;  ///< Who is to read; absent: whoever asks.
  static FieldList Fields() {
    return {Field{"right", &RequestConsent::right, "权限"},
            Field{"items", &RequestConsent::items, "件号"},
            Field{"purpose", &RequestConsent::purpose, "用途", Subject::kParties},
            Field{"account", &RequestConsent::account, "查询人"}};
  }
};
struct ReviewConsent {
  static constexpr std::string_view kName = "review_consent", kZh = "审核查询申请";
  std::string consent;
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"consent", &ReviewConsent::consent, "申请编号"},
            Field{"opinion", &ReviewConsent::opinion, "审核意见", Subject::kParties}};
  }
};
/// 同意 or 不予同意: the competent department's alone.
struct GrantConsent {
  static constexpr std::string_view kName = "grant_consent", kZh = "同意查询或复制";
  std::string consent;
  std::vector<std::string> items;  ///< Not more than was asked for; empty: all of that.
  Date until;                      ///< The last day.
  DocumentRef document;            ///< 同意文书.
  static FieldList Fields() {
    return {Field{"consent", &GrantConsent::consent, "申请编号"},
            Field{"items", &GrantConsent::items, "件号"},
            Field{"until", &GrantConsent::until, "有效期至"},
            Field{"document", &GrantConsent::document, "同意文书"}};
  }
};
struct RefuseConsent {
  static constexpr std::string_view kName = "refuse_consent", kZh = "不予同意查询或复制";
  std::string consent;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"consent", &RefuseConsent::consent, "申请编号"},
            Field{"reason", &RefuseConsent::reason, "理由", Subject::kParties}};
  }
};
/// 查阅: each time, with the consent that allows it.
struct UseConsent {
  static constexpr std::string_view kName = "use_consent", kZh = "凭同意查阅";
  std::string consent;
  Right right = Right::kQuery;
  std::vector<std::string> items;  ///< At least one.
  static FieldList Fields() {
    return {Field{"consent", &UseConsent::consent, "申请编号"},
            Field{"right", &UseConsent::right, "权限"}, Field{"items", &UseConsent::items, "件号"}};
  }
};
struct RevokeConsent {
  static constexpr std::string_view kName = "revoke_consent", kZh = "撤销同意";
  std::string consent;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"consent", &RevokeConsent::consent, "申请编号"},
            Field{"reason", &RevokeConsent::reason, "理由", Subject::kParties}};
  }
};
/// Its last day is over.
struct ExpireConsent {
  static constexpr std::string_view kName = "expire_consent", kZh = "同意到期";
  std::string consent;
  static FieldList Fields() { return {Field{"consent", &ExpireConsent::consent, "申请编号"}}; }
};

/// 中标通知书已发出: from now on the tenderer takes all bids without consent.
struct RecordAwardNotice {
  static constexpr std::string_view kName = "record_award_notice", kZh = "登记中标通知书发出";
  Date issued_on;
  ActorId tenderer;  ///< Account of the tenderer (招标人).
  static FieldList Fields() {
    return {Field{"issued_on", &RecordAwardNotice::issued_on, "中标通知书发出日期"},
            Field{"tenderer", &RecordAwardNotice::tenderer, "招标人账号"}};
  }
};
struct RecordDownload {
  static constexpr std::string_view kName = "record_download", kZh = "下载投标文件";
  std::vector<std::string> items;  ///< At least one.
  static FieldList Fields() { return {Field{"items", &RecordDownload::items, "件号"}}; }
};

}  // namespace docket::archive
