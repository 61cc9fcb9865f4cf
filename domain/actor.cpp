#include "domain/actor.hpp"

#include <algorithm>

namespace docket {

namespace {

/// Province-level divisions of GB/T 2260.
constexpr std::array<std::string_view, 34> kProvinces = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
    "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};
constexpr std::string_view kNation = "100000";

}  // namespace

bool RegionCode::IsValid() const {
  if (value == kNation) return true;
  const bool digits = value.size() == 6 && std::all_of(value.begin(), value.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
  return digits &&
         std::find(kProvinces.begin(), kProvinces.end(), value.substr(0, 2)) != kProvinces.end();
}

bool RegionCode::Covers(const RegionCode& other) const {
  if (value == kNation || value == other.value) return true;
  if (value.size() != 6 || other.value.size() != 6) return false;
  if (value.substr(2) == "0000") return value.substr(0, 2) == other.value.substr(0, 2);
  if (value.substr(4) == "00") return value.substr(0, 4) == other.value.substr(0, 4);
  return false;
}

bool Actor::Holds(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const Actor& ClockActor() {
  static const Actor clock{ActorId("clock"), UnitId("docket"), {Role::kClock}};
  return clock;
}

}  // namespace docket
