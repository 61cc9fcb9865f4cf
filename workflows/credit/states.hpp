/// States of a credit entry.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::credit {

struct Unproposed : State<Unproposed> {
  static constexpr std::string_view kName = "unproposed", kZh = "未提出";
};
struct Proposed : State<Proposed> {
  static constexpr std::string_view kName = "proposed", kZh = "待决定";
};
struct InForce : State<InForce> {
  static constexpr std::string_view kName = "in_force", kZh = "有效";
};
struct RepairPending : State<RepairPending> {
  static constexpr std::string_view kName = "repair_pending", kZh = "有效，修复审查中";
};
struct TakingDown : State<TakingDown> {
  static constexpr std::string_view kName = "taking_down", kZh = "已失效待撤下公示";
};
struct Declined : State<Declined> {
  static constexpr std::string_view kName = "declined", kZh = "不予记入";
  static constexpr bool kTerminal = true;
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已失效";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::credit
