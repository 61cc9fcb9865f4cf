/// States of a provider's connection to the platform.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::data_push {

struct Unapplied : State<Unapplied> {
  static constexpr std::string_view kName = "unapplied", kZh = "未申请";
};
struct Applied : State<Applied> {
  static constexpr std::string_view kName = "applied", kZh = "对接中";
};
struct Admitted : State<Admitted> {
  static constexpr std::string_view kName = "admitted", kZh = "已接入";
};
struct Suspended : State<Suspended> {
  static constexpr std::string_view kName = "suspended", kZh = "已暂停接入";
};
struct Refused : State<Refused> {
  static constexpr std::string_view kName = "refused", kZh = "不予接入";
  static constexpr bool kTerminal = true;
};
struct Ended : State<Ended> {
  static constexpr std::string_view kName = "ended", kZh = "已终止接入";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::data_push
