/// Sample objections, all parties invented, and cases brought to a state.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/spec.hpp"
#include "workflows/objection/events.hpp"

namespace docket::objection {

const Workflow& Definition();

inline Date Day(std::string_view text) { return *Date::Parse(text); }
inline DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
inline const StreamId kComplaintCase("complaint-0190b0c0-0000-7000-8000-000000000001");

/// Of 12 August 2024, in time, known since the 9th; a project that must be tendered. Answers are
/// due on the 15th, to a challenge on the 21st.
Lodge SampleLodge(Kind kind);
/// A whole answer.
Answer AnswerOn(std::string_view day);

/// `school` is the addressee, `rival` another tenderer, `far_clerk` of a unit elsewhere.
/// Answered in time on the 14th, late on the 23rd; noted as unanswered on the 22nd.
struct ObjectionTest : ::testing::Test {
  docket::testing::Spec spec{Definition()};
  ObjectionTest();
  docket::testing::Spec& In(std::string_view state, Kind kind = Kind::kTenderDocuments);
};

}  // namespace docket::objection
