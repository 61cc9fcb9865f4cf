/// Sample commands and histories of complaints, all parties invented. Each history is named by the
/// state that it reaches.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/spec.hpp"
#include "workflows/complaint/events.hpp"

namespace docket::complaint {

const Workflow& Definition();

constexpr Profile kTendering = Profile::kTendering;
constexpr Profile kProcurement = Profile::kGovernmentProcurement;

inline DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}
inline Date Day(std::string_view text) { return *Date::Parse(text); }

/// Signed, sealed and complete. Procurement: challenged on 07-15, so that the reply was due on
/// 07-24 and the complaint until 08-14. Tendering: an objection was raised and answered.
Lodge SampleLodge(Profile profile);
ComplaintLodged SampleLodged(Profile profile);
/// Every condition confirmed.
Accept SampleAccept();
RequestCorrection SampleCorrectionRequest();
Investigate SampleInvestigation();
HoldHearing SampleHearing();
StartAppraisal SampleAppraisal();
DraftDecision SampleDraft();
Decide SampleDecision();
Serve SampleService(const std::string& party);
Publish SamplePublication();
NotAccept SampleRefusal(RefusalGround ground);
ReplyNoticeWasSent SampleNotice();
ReplyReceived SampleReply(const std::string& party);

/// The rules of complaints, with deemed acceptance switched on in the samples' region.
const Rulebook& RulesWithDeemedAcceptance();

/// Adds to the history as soon as the case is accepted.
using OnceAccepted = std::function<void(docket::testing::Spec&)>;

/// A case that has reached `state` by one event a day:
///
///   08-08 lodged by `portal` · 08-09 signed for, handlers han and lin
///   08-12 correction requested, not accepted, referred or accepted
///   08-13 notice to both respondents · 08-14 the first replies · 08-15 hearing
///   08-16 withdrawal requested · 08-19 withdrawn
///   08-20 drafted by han · 08-21 reviewed by legal · 08-22 decided by head
///   08-23 served · 08-26 published or exempt · 08-27 archived
docket::testing::Spec In(Profile profile, std::string_view state,
                         const OnceAccepted& once_accepted = {});

}  // namespace docket::complaint
