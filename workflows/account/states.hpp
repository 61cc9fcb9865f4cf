/// The states of an account, in reading order.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::account {

struct Unrequested : State<Unrequested> {
  static constexpr std::string_view kName = "unrequested", kZh = "未申请";
};
struct Requested : State<Requested> {
  static constexpr std::string_view kName = "requested", kZh = "待审批";
};
/// Until the first login, with a password of the holder's own and the undertaking signed.
struct Approved : State<Approved> {
  static constexpr std::string_view kName = "approved", kZh = "已批准待首次登录";
};
struct Active : State<Active> {
  static constexpr std::string_view kName = "active", kZh = "使用中";
};
struct PasswordExpired : State<PasswordExpired> {
  static constexpr std::string_view kName = "password_expired", kZh = "密码已过期";
};
struct Locked : State<Locked> {
  static constexpr std::string_view kName = "locked", kZh = "已锁定";
};
struct Suspended : State<Suspended> {
  static constexpr std::string_view kName = "suspended", kZh = "已暂停";
};
struct Disabled : State<Disabled> {
  static constexpr std::string_view kName = "disabled", kZh = "已停用";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已注销";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::account
