/// Sample commands and histories of registrations, all parties invented.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/spec.hpp"
#include "workflows/registration/registration.hpp"

namespace docket::registration {

const Workflow& Definition();

inline Date On(std::string_view text) { return *Date::Parse(text); }
inline DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
/// A construction project with a checklist of two documents, of which one is not there yet.
inline Submit SampleSubmit() {
  return {ItemKind::kConstructionProject,
          RegionCode("330482"),
          Industry::kConstruction,
          ProjectCode("A3304820001234567890"),
          "青川市档案馆工程",
          Stage::kApproval,
          std::nullopt,
          {ApplicantKind::kLegalPerson, PersonalText("青川市城建投资有限公司"),
           PersonalText("91330482MA00000000"), PersonalText("0573-80000000")},
          {{"立项批复", true}, {"规划许可证", false}},
          {Paper("立项批复.pdf")}};
}
inline Accept SampleAcceptance() { return {{"立项批复", "规划许可证"}, std::nullopt, 10}; }
inline EntryAccepted SampleAccepted(std::string_view on) {
  return {On(on), false, std::nullopt, 10, On(on)};
}
inline RequestCorrection SampleCorrection() { return {{PersonalText("补充规划许可证")}, 5}; }
inline Review SampleReview(bool passed = true) {
  return {{{"审批手续齐全", true, std::nullopt},
           {"进场范围合规", passed, PersonalText("与立项批复核对")}},
          PersonalText("符合登记条件")};
}
inline AssignHandlers SampleAssignment() {
  return {{ActorId("lin"), ActorId("wu")}, {ActorId("han")}, PersonalText("近亲属任职")};
}

/// A case that has reached `state`, with han and lin as its handlers:
///
///   2024-09-12 submitted by `tenderer` · 09-13 signed for · 09-14 (Saturday, make-up working
///   day) correction requested, or 09-18 accepted with ten working days promised · 09-19 reviewed
///   by han · 09-20 registered · 09-23 update requested
docket::testing::Spec In(std::string_view state);

}  // namespace docket::registration
