/// States of an inspection plan, from its draft to its completion. Items are inspected one by one
/// while the plan is carried out; how far each is stands in the facts.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::inspection {

struct Unplanned : State<Unplanned> {
  static constexpr std::string_view kName = "unplanned", kZh = "未拟订";
};
struct Drafted : State<Drafted> {
  static constexpr std::string_view kName = "drafted", kZh = "计划已拟订待批准";
};
struct Approved : State<Approved> {
  static constexpr std::string_view kName = "approved", kZh = "计划已批准待抽取";
};
struct InExecution : State<InExecution> {
  static constexpr std::string_view kName = "in_execution", kZh = "检查中";
};
struct ResultsConfirmed : State<ResultsConfirmed> {
  static constexpr std::string_view kName = "results_confirmed", kZh = "结果已确认待公布";
};
struct PublicationProposed : State<PublicationProposed> {
  static constexpr std::string_view kName = "publication_proposed", kZh = "保密审查中";
};
struct Published : State<Published> {
  static constexpr std::string_view kName = "published", kZh = "结果已公布";
};
struct Exempt : State<Exempt> {
  static constexpr std::string_view kName = "exempt", kZh = "结果不予公布";
};
struct Completed : State<Completed> {
  static constexpr std::string_view kName = "completed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};
struct Cancelled : State<Cancelled> {
  static constexpr std::string_view kName = "cancelled", kZh = "计划已取消";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::inspection
