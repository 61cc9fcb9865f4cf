/// Sample commands and histories of filings, all parties invented.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/spec.hpp"
#include "workflows/filing/filing.hpp"

namespace docket::filing {

const Workflow& Definition();

inline Date On(std::string_view text) { return *Date::Parse(text); }
inline DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
/// Of a project that must be tendered by law; `tenderer` is obliged.
inline CreateObligation SampleObligation(Type type, std::string_view triggered_on) {
  const bool fits = FitsTrade(type, Industry::kConstruction);
  return {type,
          RegionCode("330482"),
          fits ? Industry::kConstruction : Industry::kGovernmentProcurement,
          ProjectCode("A3304820001234567890"),
          SectionCode("A3304820001234567890001"),
          "青川市档案馆工程",
          std::nullopt,
          StreamId("complaint-1"),
          On(triggered_on),
          "招标投标法 47",
          true,
          {ActorId("tenderer"), std::nullopt, std::nullopt, PersonalText("青川市城建投资有限公司")},
          std::nullopt};
}
/// As another case brings it about.
inline ObligationCreated SampleCreated(Type type, std::string_view triggered_on) {
  ObligationCreated created{SampleObligation(type, triggered_on), std::nullopt};
  created.stage = StageOf(type);
  return created;
}
inline Submit SampleSubmission(std::optional<Date> done_on = std::nullopt) {
  return {{Paper("招标投标情况书面报告.pdf")}, true, done_on};
}
inline IssueOpinion SampleOpinion() {
  return {Result::kNoProblemFound, PersonalText("未发现问题"), {}, std::nullopt, std::nullopt};
}
inline IssueOpinion SampleRectification() {
  return {Result::kRectificationRequired,
          PersonalText("评标情况记载不全"),
          {PersonalText("补充评标委员会组成")},
          On("2024-10-12"),
          Paper("备案意见书.pdf")};
}
inline SignFor SampleSignature() { return {{ActorId("han"), ActorId("lin")}}; }

/// A case that has reached `state`, triggered on 2024-09-16:
///
///   09-18 created by another case · 09-20 submitted by `tenderer` · 09-23 returned as incomplete,
///   or signed for with han and lin · 09-24 their opinions · 09-25 second review by wu · 09-26
///   opinion of the head
docket::testing::Spec In(std::string_view state, Type type = Type::kWrittenReport);

}  // namespace docket::filing
