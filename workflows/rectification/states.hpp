/// States of a rectification (责令限期改正、督促整改).
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::rectification {

struct Unopened : State<Unopened> {
  static constexpr std::string_view kName = "unopened", kZh = "未立项";
};
struct Drafted : State<Drafted> {
  static constexpr std::string_view kName = "drafted", kZh = "已立项待拟文书";
};
struct Prepared : State<Prepared> {
  static constexpr std::string_view kName = "prepared", kZh = "已拟文书待签发";
};
struct Ordered : State<Ordered> {
  static constexpr std::string_view kName = "ordered", kZh = "已下达待签收";
};
struct Received : State<Received> {
  static constexpr std::string_view kName = "received", kZh = "整改中";
};
struct Reported : State<Reported> {
  static constexpr std::string_view kName = "reported", kZh = "已报告待复查";
};
struct Failed : State<Failed> {
  static constexpr std::string_view kName = "failed", kZh = "复查不合格";
};
struct RefusalFound : State<RefusalFound> {
  static constexpr std::string_view kName = "refusal_found", kZh = "拒不改正";
};
struct Passed : State<Passed> {
  static constexpr std::string_view kName = "passed", kZh = "复查合格";
  static constexpr bool kTerminal = true;
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct Revoked : State<Revoked> {
  static constexpr std::string_view kName = "revoked", kZh = "已撤销";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::rectification
