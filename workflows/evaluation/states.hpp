/// States of an evaluation, from its plan to its end.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::evaluation {

struct Unplanned : State<Unplanned> {
  static constexpr std::string_view kName = "unplanned", kZh = "未立项";
};
struct Planned : State<Planned> {
  static constexpr std::string_view kName = "planned", kZh = "已立项待设定指标";
};
struct IndicatorsSet : State<IndicatorsSet> {
  static constexpr std::string_view kName = "indicators_set", kZh = "指标已设定";
};
struct Opened : State<Opened> {
  static constexpr std::string_view kName = "opened", kZh = "考评中";
};
struct Scored : State<Scored> {
  static constexpr std::string_view kName = "scored", kZh = "已评分";
};
struct DraftShown : State<DraftShown> {
  static constexpr std::string_view kName = "draft_shown", kZh = "初评结果已告知";
};
struct ObjectionRaised : State<ObjectionRaised> {
  static constexpr std::string_view kName = "objection_raised", kZh = "已提出异议待答复";
};
struct Final : State<Final> {
  static constexpr std::string_view kName = "final", kZh = "结果已审定";
};
struct Published : State<Published> {
  static constexpr std::string_view kName = "published", kZh = "结果已公布";
};
struct Completed : State<Completed> {
  static constexpr std::string_view kName = "completed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
/// Terminal for the centre's business too (XX17-3.3).
struct ServiceCancelled : State<ServiceCancelled> {
  static constexpr std::string_view kName = "service_cancelled", kZh = "已取消提供服务资格";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::evaluation
