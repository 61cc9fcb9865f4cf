/// States of a warning (预警), with the words that registers use.
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::warning {

struct Unraised : State<Unraised> {
  static constexpr std::string_view kName = "unraised", kZh = "未触发";
};
struct Triggered : State<Triggered> {
  static constexpr std::string_view kName = "triggered", kZh = "已触发待分派";
};
struct Assigned : State<Assigned> {
  static constexpr std::string_view kName = "assigned", kZh = "待处理";
};
struct CorrectionPending : State<CorrectionPending> {
  static constexpr std::string_view kName = "correction_pending", kZh = "纠正待确认";
  static constexpr std::string_view kShownAs = "feedback_read";
};
struct Issued : State<Issued> {
  static constexpr std::string_view kName = "issued", kZh = "已发出";
};
struct FeedbackIn : State<FeedbackIn> {
  static constexpr std::string_view kName = "feedback_in", kZh = "已反馈";
};
struct FeedbackRead : State<FeedbackRead> {
  static constexpr std::string_view kName = "feedback_read", kZh = "反馈已读";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct Corrected : State<Corrected> {
  static constexpr std::string_view kName = "corrected", kZh = "已纠正";
  static constexpr bool kTerminal = true;
};
struct AutoCleared : State<AutoCleared> {
  static constexpr std::string_view kName = "auto_cleared", kZh = "已自动消除";
  static constexpr bool kTerminal = true;
};
struct Converted : State<Converted> {
  static constexpr std::string_view kName = "converted", kZh = "已转办";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::warning
