/// States of a trade project, in reading order. Names are stored and never change.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::project {

struct Unrecorded : State<Unrecorded> {
  static constexpr std::string_view kName = "unrecorded", kZh = "未归集";
};
struct Trading : State<Trading> {
  static constexpr std::string_view kName = "trading", kZh = "交易中";
};
struct Awarded : State<Awarded> {
  static constexpr std::string_view kName = "awarded", kZh = "已成交";
};
struct Performing : State<Performing> {
  static constexpr std::string_view kName = "performing", kZh = "履约中";
};
/// What comes late, and what corrects, is still taken in.
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::project
