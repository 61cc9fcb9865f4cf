/// States of an objection (异议), inquiry (询问) or challenge (质疑).
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::objection {

struct Draft : State<Draft> {
  static constexpr std::string_view kName = "draft", kZh = "未提交";
};
struct Lodged : State<Lodged> {
  static constexpr std::string_view kName = "lodged", kZh = "待签收";
};
struct Received : State<Received> {
  static constexpr std::string_view kName = "received", kZh = "待答复";
};
struct Answered : State<Answered> {
  static constexpr std::string_view kName = "answered", kZh = "已答复";
};
struct AnsweredLate : State<AnsweredLate> {
  static constexpr std::string_view kName = "answered_late", kZh = "逾期答复";
};
/// The time to answer is over. An answer is still owed, and may still come.
struct NoAnswer : State<NoAnswer> {
  static constexpr std::string_view kName = "no_answer", kZh = "逾期未答复";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct Escalated : State<Escalated> {
  static constexpr std::string_view kName = "escalated", kZh = "已转投诉";
  static constexpr bool kTerminal = true;
};
struct Withdrawn : State<Withdrawn> {
  static constexpr std::string_view kName = "withdrawn", kZh = "已撤回";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::objection
