/// States of an archive file (档案), in reading order. Names are stored and never change.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::archive {

struct Unopened : State<Unopened> {
  static constexpr std::string_view kName = "unopened", kZh = "未立卷";
};
struct Collecting : State<Collecting> {
  static constexpr std::string_view kName = "collecting", kZh = "收集中";
};
/// Engine and readers know this state by its name (kArchivedState).
struct Archived : State<Archived> {
  static constexpr std::string_view kName = "archived", kZh = "已归档";
};
struct DisposalProposed : State<DisposalProposed> {
  static constexpr std::string_view kName = "disposal_proposed", kZh = "已提出处置待鉴定";
};
struct Appraised : State<Appraised> {
  static constexpr std::string_view kName = "appraised", kZh = "已鉴定待处置";
};
struct Destroyed : State<Destroyed> {
  static constexpr std::string_view kName = "destroyed", kZh = "已销毁";
  static constexpr bool kTerminal = true;
};
struct Transferred : State<Transferred> {
  static constexpr std::string_view kName = "transferred", kZh = "已移交档案馆";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::archive
