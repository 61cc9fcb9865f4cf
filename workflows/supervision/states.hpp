/// States of a supervision item (督办), with the words that registers use. Overdue and circulated
/// are marks on an open item, not states: it can still be answered.
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::supervision {

struct Unissued : State<Unissued> {
  static constexpr std::string_view kName = "unissued", kZh = "未下达";
};
struct Issued : State<Issued> {
  static constexpr std::string_view kName = "issued", kZh = "已下达待签收";
};
struct SignedFor : State<SignedFor> {
  static constexpr std::string_view kName = "signed_for", kZh = "已签收";
};
struct InProgress : State<InProgress> {
  static constexpr std::string_view kName = "in_progress", kZh = "办理中";
};
struct OpinionSubmitted : State<OpinionSubmitted> {
  static constexpr std::string_view kName = "opinion_submitted", kZh = "已反馈办结意见";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct Revoked : State<Revoked> {
  static constexpr std::string_view kName = "revoked", kZh = "已撤销";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::supervision
