/// Sample clues, all persons invented, and cases brought to a state.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/spec.hpp"
#include "workflows/clue/events.hpp"

namespace docket::clue {

const Workflow& Definition();

inline Date Day(std::string_view text) { return *Date::Parse(text); }
inline DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
inline const PersonalText kReason("理由");
inline const StreamId kOtherClue("clue-0190b0c0-0000-7000-8000-000000000001");
inline const StreamId kNoClue("complaint-0190b0c0-0000-7000-8000-000000000001");
inline const std::vector<ActorId> kCheckers{ActorId("han"), ActorId("lin")};

/// An anonymous report of bid rigging that names the handler wu.
Receive SampleReport();
/// The same with a name.
Receive NamedReport();
/// A report of interference by an official.
Receive InterferenceReport();
/// The check was reported and found enough for a case.
RecordCheck SampleCheck();

/// Received on 12 August 2024, registered, classified and given to han and lin on the 13th. Checked
/// and transferred on the 14th, sent and signed for on the 15th.
struct ClueTest : ::testing::Test {
  docket::testing::Spec spec{Definition()};
  ClueTest();
  docket::testing::Spec& In(std::string_view state, const Receive& receive = SampleReport(),
                            TransferTarget target = TransferTarget::kPolice);
  docket::testing::Spec& Checked(const Receive& receive, const RecordCheck& check);
};

}  // namespace docket::clue
