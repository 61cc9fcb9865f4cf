/// States of a rule or standard document.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::rule_register {

struct Undrafted : State<Undrafted> {
  static constexpr std::string_view kName = "undrafted", kZh = "未起草";
};
struct Drafting : State<Drafting> {
  static constexpr std::string_view kName = "drafting", kZh = "起草中";
};
struct Consulting : State<Consulting> {
  static constexpr std::string_view kName = "consulting", kZh = "征求综合监管部门意见";
};
struct Consulted : State<Consulted> {
  static constexpr std::string_view kName = "consulted", kZh = "已征求意见";
};
struct Issued : State<Issued> {
  static constexpr std::string_view kName = "issued", kZh = "已印发待施行";
};
struct InForce : State<InForce> {
  static constexpr std::string_view kName = "in_force", kZh = "施行中";
};
struct Reviewed : State<Reviewed> {
  static constexpr std::string_view kName = "reviewed", kZh = "已清理待公布结果";
};
struct Superseded : State<Superseded> {
  static constexpr std::string_view kName = "superseded", kZh = "已被取代";
  static constexpr bool kTerminal = true;
};
struct Repealed : State<Repealed> {
  static constexpr std::string_view kName = "repealed", kZh = "已废止";
  static constexpr bool kTerminal = true;
};
struct Abandoned : State<Abandoned> {
  static constexpr std::string_view kName = "abandoned", kZh = "已终止制定";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::rule_register
