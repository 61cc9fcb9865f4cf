/// States of a clue or report (问题线索、举报).
#pragma once

#include <string_view>

#include "workflows/engine/machine.hpp"

namespace docket::clue {

struct Noted : State<Noted> {
  static constexpr std::string_view kName = "noted", kZh = "未接收";
};
struct Received : State<Received> {
  static constexpr std::string_view kName = "received", kZh = "待登记";
};
struct Registered : State<Registered> {
  static constexpr std::string_view kName = "registered", kZh = "待分类";
};
struct Classified : State<Classified> {
  static constexpr std::string_view kName = "classified", kZh = "待初核";
};
struct PreliminaryCheck : State<PreliminaryCheck> {
  static constexpr std::string_view kName = "preliminary_check", kZh = "初核";
  static constexpr std::string_view kShownAs = "classified";
};
/// 信访: goes by the regulations on petitions, not by those on clues.
struct PetitionTrack : State<PetitionTrack> {
  static constexpr std::string_view kName = "petition_track", kZh = "按信访办理";
};
/// On the watch list until the receipt and the result have come back.
struct Transferred : State<Transferred> {
  static constexpr std::string_view kName = "transferred", kZh = "已移送待反馈";
};
struct ResultReturned : State<ResultReturned> {
  static constexpr std::string_view kName = "result_returned", kZh = "移送结果已反馈";
  static constexpr bool kTerminal = true;
};
struct CaseOpened : State<CaseOpened> {
  static constexpr std::string_view kName = "case_opened", kZh = "已立案";
  static constexpr bool kTerminal = true;
};
struct NoFurtherAction : State<NoFurtherAction> {
  static constexpr std::string_view kName = "no_further_action", kZh = "了结";
  static constexpr bool kTerminal = true;
};
struct Merged : State<Merged> {
  static constexpr std::string_view kName = "merged", kZh = "已并案";
  static constexpr bool kTerminal = true;
};
/// To whoever it belongs to: the complaint procedure, or another body.
struct Referred : State<Referred> {
  static constexpr std::string_view kName = "referred", kZh = "已转告";
  static constexpr bool kTerminal = true;
};
struct PetitionClosed : State<PetitionClosed> {
  static constexpr std::string_view kName = "petition_closed", kZh = "信访已办结";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::clue
