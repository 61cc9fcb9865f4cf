/// States of a filing (备案): first the obligation, then what was filed on it. None of them is an
/// approval.
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::filing {

struct Planned : State<Planned> {
  static constexpr std::string_view kName = "planned", kZh = "未产生";
};
struct Open : State<Open> {
  static constexpr std::string_view kName = "open", kZh = "待报送";
};
struct Submitted : State<Submitted> {
  static constexpr std::string_view kName = "submitted", kZh = "待签收";
};
struct ReturnedIncomplete : State<ReturnedIncomplete> {
  static constexpr std::string_view kName = "returned_incomplete", kZh = "材料不完整已退回";
};
struct SignedFor : State<SignedFor> {
  static constexpr std::string_view kName = "signed_for", kZh = "待初审";
};
struct FirstReview : State<FirstReview> {
  static constexpr std::string_view kName = "first_review", kZh = "已初审待复审";
};
struct SecondReview : State<SecondReview> {
  static constexpr std::string_view kName = "second_review", kZh = "已复审待签发";
};
struct FiledOk : State<FiledOk> {
  static constexpr std::string_view kName = "filed_ok", kZh = "未发现问题";
};
struct RectificationRequired : State<RectificationRequired> {
  static constexpr std::string_view kName = "rectification_required", kZh = "需整改";
};
struct Waived : State<Waived> {
  static constexpr std::string_view kName = "waived", kZh = "已免除";
  static constexpr bool kTerminal = true;
};
struct Superseded : State<Superseded> {
  static constexpr std::string_view kName = "superseded", kZh = "已被新版本取代";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::filing
