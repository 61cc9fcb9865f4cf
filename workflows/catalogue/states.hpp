/// States of an edition of a region's catalogue.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::catalogue {

struct Undrafted : State<Undrafted> {
  static constexpr std::string_view kName = "undrafted", kZh = "未起草";
};
struct Drafting : State<Drafting> {
  static constexpr std::string_view kName = "drafting", kZh = "起草中";
};
struct Consulting : State<Consulting> {
  static constexpr std::string_view kName = "consulting", kZh = "征求意见中";
};
struct Approved : State<Approved> {
  static constexpr std::string_view kName = "approved", kZh = "已批准待施行";
};
struct InForce : State<InForce> {
  static constexpr std::string_view kName = "in_force", kZh = "施行中";
};
struct Superseded : State<Superseded> {
  static constexpr std::string_view kName = "superseded", kZh = "已被新版取代";
  static constexpr bool kTerminal = true;
};
struct Abandoned : State<Abandoned> {
  static constexpr std::string_view kName = "abandoned", kZh = "已终止";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::catalogue
