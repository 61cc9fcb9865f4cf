/// States of an investigation (案件查处).
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::investigation {

struct Unopened : State<Unopened> {
  static constexpr std::string_view kName = "unopened", kZh = "未提出";
};
struct Proposed : State<Proposed> {
  static constexpr std::string_view kName = "proposed", kZh = "待立案";
};
struct Declined : State<Declined> {
  static constexpr std::string_view kName = "declined", kZh = "不予立案";
  static constexpr bool kTerminal = true;
};
struct Filed : State<Filed> {
  static constexpr std::string_view kName = "filed", kZh = "调查中";
};
struct Suspended : State<Suspended> {
  static constexpr std::string_view kName = "suspended", kZh = "已中止";
};
struct Concluded : State<Concluded> {
  static constexpr std::string_view kName = "concluded", kZh = "调查终结";
};
struct NoticeGiven : State<NoticeGiven> {
  static constexpr std::string_view kName = "notice_given", kZh = "已事先告知";
};
struct Answered : State<Answered> {
  static constexpr std::string_view kName = "answered", kZh = "已陈述申辩或放弃";
};
struct HearingRequested : State<HearingRequested> {
  static constexpr std::string_view kName = "hearing_requested", kZh = "已要求听证";
};
struct HearingHeld : State<HearingHeld> {
  static constexpr std::string_view kName = "hearing_held", kZh = "已听证";
};
struct Reviewed : State<Reviewed> {
  static constexpr std::string_view kName = "reviewed", kZh = "已法制审核";
};
struct DecisionMade : State<DecisionMade> {
  static constexpr std::string_view kName = "decided", kZh = "已决定";
};
struct Served : State<Served> {
  static constexpr std::string_view kName = "served", kZh = "已送达";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已结案";
  static constexpr bool kTerminal = true;
};
struct Withdrawn : State<Withdrawn> {
  static constexpr std::string_view kName = "withdrawn", kZh = "已撤案";
  static constexpr bool kTerminal = true;
};
struct Transferred : State<Transferred> {
  static constexpr std::string_view kName = "transferred", kZh = "已移送";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::investigation
