/// States of a publication (公开), in reading order. Names are stored and never change.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::publication {

struct Unproposed : State<Unproposed> {
  static constexpr std::string_view kName = "unproposed", kZh = "未提出";
};
struct Candidate : State<Candidate> {
  static constexpr std::string_view kName = "candidate", kZh = "待拟稿";
};
struct SecrecyReview : State<SecrecyReview> {
  static constexpr std::string_view kName = "secrecy_review", kZh = "保密审查中";
};
struct Redaction : State<Redaction> {
  static constexpr std::string_view kName = "redaction", kZh = "待去除不公开内容";
};
struct Cleared : State<Cleared> {
  static constexpr std::string_view kName = "cleared", kZh = "审查通过待审批";
};
struct Approved : State<Approved> {
  static constexpr std::string_view kName = "approved", kZh = "已审批待公开";
};
struct Published : State<Published> {
  static constexpr std::string_view kName = "published", kZh = "已公开";
};
struct Exempt : State<Exempt> {
  static constexpr std::string_view kName = "exempt", kZh = "不予公开";
  static constexpr bool kTerminal = true;
};
struct Abandoned : State<Abandoned> {
  static constexpr std::string_view kName = "abandoned", kZh = "依据已撤销，未公开";
  static constexpr bool kTerminal = true;
};
struct Superseded : State<Superseded> {
  static constexpr std::string_view kName = "superseded", kZh = "已由新公开替代";
  static constexpr bool kTerminal = true;
};
struct Withdrawn : State<Withdrawn> {
  static constexpr std::string_view kName = "withdrawn", kZh = "已撤回";
  static constexpr bool kTerminal = true;
};
struct DisplayExpired : State<DisplayExpired> {
  static constexpr std::string_view kName = "display_expired", kZh = "公示期满";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::publication
