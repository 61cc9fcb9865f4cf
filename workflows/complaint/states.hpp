/// States of a complaint (投诉), with the words that registers use. `kShownAs`: what its parties are
/// shown instead.
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::complaint {

struct Draft : State<Draft> {
  static constexpr std::string_view kName = "draft", kZh = "未提交";
};
struct Lodged : State<Lodged> {
  static constexpr std::string_view kName = "lodged", kZh = "待签收";
};
struct Cancelled : State<Cancelled> {
  static constexpr std::string_view kName = "cancelled", kZh = "已撤销";
};
struct SignedFor : State<SignedFor> {
  static constexpr std::string_view kName = "signed_for", kZh = "待受理";
};
struct CorrectionRequested : State<CorrectionRequested> {
  static constexpr std::string_view kName = "correction_requested", kZh = "待补正";
};
struct NotAccepted : State<NotAccepted> {
  static constexpr std::string_view kName = "not_accepted", kZh = "不予受理";
};
struct Referred : State<Referred> {
  static constexpr std::string_view kName = "referred", kZh = "已告知向有权部门投诉";
};
struct Accepted : State<Accepted> {
  static constexpr std::string_view kName = "accepted", kZh = "待处理";
};
struct ReplyNoticeSent : State<ReplyNoticeSent> {
  static constexpr std::string_view kName = "reply_notice_sent", kZh = "已发答复通知";
  static constexpr std::string_view kShownAs = "accepted";
};
struct RepliesIn : State<RepliesIn> {
  static constexpr std::string_view kName = "replies_in", kZh = "已收答复";
  static constexpr std::string_view kShownAs = "accepted";
};
struct Hearing : State<Hearing> {
  static constexpr std::string_view kName = "hearing", kZh = "质证";
  static constexpr std::string_view kShownAs = "accepted";
};
struct WithdrawalRequested : State<WithdrawalRequested> {
  static constexpr std::string_view kName = "withdrawal_requested", kZh = "申请撤回";
};
struct Withdrawn : State<Withdrawn> {
  static constexpr std::string_view kName = "withdrawn", kZh = "已撤回（终止）";
};
struct DecisionDrafted : State<DecisionDrafted> {
  static constexpr std::string_view kName = "decision_drafted", kZh = "已拟决定";
  static constexpr std::string_view kShownAs = "accepted";
};
struct LegalReview : State<LegalReview> {
  static constexpr std::string_view kName = "legal_review", kZh = "已法制审核";
  static constexpr std::string_view kShownAs = "accepted";
};
struct DecisionMade : State<DecisionMade> {
  static constexpr std::string_view kName = "decided", kZh = "已决定";
};
struct Served : State<Served> {
  static constexpr std::string_view kName = "served", kZh = "已送达";
};
struct Published : State<Published> {
  static constexpr std::string_view kName = "published", kZh = "已公告";
};
struct PublicationExempt : State<PublicationExempt> {
  static constexpr std::string_view kName = "publication_exempt", kZh = "不予公开";
  static constexpr std::string_view kShownAs = "served";
};
struct Archived : State<Archived> {
  static constexpr std::string_view kName = "archived", kZh = "已归档";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::complaint
