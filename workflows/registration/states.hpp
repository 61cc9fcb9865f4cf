/// States of a registration (登记), with the words that registers use.
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::registration {

struct Draft : State<Draft> {
  static constexpr std::string_view kName = "draft", kZh = "未提交";
};
struct Submitted : State<Submitted> {
  static constexpr std::string_view kName = "submitted", kZh = "待签收";
};
struct SignedFor : State<SignedFor> {
  static constexpr std::string_view kName = "signed_for", kZh = "待受理";
};
struct CorrectionRequested : State<CorrectionRequested> {
  static constexpr std::string_view kName = "correction_requested", kZh = "待补正";
};
struct Accepted : State<Accepted> {
  static constexpr std::string_view kName = "accepted", kZh = "待审查";
};
struct UnderReview : State<UnderReview> {
  static constexpr std::string_view kName = "under_review", kZh = "已审查待决定";
};
struct Registered : State<Registered> {
  static constexpr std::string_view kName = "registered", kZh = "已登记";
};
struct UpdatePending : State<UpdatePending> {
  static constexpr std::string_view kName = "update_pending", kZh = "变更待登记";
};
struct Refused : State<Refused> {
  static constexpr std::string_view kName = "refused", kZh = "不予登记";
  static constexpr bool kTerminal = true;
};
struct Returned : State<Returned> {
  static constexpr std::string_view kName = "returned", kZh = "已退回";
  static constexpr bool kTerminal = true;
};
struct Withdrawn : State<Withdrawn> {
  static constexpr std::string_view kName = "withdrawn", kZh = "已撤回";
  static constexpr bool kTerminal = true;
};
struct Cancelled : State<Cancelled> {
  static constexpr std::string_view kName = "cancelled", kZh = "已注销";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::registration
